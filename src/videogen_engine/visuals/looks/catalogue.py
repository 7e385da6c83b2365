"""Every look by name."""

from __future__ import annotations

from collections.abc import Mapping

from videogen_engine.visuals.looks.base import Look
from videogen_engine.visuals.looks.glass import Glass
from videogen_engine.visuals.looks.landscape import Landscape
from videogen_engine.visuals.looks.paper import Paper

LOOKS: Mapping[str, Look] = {look.name: look for look in (Glass(), Landscape(), Paper())}


def look_named(name: str) -> Look:
    return LOOKS[name]
