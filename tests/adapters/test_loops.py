"""Programs that run one event loop after the other, and close nothing, still get their film from the engine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ..command import environment

LANGCHAIN = """
from videogen_agents_langchain import VideoToolkit

tools = {tool.name: tool for tool in VideoToolkit().get_tools()}

def call(name, **arguments):
    return asyncio.run(tools[name].ainvoke(arguments))
"""
OPENAI = """
import json
from agents.tool_context import ToolContext
from videogen_agents_openai import video_tools

tools = {tool.name: tool for tool in video_tools()}

def call(name, **arguments):
    text = json.dumps(arguments)
    context = ToolContext(context=None, tool_name=name, tool_call_id="1", tool_arguments=text)
    output = asyncio.run(tools[name].on_invoke_tool(context, text))
    return (output[0] if isinstance(output, list) else output).text
"""
FILM = """
job = re.search(r"vg_work_\\w+", call("run_workflow", workflow="script_to_video", script="Water keeps you sharp."))
for _ in range(60):
    said = call("get_job", jobId=job.group(), waitSeconds=5)
    if not said.startswith(("running", "pending", "queued")):
        break
print(re.match(r"succeeded: the video is at (.+)", said).group(1))
"""


@pytest.mark.parametrize("framework", [LANGCHAIN, OPENAI], ids=["langchain", "openai"])
def test_a_film_is_made_across_event_loops(framework: str, tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", f"import asyncio, re\n{framework}\n{FILM}"],
        env=environment(tmp_path / "home"),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert Path(ended.stdout.strip()).read_bytes()[4:8] == b"ftyp"
