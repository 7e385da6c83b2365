"""Following jobs: what is not a finished film is never shown as one, and a wait ends no job."""

from __future__ import annotations

from pathlib import Path

import pytest

from videogen_agents.config import Settings
from videogen_agents.tools import Policy, Toolbox

from ..scripted_server import FILM_URL, ScriptedServer
from .conftest import Call

SCRIPT = "Water keeps you sharp. Drink a glass now."
JOB = "vg_work_0001"


@pytest.fixture(autouse=True)
async def film(call: Call) -> None:
    await call("run_workflow", workflow="script_to_video", script=SCRIPT)


async def test_a_running_job_shows_progress_and_how_to_go_on(call: Call, server: ScriptedServer) -> None:
    server.polls_until_done = 1000
    outcome = await call("get_job", jobId=JOB, waitSeconds=5)
    assert outcome.text.startswith("running: 40 %")
    assert f'get_job {{"jobId": "{JOB}"}}' in outcome.text
    assert len(outcome.text.splitlines()) <= 3
    assert not outcome.links


async def test_a_finished_job_links_the_film_and_shows_a_still(call: Call) -> None:
    outcome = await call("get_job", jobId=JOB, waitSeconds=45)
    assert outcome.text.startswith("succeeded: the video is at https://media.example/film.mp4")
    assert len(outcome.text.splitlines()) <= 3
    assert [link.uri for link in outcome.links] == [FILM_URL]
    assert outcome.thumbnail is not None and outcome.thumbnail.media_type == "image/jpeg"


async def test_a_still_that_is_too_large_or_no_picture_is_left_out(call: Call, server: ScriptedServer) -> None:
    server.thumbnail = b"\xff\xd8\xff" + b"x" * 200_000
    assert (await call("get_job", jobId=JOB, waitSeconds=45)).thumbnail is None
    server.thumbnail = b"<html>not found</html>"
    assert (await call("get_job", jobId=JOB, waitSeconds=45)).thumbnail is None


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("failed", "The voice failed. [voice_failed, ask_user]"),
        ("cancelled", "The job was cancelled. [job_cancelled, ask_user]"),
        ("awaiting_approval", "waits for a person's approval"),
    ],
)
async def test_a_job_that_did_not_succeed_is_an_error_with_its_ids_and_the_next_step(
    status: str, said: str, call: Call, server: ScriptedServer
) -> None:
    server.final_status = status
    outcome = await call("get_job", jobId=JOB, waitSeconds=45)
    assert outcome.is_error
    assert said in outcome.text
    assert "succeeded" not in outcome.text
    assert JOB in outcome.text and "next: " in outcome.text
    assert len(outcome.text.splitlines()) <= 3
    assert not outcome.links and outcome.thumbnail is None


async def test_a_wait_that_runs_out_cancels_nothing(call: Call, server: ScriptedServer) -> None:
    server.polls_until_done = 1000
    await call("get_job", jobId=JOB, waitSeconds=45)
    assert not any("cancel" in request for request in server.requests)


async def test_cancelling_stops_the_job_and_following_it_says_so(call: Call, server: ScriptedServer) -> None:
    server.polls_until_done = 1000
    outcome = await call("cancel_job", jobId=JOB)
    assert "cancelled" in outcome.text
    assert server.cancelled == {JOB}
    assert (await call("get_job", jobId=JOB)).is_error


@pytest.mark.parametrize(
    ("status", "said"), [("succeeded", "had already succeeded"), ("failed", "had already failed: The voice failed.")]
)
async def test_cancelling_what_has_ended_changes_nothing(
    status: str, said: str, call: Call, server: ScriptedServer
) -> None:
    server.final_status, server.polls_until_done = status, 0
    outcome = await call("cancel_job", jobId=JOB)
    assert said in outcome.text
    assert server.cancelled == set()


@pytest.mark.parametrize("job_id", ["vg_work_none", "vg_proj_0001", "../../v1/me", "vg_file_0001", "a b\n", "🎬"])
async def test_an_id_of_no_job_is_an_error_that_names_find(job_id: str, call: Call, server: ScriptedServer) -> None:
    outcome = await call("get_job", jobId=job_id)
    assert outcome.is_error and "fix_input" in outcome.text
    assert "find" in outcome.text
    assert len(outcome.text.splitlines()) <= 3
    assert server.started == 1


async def test_a_read_only_server_follows_jobs_and_saves_nothing(
    call: Call, toolbox: Toolbox, settings: Settings
) -> None:
    outcome = await call("get_job", policy=Policy(read_only=True), jobId=JOB, waitSeconds=45)
    assert outcome.text.startswith("succeeded")
    refused = await call("get_file", fileId="vg_file_0001", savePath="film.mp4")
    assert refused.is_error and "read-only" in refused.text
    linked = await call("get_file", fileId="vg_file_0001")
    assert FILM_URL in linked.text
    assert not settings.output_dir.exists()


async def test_find_lists_each_kind_on_few_lines(call: Call) -> None:
    for kind, shown in {
        "projects": "vg_proj_0001",
        "jobs": JOB,
        "files": "vg_file_0001",
        "voices": "vg_voic_ada",
        "languages": "German",
    }.items():
        outcome = await call("find", type=kind)
        assert not outcome.is_error and shown in outcome.text, kind
        assert len(outcome.text.splitlines()) <= 3
    nothing = await call("find", type="projects", query="no such title")
    assert "No projects match" in nothing.text
    matching = await call("find", type="projects", query="SHARP")
    assert "vg_proj_0001" in matching.text


async def test_a_saved_file_is_whole_and_where_it_was_asked_for(
    call: Call, server: ScriptedServer, settings: Settings, tmp_path: Path
) -> None:
    outcome = await call("get_file", fileId="vg_file_0001", savePath="films/water")
    path = settings.output_dir / "films" / "water.mp4"
    assert path.read_bytes() == server.film
    assert str(path) in outcome.text
    assert [link.uri for link in outcome.links] == [path.as_uri()]
    inside = tmp_path / "work" / "here.mp4"
    assert not (await call("get_file", fileId="vg_file_0001", savePath=str(inside))).is_error
    assert inside.is_file()


async def test_no_path_leaves_the_allowed_folders(
    call: Call, settings: Settings, server: ScriptedServer, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    settings.output_dir.mkdir()
    (settings.output_dir / "door").symlink_to(outside)
    (settings.output_dir / "loop").symlink_to(settings.output_dir / "loop")
    for path in [
        str(outside / "film.mp4"),
        "../outside/film.mp4",
        "door/film.mp4",
        "loop/film.mp4",
        "~/film.mp4",
        "~//" + str(outside / "film.mp4"),
        "/etc/passwd",
        "film\x00.mp4",
        "a" * 900 + ".mp4",
        "",
        ".",
    ]:
        outcome = await call("get_file", fileId="vg_file_0001", savePath=path)
        assert outcome.is_error and "fix_input" in outcome.text, path
    assert list(outside.iterdir()) == []


async def test_a_film_is_never_saved_over_a_program_or_its_settings(call: Call, tmp_path: Path) -> None:
    work = tmp_path / "work"
    for name in ("main.py", ".bashrc", "config.json", "notes.txt"):
        (work / name).write_text("mine")
        outcome = await call("get_file", fileId="vg_file_0001", savePath=str(work / name))
        assert (work / name).read_text() == "mine"
        assert outcome.is_error or name == ".bashrc"


async def test_a_disk_that_does_not_take_the_film_is_for_the_user_to_mend(call: Call, settings: Settings) -> None:
    settings.output_dir.write_text("a file where the folder should be")
    outcome = await call("get_file", fileId="vg_file_0001", savePath="film.mp4")
    assert outcome.is_error and "ask_user" in outcome.text
