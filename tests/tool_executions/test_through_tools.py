"""An agent makes assets with the embedded engine, follows them, and finds and fetches what was made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from videogen_agents.testing import EmbeddedEngine
from videogen_agents.tools import Toolbox, ToolOutcome, call_tool


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedEngine]:
    with EmbeddedEngine(tmp_path_factory.mktemp("engine")) as opened:
        yield opened


async def ended(toolbox: Toolbox, started: ToolOutcome) -> ToolOutcome:
    """What ``get_job`` says of the job once it has ended."""
    assert not started.is_error, started.text
    job = started.data.model_dump()["job_id"]
    while True:
        told = await call_tool(toolbox, "get_job", {"jobId": job, "waitSeconds": 30})
        assert not told.is_error, told.text
        if told.data.model_dump()["status"] not in {"pending", "running"}:
            return told


@pytest.mark.parametrize(
    "arguments",
    [
        {"asset": "text_to_speech", "ttsText": "Good morning.", "voiceId": "Flite SLT"},
        {"asset": "generate_sound_effect", "prompt": "page turning"},
        {"asset": "generate_image", "prompt": "A lighthouse in fog, paper cut-out", "aspectRatio": "1:1"},
    ],
    ids=lambda arguments: str(arguments["asset"]),
)
async def test_an_asset_is_started_followed_found_and_fetched(
    engine: EmbeddedEngine, tmp_path: Path, arguments: dict[str, object]
) -> None:
    async with engine.toolbox(tmp_path / "client") as toolbox:
        started = await call_tool(toolbox, "generate_asset", arguments)
        told = await ended(toolbox, started)
        assert told.data.model_dump()["status"] == "succeeded", told.text
        again = await call_tool(toolbox, "generate_asset", arguments)
        assert again.data.model_dump()["job_id"] == started.data.model_dump()["job_id"]
        found = await call_tool(toolbox, "find", {"type": "assets"})
        assert str(started.data.model_dump()["job_id"]) in found.text + str(found.data.model_dump())
        files = (await call_tool(toolbox, "find", {"type": "files"})).data.model_dump()["items"]
        fetched = await call_tool(toolbox, "get_file", {"fileId": files[0]["id"]})
        assert not fetched.is_error, fetched.text


async def test_a_sound_that_nobody_can_synthesise_is_refused_with_what_to_do(
    engine: EmbeddedEngine, tmp_path: Path
) -> None:
    async with engine.toolbox(tmp_path / "client") as toolbox:
        refused = await call_tool(
            toolbox, "generate_asset", {"asset": "generate_sound_effect", "prompt": "cat purring"}
        )
        assert refused.is_error and "a recording of yours" in refused.text and "rain, thunder, wind" in refused.text
