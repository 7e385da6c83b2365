"""Recordings at 16 kHz, as recognisers hear them."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from videogen_engine.speech.model import SAMPLE_RATE

RATE: Final = 16_000
_RATIO: Final = SAMPLE_RATE // RATE
_TAPS: Final = 97


def at_16_khz(sound: NDArray[np.int16]) -> NDArray[np.int16]:
    """Sound of ``SAMPLE_RATE`` with what 16 kHz cannot hold filtered out, and every third sample of it."""
    at = np.arange(_TAPS) - _TAPS // 2
    taps = np.sinc(at / _RATIO * 0.95) * np.hamming(_TAPS)
    if len(sound) < _TAPS:
        return sound[::_RATIO]
    lower = np.convolve(sound.astype(np.float64), taps / taps.sum(), "same")[::_RATIO]
    return np.asarray(np.clip(np.rint(lower), -32768, 32767), np.int16)
