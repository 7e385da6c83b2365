"""Engines in processes of their own, killed, doubled and replaced."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from trial_tools import add_job, alive, attempts, ended, entered, processes_of, starts, succeeded, until
from trial_types import StartHost

from videogen_agents.contract import JobStatus
from videogen_engine.runtime.attempts import JOB, AttemptLog, Happening
from videogen_engine.settings import EngineSettings
from videogen_engine.store.metadata import Metadata

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def test_a_killed_engine_leaves_no_process_and_the_next_one_repeats_no_finished_step(
    settings: EngineSettings, store: Metadata, folder: Path, start_host: StartHost
) -> None:
    add_job(store, "job", "paint", "gate", "echo", folder=folder)
    host = start_host()
    stage = entered(folder, 1)
    assert len(processes_of(settings.home)) >= 2
    host.kill()
    until(lambda: not processes_of(settings.home), "end of every process of the home")
    until(lambda: not alive(stage), "end of the stage process")
    assert store.jobs.get("job").status is JobStatus.RUNNING
    (folder / "open").touch()
    again = start_host()
    job = succeeded(store, "job")
    again.stop()
    assert starts(settings.home, "job") == {"paint": 1, "gate": 2, "echo": 1}
    assert job.attempt_index == 1
    assert not processes_of(settings.home)


def test_a_second_process_submits_and_follows_and_takes_over_when_the_owner_is_killed(
    settings: EngineSettings, store: Metadata, folder: Path, start_host: StartHost
) -> None:
    owner = start_host()
    assert owner.role() == "owner"
    second = start_host()
    assert second.role() == "standby"
    # The row is all that any process has to write.
    add_job(store, "job", "paint", "gate", folder=folder)
    entered(folder, 1)
    assert {attempt.pid for attempt in attempts(settings.home)} == {owner.process.pid}
    owner.kill()
    (folder / "open").touch()
    succeeded(store, "job")
    assert starts(settings.home, "job") == {"paint": 1, "gate": 2}
    assert attempts(settings.home)[-1].pid == second.process.pid
    second.stop()
    assert not processes_of(settings.home)


def test_cancelling_from_another_process_reaches_the_owner(
    settings: EngineSettings, store: Metadata, folder: Path, start_host: StartHost
) -> None:
    add_job(store, "job", "gate", folder=folder)
    start_host()
    entered(folder, 0)
    store.jobs.request_cancel("job")
    assert ended(store, "job").status is JobStatus.CANCELLED
    assert [attempt.happening for attempt in attempts(settings.home)][-1] is Happening.CANCELLED


def test_a_stage_that_takes_the_engine_down_every_time_is_given_up_in_the_end(
    settings: EngineSettings, store: Metadata, start_host: StartHost
) -> None:
    add_job(store, "poison", "echo", "kill_engine")
    for _ in range(4):
        start_host().died()
        assert store.jobs.get("poison").status is JobStatus.RUNNING
    last = start_host()
    job = ended(store, "poison")
    assert job.status is JobStatus.FAILED
    assert job.error is not None
    assert job.error.code == "job_given_up"
    assert "took the engine down 4 times" in job.error.message
    assert starts(settings.home, "poison") == {"echo": 1, "kill_engine": 4}
    # The engine that gave it up is well.
    add_job(store, "healthy", "echo")
    succeeded(store, "healthy")
    last.stop()


def test_a_job_that_gets_further_between_kills_is_not_taken_for_poison(tmp_path: Path) -> None:
    log = AttemptLog(tmp_path / "attempts.jsonl")
    for progress in (0.0, 12.0, 30.0, 55.0):
        log.write(Happening.STARTED, job_id="moving", step=JOB, progress=progress)
        log.write(Happening.STARTED, job_id="stuck", step=JOB, progress=min(progress, 12.0))
        log.write(Happening.STARTED, job_id="moving", step="render")
    assert log.has_advanced("moving", 60.0, starts=3)
    assert not log.has_advanced("stuck", 12.0, starts=3)
    assert not log.has_advanced("unknown", 50.0, starts=3)
