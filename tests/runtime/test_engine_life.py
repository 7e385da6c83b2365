"""The engine's life in a program: stopping, starting again, other homes, other loops, other versions."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from trial_tools import add_job, ended, entered, new_runtime, starts, succeeded
from trial_workflows import CHANGED

from videogen_agents.contract import JobStatus
from videogen_engine.settings import EngineSettings, load_engine_settings
from videogen_engine.store.metadata import Metadata


async def test_an_orderly_stop_leaves_a_job_resumable_however_often(
    settings: EngineSettings, store: Metadata, folder: Path
) -> None:
    add_job(store, "job", "echo", "gate", folder=folder)
    for _ in range(6):
        runtime = new_runtime(settings, store)
        await runtime.start()
        await asyncio.to_thread(entered, folder, 1)
        await runtime.stop()
        (folder / "entered-1").unlink()
        assert store.jobs.get("job").status is JobStatus.RUNNING
    (folder / "open").touch()
    runtime = new_runtime(settings, store)
    await runtime.start()
    job = await asyncio.to_thread(succeeded, store, "job")
    await runtime.stop()
    assert starts(settings.home, "job") == {"echo": 1, "gate": 7}
    assert job.attempt_index == 6


async def test_a_job_begun_by_an_older_workflow_starts_over_and_repeats_no_finished_step(
    settings: EngineSettings, store: Metadata, folder: Path
) -> None:
    add_job(store, "job", "paint", "gate", folder=folder, text="kept")
    runtime = new_runtime(settings, store)
    await runtime.start()
    await asyncio.to_thread(entered, folder, 1)
    await runtime.stop()
    (folder / "open").touch()
    changed = new_runtime(settings, store, CHANGED)
    await changed.start()
    await asyncio.to_thread(succeeded, store, "job")
    await changed.stop()
    assert starts(settings.home, "job") == {"paint": 1, "gate": 2, "echo": 1}


async def test_engines_on_different_homes_in_one_process_take_turns(
    settings: EngineSettings, store: Metadata, tmp_path: Path, folder: Path
) -> None:
    other_settings = load_engine_settings(home=tmp_path / "other", environ={})
    other_store = Metadata.open(other_settings.database_url)
    first, second = new_runtime(settings, store), new_runtime(other_settings, other_store)
    await first.start()
    await second.start()
    assert (first.is_owner, second.is_owner) == (True, True)
    add_job(store, "here", "gate", folder=folder)
    await first.submit("here")
    await asyncio.to_thread(entered, folder, 0)
    add_job(other_store, "there", "echo")
    await second.submit("there")
    (folder / "open").touch()
    await asyncio.to_thread(succeeded, store, "here")
    await asyncio.to_thread(succeeded, other_store, "there")
    await first.stop()
    await second.stop()
    other_store.close()


async def test_two_engines_on_one_home_in_one_process_share_it(settings: EngineSettings, store: Metadata) -> None:
    first, second = new_runtime(settings, store), new_runtime(settings, store)
    await first.start()
    await second.start()
    assert (first.is_owner, second.is_owner) == (True, False)
    add_job(store, "one", "echo")
    await second.submit("one")
    await asyncio.to_thread(succeeded, store, "one")
    await first.stop()
    add_job(store, "two", "echo", text="again")
    await second.submit("two")
    await asyncio.to_thread(succeeded, store, "two")
    assert second.is_owner
    await second.stop()


def test_the_callers_event_loop_is_left_alone_and_may_change_between_calls(
    settings: EngineSettings, store: Metadata, folder: Path
) -> None:
    runtime = new_runtime(settings, store)

    async def begin() -> None:
        await runtime.start()
        add_job(store, "job", "gate", folder=folder)
        await runtime.submit("job")
        await asyncio.to_thread(entered, folder, 0)
        # The durable engine puts its own pool into the loop it runs in; here it must not.
        assert type(getattr(asyncio.get_running_loop(), "_default_executor", None)).__module__ != "dbos._dbos"

    async def end() -> None:
        await runtime.stop()

    asyncio.run(begin())
    (folder / "open").touch()
    succeeded(store, "job")
    asyncio.run(end())


async def test_nothing_is_written_to_the_programs_output(
    settings: EngineSettings, store: Metadata, capfd: pytest.CaptureFixture[str]
) -> None:
    runtime = new_runtime(settings, store)
    await runtime.start()
    for job_id, step in (("right", "chatter"), ("wrong", "mistake"), ("dead", "crash")):
        add_job(store, job_id, step)
    add_job(store, "body", workflow="mistaken")
    await runtime.submit("right")
    for job_id in ("right", "wrong", "dead", "body"):
        await asyncio.to_thread(ended, store, job_id)
    await runtime.stop()
    assert capfd.readouterr() == ("", "")
    assert "ZeroDivisionError" in (settings.home / "logs" / "engine.log").read_text()


async def test_stopping_twice_and_starting_twice_are_harmless(settings: EngineSettings, store: Metadata) -> None:
    runtime = new_runtime(settings, store)
    await runtime.stop()
    await runtime.start()
    await runtime.start()
    add_job(store, "job", "echo")
    await runtime.submit("job")
    await asyncio.to_thread(succeeded, store, "job")
    await runtime.stop()
    await runtime.stop()
