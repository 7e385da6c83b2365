"""For tests of what is built on videogen-agents: a scripted hosted server, time of one's own, the engine in process.

As fixtures, ``plugin`` gives them to pytest. Everything here is loaded when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from videogen_agents.testing.embedded import EmbeddedEngine
    from videogen_agents.testing.faults import CUTS, Fault
    from videogen_agents.testing.language_model import HttpReply, LoopbackLanguageModel
    from videogen_agents.testing.loopback import LoopbackServer
    from videogen_agents.testing.manual_clock import ManualClock
    from videogen_agents.testing.scripted_clients import scripted_client, scripted_toolbox
    from videogen_agents.testing.scripted_server import FILM_URL, READ_MEDIA, SEND_UPLOAD, THUMBNAIL_URL, ScriptedServer

_MODULES = {
    "CUTS": "faults",
    "FILM_URL": "scripted_server",
    "READ_MEDIA": "scripted_server",
    "SEND_UPLOAD": "scripted_server",
    "THUMBNAIL_URL": "scripted_server",
    "EmbeddedEngine": "embedded",
    "Fault": "faults",
    "HttpReply": "language_model",
    "LoopbackLanguageModel": "language_model",
    "LoopbackServer": "loopback",
    "ManualClock": "manual_clock",
    "ScriptedServer": "scripted_server",
    "scripted_client": "scripted_clients",
    "scripted_toolbox": "scripted_clients",
}

__all__ = [
    "CUTS",
    "FILM_URL",
    "READ_MEDIA",
    "SEND_UPLOAD",
    "THUMBNAIL_URL",
    "EmbeddedEngine",
    "Fault",
    "HttpReply",
    "LoopbackLanguageModel",
    "LoopbackServer",
    "ManualClock",
    "ScriptedServer",
    "scripted_client",
    "scripted_toolbox",
]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
