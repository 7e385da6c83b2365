"""The equaliser of each voice, measured against the average spectrum of speech."""

from __future__ import annotations

from typing import Final

from videogen_engine.speech.shaping import Filter
from videogen_engine.speech.voices import FLITE, Voice

_CURVES: Final[dict[str, tuple[Filter, ...]]] = {}
_ESPEAK: Final = (Filter("high_pass", 80),)


def curve_for(voice: Voice) -> tuple[Filter, ...]:
    """Sections for ``shaping.shaped``; a gentle high-pass for a voice that is not known."""
    return _CURVES.get(voice.engine_voice, _ESPEAK) if voice.provider == FLITE else _ESPEAK
