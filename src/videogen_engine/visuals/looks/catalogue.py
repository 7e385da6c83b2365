"""Every look by name."""

from __future__ import annotations

from collections.abc import Mapping

from videogen_engine.visuals.looks.base import Look
from videogen_engine.visuals.looks.blueprint import Blueprint
from videogen_engine.visuals.looks.boho import Boho
from videogen_engine.visuals.looks.chalkboard import Chalkboard, Whiteboard
from videogen_engine.visuals.looks.clay import Clay
from videogen_engine.visuals.looks.flat import Flat
from videogen_engine.visuals.looks.geometric import Bauhaus, Minimal
from videogen_engine.visuals.looks.glass import Glass
from videogen_engine.visuals.looks.ink import Ink
from videogen_engine.visuals.looks.isometric import Isometric
from videogen_engine.visuals.looks.landscape import Landscape
from videogen_engine.visuals.looks.neon import Neon, Night
from videogen_engine.visuals.looks.paper import Paper
from videogen_engine.visuals.looks.poster import Poster, Retro
from videogen_engine.visuals.looks.watercolour import Watercolour

_ALL: tuple[Look, ...] = (
    Glass(),
    Landscape(),
    Paper(),
    Flat(),
    Watercolour(),
    Chalkboard(),
    Whiteboard(),
    Blueprint(),
    Poster(),
    Retro(),
    Neon(),
    Night(),
    Minimal(),
    Bauhaus(),
    Boho(),
    Isometric(),
    Clay(),
    Ink(),
)
LOOKS: Mapping[str, Look] = {look.name: look for look in _ALL}


def look_named(name: str) -> Look:
    """The look called ``name``. Raises KeyError for any other name."""
    return LOOKS[name]
