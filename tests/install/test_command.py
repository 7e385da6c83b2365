"""``videogen-agents install`` as a person runs it, in a home of its own; and the server starts by what it wrote."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from mcp import Client, StdioServerParameters
from videogen_agents.cli import main
from videogen_agents.install import HOSTS
from videogen_agents.tools import listed_tools

from ..command import run

ENTRY_FILES = {
    "cursor": ".cursor/mcp.json",
    "claude-code": ".claude.json",
    "claude-desktop": ".config/Claude/claude_desktop_config.json",
    "vscode": ".config/Code/User/mcp.json",
    "gemini": ".gemini/settings.json",
    "codex": ".codex/config.toml",
}


@dataclass
class Ended:
    returncode: int
    stdout: str
    stderr: str


Install = Callable[..., Ended]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Install:
    """The command's entry point, in this process: starting one takes longer than all it does."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "CODEX_HOME", "CLAUDE_CONFIG_DIR"):
        monkeypatch.delenv(name, raising=False)

    def run_install(*arguments: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["videogen-agents", "install", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        assert isinstance(ended.value.code, int)
        return Ended(ended.value.code, *capsys.readouterr())

    return run_install


@pytest.mark.skipif(sys.platform != "linux", reason="the paths are those of Linux; other platforms have a test each")
@pytest.mark.parametrize("host", HOSTS)
def test_a_host_is_told_once_and_the_way_on_is_said(host: str, install: Install, tmp_path: Path) -> None:
    path = tmp_path / ENTRY_FILES[host]
    first = install(host)
    assert first.returncode == 0, first.stderr
    assert f"Added videogen in {path}." in first.stdout
    assert "next: " in first.stdout and "VIDEOGEN_API_KEY" in first.stdout
    before = path.read_bytes()
    again = install(host)
    assert (again.returncode, path.read_bytes()) == (0, before)
    assert "knows videogen already" in again.stdout


def test_printing_writes_nothing_and_can_be_piped(install: Install, tmp_path: Path) -> None:
    result = install("cursor", "--print", "--portable")
    assert json.loads(result.stdout)["mcpServers"]["videogen"] == {
        "command": "uvx",
        "args": ["--from", "videogen-agents[mcp,engine]", "videogen-agents", "mcp"],
    }
    assert not (tmp_path / ".cursor").exists()


def test_a_projects_entry_lies_in_the_project_with_a_word_about_sharing_it(install: Install, tmp_path: Path) -> None:
    result = install("vscode", "--project")
    assert "--portable" in result.stdout
    assert (tmp_path / "work" / ".vscode" / "mcp.json").is_file()
    assert not (tmp_path / ".config").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("emacs",), 2, "Invalid value for '{"),
        (("cursor", "--name", "a b"), 2, "--name"),
        (("cursor", "--name", ""), 2, "--name"),
        (("claude-desktop", "--project"), 3, "no_project_scope"),
        (("claude-desktop", "--hosted"), 3, "no_key_reference"),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_way_out(
    arguments: tuple[str, ...], code: int, said: str, install: Install
) -> None:
    result = install(*arguments)
    assert (result.returncode, said in result.stderr) == (code, True), result.stderr


def test_a_broken_file_ends_in_a_clear_error(install: Install, tmp_path: Path) -> None:
    path = tmp_path / ".cursor" / "mcp.json"
    path.parent.mkdir()
    path.write_text('{\n  "mcpServers": {\n', encoding="utf-8")
    result = install("cursor")
    assert result.returncode == 3
    assert f"{path}: Line 3: this is not JSON. [config_unreadable, fix_input]" in result.stderr


async def test_the_written_entry_starts_the_server_with_a_bare_environment(tmp_path: Path) -> None:
    written = run("install", "cursor", "--", "--read-only", home=tmp_path / "data", HOME=str(tmp_path))
    assert written.returncode == 0, written.stderr
    entry = json.loads((tmp_path / ".cursor" / "mcp.json").read_text())["mcpServers"]["videogen"]
    server = StdioServerParameters(
        command=entry["command"],
        args=entry["args"],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "VIDEOGEN_AGENTS_HOME": str(tmp_path / "data")},
    )
    async with Client(server) as client:
        names = {tool.name for tool in (await client.list_tools()).tools}
    assert "find" in names and "run_workflow" not in names
    assert names < {tool.name for tool in listed_tools()}
