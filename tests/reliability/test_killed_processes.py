"""A client process that is killed with SIGKILL at a stage, and another that calls again with the same arguments."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from videogen_agents.client import JobKind
from videogen_agents.errors import ConnectionLostError
from videogen_agents.testing import READ_MEDIA, SEND_UPLOAD, Fault, ScriptedServer

from ..command import environment
from .cases import KILLED_STARTS, KILLED_WHILE_LOOKING, StartCase
from .rig import Rig
from .work import Work, work_named

CHILD = Path(__file__).with_name("killed_client.py")
FILE = bytes(range(256)) * 2048
Run = Callable[..., None]


@pytest.fixture
def victim(rig: Rig) -> Iterator[Run]:
    """Runs the child until its death, at the cut that the script of the server comes to first."""
    children: list[subprocess.Popen[bytes]] = []

    def kill(_operation: str, _stage: Fault) -> None:
        children[-1].kill()
        children[-1].wait()

    def run(*arguments: str) -> None:
        rig.served.at_cut = kill
        children.append(
            subprocess.Popen(
                [sys.executable, str(CHILD), rig.served.url, str(rig.home), *arguments],
                env=environment(rig.home),
                stderr=subprocess.PIPE,
            )
        )
        _, said = children[-1].communicate(timeout=60)
        rig.served.at_cut = None
        assert children[-1].returncode == -signal.SIGKILL, said.decode()

    yield run
    for child in children:
        child.kill()
        child.wait()


async def assert_exactly_one(work: Work, server: ScriptedServer, rig: Rig) -> None:
    async with rig.client() as client:
        started = await work.start(client)
        assert work.made(server) == [work.answered(started.reply)]
        held = {value for entry in client.ledger_entries() for value in entry.ids.values()}
        assert set(work.answered(started.reply)) <= held


@pytest.mark.parametrize("case", KILLED_STARTS, ids=str)
async def test_a_process_killed_at_a_start_leaves_one_run_that_the_next_process_finds(
    case: StartCase, rig: Rig, victim: Run
) -> None:
    rig.server.fail_next(case.work.operation, case.stage)
    victim("start", case.work.name)
    assert len(case.work.made(rig.server)) == (0 if case.stage.before_work else 1)
    if case.work.listed:
        await assert_exactly_one(case.work, rig.server, rig)
        return
    async with rig.client() as client:
        with pytest.raises(ConnectionLostError) as caught:
            await case.work.start(client)
        assert caught.value.code == "start_unconfirmed"
    assert len(case.work.made(rig.server)) == 1


async def test_a_process_killed_while_it_looks_what_exists_has_started_nothing(rig: Rig, victim: Run) -> None:
    rig.server.fail_next("listWorkflowRuns", KILLED_WHILE_LOOKING.stage)
    victim("start", KILLED_WHILE_LOOKING.work.name)
    assert rig.server.runs == []
    await assert_exactly_one(KILLED_WHILE_LOOKING.work, rig.server, rig)


async def test_a_process_killed_while_it_looks_for_a_lost_run_leaves_that_run_to_the_next(
    rig: Rig, victim: Run
) -> None:
    work = work_named("prompt to clip")
    rig.server.fail_next(work.operation, Fault.BAD_GATEWAY_AFTER_START)
    rig.server.after_work = lambda _operation: rig.server.fail_next("listWorkflowRuns", Fault.CUT_IN_BODY)
    victim("start", work.name)
    rig.server.after_work = None
    await assert_exactly_one(work, rig.server, rig)


async def test_a_process_killed_at_a_poll_leaves_its_job_running_and_known(rig: Rig, victim: Run) -> None:
    work = work_named("prompt to clip")
    rig.server.fail_next(work.operation, Fault.CUT_AFTER_BODY)
    victim("start", work.name)
    async with rig.client() as client:
        run_id = rig.server.runs[0]["workflowRunId"]
        started = await work.start(client)
        assert work.answered(started.reply)[0] == run_id
        assert (await client.wait_for_job(run_id)).kind is JobKind.WORKFLOW_RUN
    assert rig.server.cancelled == set()


async def test_a_download_that_is_killed_is_absent_and_then_whole(rig: Rig, victim: Run, tmp_path: Path) -> None:
    rig.server.film = FILE
    target = tmp_path / "films" / "film.mp4"
    url = f"{rig.served.url}/film.mp4"
    rig.server.fail_next(READ_MEDIA, Fault.CUT_IN_BODY)
    victim("download", url, str(target))
    assert not target.exists()
    async with rig.client() as client:
        await client.download(url, target)
    assert target.read_bytes() == FILE
    assert list(target.parent.iterdir()) == [target]


async def test_an_upload_that_is_killed_is_no_file_and_then_whole(rig: Rig, victim: Run, tmp_path: Path) -> None:
    source = tmp_path / "talk.mp4"
    source.write_bytes(FILE)
    rig.server.fail_next(SEND_UPLOAD, Fault.CUT_WHILE_SENDING)
    victim("upload", str(source))
    assert [one["content"] for one in rig.server.files] == [None]
    async with rig.client() as client:
        sent = await client.upload_file(source)
    assert rig.server.file(sent.file_id)["content"] == FILE
