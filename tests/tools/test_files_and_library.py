"""Files in, everything found, projects looked into, entities kept, guides read."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from videogen_agents.client import HostedTransport, VideoClient
from videogen_agents.config import Settings
from videogen_agents.errors import InputError
from videogen_agents.guides import guide_topics
from videogen_agents.testing import READ_MEDIA, Fault, ScriptedServer
from videogen_agents.tools import Toolbox, call_tool
from videogen_agents.tools.find_tools import Findable
from videogen_agents.tools.transcript_files import transcript_from

from ..manual_clock import ManualClock
from .conftest import Call

SCRIPT = "Water keeps you sharp. Drink a glass now."
PROJECT = "vg_proj_0001"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 200


@pytest.fixture
def picture(settings: Settings) -> Path:
    path = settings.allowed_roots[0] / "logo.png"
    path.write_bytes(PNG)
    return path


async def test_a_local_file_becomes_a_file_id(call: Call, server: ScriptedServer, picture: Path) -> None:
    outcome = await call("add_file", path=str(picture), displayName="Logo")
    assert not outcome.is_error, outcome.text
    data = outcome.data.model_dump(by_alias=True)
    assert data["status"] == "succeeded" and data["fileId"] in outcome.text
    assert [file["displayName"] for file in server.files] == ["Logo"]


async def test_the_same_file_again_is_not_sent_twice(call: Call, server: ScriptedServer, picture: Path) -> None:
    first = await call("add_file", path="logo.png")
    again = await call("add_file", path=str(picture))
    relative = await call("add_file", path="logo.png")
    assert first.data == relative.data
    assert again.data.model_dump()["file_id"]
    assert len(server.files) <= 2
    picture.write_bytes(PNG + b"changed")
    changed = await call("add_file", path="logo.png")
    assert changed.data.model_dump()["file_id"] != first.data.model_dump()["file_id"]


async def test_a_file_is_sent_once_whichever_process_adds_it(
    call: Call, settings: Settings, server: ScriptedServer, picture: Path
) -> None:
    """Its bytes count, not when they were written; what is said of it counts too."""
    first = await call("add_file", path="logo.png")
    picture.write_bytes(PNG)

    async def elsewhere(**arguments: Any) -> str:
        """The file's id from a process that shares nothing but the data home."""
        transport = HostedTransport("https://api.example", "sk_test", http_transport=server)
        client = VideoClient(settings, transport=transport, clock=ManualClock())
        async with Toolbox(settings=settings, client=client) as box:
            outcome = await call_tool(box, "add_file", {"path": "logo.png"} | arguments)
        return str(outcome.data.model_dump()["file_id"])

    known = str(first.data.model_dump()["file_id"])
    assert await elsewhere() == known
    assert len(server.files) == 1
    assert len({known, await elsewhere(displayName="Other"), await elsewhere(isTemporary=True)}) == 3
    assert await elsewhere(isTemporary=True) not in {known}
    assert len(server.files) == 4


async def test_a_file_that_was_archived_is_sent_again(toolbox: Toolbox, picture: Path) -> None:
    assert toolbox.session.client is not None
    client = toolbox.session.client
    first = await client.upload_file(picture)
    assert (await client.upload_file(picture)).file_id == first.file_id
    await client.archive_file(first.file_id)
    assert (await client.upload_file(picture)).file_id != first.file_id


async def test_a_transcript_goes_with_a_recording(call: Call, server: ScriptedServer, picture: Path) -> None:
    folder = picture.parent
    (folder / "voice.wav").write_bytes(b"RIFF" + b"0" * 100)
    words = {"languageCode": "en", "words": [{"word": "Hello", "startSeconds": 0.1, "endSeconds": 0.4}]}
    (folder / "words.json").write_text(json.dumps(words))
    outcome = await call("add_file", path="voice.wav", transcriptPath="words.json")
    assert not outcome.is_error, outcome.text
    (folder / "words.json").write_text('{"words": [{"word": "Hello", "startSeconds": 3, "endSeconds": 1}]}')
    refused = await call("add_file", path="voice.wav", transcriptPath="words.json")
    assert refused.is_error and "endSeconds" in refused.text


SRT = "1\n00:00:00,500 --> 00:00:02,500\n<i>One two</i>\nthree.\n\n2\n00:00:03,000 --> 00:00:04,000\nFour.\n"


def test_subtitles_and_texts_are_transcripts_too() -> None:
    whole = transcript_from("talk.srt", SRT.encode(), aligns=True)
    assert [(word.word, word.start_seconds) for word in whole.words] == [("One two three.", 0.5), ("Four.", 3.0)]
    shared = transcript_from("talk.vtt", b"WEBVTT\n\n" + SRT.replace(",", ".").encode(), aligns=False)
    assert [word.word for word in shared.words] == ["One", "two", "three.", "Four."]
    assert [word.start_seconds for word in shared.words] == pytest.approx([0.5, 1.0, 1.5, 3.0])
    text = transcript_from("talk.txt", "One two.\n\nThree.".encode("utf-8-sig"), aligns=True)
    assert [word.word for word in text.words] == ["One two.\n\nThree."]


@pytest.mark.parametrize(
    ("name", "data", "aligns"),
    [
        ("talk.txt", b"One two.", False),
        ("talk.txt", b"\xff\xfe\x00", True),
        ("talk.txt", b" \n", True),
        ("talk.srt", b"no cues here", True),
        (".env.txt", b"KEY=1", True),
        ("key.pem", b"KEY", True),
    ],
)
def test_what_is_no_transcript_is_refused(name: str, data: bytes, aligns: bool) -> None:
    with pytest.raises(InputError):
        transcript_from(name, data, aligns=aligns)


@pytest.mark.parametrize("name", [".env.png", "key.pem", "notes.json", "run.py", "folder.png", "none.png"])
async def test_what_no_film_can_use_never_leaves_the_machine(
    name: str, call: Call, server: ScriptedServer, picture: Path
) -> None:
    if name == "folder.png":
        (picture.parent / name).mkdir()
    elif name != "none.png":
        (picture.parent / name).write_bytes(b"secret")
    outcome = await call("add_file", path=name)
    assert outcome.is_error and "fix_input" in outcome.text, outcome.text
    assert server.files == [] and server.requests == []


async def test_no_file_outside_the_allowed_folders_is_sent(
    call: Call, server: ScriptedServer, picture: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside.png"
    outside.write_bytes(PNG)
    (picture.parent / "door.png").symlink_to(outside)
    for path in [str(outside), "../outside.png", "door.png", "~/outside.png", "/etc/passwd", "a\x00.png"]:
        outcome = await call("add_file", path=path)
        assert outcome.is_error and "fix_input" in outcome.text, path
    assert server.requests == []


async def test_a_public_url_is_imported_and_followed(call: Call, server: ScriptedServer) -> None:
    outcome = await call("add_file", url="https://example.org/talk.mp4")
    data = outcome.data.model_dump(by_alias=True)
    followed = await call("get_job", **json.loads(data["next"]["arguments"]), waitSeconds=45)
    assert followed.text.startswith("succeeded: added vg_file_"), followed.text
    assert len(server.imports) == 1


async def test_a_long_upload_answers_in_time_and_goes_on(
    toolbox: Toolbox, server: ScriptedServer, picture: Path
) -> None:
    toolbox.session.transfers.patience = 0.0
    server.hydrations_until_ready = 5
    first = await call_tool(toolbox, "add_file", {"path": "logo.png"})
    assert first.text.startswith("Sending logo.png") and not first.is_error
    assert json.loads(first.data.model_dump(by_alias=True)["next"]["arguments"]) == {"path": "logo.png"}
    for _ in range(1000):
        outcome = await call_tool(toolbox, "add_file", {"path": "logo.png"})
        if outcome.text.startswith("Added"):
            break
        await asyncio.sleep(0)
    assert outcome.text.startswith("Added")
    assert len(server.files) == 1


async def test_a_long_download_answers_in_time_and_leaves_nothing_half(
    toolbox: Toolbox, server: ScriptedServer, settings: Settings
) -> None:
    await call_tool(toolbox, "run_workflow", {"workflow": "script_to_video", "script": SCRIPT})
    job = await call_tool(toolbox, "get_job", {"jobId": "vg_work_0001", "waitSeconds": 45})
    file_id = job.data.model_dump()["file_id"]
    toolbox.session.transfers.patience = 0.0
    server.fail_next(READ_MEDIA, Fault.CUT_IN_BODY, Fault.CUT_IN_BODY)
    first = await call_tool(toolbox, "get_file", {"fileId": file_id, "savePath": "film.mp4"})
    assert first.text.startswith("Saving the file")
    assert not (settings.output_dir / "film.mp4").exists()
    for _ in range(1000):
        outcome = await call_tool(toolbox, "get_file", {"fileId": file_id, "savePath": "film.mp4"})
        if outcome.links:
            break
        await asyncio.sleep(0)
    assert (settings.output_dir / "film.mp4").read_bytes() == server.film


@pytest.mark.parametrize("kind", [kind.value for kind in Findable])
async def test_everything_that_can_be_listed_is_found(kind: str, call: Call, server: ScriptedServer) -> None:
    await call("run_workflow", workflow="script_to_video", script=SCRIPT)
    await call("export_project", projectId=PROJECT)
    await call("remix_project", projectId=PROJECT, remixActions=["ADD_ZOOM"])
    await call("generate_asset", asset="generate_music", prompt="calm piano")
    for entity_type in ("ACTOR", "PRODUCT", "VISUAL_STYLE", "SLIDESHOW_THEME"):
        await call("save_entity", entityType=entity_type, name=f"My {entity_type.lower()}")
    of_project = {"projectId": PROJECT} if kind in ("exports", "edits") else {}
    outcome = await call("find", type=kind, **of_project)
    assert not outcome.is_error, outcome.text
    assert outcome.data.model_dump()["items"], outcome.text
    nothing = await call("find", type=kind, query="zzzzzz", **of_project)
    assert not nothing.is_error and nothing.text.startswith(("No ", "There are no ")), nothing.text


async def test_a_long_list_is_read_page_by_page(call: Call, server: ScriptedServer) -> None:
    for number in range(5):
        await call("generate_asset", asset="generate_music", prompt=f"piano {number}")
    seen: list[str] = []
    arguments: dict[str, Any] = {"type": "assets", "limit": 2}
    while arguments:
        data = (await call("find", **arguments)).data.model_dump(by_alias=True)
        seen += [item["id"] for item in data["items"]]
        arguments = json.loads(data["next"]["arguments"]) if data["next"] else {}
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        ({"type": "exports"}, "projectId is required for"),
        ({"type": "voices", "projectId": "x"}, "does not go with"),
        ({"type": "voice"}, "type must be"),
        ({"type": "voices", "limit": 500}, "limit"),
        ({"type": "voices", "cursor": "made-up"}, ""),
    ],
)
async def test_a_wrong_search_is_explained(arguments: dict[str, Any], hint: str, call: Call) -> None:
    outcome = await call("find", **arguments)
    assert hint in outcome.text and (outcome.is_error or not hint)


async def test_a_project_is_looked_into(call: Call, server: ScriptedServer) -> None:
    await call("run_workflow", workflow="script_to_video", script=SCRIPT)
    await call("get_job", jobId="vg_work_0001", waitSeconds=45)
    await call("remix_project", projectId=PROJECT, remixActions=["ADD_ZOOM"])
    outcome = await call("inspect_project", projectId=PROJECT)
    assert not outcome.is_error, outcome.text
    assert len(outcome.text.splitlines()) <= 3
    assert PROJECT in outcome.text and "ADD_ZOOM" in outcome.text
    unknown = await call("inspect_project", projectId="vg_proj_none")
    assert unknown.is_error and "not_found" in unknown.text


async def test_an_entity_is_made_once_changed_and_put_away(call: Call, server: ScriptedServer, picture: Path) -> None:
    file_id = (await call("add_file", path="logo.png")).data.model_dump()["file_id"]
    made = await call("save_entity", entityType="PRODUCT", name="Kite", addFileIds=[file_id])
    assert not made.is_error, made.text
    entity_id = made.data.model_dump()["entity_id"]
    assert entity_id in made.text and made.data.model_dump()["file_ids"] == [file_id]
    again = await call("save_entity", entityType="PRODUCT", name="Kite", addFileIds=[file_id])
    assert again.data.model_dump()["entity_id"] == entity_id
    own = [entity for entity in server.entities if entity["name"] == "Kite"]
    assert len(own) == 1
    changed = await call("save_entity", entityId=entity_id, name="Red kite", removeFileIds=[file_id])
    assert "Red kite" in changed.text and changed.data.model_dump()["file_ids"] == []
    archived = await call("save_entity", entityId=entity_id, archive=True)
    assert archived.text.startswith("Archived")


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"name": "Kite"},
        {"entityType": "KITE", "name": "Kite"},
        {"entityType": "ACTOR", "name": ""},
        {"entityId": "vg_enti_x"},
        {"entityId": "vg_enti_x", "entityType": "ACTOR", "name": "x"},
        {"entityId": "vg_enti_x", "archive": True, "name": "x"},
        {"entityId": "vg_enti_none", "name": "x"},
        {"entityType": "ACTOR", "name": "x", "archive": True},
    ],
)
async def test_a_wrong_entity_is_explained_and_not_saved(
    arguments: dict[str, Any], call: Call, server: ScriptedServer
) -> None:
    before = len(server.entities)
    outcome = await call("save_entity", **arguments)
    assert outcome.is_error and "fix_input" in outcome.text
    assert len(server.entities) == before


@pytest.mark.parametrize("topic", [guide.topic for guide in guide_topics()])
async def test_every_guide_can_be_read(topic: str, call: Call) -> None:
    listed = await call("get_guide")
    assert topic in listed.text
    assert len((await call("get_guide", topic=topic)).text) > 200
    wrong = await call("get_guide", topic=topic + "x")
    assert wrong.is_error and f"Did you mean {topic!r}?" in wrong.text
