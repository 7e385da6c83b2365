"""The hosts: where each keeps its servers, in which form, and how it is given a key without writing one down."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from pydantic import JsonValue

from videogen_agents.errors import InputError
from videogen_agents.install.command import ServerCommand

Entry: TypeAlias = dict[str, JsonValue]
KEY = "VIDEOGEN_API_KEY"
#: Id of the question that VS Code asks for the key; it keeps the answer in the system's secret store.
VSCODE_INPUT = "videogen-api-key"


class Scope(StrEnum):
    """For all of a person's work, or for the project in the working folder."""

    USER = "user"
    PROJECT = "project"


@dataclass(frozen=True)
class Machine:
    """What paths depend on. ``platform`` is as in ``sys.platform``."""

    home: Path = field(default_factory=Path.home)
    project: Path = field(default_factory=Path.cwd)
    platform: str = sys.platform
    environ: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))

    def app_data(self) -> Path:
        """Where desktop programs of this platform keep their settings."""
        if self.platform == "darwin":
            return self.home / "Library" / "Application Support"
        if self.platform == "win32":
            return Path(self.environ.get("APPDATA") or self.home / "AppData" / "Roaming")
        return Path(self.environ.get("XDG_CONFIG_HOME") or self.home / ".config")


@dataclass(frozen=True)
class Host:
    """One host.

    ``table`` is the key that holds the servers. ``secret`` is the value that makes the host pass the user's own
    ``VIDEOGEN_API_KEY`` on, None where it has no such form. ``project_file`` is relative to the project.
    """

    name: str
    title: str
    table: str
    user_file: Callable[[Machine], Path]
    project_file: str | None
    after: str
    secret: str | None = None
    key_advice: str = f"set {KEY} in the environment the host starts in"
    comments: bool = False
    toml: bool = False
    typed: bool = False
    inputs: tuple[Entry, ...] = ()

    def file(self, scope: Scope, machine: Machine) -> Path:
        """The configuration file of a scope. Raises InputError where the host has none."""
        if scope is Scope.USER:
            return self.user_file(machine)
        if self.project_file is None:
            raise InputError(
                f"{self.title} has no configuration of its own for a project.",
                code="no_project_scope",
                next_step="Leave --project out.",
            )
        return machine.project / self.project_file

    def entry(self, server: ServerCommand, *, hosted: bool = False) -> Entry:
        """What stands for the server in the host's file. ``hosted`` lets the host pass the user's key on."""
        if hosted and self.secret is None and not self.toml:
            raise InputError(
                f"{self.title} can only be given a key that is written into its file, which is not done here.",
                code="no_key_reference",
                next_step=f"Leave --hosted out and {self.key_advice}.",
            )
        entry: Entry = {"type": "stdio"} if self.typed else {}
        entry |= {"command": server.command, "args": list(server.args)}
        if self.toml and server.downloads:
            entry["startup_timeout_sec"] = 120
        if hosted and self.toml:
            entry["env_vars"] = [KEY]
        elif hosted:
            entry["env"] = {KEY: self.secret}
        return entry


def _claude_desktop_file(machine: Machine) -> Path:
    name = "claude_desktop_config.json"
    if machine.platform == "win32":
        # Installed from the store, its settings lie in the package's own folder.
        local = Path(machine.environ.get("LOCALAPPDATA") or machine.home / "AppData" / "Local")
        for package in sorted(local.glob("Packages/Claude_*/LocalCache/Roaming/Claude")):
            return package / name
    return machine.app_data() / "Claude" / name


_ALL = (
    Host(
        name="cursor",
        title="Cursor",
        table="mcpServers",
        user_file=lambda machine: machine.home / ".cursor" / "mcp.json",
        project_file=".cursor/mcp.json",
        after="Cursor loads it at once; see Settings, MCP. Then ask its agent for a film.",
        secret=f"${{env:{KEY}}}",
    ),
    Host(
        name="claude-code",
        title="Claude Code",
        table="mcpServers",
        user_file=lambda machine: (
            Path(machine.environ.get("CLAUDE_CONFIG_DIR") or machine.home).expanduser() / ".claude.json"
        ),
        project_file=".mcp.json",
        after="Start Claude Code again and check with /mcp; a project's servers must be approved once.",
        secret=f"${{{KEY}}}",
        typed=True,
    ),
    Host(
        name="claude-desktop",
        title="Claude Desktop",
        table="mcpServers",
        user_file=_claude_desktop_file,
        project_file=None,
        after="Quit Claude Desktop completely and start it again.",
        key_advice=f"install the .mcpb bundle, which keeps the key in the system's secret store, or set {KEY} for"
        " your whole session",
    ),
    Host(
        name="vscode",
        title="VS Code",
        table="servers",
        user_file=lambda machine: machine.app_data() / "Code" / "User" / "mcp.json",
        project_file=".vscode/mcp.json",
        after="Run 'MCP: List Servers' in VS Code, start it, and use it in agent mode.",
        secret=f"${{input:{VSCODE_INPUT}}}",
        comments=True,
        typed=True,
        inputs=({"type": "promptString", "id": VSCODE_INPUT, "description": "VideoGen API key", "password": True},),
    ),
    Host(
        name="gemini",
        title="Gemini CLI",
        table="mcpServers",
        user_file=lambda machine: machine.home / ".gemini" / "settings.json",
        project_file=".gemini/settings.json",
        after="Start Gemini CLI again and check with /mcp; servers start only in folders that it trusts.",
        secret=f"${KEY}",
        comments=True,
    ),
    Host(
        name="codex",
        title="Codex",
        table="mcp_servers",
        user_file=lambda machine: (
            Path(machine.environ.get("CODEX_HOME") or machine.home / ".codex").expanduser() / "config.toml"
        ),
        project_file=".codex/config.toml",
        after="Start Codex again and check with /mcp. A project's file counts only in a trusted project.",
        toml=True,
    ),
)
HOSTS: Mapping[str, Host] = {host.name: host for host in _ALL}
