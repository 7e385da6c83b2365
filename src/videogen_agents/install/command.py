"""What a host runs to start the server."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

#: What ``uvx`` fetches. The engine comes along, so that films are made without a key.
PORTABLE_PACKAGE = "videogen-agents[mcp,engine]"


@dataclass(frozen=True)
class ServerCommand:
    """``downloads``: the first start fetches packages, and so takes longer."""

    command: str
    args: tuple[str, ...]
    downloads: bool = False

    def with_options(self, options: tuple[str, ...]) -> ServerCommand:
        """The same with options of ``videogen-agents mcp`` at the end."""
        return ServerCommand(self.command, (*self.args, *options), self.downloads)


def installed_command(executable: Path | None = None) -> ServerCommand:
    """This environment's own command, by its absolute path: hosts start servers with a bare ``PATH``.

    A checkout that was not installed runs the module instead. Links are not followed: a virtual environment's
    interpreter is a link, and following it would leave the environment.
    """
    python = Path(executable or sys.executable).absolute()
    for name in ("videogen-agents", "videogen-agents.exe"):
        script = python.with_name(name)
        if script.is_file():
            return ServerCommand(str(script), ("mcp",))
    return ServerCommand(str(python), ("-m", "videogen_agents", "mcp"))


def portable_command() -> ServerCommand:
    """A form that names no path of this machine; it needs ``uv`` on the host's ``PATH``."""
    return ServerCommand("uvx", ("--from", PORTABLE_PACKAGE, "videogen-agents", "mcp"), downloads=True)
