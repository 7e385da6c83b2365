"""The room around the music: a reverb of decaying noise that darkens as it dies, and an overall tone control."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from videogen_engine.music.ringing import RATE, Mono

#: Edges of the bands (Hz) that die at their own speed, and how long each lasts against the room's decay.
_BANDS: Final = ((150.0, 500.0, 0.9), (500.0, 1600.0, 1.0), (1600.0, 4200.0, 0.72), (4200.0, 9000.0, 0.4))
_BEFORE: Final = 0.018
_TAPS: Final = 4096
#: Below this (Hz) there is nothing but rumble.
_LOWEST: Final = 32.0
_SEED: Final = 2718


def in_room(dry: Mono, sent: Mono, decay: float, wet: float, cutoff: float, check: Callable[[], None]) -> Mono:
    """``dry`` and the reverb of ``sent``, without rumble and with a low-pass at ``cutoff`` Hz; ``[2, n]``.

    ``decay`` is the time (s) in which the reverb falls by 60 dB. What rings longer than the music is cut off.
    """
    tone = _tone(cutoff)
    echoes = _echoes(round(decay, 3)) * np.float32(wet)
    count = dry.shape[1]
    reach = _TAPS + echoes.shape[1]
    size = 1 << max(17, math.ceil(math.log2(2.4 * reach)))
    hop = size - reach
    tone_shape = np.fft.rfft(tone, size)
    echo_shapes = [np.fft.rfft(side, size) * tone_shape for side in echoes]
    out = np.zeros((2, count + size), np.float32)
    for start in range(0, count, hop):
        check()
        for side in range(2):
            spectrum = np.fft.rfft(dry[side, start : start + hop], size) * tone_shape
            spectrum += np.fft.rfft(sent[side, start : start + hop], size) * echo_shapes[side]
            out[side, start : start + size] += np.fft.irfft(spectrum, size).astype(np.float32)
    # The tone filter is symmetric: half its length is the delay to take away.
    return out[:, _TAPS // 2 : _TAPS // 2 + count]


@lru_cache(maxsize=4)
def _echoes(decay: float) -> Mono:
    """``[2, n]`` impulse responses with equal energy, unlike each other."""
    random = np.random.default_rng(_SEED)
    count = round(min(decay * 1.05, 5.0) * RATE)
    t = np.arange(count) / RATE
    frequencies = np.fft.rfftfreq(count, 1 / RATE)
    sides: list[NDArray[np.float64]] = []
    for side in range(2):
        spectrum = np.fft.rfft(random.standard_normal(count))
        sound = np.zeros(count)
        for low, high, share in _BANDS:
            mask = 1 / np.sqrt((1 + (low / np.maximum(frequencies, 1.0)) ** 8) * (1 + (frequencies / high) ** 8))
            sound += np.fft.irfft(spectrum * mask, count) * 10 ** (-3 * t / (decay * share))
        sound *= np.minimum(1, t / 0.03)
        for at, size in ((0.011, 0.5), (0.017, -0.42), (0.029, 0.35), (0.041, -0.28)):
            sound[round((at + 0.0023 * side) * RATE)] += size * float(np.abs(sound).max())
        sides.append(sound / math.sqrt(float(np.sum(sound**2))))
    before = np.zeros((2, round(_BEFORE * RATE)))
    return np.concatenate([before, np.stack(sides)], axis=1).astype(np.float32)


@lru_cache(maxsize=16)
def _tone(cutoff: float) -> Mono:
    """A symmetric filter: from ``_LOWEST`` on, gently down above ``cutoff``; exactly nothing at 0 Hz."""
    at = np.fft.rfftfreq(_TAPS, 1 / RATE)
    gain = 1 / np.sqrt((1 + (_LOWEST / np.maximum(at, 1e-3)) ** 6) * (1 + (at / cutoff) ** 4))
    gain *= np.clip((20_000 - at) / 3000, 0, 1)
    gain[0] = 0
    kernel = np.roll(np.fft.irfft(gain, _TAPS), _TAPS // 2) * np.hanning(_TAPS)
    return (kernel - kernel.mean()).astype(np.float32)
