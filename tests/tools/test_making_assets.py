"""Assets: all 13 standalone tools of the contract."""

from __future__ import annotations

import json
from typing import Any

import pytest

from videogen_agents.tools import Policy
from videogen_agents.tools.asset_tools import ASSETS

from ..scripted_server import ScriptedServer
from .conftest import Call

AGREED = Policy(confirm_above=1000)


@pytest.mark.parametrize("name", list(ASSETS.models))
async def test_every_asset_of_the_contract_is_made_and_can_be_fetched(
    name: str, call: Call, server: ScriptedServer
) -> None:
    outcome = await call("generate_asset", policy=AGREED, asset=name, **ASSETS.examples[name])
    assert not outcome.is_error, outcome.text
    data = outcome.data.model_dump(by_alias=True)
    assert data["kind"] == "tool_execution"
    followed = await call("get_job", **json.loads(data["next"]["arguments"]), waitSeconds=45)
    assert followed.text.startswith("succeeded: made vg_file_"), followed.text
    assert json.loads(followed.data.model_dump(by_alias=True)["next"]["arguments"])["fileId"].startswith("vg_file_")
    assert len(server.executions) == 1


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        ({}, "asset is required"),
        ({"asset": "generate_imag"}, "Did you mean 'generate_image'?"),
        ({"asset": "generate_image"}, "prompt is required"),
        ({"asset": "generate_image", "prompt": "x", "ttsText": "y"}, "ttsText is for text_to_speech"),
        ({"asset": "generate_image", "promt": "x"}, '"prompt": "x"'),
        ({"asset": "generate_video_clip"}, "prompt is missing"),
        ({"asset": "generate_video_clip", "prompt": "x", "durationSeconds": 99}, "durationSeconds"),
        ({"asset": "text_to_speech", "ttsText": "x"}, "voiceId is required"),
    ],
)
async def test_a_wrong_asset_is_explained_and_nothing_is_made(
    arguments: dict[str, Any], hint: str, call: Call, server: ScriptedServer
) -> None:
    outcome = await call("generate_asset", policy=AGREED, **arguments)
    assert outcome.is_error and hint in outcome.text, outcome.text
    assert server.executions == []


async def test_the_same_asset_again_is_the_same_job(call: Call, server: ScriptedServer) -> None:
    for _ in range(2):
        outcome = await call("generate_asset", asset="generate_music", prompt="calm piano")
    assert "already started" in outcome.text
    await call("generate_asset", asset="generate_music", prompt="calm piano", new=True)
    assert len(server.executions) == 2
