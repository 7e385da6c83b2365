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
#: What each look is like, in a line for people and agents who choose one by its name.
DESCRIPTIONS: Mapping[str, str] = {
    "glass": "gradient mesh under translucent cards",
    "landscape": "layered scenery under a wide sky",
    "paper": "serif type on fibrous stock, marker strokes",
    "flat": "strong plain colours, big soft shapes",
    "watercolour": "washes that pool at their edges",
    "chalkboard": "chalk lettering and drawings on a board",
    "whiteboard": "marker lettering and sketches on white",
    "blueprint": "white lines on blue grid paper",
    "poster": "bold condensed capitals, few inks, halftone",
    "retro": "sunbursts and hard shadows in faded inks",
    "neon": "dark ground, glowing outlines",
    "night": "deep sky with soft light",
    "minimal": "plain geometry and much light ground",
    "bauhaus": "circles, bars and primary colours",
    "boho": "arches, suns and leaves in earthen colours",
    "isometric": "cuboids and plates seen from above",
    "clay": "pillowy pastel shapes with soft light",
    "ink": "brush washes in black with one red seal",
}
LOOKS: Mapping[str, Look] = {look.name: look for look in _ALL}


def look_named(name: str) -> Look:
    """The look called ``name``. Raises KeyError for any other name."""
    return LOOKS[name]
