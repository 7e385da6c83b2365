"""Stages in processes of their own: answers, errors, crashes, cancellation, limits."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from trial_stages import REGISTRY, STAGES, Answer, Ask
from trial_tools import alive, entered, until

from videogen_agents.errors import InternalError, LimitError
from videogen_engine.runtime.stage_process import (
    StageCrashedError,
    StageLimits,
    StagePool,
    StageRoom,
    StageStuckError,
)
from videogen_engine.runtime.stage_registry import result_key
from videogen_engine.store.artifact_store import MediaArtifactStore

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture
def room(tmp_path: Path) -> StageRoom:
    return StageRoom((tmp_path / "media").as_uri(), tmp_path / "scratch", tmp_path / "stages.log", REGISTRY)


@pytest.fixture
async def pool(room: StageRoom) -> AsyncIterator[StagePool]:
    made = StagePool(room, MediaArtifactStore(room.media_url))
    yield made
    await made.close()


async def limited(room: StageRoom, limits: StageLimits, processes: int = 1) -> StagePool:
    return StagePool(room, MediaArtifactStore(room.media_url), limits=limits, processes=processes)


async def test_a_stage_answers_from_another_process_which_stays_warm_for_the_next_call(pool: StagePool) -> None:
    heard: list[tuple[float, str]] = []
    first = await pool.run("echo", Ask(number=1), Answer, lambda fraction, text: heard.append((fraction, text)))
    second = await pool.run("echo", Ask(number=2), Answer)
    assert (first.number, second.number) == (1, 2)
    assert first.pid == second.pid == pool.pids()[0]
    assert heard == [(0.5, "Echoing 1")]


async def test_a_result_is_in_the_artifact_store_before_the_answer_arrives(pool: StagePool, room: StageRoom) -> None:
    answer = await pool.run("echo", Ask(number=3), Answer)
    store = MediaArtifactStore(room.media_url)
    found = store.find(result_key("echo", STAGES["echo"], Ask(number=3)))
    assert found is not None
    assert Answer.model_validate_json(store.path(found).read_bytes()) == answer


async def test_what_a_stage_prints_goes_to_the_log_and_is_never_taken_for_an_answer(
    pool: StagePool, room: StageRoom
) -> None:
    answer = await pool.run("chatter", Ask(number=4), Answer)
    assert answer.number == 4
    assert (await pool.run("echo", Ask(number=5), Answer)).number == 5
    await pool.close()
    log = room.log.read_text()
    assert "native noise" in log
    assert '"type":"done"' in log


async def test_a_stages_error_arrives_with_every_field_it_was_raised_with(pool: StagePool) -> None:
    with pytest.raises(LimitError) as caught:
        await pool.run("refuse", Ask(), Answer)
    error = caught.value
    assert error.message == "Too much of everything."
    assert (error.code, error.next_step, error.ids) == ("too_much", "Ask for less.", {"file_id": "vg_file_1"})
    assert (error.retry_after, error.status, error.requirement) == (2.5, 413, "smaller_input")


async def test_a_mistake_in_a_stage_is_named_in_one_line_and_traced_in_the_log(
    pool: StagePool, room: StageRoom
) -> None:
    with pytest.raises(InternalError) as caught:
        await pool.run("mistake", Ask(), Answer)
    assert caught.value.code == "stage_failed"
    assert caught.value.message == "The 'mistake' stage failed: ValueError: a number was wrong"
    assert "in mistake" in room.log.read_text()


async def test_a_stage_that_nobody_registered_is_refused(pool: StagePool) -> None:
    with pytest.raises(InternalError, match="no stage named 'nonsense'"):
        await pool.run("nonsense", Ask(), Answer)


async def test_a_crash_is_reported_by_its_signal_and_the_next_call_gets_a_new_process(pool: StagePool) -> None:
    before = (await pool.run("echo", Ask(), Answer)).pid
    with pytest.raises(StageCrashedError, match="SIGSEGV"):
        await pool.run("crash", Ask(), Answer)
    assert (await pool.run("echo", Ask(number=1), Answer)).pid != before


async def test_cancelling_a_stage_that_looks_ends_it_and_keeps_its_process(pool: StagePool, tmp_path: Path) -> None:
    call = asyncio.create_task(pool.run("gate", Ask(folder=str(tmp_path)), Answer))
    pid = await asyncio.to_thread(entered, tmp_path, 0)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert (await pool.run("echo", Ask(), Answer)).pid == pid


async def test_cancelling_a_stage_that_never_looks_kills_it_and_its_helpers_and_leaves_no_half_files(
    pool: StagePool, room: StageRoom, tmp_path: Path
) -> None:
    call = asyncio.create_task(pool.run("stubborn", Ask(folder=str(tmp_path)), Answer))
    mark = tmp_path / "helper"
    await asyncio.to_thread(until, lambda: mark.exists() and mark.read_text(), "helper")
    stage, helper = pool.pids()[0], int(mark.read_text())
    assert alive(stage)
    assert alive(helper)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert not alive(stage)
    await asyncio.to_thread(until, lambda: not alive(helper), "death of the helper")
    assert list(room.scratch.iterdir()) == []


async def test_being_cancelled_twice_still_ends_the_process(pool: StagePool, tmp_path: Path) -> None:
    call = asyncio.create_task(pool.run("stubborn", Ask(folder=str(tmp_path)), Answer))
    mark = tmp_path / "helper"
    await asyncio.to_thread(until, lambda: mark.exists() and mark.read_text(), "helper")
    stage = pool.pids()[0]
    call.cancel()
    await asyncio.sleep(0)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert not alive(stage)


async def test_a_stage_that_takes_too_much_memory_is_stopped_with_a_limit_error(room: StageRoom) -> None:
    pool = await limited(room, StageLimits(memory_bytes=300 * 1024**2))
    with pytest.raises(LimitError, match="more than 300 MiB") as caught:
        await pool.run("hog", Ask(), Answer)
    assert caught.value.code == "memory_limit"
    assert (await pool.run("echo", Ask(number=8), Answer)).number == 8
    await pool.close()


async def test_a_stage_that_says_nothing_for_too_long_is_stopped_as_stuck(pool: StagePool) -> None:
    with pytest.raises(StageStuckError, match="no sign of life for 1 s"):
        await pool.run("silent", Ask(), Answer)
    assert pool.pids() == ()


async def test_an_unused_process_ends_by_itself(room: StageRoom) -> None:
    pool = await limited(room, StageLimits(idle_seconds=0.05))
    pid = (await pool.run("echo", Ask(), Answer)).pid
    await asyncio.to_thread(until, lambda: not alive(pid), "end of the idle process")
    assert pool.pids() == ()
    await pool.close()


async def test_two_processes_run_two_stages_at_once_and_one_runs_them_in_turn(room: StageRoom, tmp_path: Path) -> None:
    pool = await limited(room, StageLimits(), processes=2)
    calls = [asyncio.create_task(pool.run("gate", Ask(number=n, folder=str(tmp_path)), Answer)) for n in (0, 1)]
    pids = {await asyncio.to_thread(entered, tmp_path, number) for number in (0, 1)}
    assert len(pids) == 2
    third = asyncio.create_task(pool.run("echo", Ask(number=2), Answer))
    await asyncio.sleep(0)
    assert not third.done()
    (tmp_path / "open").touch()
    assert (await third).pid in pids
    await asyncio.gather(*calls)
    await pool.close()


async def test_a_module_in_the_users_folder_cannot_pose_as_one_of_ours(
    pool: StagePool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "colorsys.py").write_text("")
    monkeypatch.chdir(tmp_path)
    answer = await pool.run("import_json", Ask(), Answer)
    assert not answer.text.startswith(str(tmp_path))


_POOL_PROGRAM = """
import asyncio, sys
from pathlib import Path
from trial_stages import REGISTRY, Answer, Ask
from videogen_engine.runtime.stage_process import StagePool, StageRoom
from videogen_engine.store.artifact_store import MediaArtifactStore
base = Path(sys.argv[1])
url = (base / "media").as_uri()
room = StageRoom(url, base / "scratch", base / "stages.log", REGISTRY)
asyncio.run(StagePool(room, MediaArtifactStore(url)).run("stubborn", Ask(folder=str(base)), Answer))
"""


def test_killing_the_parent_leaves_neither_the_stage_process_nor_its_helpers(tmp_path: Path) -> None:
    parent = subprocess.Popen([sys.executable, "-c", _POOL_PROGRAM, str(tmp_path)])
    mark = tmp_path / "helper"
    until(lambda: mark.exists() and mark.read_text(), "helper")
    helper = int(mark.read_text())
    stage = int(Path(f"/proc/{helper}/stat").read_text().rpartition(")")[2].split()[1])
    parent.kill()
    parent.wait()
    until(lambda: not alive(stage), "death of the stage process")
    until(lambda: not alive(helper), "death of the helper")


def test_the_parent_loads_no_codec_no_arrays_and_no_durable_engine_before_there_is_work() -> None:
    program = (
        "import sys; import videogen_engine.runtime.embedded, videogen_engine.workflows; "
        "print([name for name in ('av', 'cv2', 'numpy', 'PIL', 'dbos', 'wasmtime') if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
