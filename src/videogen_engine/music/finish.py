"""Gentle mastering: one loudness for every bed, peaks under a ceiling, clean first and last samples."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from videogen_engine.loudness import integrated_lufs, true_peak_dbtp
from videogen_engine.music.ringing import RATE, Mono

TARGET_LUFS: Final = -20.0
MAX_DBTP: Final = -5.0
#: Samples that share one gain of the limiter, and blocks that it looks ahead and takes to let go.
_BLOCK: Final = RATE // 1000
_SPREAD: Final = 30
_FADE_IN: Final = 0.004
_FADE_OUT: Final = 1.2


@dataclass(frozen=True)
class Finished:
    """``samples`` are ``[n, 2]`` of 16 bits."""

    samples: NDArray[np.int16]
    lufs: float
    dbtp: float


def finished(sound: Mono) -> Finished:
    """``[2, n]`` at −20 LUFS with true peaks at most −5 dBTP. Changes ``sound``."""
    count = sound.shape[1]
    begin, end = min(count, round(_FADE_IN * RATE)), min(count, round(_FADE_OUT * RATE))
    sound[:, :begin] *= np.linspace(0, 1, begin, dtype=np.float32)
    sound[:, count - end :] *= (0.5 + 0.5 * np.cos(np.linspace(0, math.pi, end))).astype(np.float32)
    lufs = integrated_lufs(sound.T, RATE)
    if lufs == -math.inf:
        raise ValueError("the music is silent")
    sound *= np.float32(10 ** ((TARGET_LUFS - lufs) / 20))
    for _ in range(3):
        if true_peak_dbtp(sound.T, RATE) <= MAX_DBTP:
            break
        # Peaks between the samples are at most a little above them; half a decibel is kept for those.
        sound *= _limiter(sound, 10 ** ((MAX_DBTP - 0.5) / 20))
        lufs = integrated_lufs(sound.T, RATE)
        if TARGET_LUFS - lufs > 0.2:
            sound *= np.float32(10 ** (min(1.0, TARGET_LUFS - lufs) / 20))
    peak = true_peak_dbtp(sound.T, RATE)
    if peak > MAX_DBTP:
        sound *= np.float32(10 ** ((MAX_DBTP - peak) / 20))
    samples = np.ascontiguousarray(np.rint(np.clip(sound * 32768, -32768, 32767)).astype(np.int16).T)
    return Finished(samples, integrated_lufs(samples, RATE), true_peak_dbtp(samples, RATE))


def _limiter(sound: Mono, ceiling: float) -> Mono:
    """A smooth gain for every sample under which no sample passes the ceiling."""
    count = sound.shape[1]
    blocks = -(-count // _BLOCK)
    loud = np.zeros(blocks * _BLOCK, np.float32)
    loud[:count] = np.abs(sound).max(axis=0)
    wanted = np.minimum(1.0, ceiling / np.maximum(loud.reshape(blocks, _BLOCK).max(axis=1), 1e-9))
    padded = np.pad(wanted, _SPREAD + 1, constant_values=1.0)
    least = np.lib.stride_tricks.sliding_window_view(padded, 2 * _SPREAD + 3).min(axis=-1)
    window = np.hanning(2 * _SPREAD + 3)[1:-1]
    smooth = np.convolve(np.pad(least, _SPREAD, mode="edge"), window / window.sum(), mode="valid")
    at = np.arange(count, dtype=np.float64) / _BLOCK - 0.5
    return np.asarray(np.interp(at, np.arange(blocks, dtype=np.float64), smooth), np.float32)
