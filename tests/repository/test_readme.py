"""What the README tells people to run exists."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from videogen_agents.cli import COMMANDS
from videogen_agents.tools import listed_tools

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)\b(?= +#|`)", README))
    assert {"demo", "test"} <= named <= targets


def test_every_command_that_is_named_exists() -> None:
    named = set(re.findall(r"^videogen-agents ([a-z]+)", README, re.MULTILINE))
    assert named and named <= set(COMMANDS)


def test_the_snippet_for_hosts_starts_the_mcp_server() -> None:
    snippet = json.loads(next(block for block in re.findall(r"```json\n(.*?)```", README, re.DOTALL)))
    assert snippet["mcpServers"]["videogen"] == {"command": "videogen-agents", "args": ["mcp"]}


@pytest.mark.parametrize("tool", [tool.name for tool in listed_tools()])
def test_every_tool_is_named(tool: str) -> None:
    assert f"`{tool}`" in README


def test_every_linked_file_exists() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    assert [link for link in links if not link.startswith("docs/images/") and not (ROOT / link).exists()] == []
