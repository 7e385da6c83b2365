"""Sums of decaying sinusoids: every pitched sound here is one, and none has a partial that could alias."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Mono = NDArray[np.float32]
RATE: Final = 48_000
#: Partials fade out between these frequencies (Hz): nothing comes near half the sample rate.
_FULL: Final = 11_000.0
_GONE: Final = 15_500.0
#: Partials softer than this against the loudest are masked by it (−58 dB).
_FAINT: Final = 1.2e-3
#: Samples that one row of the product covers, and multiplications of one product: few enough that the linear
#: algebra library keeps it on the calling thread, where the sum is the same however many threads there are.
_TURN: Final = 256
_PRODUCT: Final = 240_000


@dataclass(frozen=True)
class Partials:
    """Frequencies (Hz), amplitudes, decays (1/s, 0 sounds on) and phases (rad), all of one length."""

    frequency: NDArray[np.float64]
    amplitude: NDArray[np.float64]
    decay: NDArray[np.float64]
    phase: NDArray[np.float64]


def partials(
    frequency: NDArray[np.float64],
    amplitude: NDArray[np.float64],
    decay: NDArray[np.float64] | float,
    phase: NDArray[np.float64] | None = None,
) -> Partials:
    """Those that can be heard: too high and too soft ones are left out."""
    amplitude = amplitude * np.clip((_GONE - frequency) / (_GONE - _FULL), 0, 1)
    keep = np.abs(amplitude) > _FAINT * float(np.abs(amplitude).max(initial=1e-12))
    decays = np.broadcast_to(np.asarray(decay, np.float64), frequency.shape)
    phases = np.zeros_like(frequency) if phase is None else phase
    return Partials(frequency[keep], amplitude[keep], decays[keep], phases[keep])


def joined(*sets: Partials) -> Partials:
    return Partials(
        np.concatenate([one.frequency for one in sets]),
        np.concatenate([one.amplitude for one in sets]),
        np.concatenate([one.decay for one in sets]),
        np.concatenate([one.phase for one in sets]),
    )


def ring(sound: Partials, count: int) -> Mono:
    """``count`` samples of the sum.

    A decaying sinusoid at sample ``b·B + j`` is its value at ``b·B`` turned and shrunk by what happens in
    ``j`` samples, so that a whole tone is one product of two small matrices.
    """
    terms = 2 * len(sound.frequency)
    rows = max(2, _PRODUCT // (_TURN * max(1, terms)))
    blocks = -(-count // (_TURN * rows)) * rows
    turn = 2 * math.pi * sound.frequency / RATE
    shrink = sound.decay / RATE
    coarse = np.arange(blocks, dtype=np.float64) * _TURN
    fine = np.arange(_TURN, dtype=np.float64)
    angle = np.mod(np.outer(coarse, turn) + sound.phase, 2 * math.pi).astype(np.float32)
    size = (np.exp(np.outer(coarse, -shrink)) * sound.amplitude).astype(np.float32)
    left = np.concatenate([size * np.cos(angle), -size * np.sin(angle)], axis=1)
    turned = np.mod(np.outer(turn, fine), 2 * math.pi).astype(np.float32)
    shrunk = np.exp(np.outer(-shrink, fine)).astype(np.float32)
    right = np.concatenate([shrunk * np.cos(turned), shrunk * np.sin(turned)], axis=0)
    return np.ascontiguousarray((left.reshape(-1, rows, terms) @ right).reshape(-1)[:count])


def banded_noise(count: int, low: float, high: float, random: np.random.Generator) -> Mono:
    """Noise between two frequencies (Hz) with soft edges, at an RMS of 1."""
    spectrum = np.fft.rfft(random.standard_normal(count).astype(np.float32))
    at = np.fft.rfftfreq(count, 1 / RATE)
    with np.errstate(divide="ignore"):
        gain = 1 / np.sqrt((1 + (low / np.maximum(at, 1e-3)) ** 4) * (1 + (at / high) ** 6))
    noise = np.fft.irfft(spectrum * gain.astype(np.float32), count).astype(np.float32)
    return noise / np.float32(max(1e-9, float(np.sqrt(np.mean(noise * noise)))))
