"""Planned sentences go in; narration per scene with exact word and phone times comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from videogen_engine.speech.stage import speak

__all__ = ["speak"]


def __getattr__(name: str) -> object:
    # Listing voices needs no numpy, and the engines' own processes need none of this.
    if name == "speak":
        from videogen_engine.speech import stage

        return stage.speak
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
