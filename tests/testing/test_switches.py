"""Each thing that can go wrong at a server is one switch, and reaches the caller as what it is."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from videogen_agents.client import VideoClient
from videogen_agents.contract import GenerateMusicRequest, PromptToVideoClipRequest
from videogen_agents.errors import (
    ConnectionLostError,
    CreditsError,
    JobFailedError,
    NotFoundError,
    RateLimitedError,
    UnavailableError,
)
from videogen_agents.testing import SEND_UPLOAD, Fault, ManualClock, ScriptedServer

FILM = PromptToVideoClipRequest(prompt="Water.", auto_export=True)


async def start(client: VideoClient) -> str:
    return (await client.start_workflow(FILM)).reply.workflow_run_id


async def test_a_rate_limit_costs_time_that_nobody_has_to_wait(
    video_client: VideoClient, scripted_videogen: ScriptedServer, video_clock: ManualClock
) -> None:
    scripted_videogen.faults.append(Fault.RATE_LIMITED)
    await start(video_client)
    assert scripted_videogen.started == 1
    assert video_clock.slept >= 7


async def test_a_rate_limit_that_stays_is_told(video_client: VideoClient, scripted_videogen: ScriptedServer) -> None:
    scripted_videogen.faults.extend([Fault.RATE_LIMITED] * 20)
    with pytest.raises(RateLimitedError):
        await start(video_client)
    assert scripted_videogen.started == 0


async def test_no_credits_is_for_a_person(video_client: VideoClient, scripted_videogen: ScriptedServer) -> None:
    scripted_videogen.fail_next("promptToVideoClip", Fault.NO_CREDITS)
    with pytest.raises(CreditsError):
        await start(video_client)


async def test_what_a_server_cannot_do_is_501(video_client: VideoClient, scripted_videogen: ScriptedServer) -> None:
    scripted_videogen.unavailable.add("generateMusic")
    with pytest.raises(UnavailableError) as caught:
        await video_client.generate_asset(GenerateMusicRequest(prompt="Calm."))
    assert caught.value.code == "not_available"
    assert await start(video_client)


async def test_a_stalled_job_runs_for_as_long_as_one_cares_to_wait(
    video_client: VideoClient, scripted_videogen: ScriptedServer, video_clock: ManualClock
) -> None:
    run_id = await start(video_client)
    scripted_videogen.stall()
    job = await video_client.wait_for_job(run_id, timeout=3600)
    assert job.status == "running"
    assert video_clock.slept >= 3600
    scripted_videogen.finish(run_id)
    assert (await video_client.wait_for_job(run_id)).status == "succeeded"


async def test_a_reply_that_never_comes_is_a_lost_one(
    video_client: VideoClient, scripted_videogen: ScriptedServer
) -> None:
    scripted_videogen.fail_next("promptToVideoClip", Fault.STALLED)
    started = await video_client.start_workflow(FILM)
    assert started.recovered
    scripted_videogen.fail_next("getMe", *[Fault.STALLED] * 10)
    with pytest.raises(ConnectionLostError):
        await video_client.me()


async def test_one_job_of_two_fails_with_a_reason(video_client: VideoClient, scripted_videogen: ScriptedServer) -> None:
    good = await start(video_client)
    bad = (await video_client.start_workflow(FILM, new=True)).reply.workflow_run_id
    scripted_videogen.outcomes[bad] = "failed"
    assert (await video_client.wait_for_job(good)).status == "succeeded"
    with pytest.raises(JobFailedError, match=r"The voice failed\."):
        (await video_client.wait_for_job(bad)).raise_for_failure()


async def test_a_job_that_awaits_approval_ends_the_wait_and_goes_on_once_approved(
    video_client: VideoClient, scripted_videogen: ScriptedServer
) -> None:
    run_id = await start(video_client)
    scripted_videogen.outcomes[run_id] = "awaiting_approval"
    assert (await video_client.wait_for_job(run_id)).waiting_for_person
    scripted_videogen.finish(run_id)
    assert (await video_client.wait_for_job(run_id)).status == "succeeded"


async def test_an_expired_link_is_refused_until_the_job_is_read_again(
    video_client: VideoClient, scripted_videogen: ScriptedServer, tmp_path: Path
) -> None:
    run_id = await start(video_client)
    stale = (await video_client.wait_for_job(run_id)).download_url
    scripted_videogen.expire_links()
    assert stale is not None
    with pytest.raises(NotFoundError) as caught:
        await video_client.download(stale, tmp_path / "film.mp4")
    assert caught.value.code == "media_link_expired"
    fresh = (await video_client.get_job(run_id)).download_url
    assert fresh is not None and fresh != stale
    assert (await video_client.download(fresh, tmp_path / "film.mp4")).read_bytes() == scripted_videogen.film


async def test_a_list_of_files_shows_links_as_they_were_last_signed(
    video_client: VideoClient, scripted_videogen: ScriptedServer
) -> None:
    file_id = scripted_videogen.add_file("talk.mp3", "AUDIO", b"words")["fileId"]
    scripted_videogen.expire_links()

    async def opens(url: str | None) -> bool:
        async with httpx.AsyncClient(transport=scripted_videogen) as http:
            return (await http.get(url or "")).is_success

    assert not await opens((await video_client.files()).files[0].download_url)
    assert await opens((await video_client.file(file_id)).download_url)
    assert await opens((await video_client.files()).files[0].download_url)


async def test_a_public_preview_never_expires_and_ends_when_it_is_switched_off(
    scripted_videogen: ScriptedServer,
) -> None:
    file_id = scripted_videogen.add_file("talk.mp3", "AUDIO", b"words")["fileId"]
    async with httpx.AsyncClient(transport=scripted_videogen, base_url="https://api.example") as http:
        shown = (await http.post(f"/v1/files/{file_id}/enable-public-preview")).json()
        url = shown["staticPublicPreviewSource"]["url"]
        scripted_videogen.expire_links()
        assert (await http.get(url)).content == b"words"
        await http.post(f"/v1/files/{file_id}/disable-public-preview")
        assert (await http.get(url)).status_code == 404


async def test_an_upload_becomes_ready_after_as_many_looks_as_asked(
    video_client: VideoClient, scripted_videogen: ScriptedServer, tmp_path: Path
) -> None:
    scripted_videogen.hydrations_until_ready = 3
    scripted_videogen.fail_next(SEND_UPLOAD, Fault.CUT_WHILE_SENDING)
    (tmp_path / "talk.mp3").write_bytes(b"words")
    sent = await video_client.upload_file(tmp_path / "talk.mp3")
    assert scripted_videogen.requests.count(f"POST /v1/files/{sent.file_id}/hydrate") == 4


async def test_a_cancelled_job_stays_cancelled_and_a_finished_one_finished(
    video_client: VideoClient, scripted_videogen: ScriptedServer
) -> None:
    run_id = await start(video_client)
    assert (await video_client.cancel_job(run_id)).status == "cancelled"
    assert (await video_client.wait_for_job(run_id)).status == "cancelled"
    scripted_videogen.finish("vg_work_0002")
    other = (await video_client.start_workflow(FILM, new=True)).reply.workflow_run_id
    async with httpx.AsyncClient(transport=scripted_videogen, base_url="https://api.example") as http:
        assert (await http.post(f"/v1/workflows/runs/{other}/cancel")).status_code == 202
    assert (await video_client.get_job(other)).status == "succeeded"


def test_a_fault_for_an_operation_that_does_not_exist_is_a_mistake(scripted_videogen: ScriptedServer) -> None:
    with pytest.raises(ValueError, match="no operation 'makeFilm'"):
        scripted_videogen.fail_next("makeFilm", Fault.STALLED)
