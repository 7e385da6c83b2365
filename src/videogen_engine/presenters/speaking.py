"""What mouth and eyes do while something is said: by the sound itself, frame by frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from videogen_engine.presenters.figure import Mouth

Samples = NDArray[np.int16]

#: dB under the loud moments from which somebody speaks, and dBFS below which nobody does.
_RANGE: Final = 26.0
_NOTHING: Final = -62.0
#: Frames that a syllable is compared with, what a dB of difference counts, and dB below them that is a stop (p, b, m).
_BEAT: Final = 9
_BEAT_WEIGHT: Final = 0.05
_STOP: Final = -5.0
#: Percentiles of openness between slight, open and wide, and of brightness below which a mouth is round.
_STEPS: Final = (34.0, 84.0)
_DARK: Final = 26.0
#: Hz above which the sound of an s has most of its energy.
_HISS: Final = 3200.0
#: Share of the energy in hisses from which the teeth show.
_TEETH: Final = 0.45
#: Frames that a mouth stays at least, and seconds between blinks.
_LEAST_FRAMES: Final = 2
_BLINKS: Final = (2.2, 5.0)
#: Lids while a blink lasts.
_BLINK: Final = (0.5, 1.0, 1.0, 0.5)
#: How far open each mouth is, 0-1.
OPENNESS: Final = {
    Mouth.CLOSED: 0.0,
    Mouth.SLIGHT: 0.35,
    Mouth.TEETH: 0.3,
    Mouth.ROUND: 0.6,
    Mouth.OPEN: 0.75,
    Mouth.WIDE: 1.0,
}


def mouths(samples: Samples, rate: int, frames_per_second: int) -> tuple[Mouth, ...]:
    """One per frame. Quiet and noise leave the mouth shut; equal sounds give equal mouths."""
    step = rate // frames_per_second
    count = -(-len(samples) // step)
    padded = np.zeros((count + 1) * step, np.float32)
    padded[: len(samples)] = samples.astype(np.float32) / 32768
    # Each frame hears half a frame to both sides, so that a mouth opens as its sound begins.
    windows = np.lib.stride_tricks.sliding_window_view(
        np.concatenate([np.zeros(step // 2, np.float32), padded]), 2 * step
    )
    heard = windows[::step][:count] * np.hanning(2 * step).astype(np.float32)
    energy = np.abs(np.fft.rfft(heard, axis=1)) ** 2
    hertz = np.fft.rfftfreq(2 * step, 1 / rate)
    total = energy.sum(axis=1) + 1e-9
    level = 10 * np.log10(total / step + 1e-9)
    above = level - (float(np.percentile(level, 92)) - _RANGE)
    # Speech opens and shuts the mouth with every syllable, however evenly loud it is on the whole.
    beat = level - np.convolve(np.pad(level, _BEAT // 2, mode="edge"), np.ones(_BEAT) / _BEAT, mode="valid")
    speaks = (above > 0) & (level > _NOTHING)
    opened = above / _RANGE + beat * _BEAT_WEIGHT
    hiss = energy[:, hertz >= _HISS].sum(axis=1) / total
    voice = (hertz > 90) & (hertz < _HISS)
    middle = (energy[:, voice] * hertz[voice]).sum(axis=1) / (energy[:, voice].sum(axis=1) + 1e-9)
    if not speaks.any():
        return (Mouth.CLOSED,) * count
    slight, wide = (float(part) for part in np.percentile(opened[speaks], _STEPS))
    dark = float(np.percentile(middle[speaks], _DARK))
    wanted: list[Mouth] = []
    for frame in range(count):
        if not speaks[frame] or (beat[frame] < _STOP and opened[frame] < slight):
            wanted.append(Mouth.CLOSED)
        elif hiss[frame] > _TEETH:
            wanted.append(Mouth.TEETH)
        elif opened[frame] < slight:
            wanted.append(Mouth.SLIGHT)
        elif middle[frame] < dark:
            wanted.append(Mouth.ROUND)
        else:
            wanted.append(Mouth.WIDE if opened[frame] > wide else Mouth.OPEN)
    return _steadied(wanted)


def lids(count: int, frames_per_second: int, seed: int) -> NDArray[np.float64]:
    """How far the eyes are closed (0–1) in each frame: blinks at times that ``seed`` decides."""
    rng = np.random.default_rng(seed)
    closed = np.zeros(count)
    at = rng.uniform(0.8, _BLINKS[0])
    while (first := round(at * frames_per_second)) < count:
        blink = np.array(_BLINK)[: count - first]
        closed[first : first + len(blink)] = blink
        at += rng.uniform(*_BLINKS)
    return closed


def _steadied(wanted: Sequence[Mouth]) -> tuple[Mouth, ...]:
    """No mouth flickers for a single frame."""
    shown: list[Mouth] = []
    held = 0
    for mouth in wanted:
        if shown and mouth is not shown[-1] and held < _LEAST_FRAMES:
            mouth = shown[-1]
        held = held + 1 if shown and mouth is shown[-1] else 1
        shown.append(mouth)
    return tuple(shown)
