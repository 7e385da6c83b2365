"""Every call in a guide does what it says, against a hosted server that knows the ids the guides use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from videogen_agents.guides import guide_topics
from videogen_agents.testing import ManualClock, ScriptedServer, scripted_toolbox
from videogen_agents.tools import Toolbox, call_tool, quote_call

from ..snippets import ROOT, snippets_of, tool_calls

PAGES = [
    *(ROOT / "src" / "videogen_agents" / "guides" / f"{guide.topic}.md" for guide in guide_topics()),
    ROOT / "skills" / "videogen" / "SKILL.md",
]
FILES = (("IMAGE", "logo.png"), ("PDF", "deck.pdf"), ("VIDEO", "clip.mp4"), ("IMAGE", "lamp.png"), ("AUDIO", "a.mp3"))


async def known_server(toolbox: Toolbox, server: ScriptedServer) -> None:
    """One of each thing, under the ids that the server gives first: ``vg_proj_0001``, ``vg_work_0001`` …"""
    for kind, name in FILES:
        server.add_file(name, kind, b"content")
    for tool, arguments in (
        ("run_workflow", {"workflow": "script_to_video", "script": "Known before.", "autoExport": False}),
        ("export_project", {"projectId": "vg_proj_0001", "quality": "STANDARD"}),
        ("save_entity", {"entityType": "ACTOR", "name": "Known before"}),
    ):
        outcome = await call_tool(toolbox, tool, arguments)
        assert not outcome.is_error, outcome.text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
async def test_every_call_of_a_guide_succeeds(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = tmp_path / "work"
    (work / "slides").mkdir(parents=True)
    (work / "slides" / "q3.pdf").write_bytes(b"%PDF-1.7")
    monkeypatch.chdir(work)
    server = ScriptedServer()
    async with scripted_toolbox(tmp_path, server, ManualClock()) as toolbox:
        await known_server(toolbox, server)
        for block in snippets_of(page):
            if block.language == "tool":
                for tool, arguments in tool_calls(block.text):
                    await check_call(toolbox, tool, arguments)


async def check_call(toolbox: Toolbox, tool: str, arguments: dict[str, Any]) -> None:
    """Make the call as an agent does whose user agrees to what it costs."""
    outcome = await call_tool(toolbox, tool, arguments)
    if outcome.error is not None and outcome.error.code == "confirmation_required":
        quote = quote_call(toolbox, tool, arguments)
        assert quote is not None
        outcome = await call_tool(toolbox, tool, {**arguments, "confirm": quote.confirm})
    assert not outcome.is_error, f"{tool} {arguments}: {outcome.text}"
