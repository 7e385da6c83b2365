"""An answer that was paid for outlives the engine that asked."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from trial_tools import FILM_HOST, Host, processes_of, starts, succeeded, until

from videogen_agents.contract import JobStatus
from videogen_agents.testing import LoopbackLanguageModel
from videogen_engine.runtime.stage_registry import ASK, SPEAK
from videogen_engine.settings import load_engine_settings
from videogen_engine.store.metadata import Metadata

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")

ENGLISH = "Trees clean the air that we breathe."
SPANISH = "Los árboles limpian el aire que respiramos."


def answer(body: Mapping[str, Any]) -> str:
    asked = json.loads(body["messages"][-1]["content"])
    return json.dumps(
        {"title": "Árboles", "headings": [], "scenes": [{"scene": 1, "text": SPANISH}]} | {"asked": asked}
    )


def test_a_translation_whose_engine_is_killed_after_the_answer_is_not_asked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    settings = load_engine_settings(home=home, environ={})
    store = Metadata.open(settings.database_url)
    request = {"script": ENGLISH, "visualStyle": {"type": "STOCK"}}
    run = store.starts.run(
        workflow="script_to_video", request_json=json.dumps(request), title="Trees", ratio=(16, 9)
    ).job
    monkeypatch.setenv("FILM_HOME", str(home))
    with LoopbackLanguageModel(answer) as model:
        for name, value in model.settings().items():
            monkeypatch.setenv(name, value)
        host = Host(home, program=FILM_HOST)
        succeeded(store, run.job_id)
        host.stop()
        action = json.dumps({"type": "TRANSLATE_PROJECT", "languageCode": "es"})
        (edit,) = store.starts.remix(run.project_id or "", [action]).jobs
        monkeypatch.setenv("FILM_KILL", SPEAK)
        Host(home, program=FILM_HOST).died()
        until(lambda: not processes_of(home), "end of every process of the home")
        assert store.jobs.get(edit.job_id).status is JobStatus.RUNNING
        assert len(model.requests) == 1
        last = Host(home, program=FILM_HOST)
        succeeded(store, edit.job_id)
        last.stop()
    assert len(model.requests) == 1
    assert starts(home, edit.job_id)[ASK] == 1
    assert starts(home, edit.job_id)[SPEAK] == 2
    assert SPANISH in store.projects.version(run.project_id or "", 2).timeline_json
    store.close()
