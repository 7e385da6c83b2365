"""Entries for MCP hosts: in come a host and a command, out goes that host's configuration file with one server more.

Everything else in the file stays as it was, byte for byte. No key is ever written, only the name of the variable.
"""

from __future__ import annotations

from videogen_agents.install.apply import Change, Outcome, apply, preview
from videogen_agents.install.command import ServerCommand, installed_command, portable_command
from videogen_agents.install.hosts import HOSTS, Host, Machine, Scope

__all__ = [
    "HOSTS",
    "Change",
    "Host",
    "Machine",
    "Outcome",
    "Scope",
    "ServerCommand",
    "apply",
    "installed_command",
    "portable_command",
    "preview",
]
