"""Drums and cymbals: falling sines for skins, shaped noise for the rest. Each is made once and struck often."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from videogen_engine.music.ringing import RATE, Mono, banded_noise

#: Softness of a kit: lower is rounder (factor on the brightness of its noises).
_KITS: Final = {
    "acoustic kit": 1.0,
    "soft kit": 0.7,
    "dusty kit": 0.6,
    "hand kit": 0.85,
    "electronic kit": 1.05,
    "orchestra": 0.9,
}
_PANS: Final = {"hat": 0.25, "shaker": -0.35, "rim": -0.15, "clap": 0.1, "tom": 0.3, "brush": 0.12}


def drum(kit: str, name: str, random: np.random.Generator) -> Mono:
    """The drum as ``[2, n]`` at full force, a little to its side. Raises KeyError for an unknown kit or drum."""
    bright = _KITS[kit]
    sound = _MAKERS[name](bright, kit == "electronic kit", random)
    pan = _PANS.get(name, 0.0)
    if sound.ndim == 1:
        sound = np.stack([sound * math.cos((pan + 1) * math.pi / 4), sound * math.sin((pan + 1) * math.pi / 4)])
        sound = sound * math.sqrt(2)
    # No drum may end in a step.
    tail = min(sound.shape[1], RATE // 50)
    sound[:, -tail:] *= np.linspace(1, 0, tail, dtype=np.float32)
    return sound.astype(np.float32)


def _time(seconds: float) -> NDArray[np.float64]:
    return np.arange(round(seconds * RATE)) / RATE


def _skin(seconds: float, high: float, low: float, bend: float, decay: float) -> NDArray[np.float64]:
    """A skin whose pitch falls from ``high`` to ``low`` Hz within about ``bend`` seconds."""
    t = _time(seconds)
    phase = 2 * math.pi * (low * t + (high - low) * bend * (1 - np.exp(-t / bend)))
    return np.sin(phase) * np.exp(-t / decay) * np.minimum(1, t / 0.0015)


def _hiss(seconds: float, low: float, high: float, decay: float, rise: float, random: np.random.Generator) -> Mono:
    t = _time(seconds)
    shape = np.exp(-t / decay) * np.minimum(1, t / rise)
    return (banded_noise(len(t), low, high, random) * shape).astype(np.float32)


def _kick(bright: float, electronic: bool, random: np.random.Generator) -> NDArray[np.float64]:
    body = _skin(0.5, 165 if electronic else 120, 48 if electronic else 52, 0.028, 0.16 if electronic else 0.13)
    click = _hiss(0.5, 800, 3800 * bright, 0.006, 0.0008, random) * 0.1
    return body * 1.6 + click


def _snare(bright: float, electronic: bool, random: np.random.Generator) -> NDArray[np.float64]:
    body = _skin(0.32, 260, 182, 0.02, 0.06) * 0.75
    return body + _hiss(0.32, 1300, 8500 * bright, 0.075, 0.0012, random) * 0.42


def _brush(bright: float, electronic: bool, random: np.random.Generator) -> Mono:
    return _hiss(0.3, 1400, 6500 * bright, 0.07, 0.02, random) * np.float32(0.35)


def _rim(bright: float, electronic: bool, random: np.random.Generator) -> NDArray[np.float64]:
    t = _time(0.12)
    ring = (np.sin(2 * math.pi * 1720 * t) + 0.6 * np.sin(2 * math.pi * 2440 * t)) * np.exp(-t / 0.011)
    return ring * np.minimum(1, t / 0.002) * 0.5 + _hiss(0.12, 1500, 6000 * bright, 0.008, 0.002, random) * 0.18


def _clap(bright: float, electronic: bool, random: np.random.Generator) -> Mono:
    sound = np.zeros(round(0.34 * RATE), np.float32)
    for at, force in ((0.0, 0.6), (0.011, 0.7), (0.023, 1.0)):
        part = _hiss(0.3, 900, 5200 * bright, 0.012 if force < 1 else 0.075, 0.001, random) * np.float32(force * 0.38)
        first = round(at * RATE)
        sound[first : first + len(part)] += part[: len(sound) - first]
    return sound


def _hat(bright: float, electronic: bool, random: np.random.Generator) -> Mono:
    return _hiss(0.14, 6200, 12_500 * bright, 0.026, 0.001, random) * np.float32(0.24)


def _shaker(bright: float, electronic: bool, random: np.random.Generator) -> Mono:
    return _hiss(0.16, 4200, 10_500 * bright, 0.03, 0.018, random) * np.float32(0.22)


def _tom(bright: float, electronic: bool, random: np.random.Generator) -> NDArray[np.float64]:
    return _skin(0.6, 150, 96, 0.05, 0.17) * 1.25 + _hiss(0.6, 300, 2200 * bright, 0.02, 0.001, random) * 0.1


def _taiko(bright: float, electronic: bool, random: np.random.Generator) -> NDArray[np.float64]:
    low = _skin(1.3, 105, 62, 0.06, 0.34) * 1.7 + _skin(1.3, 190, 148, 0.04, 0.12) * 0.5
    return low + _hiss(1.3, 200, 2600 * bright, 0.03, 0.001, random) * 0.22


def _cymbal(bright: float, electronic: bool, random: np.random.Generator) -> NDArray[np.float32]:
    sides = [_hiss(2.6, 3200, 11_000 * bright, 0.65, 0.004, random) * np.float32(0.26) for _ in range(2)]
    return np.stack(sides)


def _swell(bright: float, electronic: bool, random: np.random.Generator) -> NDArray[np.float32]:
    t = _time(1.2)
    rise = ((t / 1.2) ** 2.6).astype(np.float32)
    return np.stack([banded_noise(len(t), 2500, 9000 * bright, random) * rise * np.float32(0.16) for _ in range(2)])


_MAKERS: Final = {
    "kick": _kick,
    "snare": _snare,
    "brush": _brush,
    "rim": _rim,
    "clap": _clap,
    "hat": _hat,
    "shaker": _shaker,
    "tom": _tom,
    "taiko": _taiko,
    "cymbal": _cymbal,
    "swell": _swell,
}
