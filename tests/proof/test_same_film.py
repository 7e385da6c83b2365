"""Every way in leads to the same film, byte for byte."""

from __future__ import annotations

import base64
import io
import itertools
import json
import os
import signal
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

import jsonschema
import pytest
from mcp_types import CallToolResult, ImageContent, ResourceLink, TextContent
from PIL import Image

from mcp import Client, StdioServerParameters
from videogen_agents.client import VideoClient
from videogen_agents.config import load_settings
from videogen_agents.contract import ScriptToVideoRequest

from ..command import COMMAND, SMALL, environment, run
from ..mcp.eras import patiently
from .conftest import SCRIPT, CommandFilm, VendorFilm

pytestmark = pytest.mark.xdist_group("one-film")


def test_the_command_says_where_the_film_is_how_long_how_large_and_what_made_it(command_film: CommandFilm) -> None:
    lines = command_film.out.splitlines()
    assert lines[0] == str(command_film.path)
    assert Path(lines[0]).is_absolute() and Path(lines[0]).is_file()
    assert "256×144" in lines[1] and " s, " in lines[1] and " MB" in lines[1] and "embedded" in lines[1]
    for part in ("speech: flite", "pictures: ", "fonts: "):
        assert part in command_film.out
    assert "workflow_run_id vg_work_" in lines[-1]
    # Which stages are seen depends on how fast they pass; that one is, by its name, does not.
    stages = ("Planning scenes", "Recording the narration", "Designing pictures", "Rendering", "Packaging")
    assert any(stage in command_film.err for stage in stages)


def test_subtitles_and_manifest_lie_beside_the_film(command_film: CommandFilm) -> None:
    subtitles = command_film.path.with_suffix(".srt").read_text(encoding="utf-8")
    spoken = " ".join(line for line in subtitles.splitlines() if line and "-->" not in line and not line.isdecimal())
    assert spoken.split() == SCRIPT.split()
    assert command_film.path.with_suffix(".vtt").read_text(encoding="utf-8").startswith("WEBVTT")
    manifest = json.loads(command_film.path.with_suffix(".manifest.json").read_text(encoding="utf-8"))
    licences = {source["licence"] for scene in manifest["scenes"] for source in scene["sources"]}
    assert licences and all(licences)


def test_the_vendors_sdk_gets_the_same_film_from_serve(command_film: CommandFilm, vendor_film: VendorFilm) -> None:
    assert vendor_film.run["status"] == "succeeded"
    assert vendor_film.path.read_bytes() == command_film.path.read_bytes()


async def test_a_host_over_stdio_gets_the_same_film(command_film: CommandFilm, tmp_path: Path) -> None:
    command, *arguments = COMMAND
    server = StdioServerParameters(
        command=command, args=[*arguments, "mcp"], env=environment(tmp_path / "home"), cwd=tmp_path
    )
    progress: list[list[float]] = []

    async def follow(client: Client, job: dict[str, Any]) -> CallToolResult:
        shown: list[float] = []
        progress.append(shown)

        async def note(done: float, _total: float | None, _message: str | None) -> None:
            shown.append(done)

        return await client.call_tool("get_job", job, progress_callback=note)

    async with Client(server) as client:
        schemas = {tool.name: tool.output_schema for tool in (await client.list_tools()).tools}
        started = await patiently(client, "run_workflow", {"workflow": "script_to_video", "script": SCRIPT})
        assert started.structured_content is not None, started.content
        jsonschema.validate(started.structured_content, schemas["run_workflow"] or {})
        job = {"jobId": started.structured_content["jobId"], "waitSeconds": 45}
        result = await follow(client, job)
        while result.structured_content is not None and result.structured_content["status"] != "succeeded":
            result = await follow(client, job)
        assert result.structured_content is not None, result.content
        jsonschema.validate(result.structured_content, schemas["get_job"] or {})
        saved = await client.call_tool("get_file", {"fileId": result.structured_content["fileId"]})
        assert saved.structured_content is not None, saved.content
        voices = await client.call_tool("find", {"type": "voices", "query": "flite"})
    link = next(part for part in result.content if isinstance(part, ResourceLink))
    path = Path(url2pathname(unquote(urlsplit(str(link.uri)).path)))
    assert path == Path(result.structured_content["path"])
    assert path.read_bytes() == command_film.path.read_bytes()
    assert link.size == path.stat().st_size
    assert Path(saved.structured_content["path"]).read_bytes() == path.read_bytes()
    assert any(entry.startswith("speech: flite") for entry in result.structured_content["madeBy"])
    text = next(part.text for part in result.content if isinstance(part, TextContent))
    assert str(path) in text and len(text.splitlines()) <= 3
    assert voices.structured_content is not None and voices.structured_content["items"]
    assert progress[0]
    assert all(later > earlier for shown in progress for earlier, later in itertools.pairwise(shown))
    check_still(next(part for part in result.content if isinstance(part, ImageContent)))


def check_still(part: ImageContent) -> None:
    content = base64.b64decode(part.data)
    assert len(content) <= 100_000
    with Image.open(io.BytesIO(content)) as still:
        assert Image.MIME[still.format or ""] == part.mime_type
        assert still.width > still.height


async def test_the_client_gets_the_same_film(
    command_film: CommandFilm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in SMALL.items():
        monkeypatch.setenv(name, value)
    body: dict[str, Any] = {"script": SCRIPT, "visualStyle": {"type": "STOCK"}, "autoExport": True}
    async with VideoClient(load_settings(home=tmp_path / "home", environ={})) as client:
        started = await client.start_workflow(ScriptToVideoRequest.model_validate(body))
        job = await client.wait_for_job(started.reply.workflow_run_id)
        job.raise_for_failure()
        assert job.download_url is not None
        path = await client.download(job.download_url, tmp_path / "film.mp4")
    assert path.read_bytes() == command_film.path.read_bytes()


def test_an_interrupted_film_goes_on_in_another_process_and_is_the_same(
    command_film: CommandFilm, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    script = tmp_path / "water.txt"
    script.write_text(SCRIPT, encoding="utf-8")
    with subprocess.Popen(
        [*COMMAND, "make", str(script)],
        env=environment(home),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "Recording" in line:
                break
        # A terminal sends Ctrl-C to the whole group, the stage processes included.
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert out == ""
    assert "Traceback" not in err
    resume = next(line.split() for line in err.splitlines() if "videogen-agents job " in line)
    assert not (tmp_path / "water.mp4").exists()
    listed = run("jobs", home=home, cwd=tmp_path)
    assert resume[-1] in listed.stdout
    again = run(*resume[1:], "-o", "resumed.mp4", home=home, cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert (tmp_path / "resumed.mp4").read_bytes() == command_film.path.read_bytes()
