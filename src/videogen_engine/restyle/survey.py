"""A first look at the whole video: how long it really is, where it is cut, which colours it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from videogen_agents.errors import InputError, LimitError
from videogen_engine.restyle.footage import Footage, frame_count, pictures, small
from videogen_engine.stage import StageContext
from videogen_engine.visuals.pixels import Pixels

#: Seconds; a shot shorter than this goes with the one before.
_SHORTEST: Final = 1.0
#: Mean difference (codes) of two tiny pictures that may be a cut, and how much more than the usual it must be.
_CUT, _OVER_USUAL = 16.0, 3.5
_MOST_SHOTS: Final = 80
#: Short side (px) at which the video is looked at.
_LINES: Final = 108
_SAMPLES: Final = 24
_SLACK: Final = 0.5


@dataclass(frozen=True)
class Survey:
    """``starts`` are the frames at which shots begin, ``frames`` is the number of all. ``colours`` is [n, 3] BGR."""

    starts: tuple[int, ...]
    frames: int
    colours: Pixels


def survey(footage: Footage, max_seconds: float, ctx: StageContext) -> Survey:
    """Raises LimitError for a video longer than ``max_seconds``, InputError for one without pictures."""
    if footage.seconds > max_seconds + _SLACK:
        raise _too_long(footage.seconds, max_seconds)
    times: list[float] = []
    changes: list[float] = []
    kept: list[tuple[float, Pixels]] = []
    before: Pixels | None = None
    every = max(0.2, footage.seconds / _SAMPLES)
    for time, picture in pictures(footage, footage.size(_LINES), ctx):
        if time > max_seconds + _SLACK:
            raise _too_long(time, max_seconds)
        tiny = small(picture)
        changes.append(0.0 if before is None else float(np.abs(tiny.astype(np.int16) - before).mean()))
        times.append(time)
        before = tiny
        if time >= len(kept) * every and len(kept) <= _SAMPLES:
            kept.append((time, tiny))
        ctx.report(0.1 * min(1.0, time / max(footage.seconds, 0.1)), "Looking at the video")
    if not times:
        raise InputError("The video has no pictures.", code="unreadable_video", next_step="Upload another file.")
    last = times[-1] + (times[-1] - times[0]) / max(1, len(times) - 1) if len(times) > 1 else 1 / footage.rate
    frames = frame_count(min(last, max_seconds), footage.rate)
    colours = np.concatenate([tiny.reshape(-1, 3) for _, tiny in kept])
    return Survey(starts=_starts(times, changes, footage.rate, frames), frames=frames, colours=colours)


def _starts(times: list[float], changes: list[float], rate: int, frames: int) -> tuple[int, ...]:
    found = [0]
    least = round(_SHORTEST * rate)
    for index in range(1, len(changes)):
        around = changes[max(1, index - 6) : index] + changes[index + 1 : index + 7]
        usual = float(np.median(around)) if around else 0.0
        if changes[index] < _CUT or changes[index] < _OVER_USUAL * usual:
            continue
        start = round(times[index] * rate)
        if start - found[-1] >= least and frames - start >= least and len(found) < _MOST_SHOTS:
            found.append(start)
    return tuple(found)


def _too_long(seconds: float, most: float) -> LimitError:
    return LimitError(
        f"The video is {seconds:.0f} s long; at most {most:.0f} s are restyled in one run.",
        code="video_too_long",
        next_step="Cut it into parts, and restyle each.",
    )
