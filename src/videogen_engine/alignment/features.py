"""What a voice sounds like, every hundredth of a second: cepstra of a mel spectrum, and how loud it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

#: Seconds between frames, and of sound in one.
HOP: Final = 0.01
_WINDOW: Final = 0.025
_BANDS: Final = 32
_CEPSTRA: Final = 14
_LOWEST_HZ, _HIGHEST_HZ = 100.0, 6800.0
#: Frames computed at a time.
_BATCH: Final = 2048
#: Frames on either side that a change is measured over, and what it counts beside what it is a change of.
_SLOPE: Final = 2
_SLOPE_WEIGHT: Final = 1.4
#: With fewer frames there is nothing to even out by.
_FEWEST: Final = 20


@dataclass(frozen=True)
class Frames:
    """``cepstra`` has a row for each frame, the first centred on 0 s; ``levels`` are in dB of full scale."""

    cepstra: Floats
    levels: Floats


def frames_of(sound: Iterable[NDArray[np.float32]], rate: int) -> Frames:
    """Frames of mono sound that comes in pieces of any length, at full scale 1.0."""
    window, step = round(_WINDOW * rate), HOP * rate
    shape, bands = _tables(window, rate)
    cepstra: list[Floats] = []
    levels: list[Floats] = []
    rest, behind, made = np.zeros(0, np.float32), 0, 0
    for piece in _padded(sound, window):
        rest = np.concatenate([rest, piece])
        while True:
            starts = np.rint((made + np.arange(_BATCH)) * step).astype(np.int64) - behind
            starts = starts[starts + window <= len(rest)]
            if len(starts) == 0:
                break
            taken = rest[starts[:, None] + np.arange(window)]
            power = np.abs(np.fft.rfft(taken * shape, _size(window), axis=1)) ** 2
            cepstra.append(np.asarray(np.log(power @ bands + 1e-7) @ _cosines(), np.float32))
            levels.append(np.asarray(10 * np.log10(np.mean(taken**2, axis=1) + 1e-10), np.float32))
            made += len(starts)
        used = min(max(0, round(made * step) - behind), len(rest))
        behind += used
        rest = rest[used:]
    if not cepstra:
        return Frames(np.zeros((0, _CEPSTRA), np.float32), np.zeros(0, np.float32))
    return Frames(np.concatenate(cepstra), np.concatenate(levels))


def voice_like(cepstra: Floats, spoken: Flags) -> Floats:
    """Rows of even cepstra and their slopes, as compared between voices: without what a microphone, a room or a
    voice adds to all frames that are ``spoken``. The rows are 28 wide."""
    base = cepstra[spoken] if int(spoken.sum()) >= _FEWEST else cepstra
    if len(base) == 0:
        return np.zeros((0, 2 * _CEPSTRA), np.float32)
    even = (cepstra - base.mean(axis=0)) / (base.std(axis=0) + 1e-3)
    padded = np.pad(even, ((_SLOPE, _SLOPE), (0, 0)), mode="edge")
    count, slope = len(even), np.zeros_like(even)
    for far in range(1, _SLOPE + 1):
        slope += far * (padded[_SLOPE + far : count + _SLOPE + far] - padded[_SLOPE - far : count + _SLOPE - far])
    slope *= _SLOPE_WEIGHT / (2 * sum(far * far for far in range(1, _SLOPE + 1)))
    return np.asarray(np.concatenate([even, slope], axis=1), np.float32)


def speech_floor(levels: Floats) -> float:
    """The level (dB) over which somebody speaks: between the room and the voice."""
    if len(levels) == 0:
        return 0.0
    room, voice = np.percentile(levels, [8, 92])
    return float(min(max(voice - 30.0, room + 5.0), voice - 8.0))


def _padded(sound: Iterable[NDArray[np.float32]], window: int) -> Iterator[NDArray[np.float32]]:
    """Half a window of silence before, so that frames are centred on their times, and one behind."""
    yield np.zeros(window // 2, np.float32)
    yield from sound
    yield np.zeros(window, np.float32)


def _size(window: int) -> int:
    return 1 << (window - 1).bit_length()


@lru_cache(maxsize=8)
def _tables(window: int, rate: int) -> tuple[Floats, Floats]:
    """The window's shape, and the mel bands as a matrix from power spectrum to bands."""
    bins = _mel(np.fft.rfftfreq(_size(window), 1 / rate))
    edges = np.linspace(_mel(np.array(_LOWEST_HZ)), _mel(np.array(min(_HIGHEST_HZ, rate * 0.475))), _BANDS + 2)
    rising = (bins[:, None] - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - bins[:, None]) / (edges[2:] - edges[1:-1])
    bands = np.maximum(0, np.minimum(rising, falling))
    bands /= np.maximum(bands.sum(axis=0), 1e-9)
    return np.hamming(window).astype(np.float32), bands.astype(np.float32)


def _mel(hertz: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    return np.asarray(1127 * np.log1p(hertz / 700), np.float64)


@lru_cache(maxsize=1)
def _cosines() -> Floats:
    at = (np.arange(_BANDS) + 0.5) * np.pi / _BANDS
    return np.asarray(np.cos(np.outer(at, np.arange(_CEPSTRA))) / _BANDS, np.float32)
