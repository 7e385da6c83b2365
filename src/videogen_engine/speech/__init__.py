"""Planned sentences go in; narration per scene with exact word and phone times comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from videogen_engine.speech.stage import speak
    from videogen_engine.speech.voices import Language, Voice, find_voice, languages, voices

__all__ = ["Language", "Voice", "find_voice", "languages", "speak", "voices"]


def __getattr__(name: str) -> object:
    # Listing voices needs no numpy, and a child process of this package needs neither.
    if name == "speak":
        from videogen_engine.speech import stage

        return stage.speak
    if name in __all__:
        from videogen_engine.speech import voices as catalogue

        return getattr(catalogue, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
