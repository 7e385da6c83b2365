"""The ledger is shared by processes, forgets by rule, and keeps no secret."""

from __future__ import annotations

import json
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from videogen_agents.client import Ledger, VideoClient
from videogen_agents.client.ledger import KEEP_SECONDS
from videogen_agents.contract import (
    CreateEntityRequest,
    CreateFileUrlImportRequest,
    CreateTimelineInterchangeRequest,
    GenerateImageRequest,
    RemixProjectRequest,
)

from .. import command
from ..manual_clock import ManualClock
from ..scripted_server import ScriptedServer
from .test_starts import film

Connect = Callable[[], VideoClient]

START = """
import asyncio, sys
from videogen_agents.client import VideoClient
from videogen_agents.contract import ScriptToVideoRequest

async def main():
    async with VideoClient() as client:
        await client.me()
        print("ready", flush=True)
        sys.stdin.readline()
        request = ScriptToVideoRequest.model_validate({"script": "Water.", "visualStyle": {"type": "STOCK"}})
        started = await client.start_workflow(request)
        print(started.reply.workflow_run_id, started.reused, flush=True)

asyncio.run(main())
"""


def test_processes_that_start_the_same_film_at_once_start_it_once(tmp_path: Path) -> None:
    with ScriptedServer(api_key="sk_test").serve() as serving:
        environment = command.environment(tmp_path, VIDEOGEN_BASE_URL=serving.url, VIDEOGEN_API_KEY="sk_test")
        processes = [
            subprocess.Popen(
                [sys.executable, "-c", START],
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in range(3)
        ]
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        ended = [process.communicate(timeout=120) for process in processes]
        answers = sorted(out.strip() for out, _ in ended)
        assert answers == ["vg_work_0001 False", "vg_work_0001 True", "vg_work_0001 True"], ended
        assert len(serving.server.runs) == 1


async def test_the_command_lists_every_start_of_this_machine(tmp_path: Path) -> None:
    with ScriptedServer(polls_until_done=0).serve() as serving:
        variables = {"VIDEOGEN_BASE_URL": serving.url, "VIDEOGEN_API_KEY": "sk_test"}
        script = tmp_path / "script.txt"
        script.write_text("Water keeps you sharp. And calm.")
        made = command.run("make", str(script), home=tmp_path, cwd=tmp_path, **variables)
        assert made.returncode == 0, made.stderr
        listed = command.run("jobs", home=tmp_path, **variables)
    (line,) = listed.stdout.splitlines()
    assert "vg_work_0001" in line
    assert "Water keeps you sharp" in line


async def test_entries_that_nothing_touched_for_the_documented_time_are_dropped(
    connect: Connect, clock: ManualClock
) -> None:
    client = connect()
    clock.time = time.time() - KEEP_SECONDS + 3600
    young = (await client.generate_asset(GenerateImageRequest(prompt="Young."))).reply.tool_execution_id
    clock.time = time.time() - KEEP_SECONDS - 3600
    old = (await client.generate_asset(GenerateImageRequest(prompt="Old."))).reply.tool_execution_id
    reopened = Ledger(client.settings.home / "ledger.db")
    assert [entry.ids for entry in reopened.entries()] == [{"tool_execution_id": young}]
    assert reopened.kind_of(young) == "tool_execution_id"
    assert reopened.kind_of(old) is None


async def test_neither_key_nor_words_nor_links_are_kept(connect: Connect, server: ScriptedServer) -> None:
    server.link_age = 7
    client = connect()
    run = (await client.start_workflow(film("Swordfish. It opens every door."))).reply
    await client.wait_for_job(run.workflow_run_id)
    await client.wait_for_job((await client.export_project(run.project_id)).reply.export_id)
    picture = GenerateImageRequest(prompt="A marlin, no swordfish.")
    await client.wait_for_job((await client.generate_asset(picture)).reply.tool_execution_id)
    music = {"remixActions": [{"type": "GENERATE_MUSIC", "prompt": "Swordfish shanty."}]}
    await client.remix_project(run.project_id, RemixProjectRequest.model_validate(music))
    timeline = await client.create_timeline_interchange(run.project_id, CreateTimelineInterchangeRequest())
    await client.wait_for_job(timeline.reply.interchange_job_id)
    imported = CreateFileUrlImportRequest(url="https://files.example/talk.mp4?token=swordfish")
    await client.wait_for_job((await client.import_url(imported)).reply.file_import_id)
    entity = {"entityType": "PRODUCT", "name": "Swordfish", "description": "swordfish"}
    await client.create_entity(CreateEntityRequest.model_validate(entity))
    await client.file("vg_file_0001")
    assert len(client.ledger_entries()) == 7
    files = list(client.settings.home.glob("ledger.db*"))
    content = b"".join(path.read_bytes() for path in files).lower()
    assert b"vg_work_0001" in content
    for secret in (b"swordfish", b"sk_test", b"link=", b"media.example", b"files.example"):
        assert secret not in content, secret
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


async def test_what_a_server_adds_to_a_reply_is_not_kept(connect: Connect, server: ScriptedServer) -> None:
    client = connect()
    session = await client._open()
    answer = session.post_once

    async def talkative(*arguments: object, **more: object) -> object:
        reply = await answer(*arguments, **more)  # type: ignore[arg-type]
        assert isinstance(reply, dict)
        return {**reply, "downloadUrl": "https://media.example/film.mp4?signature=swordfish"}

    session.post_once = talkative  # type: ignore[method-assign, assignment]
    await client.start_workflow(film())
    assert "swordfish" not in json.dumps([entry.reply for entry in client.ledger_entries()])


def test_a_ledger_of_an_earlier_version_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with sqlite3.connect(path) as db:
        db.execute(
            "CREATE TABLE starts (entry_id INTEGER PRIMARY KEY AUTOINCREMENT, backend TEXT NOT NULL, account TEXT NOT"
            " NULL, kind TEXT NOT NULL, fingerprint TEXT NOT NULL, state TEXT NOT NULL, idempotency_key TEXT NOT NULL,"
            " pid INTEGER NOT NULL, title TEXT NOT NULL, baseline TEXT NOT NULL, ids TEXT NOT NULL, reply TEXT NOT"
            " NULL, status TEXT, created REAL NOT NULL, updated REAL NOT NULL)"
        )
        db.execute(
            "INSERT INTO starts (backend, account, kind, fingerprint, state, idempotency_key, pid, title, baseline,"
            " ids, reply, created, updated) VALUES ('hosted', 'a', 'k', 'f', 'started', 'i', 1, 't', '[]',"
            " '{\"workflow_run_id\": \"vg_work_1\"}', '{}', ?, ?)",
            (time.time(), time.time()),
        )
    db.close()
    assert [entry.ids for entry in Ledger(path).entries()] == [{"workflow_run_id": "vg_work_1"}]


def test_several_ids_of_one_name_are_all_known(tmp_path: Path) -> None:
    ids = [("remix_action_id", "a"), ("remix_action_id", "b"), ("project_id", "p")]
    ledger = Ledger(tmp_path / "ledger.db")
    now = time.time()
    claim = ledger.claim(
        backend="hosted", account="a", kind="k", fingerprint="f", idempotency_key="i", title="t", now=now, new=False
    )
    ledger.record_started(claim.entry.entry_id, ids, {}, now)
    assert ledger.entries()[0].ids == {"remix_action_id": "a", "remix_action_id_2": "b", "project_id": "p"}
    assert {ledger.kind_of("a"), ledger.kind_of("b")} == {"remix_action_id"}
