"""The tools that every sound is made with: noise under moving filters, glides, ringing bodies and scattered grains.

Sounds are float32 at 48 kHz: ``[n]`` with one channel, ``[2, n]`` with two. Times are seconds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from videogen_engine.music.ringing import RATE, partials, ring

#: Samples at ``RATE``, ``[n]`` or ``[2, n]``; a curve is a value for each of them.
Wave: TypeAlias = NDArray[np.floating[Any]]
Curve: TypeAlias = Wave
Random = np.random.Generator
_WINDOW: Final = 2048
_HOP: Final = _WINDOW // 4


@dataclass(frozen=True)
class Take:
    """One performance of a sound. ``size``, ``pace`` and ``force`` are 1 for an ordinary one: a larger body is
    deeper and rings longer, a faster pace has more events in the same time, more force is harder and brighter.

    ``words`` are all words of the prompt, for what only some sounds care about (gravel, wood, glass).
    """

    seconds: float
    random: Random
    size: float = 1.0
    pace: float = 1.0
    force: float = 1.0
    words: frozenset[str] = field(default_factory=frozenset[str])

    @property
    def count(self) -> int:
        return max(1, round(self.seconds * RATE))

    def among(self, *words: str) -> bool:
        """Whether the prompt has any of these words."""
        return not self.words.isdisjoint(words)

    def near(self, value: float, spread: float = 0.12) -> float:
        """About ``value``, another in every take."""
        return value * float(np.exp(self.random.normal(0, spread)))


def times(count: int) -> Curve:
    return np.arange(count, dtype=np.float64) / RATE


def white(count: int, random: Random) -> Wave:
    return random.standard_normal(count).astype(np.float32)


def faded(count: int, rise: float, fall: float) -> Wave:
    """1, with smooth ends of ``rise`` and ``fall`` seconds."""
    t = times(count)
    up = np.clip(t / max(rise, 1e-4), 0, 1)
    down = np.clip((count / RATE - t) / max(fall, 1e-4), 0, 1)
    return (np.sin(up * math.pi / 2) ** 2 * np.sin(down * math.pi / 2) ** 2).astype(np.float32)


def decay(count: int, seconds: float, rise: float = 0.0005) -> Wave:
    """Down by 60 dB in ``seconds``, after a rise."""
    t = times(count)
    return (np.minimum(1, t / rise) * 10 ** (-3 * t / seconds)).astype(np.float32)


def points(count: int, *knots: tuple[float, float]) -> Curve:
    """Straight lines through (time, value), the first and last value held."""
    return np.interp(times(count), [at for at, _ in knots], [value for _, value in knots])


def drift(count: int, per_second: float, random: Random) -> Curve:
    """A smooth random walk around 0, mostly within ±1, with about so many turns a second."""
    knots = max(4, math.ceil(count / RATE * per_second) + 3)
    values = random.normal(0, 0.6, knots)
    at = np.linspace(0, knots - 1, count)
    low = np.minimum(at.astype(int), knots - 2)
    share = at - low
    share = share * share * (3 - 2 * share)
    return values[low] * (1 - share) + values[low + 1] * share


def glide(frequency: Curve, phase: float = 0.0) -> Wave:
    """A sine of moving frequency (Hz)."""
    return np.sin(2 * math.pi * np.cumsum(frequency) / RATE + phase).astype(np.float32)


def saw(frequency: Curve, brightness: int = 24) -> Wave:
    """A saw of moving frequency whose harmonics stop below 15 kHz, so that none aliases."""
    angle = 2 * math.pi * np.cumsum(frequency) / RATE
    out = np.zeros(len(frequency))
    top = float(frequency.max(initial=1.0))
    for harmonic in range(1, max(2, min(brightness, int(15_000 / max(top, 1.0)))) + 1):
        out += np.sin(harmonic * angle) / harmonic
    return (out * 0.6).astype(np.float32)


def filtered(sound: Wave, gain: Callable[[Curve], Curve]) -> Wave:
    """``gain`` of each frequency (Hz), without delay; what would ring past the ends is cut."""
    count = len(sound)
    size = count + 4096
    at = np.fft.rfftfreq(size, 1 / RATE)
    return np.fft.irfft(np.fft.rfft(sound, size) * gain(at), size)[:count].astype(np.float32)


def band(low: float, high: float, slope: float = 4.0) -> Callable[[Curve], Curve]:
    """Passes ``low`` to ``high`` Hz; ``slope`` is the order of its edges."""

    def gain(at: Curve) -> Curve:
        below = 1 / np.sqrt(1 + (low / np.maximum(at, 1e-3)) ** (2 * slope))
        return below / np.sqrt(1 + (at / high) ** (2 * slope))

    return gain


def banded(count: int, low: float, high: float, random: Random, slope: float = 2.0) -> Wave:
    """Noise between two frequencies at an RMS of 1."""
    return levelled(filtered(white(count, random), band(low, high, slope)))


def tilted(count: int, random: Random, power: float, low: float = 30.0, high: float = 16_000.0) -> Wave:
    """Noise whose amplitude falls with frequency to the ``power`` (0.5 pink, 1 brown), at an RMS of 1."""
    edges = band(low, high, 2.0)
    return levelled(filtered(white(count, random), lambda at: edges(at) / np.maximum(at, low) ** power))


def levelled(sound: Wave) -> Wave:
    """At an RMS of 1."""
    return sound / np.float32(max(1e-9, float(np.sqrt(np.mean(np.square(sound, dtype=np.float64))))))


def peaked(sound: Wave) -> Wave:
    """At a peak of 1."""
    return sound / np.float32(max(1e-9, float(np.abs(sound).max(initial=0))))


def moving(sound: Wave, gain: Callable[[Curve, Curve], Curve]) -> Wave:
    """A filter that changes in time: ``gain(times [f, 1], frequencies [1, b])`` is ``[f, b]``."""
    padded = np.pad(sound, (_WINDOW, 2 * _WINDOW))
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::_HOP]
    window = np.sqrt(np.hanning(_WINDOW + 1)[:-1]).astype(np.float32)
    at = ((np.arange(len(frames)) * _HOP - _WINDOW / 2) / RATE)[:, None]
    frequency = np.fft.rfftfreq(_WINDOW, 1 / RATE)[None, :]
    out = np.zeros(len(padded) + _WINDOW, np.float32)
    step = 512
    for start in range(0, len(frames), step):
        shape = gain(np.maximum(at[start : start + step], 0), frequency)
        parts = np.fft.irfft(np.fft.rfft(frames[start : start + step] * window, axis=1) * shape, axis=1)
        parts = (parts * window / 2).astype(np.float32)
        for index, part in enumerate(parts):
            begin = (start + index) * _HOP
            out[begin : begin + _WINDOW] += part
    return out[_WINDOW : _WINDOW + len(sound)]


def swept(sound: Wave, centre: Curve, width: float = 0.5, floor: float = 0.0) -> Wave:
    """A band around a moving ``centre`` (Hz, one for each sample), ``width`` octaves to either side."""
    count = len(sound)

    def gain(at: Curve, frequency: Curve) -> Curve:
        middle = centre[np.minimum((at * RATE).astype(int), count - 1)]
        distance = np.log2(np.maximum(frequency, 10) / middle) / width
        return floor + np.exp(-0.5 * distance**2)

    return moving(sound, gain)


def lowered(sound: Wave, cutoff: Curve, order: float = 2.0) -> Wave:
    """A low-pass with a moving cutoff (Hz, one for each sample)."""
    count = len(sound)

    def gain(at: Curve, frequency: Curve) -> Curve:
        edge = cutoff[np.minimum((at * RATE).astype(int), count - 1)]
        return 1 / np.sqrt(1 + (frequency / edge) ** (2 * order))

    return moving(sound, gain)


def body(
    count: int, frequencies: Sequence[float], sizes: Sequence[float], seconds: Sequence[float], random: Random
) -> Wave:
    """A struck body: modes (Hz) with their amplitudes and the time in which each falls by 60 dB."""
    phases = random.uniform(-0.4, 0.4, len(frequencies))
    fade = 3 * math.log(10) / np.asarray(seconds, np.float64)
    return ring(partials(np.asarray(frequencies, np.float64), np.asarray(sizes, np.float64), fade, phases), count)


def bubble(frequency: float, seconds: float, rise: float = 0.15) -> Wave:
    """A bubble of air in water: its pitch rises as it nears the surface. Minnaert's resonance, damped."""
    count = max(8, round(seconds * RATE))
    t = times(count)
    sound = glide(frequency * (1 + rise * t / seconds * 3)) * decay(count, seconds * 1.3, 0.0015)
    return sound * faded(count, 0.0005, seconds * 0.2)


def panned(sound: Wave, place: float) -> Wave:
    """``[2, n]`` with ``place`` from −1 (left) to 1 (right), by level and by the time between the ears."""
    angle = (np.clip(place, -1, 1) + 1) * math.pi / 4
    late = round(abs(place) * 0.00025 * RATE)
    left = np.pad(sound, (late, 0))[: len(sound)] if place > 0 else sound
    right = np.pad(sound, (late, 0))[: len(sound)] if place < 0 else sound
    return np.stack([left * np.float32(math.cos(angle)), right * np.float32(math.sin(angle))])


def travelling(sound: Wave, place: Curve) -> Wave:
    """``[2, n]`` of a sound that moves; ``place`` as in ``panned``, for each sample."""
    angle = (np.clip(place, -1, 1) + 1) * math.pi / 4
    return np.stack([sound * np.cos(angle), sound * np.sin(angle)]).astype(np.float32)


def wide(make: Callable[[], Wave]) -> Wave:
    """Two sides that are unlike each other: ``make`` is called for each."""
    return np.stack([make(), make()])


def add(target: Wave, sound: Wave, at: float, gain: float = 1.0) -> None:
    """Mix ``sound`` into ``target`` from ``at`` seconds on; what is outside is lost. Wave goes to both sides."""
    start = round(at * RATE)
    if start < 0:
        sound, start = sound[..., -start:], 0
    length = min(sound.shape[-1], target.shape[-1] - start)
    if length > 0:
        target[..., start : start + length] += np.float32(gain) * sound[..., :length]


def canvas(take: Take) -> Wave:
    """Silence of the take's length, ``[2, n]``."""
    return np.zeros((2, take.count), np.float32)


def moments(take: Take, per_second: float) -> Curve:
    """Random times, as many a second as asked for."""
    count = take.random.poisson(per_second * take.seconds)
    return np.sort(take.random.uniform(0, take.seconds, count))


def driven(sound: Wave, amount: float) -> Wave:
    """Pressed into a soft limit, which adds harmonics."""
    return (np.tanh(sound * amount) / math.tanh(amount)).astype(np.float32)
