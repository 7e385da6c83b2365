"""Wherever a connection breaks: at most one run, its ids in the caller's hands, and files whole or absent."""

from __future__ import annotations

from pathlib import Path

import pytest

from videogen_agents.client import VideoClient
from videogen_agents.errors import ConnectionLostError, VideoError
from videogen_agents.testing import READ_MEDIA, SEND_UPLOAD, Fault

from .cases import HARMLESS, STAGES, START_CASES, Seen, StartCase
from .rig import Rig
from .work import WORK, Work, work_named

LISTED = tuple(work for work in WORK if work.listed)
SCRIPT = work_named("script to video")
each_stage = pytest.mark.parametrize("stage", STAGES, ids=STAGES.values())
FILE = bytes(range(256)) * 2048


def in_ledger(client: VideoClient) -> set[str]:
    return {value for entry in client.ledger_entries() for value in entry.ids.values()}


async def assert_one(work: Work, rig: Rig) -> None:
    """A repeat from another process returns the one that exists, whose ids the ledger holds."""
    async with rig.client() as client:
        again = await work.start(client)
        assert work.made(rig.server) == [work.answered(again.reply)]
        assert set(work.answered(again.reply)) <= in_ledger(client)


@pytest.mark.parametrize("case", START_CASES, ids=str)
async def test_a_start_that_is_cut_makes_one_run_at_most_and_its_ids_are_known(case: StartCase, rig: Rig) -> None:
    work = case.work
    rig.server.fail_next(work.operation, case.stage)
    async with rig.client() as client:
        if case.seen is Seen.UNCONFIRMED:
            with pytest.raises(ConnectionLostError) as caught:
                await work.start(client)
            assert caught.value.code == "start_unconfirmed"
            assert len(work.made(rig.server)) == case.runs
            with pytest.raises(ConnectionLostError):
                await work.start(client)
            assert len(work.made(rig.server)) == case.runs
            started = await work.start(client, new=True)
            assert work.made(rig.server)[case.runs :] == [work.answered(started.reply)]
        else:
            started = await work.start(client)
            assert work.made(rig.server) == [work.answered(started.reply)]
            assert started.recovered is (case.seen is Seen.RECOVERED)
            await assert_one(work, rig)


@pytest.mark.parametrize("work", WORK, ids=lambda work: work.name)
async def test_a_server_that_stays_away_has_started_nothing_and_a_repeat_makes_one(work: Work, rig: Rig) -> None:
    async with rig.client() as client:
        rig.server.fail_next(work.operation, *[Fault.NOT_CONNECTED] * 3)
        with pytest.raises(ConnectionLostError) as caught:
            await work.start(client)
        assert "Nothing was started" in (caught.value.next_step or "")
        assert work.made(rig.server) == []
    await assert_one(work, rig)


@pytest.mark.parametrize(
    ("work", "stage"),
    [(SCRIPT, stage) for stage in STAGES] + [(work, Fault.CUT_IN_HEADERS) for work in LISTED if work is not SCRIPT],
    ids=str,
)
async def test_an_outage_that_begins_with_the_start_is_resolved_by_a_repeat_after_it(
    work: Work, stage: Fault, rig: Rig
) -> None:
    rig.server.fail_next(work.operation, stage)

    def lights_out(operation: str) -> None:
        if operation == work.operation:
            rig.server.get_faults.extend([Fault.NOT_CONNECTED] * 10)

    rig.server.after_work = lights_out
    async with rig.client() as client:
        try:
            started = await work.start(client)
            assert work.made(rig.server) == [work.answered(started.reply)]
        except VideoError as error:
            assert error.kind.value == "retry_later"
            assert len(work.made(rig.server)) == 1
    rig.server.after_work = None
    rig.server.get_faults.clear()
    await assert_one(work, rig)


@each_stage
@pytest.mark.parametrize("second", [stage for stage in STAGES if stage is not Fault.NOT_CONNECTED], ids=STAGES.get)
async def test_a_start_that_is_cut_twice_still_makes_one(stage: Fault, second: Fault, rig: Rig) -> None:
    work = work_named("prompt to clip")
    rig.server.fail_next(work.operation, stage, second)
    rig.server.fail_next("listWorkflowRuns", Fault.CUT_IN_HEADERS)
    async with rig.client() as client:
        started = await work.start(client)
        assert work.made(rig.server) == [work.answered(started.reply)]
    await assert_one(work, rig)


@pytest.mark.parametrize("stage", [stage for stage in STAGES if not stage.before_work], ids=STAGES.get)
async def test_a_list_that_lags_behind_does_not_lead_to_a_second_run(stage: Fault, rig: Rig) -> None:
    rig.server.fail_next(SCRIPT.operation, stage)
    # The list that is noted before the start is one of them.
    rig.server.hide_new_runs_for = 4
    async with rig.client() as client:
        started = await SCRIPT.start(client)
    assert SCRIPT.made(rig.server) == [SCRIPT.answered(started.reply)]


@each_stage
@pytest.mark.parametrize("operation", HARMLESS, ids=HARMLESS.values())
async def test_what_may_be_sent_twice_is_sent_until_it_is_answered(operation: str, stage: Fault, rig: Rig) -> None:
    source, target = rig.home.parent / "talk.mp4", rig.home.parent / "film.mp4"
    source.write_bytes(FILE)
    rig.server.film = FILE
    async with rig.client() as client:
        rig.server.fail_next(operation, stage, stage)
        started = await SCRIPT.start(client)
        job = await client.wait_for_job(started.reply.workflow_run_id)
        assert job.status == "succeeded"
        assert job.download_url is not None
        assert await client.download(job.download_url, target) == target
        sent = await client.upload_file(source)
    assert len(rig.server.runs) == 1
    assert target.read_bytes() == FILE
    assert rig.server.file(sent.file_id)["content"] == FILE
    others = [one["content"] for one in rig.server.files if one["fileId"] != sent.file_id]
    assert set(others) <= {None}


@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage is not Fault.CUT_AFTER_BODY], ids=STAGES.get)
async def test_a_download_that_never_gets_through_leaves_nothing_behind(stage: Fault, rig: Rig) -> None:
    folder = rig.home.parent / "films"
    rig.server.fail_next(READ_MEDIA, *[stage] * 40)
    rig.server.film = FILE
    async with rig.client() as client:
        with pytest.raises(ConnectionLostError):
            await client.download(f"{rig.served.url}/film.mp4", folder / "film.mp4")
    assert list(folder.iterdir()) == []


@each_stage
async def test_an_upload_that_never_gets_through_is_no_file(stage: Fault, rig: Rig, tmp_path: Path) -> None:
    source = tmp_path / "talk.mp4"
    source.write_bytes(FILE)
    rig.server.fail_next(SEND_UPLOAD, *[stage] * 40)
    async with rig.client() as client:
        if stage is Fault.CUT_AFTER_BODY:
            await client.upload_file(source)
        else:
            with pytest.raises(ConnectionLostError):
                await client.upload_file(source)
    assert {one["content"] for one in rig.server.files} <= {None, FILE}
