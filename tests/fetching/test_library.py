"""The files of the embedded engine through the tools: added, looked into, found by what they are and say."""

from __future__ import annotations

import io
import json
from pathlib import Path

import httpx
from PIL import Image

from videogen_agents.contract import FileInfo, SearchFilesResponse
from videogen_agents.testing import EmbeddedEngine
from videogen_agents.tools import Toolbox, ToolOutcome, call_tool

from .site import Site


def png(colour: tuple[int, int, int]) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (200, 100), colour).save(stream, "PNG")
    return stream.getvalue()


def fields(outcome: ToolOutcome) -> dict[str, object]:
    assert not outcome.is_error, outcome.text
    return outcome.data.model_dump(by_alias=True)


async def ask(engine: EmbeddedEngine, method: str, path: str, **body: object) -> httpx.Response:
    content = json.dumps(body).encode() if body else b""
    headers = {"content-type": "application/json", "prefer": "wait=30"}
    return await engine.respond(httpx.Request(method, f"http://engine.test{path}", content=content, headers=headers))


async def looked_into(engine: EmbeddedEngine, file_id: str) -> FileInfo:
    """The file once its analysis has ended; every question takes a moment of the engine's own."""
    while True:
        info = FileInfo.model_validate((await ask(engine, "GET", f"/v1/files/{file_id}")).json())
        assert info.file_analysis_metadata is not None
        if info.file_analysis_metadata.analysis_loading_state in {"FULFILLED", "REJECTED"}:
            return info


async def called(toolbox: Toolbox, name: str, arguments: dict[str, object]) -> dict[str, object]:
    """What the tool answers in the end: as long as it says that it goes on, it is asked again."""
    while True:
        answer = fields(await call_tool(toolbox, name, arguments))
        if answer["status"] not in {"running", "pending"}:
            return answer


async def test_an_agent_finds_files_by_what_they_are_called_say_and_look_like(
    toolbox: Toolbox, engine: EmbeddedEngine, site: Site, tmp_path: Path
) -> None:
    folder = toolbox.settings.output_dir
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "acme_logo.png").write_bytes(png((200, 20, 20)))
    (folder / "notes.txt").write_text("The telescope shows a galaxy. The galaxy is far away.", encoding="utf-8")
    added = [
        str((await called(toolbox, "add_file", {"path": str(folder / name)}))["fileId"])
        for name in ("acme_logo.png", "notes.txt")
    ]
    logo = await looked_into(engine, added[0])
    assert logo.file_analysis_metadata is not None
    assert logo.file_analysis_metadata.analysis_progress_percentage == 100
    assert logo.description is not None
    assert logo.description.startswith("Logo or icon, 200 × 100 px (landscape): mostly red")
    await looked_into(engine, added[1])
    site.put("/bread.png", png((120, 80, 30)))
    started = fields(await call_tool(toolbox, "add_file", {"url": site.url("/bread.png"), "displayName": "Bread oven"}))
    done = await called(toolbox, "get_job", {"jobId": started["jobId"], "kind": "file_import", "waitSeconds": 30})
    await looked_into(engine, str(done["fileId"]))
    wanted = {"company logo": "acme_logo.png", "astronomy": "notes.txt", "bakery": "Bread oven"}
    for query, name in wanted.items():
        found = fields(await call_tool(toolbox, "find", {"type": "files", "query": query}))
        items = found["items"]
        assert isinstance(items, list) and items[0]["name"] == name, (query, items)
    nothing = await call_tool(toolbox, "find", {"type": "files", "query": "submarine welding"})
    assert fields(nothing)["items"] == []
    reply = SearchFilesResponse.model_validate((await ask(engine, "POST", "/v1/files/search", query="galaxy")).json())
    assert [result.file.display_name for result in reply.results][:1] == ["notes.txt"]
    assert 0.5 < reply.results[0].similarity <= 1
    await ask(engine, "POST", f"/v1/files/{added[1]}/archive")
    left = (await ask(engine, "POST", "/v1/files/search", query="galaxy", selfOnly=True)).json()["results"]
    assert added[1] not in {result["file"]["fileId"] for result in left}


async def test_temporary_files_are_neither_looked_into_nor_found(toolbox: Toolbox, engine: EmbeddedEngine) -> None:
    folder = toolbox.settings.output_dir
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "xylophone.png").write_bytes(png((20, 20, 220)))
    arguments: dict[str, object] = {"path": str(folder / "xylophone.png"), "isTemporary": True}
    file_id = str((await called(toolbox, "add_file", arguments))["fileId"])
    info = FileInfo.model_validate((await ask(engine, "GET", f"/v1/files/{file_id}")).json())
    assert info.file_analysis_metadata is not None
    assert info.file_analysis_metadata.analysis_loading_state == "UNATTEMPTED"
    assert (await ask(engine, "POST", "/v1/files/search", query="xylophone")).json()["results"] == []


async def test_a_search_for_nothing_or_for_a_book_is_refused(engine: EmbeddedEngine) -> None:
    for body in (
        {"query": " "},
        {"query": "x" * 1001},
        {"query": "a", "numResults": 0},
        {"query": "a", "numResults": 101},
    ):
        assert (await ask(engine, "POST", "/v1/files/search", **body)).status_code == 400
