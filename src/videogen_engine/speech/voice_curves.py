"""The equaliser of each voice, measured against the average spectrum of speech."""

from __future__ import annotations

from typing import Final

from videogen_engine.speech.shaping import Filter
from videogen_engine.speech.voices import ESPEAK, FLITE, Voice

_SPREAD: Final = (Filter("all_pass", 180, q=0.5), Filter("all_pass", 420, q=0.5), Filter("all_pass", 900, q=0.5))
_CURVES: Final[dict[str, tuple[Filter, ...]]] = {
    "slt": (
        Filter("high_pass", 90),
        Filter("low_shelf", 220, -3.0),
        Filter("peak", 2500, 1.5, 0.8),
        Filter("peak", 6300, -3.5, 1.4),
    ),
    "rms": (
        Filter("high_pass", 75),
        Filter("low_shelf", 180, -4.0),
        Filter("peak", 1100, 4.0, 0.7),
        Filter("peak", 4200, -6.0, 0.9),
        Filter("peak", 6500, -5.0, 1.2),
    ),
    "awb": (
        Filter("high_pass", 80),
        Filter("peak", 850, 3.0, 0.9),
        Filter("peak", 2700, -3.0, 1.0),
        Filter("high_shelf", 5000, 5.0),
    ),
    "kal16": (
        Filter("high_pass", 80),
        Filter("low_shelf", 200, 2.0),
        Filter("peak", 4500, -4.0, 0.8),
        *_SPREAD,
    ),
}
_ESPEAK: Final = (
    Filter("high_pass", 80),
    Filter("low_shelf", 320, 4.0),
    Filter("peak", 1000, -2.0, 0.8),
    Filter("peak", 3000, -3.0, 0.8),
    Filter("high_shelf", 5500, -2.0),
    *_SPREAD,
)


def curve_for(voice: Voice) -> tuple[Filter, ...]:
    """Sections for ``shaping.shaped``; a mere high-pass for a provider that is not one of ours."""
    if voice.provider == FLITE:
        return _CURVES[voice.engine_voice]
    return _ESPEAK if voice.provider == ESPEAK else (Filter("high_pass", 70),)
