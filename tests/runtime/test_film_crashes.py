"""A real film, the engine killed in every one of its steps: it is finished all the same, byte for byte."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from trial_tools import FILM_HOST, Host, attempts, processes_in_session, processes_of, starts, succeeded, until

from videogen_agents.contract import JobStatus
from videogen_engine.package.model import PackagedFilm
from videogen_engine.runtime.attempts import Happening
from videogen_engine.runtime.stage_registry import (
    ASSEMBLE,
    CONTACT_SHEET,
    PACKAGE,
    PICTURE,
    PLAN,
    RENDER,
    REVIEW,
    SPEAK,
)
from videogen_engine.settings import load_engine_settings
from videogen_engine.stage import MediaRef
from videogen_engine.store.artifact_store import PREFIX, MediaArtifactStore
from videogen_engine.store.metadata import Metadata
from videogen_engine.store.records import NewExport

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")

STEPS = (PLAN, SPEAK, PICTURE, ASSEMBLE, RENDER, PACKAGE, CONTACT_SHEET, REVIEW)
KILLED = (PLAN, SPEAK, PICTURE, RENDER, PACKAGE)
SCRIPT = (
    "Most people drink too little. Water is sixty percent of your body. It carries heat, food and waste. "
    "Drink a glass when you wake up."
)


class FilmHome:
    """A data home with one film in it, to be built and exported at the size of a thumbnail."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.settings = load_engine_settings(home=home, environ={})
        self.store = Metadata.open(self.settings.database_url)
        request = {
            "script": SCRIPT,
            "visualStyle": {"type": "STOCK"},
            "visualPacing": "FAST",
            "autoExport": True,
        }
        started = self.store.starts.run(
            workflow="script_to_video",
            request_json=json.dumps(request),
            title="Water",
            ratio=(16, 9),
            export=NewExport(width=160, height=90, encoding="draft"),
        )
        self.run_id = started.job.job_id

    def host(self, monkeypatch: pytest.MonkeyPatch, kill: str = "", hold: str = "") -> Host:
        monkeypatch.setenv("FILM_HOME", str(self.home))
        monkeypatch.setenv("FILM_KILL", kill)
        monkeypatch.setenv("FILM_HOLD", hold)
        return Host(self.home, program=FILM_HOST)

    def output(self) -> dict[str, str]:
        """The hash of every file that the export made."""
        packaged = self.packaged()
        store = MediaArtifactStore(self.settings.media_url)
        parts: dict[str, MediaRef] = {
            name: getattr(packaged, name) for name in ("video", "thumbnail", "srt", "vtt", "manifest")
        }
        return {name: hashlib.sha256(store.path(ref).read_bytes()).hexdigest() for name, ref in parts.items()}

    def packaged(self) -> PackagedFilm:
        """What the last package step made."""
        key = [
            attempt.key
            for attempt in attempts(self.home)
            if attempt.step == PACKAGE and attempt.happening in {Happening.DONE, Happening.REUSED}
        ][-1]
        return PackagedFilm.model_validate_json((self.home / "media" / PREFIX / key).read_bytes())

    def segments(self) -> list[Path]:
        return list((self.home / "media" / PREFIX / "segment").rglob("*.mp4"))


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FilmHome]:
    """The same film, made without any trouble."""
    film = FilmHome(tmp_path_factory.mktemp("undisturbed"))
    with pytest.MonkeyPatch.context() as patch:
        host = film.host(patch)
        succeeded(film.store, film.run_id)
        host.stop()
    yield film
    film.store.close()


@pytest.fixture
def film(tmp_path: Path) -> Iterator[FilmHome]:
    made = FilmHome(tmp_path / "home")
    yield made
    made.store.close()


def test_an_undisturbed_film_starts_every_step_once_and_registers_its_file(undisturbed: FilmHome) -> None:
    assert starts(undisturbed.home, undisturbed.run_id) == dict.fromkeys(STEPS, 1)
    export = undisturbed.store.exports.of_runs([undisturbed.run_id])[undisturbed.run_id]
    assert export.job.status is JobStatus.SUCCEEDED
    assert export.file is not None
    assert undisturbed.store.projects.version(export.project_id).version == 1
    assert not processes_of(undisturbed.home)


def test_a_film_whose_engine_is_killed_in_every_step_in_turn_is_finished_with_the_same_bytes(
    film: FilmHome, undisturbed: FilmHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    # One worker: with several, the kill may come before any of them has finished a segment.
    monkeypatch.setenv("VIDEOGEN_AGENTS_RENDER_WORKERS", "1")
    begun: dict[str, int] = {}
    for step in STEPS:
        # A step killed in the round before is started again, and no other is.
        begun |= {step: 1} | {killed: 2 for killed in begun if killed in KILLED}
        if step not in KILLED:
            continue
        host = film.host(monkeypatch, kill=step)
        host.died()
        stage = int((film.home / f"killed-{step}").read_text())
        until(lambda: not processes_of(film.home), "end of every process of the home")
        until(lambda leader=stage: not processes_in_session(leader), "end of the stage process and its helpers")
        assert film.store.jobs.get(film.run_id).status is JobStatus.RUNNING
        assert starts(film.home, film.run_id) == begun, step
        if step == RENDER:
            assert 0 < len(film.segments()) < len(undisturbed.segments())
    last = film.host(monkeypatch)
    job = succeeded(film.store, film.run_id)
    last.stop()
    assert job.attempt_index == len(KILLED)
    assert starts(film.home, film.run_id) == dict.fromkeys(STEPS, 1) | dict.fromkeys(KILLED, 2)
    assert film.output() == undisturbed.output()
    assert len(film.segments()) == len(undisturbed.segments())
    assert not processes_of(film.home)
    assert [path for path in film.settings.scratch.rglob("*") if path.is_file()] == []


def test_cancelling_a_film_in_the_middle_of_rendering_stops_everything_and_keeps_no_file(
    film: FilmHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Rendering stands still once a segment is there, so that the cancellation meets it in the middle.
    monkeypatch.setenv("VIDEOGEN_AGENTS_RENDER_WORKERS", "1")
    host = film.host(monkeypatch, hold=RENDER)
    until(lambda: film.segments(), "first segment")
    film.store.jobs.request_cancel(film.run_id)
    until(lambda: film.store.jobs.get(film.run_id).is_terminal, "end of the run")
    host.stop()
    assert film.store.jobs.get(film.run_id).status is JobStatus.CANCELLED
    export = film.store.exports.of_runs([film.run_id])[film.run_id]
    assert export.job.status is JobStatus.CANCELLED
    assert export.file is None
    assert starts(film.home, film.run_id)[PACKAGE] == 0
    assert not processes_of(film.home)
    assert [path for path in film.settings.scratch.rglob("*") if path.is_file()] == []
