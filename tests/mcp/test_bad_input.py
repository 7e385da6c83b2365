"""Bad input as it arrives on the wire, at the embedded engine: a plain error, and no film was started."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mcp_types import CallToolResult, TextContent

from mcp import Client, StdioServerParameters
from videogen_agents.tools import listed_tools

from ..command import COMMAND, environment

#: What is sent to every tool, in place of its first argument.
SPOILED: tuple[object, ...] = ({"an": ["object"]}, "a\x00b", [[[[[[[[[[[[[["deep"]]]]]]]]]]]]]], "x" * 400_000)
CALLS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("run_workflow", {"workflow": "script_to_video", "scirpt": "Water."}),
    ("run_workflow", {"workflow": "video_to_video", "videoUrl": "http://169.254.169.254/a.mp4", "prompt": "x"}),
    ("add_file", {"path": "/etc/passwd"}),
    ("add_file", {"path": "../../../../etc/hostname.png"}),
    ("add_file", {"url": "http://127.0.0.1:8765/mcp"}),
    ("add_file", {"url": "file:///etc/passwd"}),
    ("get_job", {"jobId": "vg_none_9999"}),
    ("get_job", {"jobId": "../../me"}),
    ("cancel_job", {"jobId": "vg_none_9999"}),
    ("export_project", {"projectId": "vg_none_9999"}),
    ("inspect_project", {"projectId": "vg_none_9999"}),
    ("get_file", {"fileId": "vg_none_9999", "savePath": "film.mp4"}),
)


def _text(result: CallToolResult) -> str:
    return " ".join(part.text for part in result.content if isinstance(part, TextContent))


async def test_a_host_that_sends_nonsense_is_told_so_and_starts_nothing(tmp_path: Path) -> None:
    command, *arguments = COMMAND
    server = StdioServerParameters(
        command=command, args=[*arguments, "mcp"], env=environment(tmp_path / "home"), cwd=tmp_path
    )
    spoiled = [
        (tool.name, {next(iter(tool.input_schema["properties"])): value})  # type: ignore[call-overload]
        for tool in listed_tools()
        for value in SPOILED
    ]
    async with Client(server) as client:
        for tool, given in (*spoiled, *CALLS):
            result = await client.call_tool(tool, given)
            said = _text(result)
            while "still_starting" in said:
                result = await client.call_tool(tool, given)
                said = _text(result)
            assert result.is_error, (tool, str(given)[:80], said)
            assert "[" in said and ", fix_input]" in said, (tool, str(given)[:80], said)
            assert "bug" not in said
        jobs = await client.call_tool("find", {"type": "jobs"})
        files = await client.call_tool("find", {"type": "files"})
    assert [result.structured_content["items"] for result in (jobs, files) if result.structured_content] == [[], []]
