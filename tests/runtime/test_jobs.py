"""Jobs through one runtime in this process: run, fail, retry, cancel, reuse."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from trial_tools import add_job, attempts, ended, entered, new_runtime, starts, succeeded, until

from videogen_agents.contract import JobStatus
from videogen_agents.errors import NotFoundError
from videogen_engine.runtime.attempts import Happening
from videogen_engine.runtime.embedded import EmbeddedRuntime
from videogen_engine.settings import EngineSettings, load_engine_settings
from videogen_engine.store.metadata import Metadata
from videogen_engine.store.records import JobKind, NewJob


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> EngineSettings:
    """One home for this module; starting an engine takes longer than most of these tests."""
    return load_engine_settings(home=tmp_path_factory.mktemp("home"), environ={})


@pytest.fixture(scope="module")
def store(settings: EngineSettings) -> Iterator[Metadata]:
    metadata = Metadata.open(settings.database_url)
    yield metadata
    metadata.close()


@pytest.fixture(scope="module")
def runtime(settings: EngineSettings, store: Metadata) -> Iterator[EmbeddedRuntime]:
    engine = new_runtime(settings, store)
    asyncio.run(engine.start())
    yield engine
    asyncio.run(engine.stop())


async def test_a_job_runs_its_steps_in_order_and_ends_with_its_outcome(
    runtime: EmbeddedRuntime, settings: EngineSettings, store: Metadata
) -> None:
    add_job(store, "job-0", "echo", "paint", text="blue")
    await runtime.submit("job-0")
    job = await asyncio.to_thread(succeeded, store, "job-0")
    assert (job.progress, job.stage, job.attempt_index) == (100.0, None, 0)
    outcome = job.outcome()
    assert outcome is not None
    assert outcome.made_by == ("echo", "paint")
    assert [
        attempt.step
        for attempt in attempts(settings.home)
        if attempt.job_id == "job-0" and attempt.happening is Happening.STARTED
    ] == [
        "job",
        "echo",
        "paint",
    ]


async def test_submitting_a_job_again_runs_it_once(
    runtime: EmbeddedRuntime, settings: EngineSettings, store: Metadata
) -> None:
    add_job(store, "job-1", "echo")
    for _ in range(3):
        await runtime.submit("job-1")
    await asyncio.to_thread(succeeded, store, "job-1")
    await runtime.submit("job-1")
    add_job(store, "next-1", "echo", text="other-1")
    await runtime.submit("next-1")
    await asyncio.to_thread(succeeded, store, "next-1")
    assert starts(settings.home, "job-1") == {"echo": 1}


async def test_a_row_that_nobody_submitted_is_found_and_run(runtime: EmbeddedRuntime, store: Metadata) -> None:
    add_job(store, "job-2", "echo")
    await asyncio.to_thread(succeeded, store, "job-2")


async def test_the_same_work_in_another_job_is_reused_and_not_started(
    runtime: EmbeddedRuntime, settings: EngineSettings, store: Metadata
) -> None:
    for job_id in ("first-3", "second-3"):
        add_job(store, job_id, "echo", "paint", text="red")
        await runtime.submit(job_id)
        await asyncio.to_thread(succeeded, store, job_id)
    assert starts(settings.home, "first-3") == {"echo": 1, "paint": 1}
    assert starts(settings.home, "second-3") == {}


async def test_a_result_whose_media_were_dropped_is_made_again(
    runtime: EmbeddedRuntime, settings: EngineSettings, store: Metadata
) -> None:
    add_job(store, "first-4", "paint", text="green")
    await runtime.submit("first-4")
    await asyncio.to_thread(succeeded, store, "first-4")
    shutil.rmtree(settings.home / "media" / "artifacts" / "paint")
    add_job(store, "second-4", "paint", text="green")
    await runtime.submit("second-4")
    await asyncio.to_thread(succeeded, store, "second-4")
    assert starts(settings.home, "second-4") == {"paint": 1}
    assert [path.read_text() for path in (settings.home / "media" / "artifacts" / "paint").rglob("*.txt")] == ["green"]


async def test_a_stages_error_becomes_the_jobs_error(runtime: EmbeddedRuntime, store: Metadata) -> None:
    add_job(store, "job-5", "echo", "refuse", "paint")
    await runtime.submit("job-5")
    job = await asyncio.to_thread(ended, store, "job-5")
    assert job.status is JobStatus.FAILED
    assert job.error is not None
    assert job.error.message == "Too much of everything. Ask for less."
    assert job.error.code == "too_much"
    assert job.error.requirement is not None
    assert job.error.requirement.type == "smaller_input"


async def test_a_mistake_in_a_workflow_fails_its_job_and_no_other(runtime: EmbeddedRuntime, store: Metadata) -> None:
    add_job(store, "wrong-6", workflow="mistaken")
    add_job(store, "unknown-6", workflow="nonsense")
    add_job(store, "right-6", "echo")
    await runtime.submit("wrong-6")
    wrong, unknown = [await asyncio.to_thread(ended, store, job_id) for job_id in ("wrong-6", "unknown-6")]
    await asyncio.to_thread(succeeded, store, "right-6")
    assert wrong.error is not None
    assert wrong.error.message.startswith("The job failed: ZeroDivisionError: in the body of wrong")
    assert unknown.error is not None
    assert "no workflow named 'nonsense'" in unknown.error.message


async def test_a_stage_that_crashes_once_is_tried_again_within_the_job(
    runtime: EmbeddedRuntime, settings: EngineSettings, store: Metadata, folder: Path
) -> None:
    add_job(store, "job-7", "crash_once", folder=folder)
    await runtime.submit("job-7")
    job = await asyncio.to_thread(succeeded, store, "job-7")
    assert job.attempt_index == 0
    assert starts(settings.home, "job-7") == {"crash_once": 2}


async def test_a_stage_that_always_crashes_fails_its_job_after_three_starts_naming_signal_and_log(
    runtime: EmbeddedRuntime, settings: EngineSettings, store: Metadata
) -> None:
    add_job(store, "job-8", "crash")
    await runtime.submit("job-8")
    job = await asyncio.to_thread(ended, store, "job-8")
    assert job.status is JobStatus.FAILED
    assert job.error is not None
    assert job.error.code == "stage_crashed"
    assert "3 times" in job.error.message
    assert "SIGSEGV" in job.error.message
    assert "logs/stages.log" in job.error.message
    assert starts(settings.home, "job-8") == {"crash": 3}


async def test_progress_names_the_stage_and_is_a_fraction_of_all_steps(
    runtime: EmbeddedRuntime, store: Metadata, folder: Path
) -> None:
    add_job(store, "job-9", "echo", "gate", folder=folder)
    await runtime.submit("job-9")
    await asyncio.to_thread(until, lambda: store.jobs.get("job-9").stage == "Gate: Waiting at the gate", "stage's name")
    job = store.jobs.get("job-9")
    # Both steps weigh the same: one is done, the other a quarter through.
    assert job.progress == pytest.approx(62.5)
    assert job.status is JobStatus.RUNNING
    (folder / "open").touch()
    await asyncio.to_thread(succeeded, store, "job-9")


async def test_cancelling_a_running_job_stops_its_stage_and_leaves_no_files(
    runtime: EmbeddedRuntime, settings: EngineSettings, store: Metadata, folder: Path
) -> None:
    add_job(store, "job-10", "stubborn", "echo", folder=folder)
    await runtime.submit("job-10")
    mark = folder / "helper"
    await asyncio.to_thread(until, lambda: mark.exists() and mark.read_text(), "helper")
    await runtime.cancel("job-10")
    job = await asyncio.to_thread(ended, store, "job-10")
    assert job.status is JobStatus.CANCELLED
    assert job.error is None
    helper = int(mark.read_text())
    await asyncio.to_thread(until, lambda: not Path(f"/proc/{helper}/cmdline").exists(), "death of the helper")
    assert [path for path in settings.scratch.rglob("*") if path.is_file()] == []
    assert starts(settings.home, "job-10") == {"stubborn": 1}
    assert [attempt.happening for attempt in attempts(settings.home)][-1] is Happening.CANCELLED


async def test_cancelling_a_queued_job_keeps_it_from_ever_starting(
    runtime: EmbeddedRuntime, settings: EngineSettings, store: Metadata, folder: Path
) -> None:
    add_job(store, "running-11", "gate", folder=folder)
    add_job(store, "other-11", "gate", folder=folder, text="fills a second place, where there is one")
    add_job(store, "queued-11", "echo")
    await runtime.submit("running-11")
    await asyncio.to_thread(entered, folder, 0)
    await runtime.cancel("queued-11")
    assert (await asyncio.to_thread(ended, store, "queued-11")).status is JobStatus.CANCELLED
    (folder / "open").touch()
    await asyncio.to_thread(succeeded, store, "running-11")
    await asyncio.to_thread(succeeded, store, "other-11")
    assert starts(settings.home, "queued-11") == {}


async def test_cancelling_an_ended_job_changes_nothing_and_an_unknown_one_is_an_error(
    runtime: EmbeddedRuntime, store: Metadata
) -> None:
    add_job(store, "job-12", "echo")
    await runtime.submit("job-12")
    await asyncio.to_thread(succeeded, store, "job-12")
    await runtime.cancel("job-12")
    assert store.jobs.get("job-12").status is JobStatus.SUCCEEDED
    with pytest.raises(NotFoundError):
        await runtime.cancel("nobody")


async def test_a_quick_job_does_not_wait_for_films(runtime: EmbeddedRuntime, store: Metadata, folder: Path) -> None:
    for job_id in ("film-13", "another film-13", "third film-13"):
        add_job(store, job_id, "gate", folder=folder, text=job_id)
    await runtime.submit("film-13")
    await asyncio.to_thread(entered, folder, 0)
    add_job(store, "check-13", "echo", workflow="short")
    await runtime.submit("check-13")
    await asyncio.to_thread(succeeded, store, "check-13")
    assert not store.jobs.get("film-13").is_terminal
    (folder / "open").touch()
    for job_id in ("film-13", "another film-13", "third film-13"):
        await asyncio.to_thread(succeeded, store, job_id)


async def test_a_job_that_is_part_of_another_is_not_run_on_its_own(
    runtime: EmbeddedRuntime, settings: EngineSettings, store: Metadata, folder: Path
) -> None:
    add_job(store, "parent-14", "gate", folder=folder)
    store.jobs.create(
        NewJob(
            job_id="child-14",
            kind=JobKind.PROJECT_EXPORT,
            workflow="trial",
            request_json=json.dumps({"steps": ["echo"]}),
            parent_job_id="parent-14",
        )
    )
    await runtime.submit("parent-14")
    await asyncio.to_thread(entered, folder, 0)
    add_job(store, "after-14", "echo", workflow="short")
    await runtime.submit("after-14")
    await asyncio.to_thread(succeeded, store, "after-14")
    assert starts(settings.home, "child-14") == {}
    (folder / "open").touch()
    await asyncio.to_thread(succeeded, store, "parent-14")
