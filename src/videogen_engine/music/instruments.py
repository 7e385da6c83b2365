"""The instruments: for each, how a note of it is made of partials, and how it begins and ends."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from videogen_engine.music.ringing import RATE, Mono, Partials, banded_noise, joined, partials, ring

#: Fundamental (Hz), force 0–1, side (0 left, 1 right) → partials.
Recipe: TypeAlias = Callable[[float, float, int], Partials]


@dataclass(frozen=True)
class Thump:
    """Noise of the stroke: level against the tone, band (Hz), decay (s)."""

    level: float
    low: float
    high: float
    seconds: float


@dataclass(frozen=True)
class Instrument:
    """``attack`` and ``release`` in seconds; ``wide`` ones differ left and right; ``vibrato`` in cents."""

    recipe: Recipe
    attack: float = 0.002
    release: float = 0.2
    wide: bool = False
    vibrato: float = 0.0
    thump: Thump | None = None
    breath: float = 0.0


def _count(fundamental: float, most: int) -> NDArray[np.float64]:
    return np.arange(1, min(most, max(1, int(15_000 / fundamental))) + 1, dtype=np.float64)


def _piano(felt: float, bright: float) -> Recipe:
    """Stiff strings struck by a hammer: two polarisations, one that dies fast and one that sings on."""

    def recipe(fundamental: float, force: float, side: int) -> Partials:
        n = _count(fundamental, 22)
        stiffness = 0.00022 * (fundamental / 262) ** 1.4
        at = n * fundamental * np.sqrt(1 + stiffness * n * n)
        softness = felt * (fundamental / 262) ** 0.35 * (1.35 - 0.6 * force)
        # The hammer strikes an eighth along the string; the partials with a node there are weak.
        size = np.exp(-softness * (n - 1) * 0.33) / n**bright * (0.25 + np.abs(np.sin(math.pi * n / 8.3)))
        decay = (0.55 + 0.9 * (fundamental / 262) ** 0.8) * (1 + 0.22 * (n - 1))
        detune = 1 + 0.00022 * (1 if side else -1)
        return joined(
            partials(at * detune, size * 0.72, decay * 1.9),
            partials(at / detune, size * 0.35, decay * 0.42, np.full(len(n), 0.6 + 0.5 * side)),
        )

    return recipe


def _plucked(where: float, dull: float, sustain: float, muted: float = 0.0) -> Recipe:
    """An ideal plucked string: partials by where it is plucked, the high ones dying first."""

    def recipe(fundamental: float, force: float, side: int) -> Partials:
        n = _count(fundamental, 36)
        at = n * fundamental * np.sqrt(1 + 0.00006 * n * n)
        size = np.abs(np.sin(math.pi * n * where)) / n ** (1.0 + dull * (1.2 - 0.5 * force))
        decay = (0.8 / sustain) * (fundamental / 196) ** 0.5 * (1 + 0.13 * n + 0.004 * n * n) + muted * (1 + 0.3 * n)
        # Scattered phases: in step, the partials would make an edge of every period.
        return joined(
            partials(at, size, decay, np.mod(0.35 * n * n, 2 * math.pi)),
            partials(at * 1.0006, size * 0.3, decay * 0.7, np.full(len(n), 1.1 + side)),
        )

    return recipe


def _bars(ratios: tuple[float, ...], sizes: tuple[float, ...], fades: tuple[float, ...], decay: float) -> Recipe:
    """A struck bar or bell by its own modes; ``fades`` multiply the decay of each."""

    def recipe(fundamental: float, force: float, side: int) -> Partials:
        at = np.array(ratios) * fundamental * (1 + 0.0003 * (side - 0.5))
        hard = np.array(sizes) * np.concatenate([[1.0], np.full(len(sizes) - 1, 0.5 + 0.7 * force)])
        falls = decay * np.array(fades) * (fundamental / 523) ** 0.45
        return partials(at, hard, falls, np.full(len(ratios), 0.4 * side))

    return recipe


def _saws(voices: tuple[float, ...], cutoff: float, slope: float, decay: float = 0.0, falling: float = 0.0) -> Recipe:
    """Detuned saws (cents) through a low-pass at ``cutoff`` Hz; ``falling`` closes it over time."""

    def recipe(fundamental: float, force: float, side: int) -> Partials:
        sets: list[Partials] = []
        n = _count(fundamental, 28)
        edge = cutoff * (0.7 + 0.6 * force)
        for index, cents in enumerate(voices):
            shift = cents * (1 if side == index % 2 else -0.83)
            at = n * fundamental * 2 ** (shift / 1200)
            size = 1 / n / np.sqrt(1 + (at / edge) ** (2 * slope))
            phase = np.mod(n * (1.7 + 2.399 * index + 1.1 * side), 2 * math.pi)
            sets.append(partials(at, size, decay + falling * (n - 1) ** 0.8, phase))
        return joined(*sets)

    return recipe


def _blown(sizes: tuple[float, ...]) -> Recipe:
    def recipe(fundamental: float, force: float, side: int) -> Partials:
        n = np.arange(1, len(sizes) + 1, dtype=np.float64)
        tilt = (0.55 + 0.45 * force) ** (n - 1)
        return partials(n * fundamental * (1 + 0.0004 * side), np.array(sizes) * tilt, 0.0, n * 0.9)

    return recipe


def _rhodes(fundamental: float, force: float, side: int) -> Partials:
    """A struck tine before a pickup: a round tone with overtones by force, and the tine's short ping."""
    n = _count(fundamental, 8)
    size = np.array([1.0, 0.42, 0.2, 0.13, 0.07, 0.04, 0.02, 0.015])[: len(n)] * (0.35 + 0.85 * force) ** (n - 1)
    body = partials(n * fundamental * (1 + 0.0005 * side), size, 0.75 * (1 + 0.45 * (n - 1)), 0.3 * n * side)
    ping = np.array([7.03, 11.9]) * fundamental
    return joined(body, partials(ping, np.array([0.16, 0.05]) * force, np.array([14.0, 22.0])))


_SECTION: Final = (-9.0, 6.0, -3.0, 11.0)

INSTRUMENTS: Final[dict[str, Instrument]] = {
    "piano": Instrument(_piano(0.55, 0.75), release=0.28, thump=Thump(0.1, 90, 1800, 0.035)),
    "felt piano": Instrument(_piano(1.25, 0.9), attack=0.005, release=0.4, wide=True, thump=Thump(0.12, 70, 700, 0.05)),
    "electric piano": Instrument(_rhodes, attack=0.003, release=0.22, wide=True),
    "nylon guitar": Instrument(_plucked(0.19, 0.55, 1.1), release=0.12, thump=Thump(0.1, 150, 2500, 0.015)),
    "steel guitar": Instrument(_plucked(0.13, 0.2, 1.5), release=0.15, thump=Thump(0.08, 400, 5000, 0.01)),
    "muted guitar": Instrument(_plucked(0.14, 0.5, 1.0, muted=5.5), attack=0.003, release=0.08),
    "harp": Instrument(_plucked(0.36, 0.6, 2.0), release=0.5, wide=True),
    "pizzicato": Instrument(_plucked(0.22, 0.55, 0.5, muted=5.0), release=0.1, thump=Thump(0.12, 120, 1500, 0.02)),
    "electric bass": Instrument(_plucked(0.24, 0.6, 1.6), attack=0.003, release=0.07),
    "upright bass": Instrument(
        _plucked(0.3, 0.85, 0.9, muted=0.6), attack=0.005, release=0.1, thump=Thump(0.12, 60, 900, 0.03)
    ),
    "soft bass": Instrument(_bars((1, 2, 3), (1.0, 0.28, 0.07), (1, 1.8, 3), 3.0), attack=0.02, release=0.18),
    "sub bass": Instrument(_blown((1.0, 0.16, 0.05)), attack=0.12, release=0.4),
    "synth bass": Instrument(_saws((0.0, 4.0), 420, 2.0, decay=1.2, falling=2.2), attack=0.004, release=0.06),
    "marimba": Instrument(
        _bars((1, 3.94, 9.6), (1.0, 0.22, 0.06), (1, 4, 9), 4.2), release=0.3, thump=Thump(0.1, 200, 1800, 0.012)
    ),
    "kalimba": Instrument(_bars((1, 2.0, 5.4, 9.1), (1, 0.12, 0.2, 0.06), (1, 1.5, 5, 9), 2.6), release=0.4, wide=True),
    "vibraphone": Instrument(_bars((1, 3.98, 9.9), (1, 0.18, 0.04), (1, 3, 8), 0.95), release=0.7, wide=True),
    "glockenspiel": Instrument(_bars((1, 2.76, 5.4), (1, 0.3, 0.12), (1, 2, 4), 2.2), release=0.6),
    "bell": Instrument(
        _bars((1, 2.0, 2.99, 4.2, 5.43), (1, 0.32, 0.16, 0.14, 0.06), (1, 1.4, 2.2, 3.4, 5), 1.15),
        release=0.9,
        wide=True,
    ),
    "pluck": Instrument(_saws((-5.0, 5.0), 2600, 1.3, decay=3.2, falling=1.7), attack=0.003, release=0.15, wide=True),
    "warm pad": Instrument(_saws((-7.0, 5.0, 0.0), 620, 1.6), attack=0.55, release=0.9, wide=True),
    "saw pad": Instrument(_saws((-11.0, 8.0, -3.0, 13.0), 1500, 1.4), attack=0.7, release=1.1, wide=True),
    "strings": Instrument(_saws(_SECTION, 2100, 1.1), attack=0.28, release=0.5, wide=True, vibrato=5, breath=0.02),
    "low strings": Instrument(_saws(_SECTION, 1100, 1.2), attack=0.12, release=0.4, wide=True, vibrato=3),
    "spiccato": Instrument(
        _saws((-8.0, 6.0, 2.0), 2000, 1.1, decay=7.5, falling=1.2), attack=0.012, release=0.12, wide=True
    ),
    "horn": Instrument(_saws((-4.0, 4.0), 900, 1.5), attack=0.09, release=0.3, wide=True, vibrato=4, breath=0.015),
    "flute": Instrument(_blown((1.0, 0.34, 0.14, 0.05, 0.02)), attack=0.07, release=0.18, vibrato=9, breath=0.05),
    "synth lead": Instrument(_saws((-6.0, 6.0), 1900, 1.5), attack=0.02, release=0.2, wide=True, vibrato=7),
}


def tone(name: str, pitch: int, force: float, count: int, random: np.random.Generator) -> Mono:
    """``count`` samples of a note as ``[2, n]``, its loudest fifth of a second at an RMS of 1, not yet released."""
    instrument = INSTRUMENTS[name]
    fundamental = 440.0 * 2 ** ((pitch - 69) / 12)
    sides = [ring(instrument.recipe(fundamental, force, side), count) for side in range(2 if instrument.wide else 1)]
    sound = np.stack([sides[0], sides[-1]])
    if instrument.vibrato:
        sound = _vibrato(sound, instrument.vibrato)
    if instrument.breath:
        first = int(random.integers(0, RATE))
        sound += _air(-(-(first + count) // RATE))[first : first + count] * np.float32(
            instrument.breath * float(np.sqrt(np.mean(sound * sound)))
        )
    begin = min(count, max(8, round(instrument.attack * RATE)))
    sound[:, :begin] *= (0.5 - 0.5 * np.cos(np.linspace(0, math.pi, begin, dtype=np.float32))).astype(np.float32)
    level = _level(sound)
    if instrument.thump is not None:
        thump = instrument.thump
        length = min(count, round(thump.seconds * 7 * RATE))
        noise = banded_noise(length, thump.low, thump.high, random)
        fall = np.exp(-np.arange(length, dtype=np.float32) / np.float32(thump.seconds * RATE))
        rise = np.minimum(1, np.arange(length, dtype=np.float32) / 60)
        sound[:, :length] += noise * fall * rise * np.float32(thump.level * level * (0.5 + force))
    return sound / np.float32(max(level, 1e-9))


@lru_cache(maxsize=8)
def _air(seconds: int) -> Mono:
    """What blowing and bowing add to a tone."""
    return banded_noise(seconds * RATE, 700, 5500, np.random.default_rng(seconds))


def _level(sound: Mono) -> float:
    """RMS of the loudest fifth of a second; low tones count less, as they do for ears."""
    size = min(sound.shape[1], RATE // 5)
    powers = [float(np.mean(sound[:, at : at + size] ** 2)) for at in range(0, sound.shape[1] - size + 1, size)]
    return math.sqrt(max(powers, default=0.0))


def _vibrato(sound: Mono, cents: float) -> Mono:
    """The pitch sways five times a second, once the note has settled."""
    at = np.arange(sound.shape[1], dtype=np.float64)
    depth = (2 ** (cents / 1200) - 1) * RATE / (2 * math.pi * 5.1)
    grown = np.clip((at / RATE - 0.25) / 0.6, 0, 1)
    where = at + depth * grown * np.sin(2 * math.pi * 5.1 * at / RATE)
    return np.stack([np.asarray(np.interp(where, at, side), np.float32) for side in sound])
