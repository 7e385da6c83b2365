"""``ask``: plain words become a film by the user's own model, and everything a person needs to know is said."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from videogen_agents.testing import ScriptedServer

from ..command import SMALL
from ..scripted_models import Use, scripted_models

KEY = "sk-model-0123456789abcdef"
SCRIPT = "Water keeps you sharp. So drink a glass now."
WAIT = {"waitSeconds": 45}


def start(_result: str) -> Use:
    return Use("run_workflow", {"workflow": "script_to_video", "script": SCRIPT})


def follow(result: str) -> Use:
    job = re.search(r"vg_work_\w+", result)
    assert job is not None, result
    return Use("get_job", {"jobId": job.group(), **WAIT})


def answer(result: str) -> str:
    assert result.startswith("succeeded: "), result
    return "Your film about water is ready."


@pytest.fixture
def model_key(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    return KEY


@pytest.fixture(autouse=True)
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_DEFAULT_MODEL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in SMALL.items():
        monkeypatch.setenv(name, value)


def test_plain_words_become_a_film_in_the_current_folder(
    command, no_model: None, model_key: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with scripted_models(start, follow, answer) as models:
        monkeypatch.setenv("OPENAI_BASE_URL", f"{models.url}/v1")
        outcome = command("ask", "a short film about water", "--model", "any-model")
    assert outcome.code == 0, outcome.err
    said, path = outcome.out.splitlines()
    assert said == "Your film about water is ready."
    assert Path(path).parent == tmp_path
    assert Path(path).read_bytes()[4:8] == b"ftyp"
    assert '→ run_workflow {"workflow": "script_to_video"' in outcome.err
    assert "succeeded: the video is at" in outcome.err
    assert re.search(r"\d+ %  Render", outcome.err)
    assert all(request["model"] == "any-model" for request in models.requests)
    assert models.headers[0]["authorization"] == f"Bearer {model_key}"
    asked = json.dumps(models.requests[0]["messages"])
    assert "a short film about water" in asked and "Nobody can answer a question" in asked
    # A local service is told nothing but the conversation.
    assert KEY not in json.dumps(models.requests) + outcome.out + outcome.err


def test_without_a_key_it_says_what_to_set_and_offers_make(command) -> None:
    outcome = command("ask", "a film about water")
    assert outcome.code == 5
    assert outcome.out == ""
    assert "OPENAI_API_KEY" in outcome.err and "OPENAI_BASE_URL" in outcome.err
    assert "videogen-agents make script.txt" in outcome.err


def test_a_service_on_this_machine_needs_no_key(command, monkeypatch: pytest.MonkeyPatch) -> None:
    with scripted_models(lambda _: "I can make films.") as models:
        monkeypatch.setenv("OPENAI_BASE_URL", f"{models.url}/v1")
        outcome = command("ask", "What can you do?")
    assert (outcome.code, outcome.out) == (0, "I can make films.\n"), outcome.err


@pytest.mark.parametrize(
    ("status", "code", "kind"), [(401, 5, "ask_user"), (404, 3, "fix_input"), (400, 3, "fix_input")]
)
def test_a_model_that_refuses_is_explained_without_the_key(
    status: int, code: int, kind: str, command, model_key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scripted_models(status) as models:
        monkeypatch.setenv("OPENAI_BASE_URL", f"{models.url}/v1")
        outcome = command("ask", "a film about water")
    assert outcome.code == code
    assert kind in outcome.err and "next: " in outcome.err
    assert KEY in json.dumps(models.headers)
    assert KEY not in outcome.err + outcome.out
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize("request_text", ["", " \n", "x" * 100_001])
def test_a_request_that_is_empty_or_endless_is_refused(request_text: str, command, model_key: str) -> None:
    outcome = command("ask", request_text)
    assert outcome.code == 3
    assert "fix_input" in outcome.err


def test_a_request_is_read_from_standard_input(command, monkeypatch: pytest.MonkeyPatch) -> None:
    with scripted_models(lambda _: "Done.") as models:
        monkeypatch.setenv("OPENAI_BASE_URL", f"{models.url}/v1")
        outcome = command("ask", "-", text=b"Was kannst du?")
    assert outcome.code == 0, outcome.err
    assert "Was kannst du?" in json.dumps(models.requests[0], ensure_ascii=False)


def dear(_result: str) -> Use:
    return Use("run_workflow", {"workflow": "prompt_to_video_clip", "prompt": "A red kite over a grey sea"})


@pytest.mark.parametrize("agreed", [True, False])
def test_a_hosted_call_that_costs_is_made_only_when_agreed_to(
    agreed: bool, command, monkeypatch: pytest.MonkeyPatch, model_key: str
) -> None:
    results: list[str] = []

    def end(result: str) -> str:
        results.append(result)
        return "Done."

    arguments: list[Any] = ["ask", "a clip of a kite", "--backend", "hosted", *(["--yes"] if agreed else [])]
    server = ScriptedServer()
    with server.serve() as served, scripted_models(dear, end) as models:
        monkeypatch.setenv("VIDEOGEN_API_KEY", "sk_hosted_0123456789")
        monkeypatch.setenv("VIDEOGEN_BASE_URL", served.url)
        monkeypatch.setenv("OPENAI_BASE_URL", f"{models.url}/v1")
        outcome = command(*arguments)
    assert outcome.code == 0, outcome.err
    assert "spends credits" in outcome.err
    assert server.started == (1 if agreed else 0)
    assert ("The film started" if agreed else "declined") in results[0]
    assert agreed or "--yes agrees beforehand" in outcome.err
    assert "sk_hosted" not in outcome.err + outcome.out
