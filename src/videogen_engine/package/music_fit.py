"""Music brought to a film's length: which stretches of it are played when, and how they are joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from videogen_engine.music.model import MusicForm
from videogen_engine.speech.model import SAMPLE_RATE

#: Seconds over which one bar line becomes another; short enough to keep the beat.
_BAR_SEAM: Final = 0.05
#: Seconds over which a recording that knows no bars begins again, or less for a short one.
_LOOP_SEAM: Final = 1.0
#: The last chord may not be cut off sooner than this (s).
_LEAST_RING: Final = 1.4


@dataclass(frozen=True)
class Stretch:
    """Samples ``start`` to ``end`` of the music, heard from sample ``at`` of the film.

    It comes in over the first ``rise`` samples and goes out over ``fall`` samples past ``end``, at which the
    next one rises.
    """

    start: int
    end: int
    at: int
    rise: int = 0
    fall: int = 0


def music_stretches(length: int, music: int, form: MusicForm | None) -> tuple[Stretch, ...]:
    """How ``music`` samples fill ``length`` samples of film.

    Composed music keeps its beginning and its ending; its middle is repeated or left out by whole bars, so
    that the last chord is heard before the film ends. A recording begins again as often as it takes.
    """
    if length <= 0 or music <= 0:
        return ()
    if form is None:
        return _repeated(length, music)
    if abs(round(form.seconds * SAMPLE_RATE) - length) <= SAMPLE_RATE // 100:
        return (Stretch(0, min(music, length), 0),)
    return _fitted(length, form)


def _repeated(length: int, music: int) -> tuple[Stretch, ...]:
    seam = min(round(_LOOP_SEAM * SAMPLE_RATE), music // 4)
    if music >= length:
        return (Stretch(0, length, 0),)
    found: list[Stretch] = []
    at = 0
    while at < length:
        found.append(Stretch(0, music - seam, at, rise=seam if found else 0, fall=seam))
        at += music - seam
    return tuple(found)


def _fitted(length: int, form: MusicForm) -> tuple[Stretch, ...]:
    """Bars of the beginning and middle, then the ending, then what is left over is the last chord ringing."""
    bar = form.bar
    opening = round(form.loop_start / bar)
    middle = max(1, round((form.loop_end - form.loop_start) / bar))
    closing = round((form.final_at - form.loop_end) / bar)
    bars = int((length / SAMPLE_RATE - _LEAST_RING) / bar)
    wanted = bars - closing
    if wanted < 0:
        # Shorter than the ending itself: only its last bars.
        return _joined([(round(form.final_at / bar) - max(0, bars), None)], form, length)
    runs: list[tuple[int, int | None]] = [(0, min(wanted, opening + middle))]
    wanted -= runs[0][1] or 0
    while wanted > 0:
        taken = min(wanted, middle)
        runs.append((opening, taken))
        wanted -= taken
    runs.append((round(form.loop_end / bar), None))
    return _joined([run for run in runs if run[1] != 0], form, length)


def _joined(runs: list[tuple[int, int | None]], form: MusicForm, length: int) -> tuple[Stretch, ...]:
    """``runs`` are a first bar and how many follow, None for all to the end. Bars that follow anyway are one."""
    merged: list[tuple[int, int | None]] = []
    for first, count in runs:
        if merged and merged[-1][1] is not None and merged[-1][0] + merged[-1][1] == first:
            before = merged.pop()
            merged.append((before[0], None if count is None else (before[1] or 0) + count))
        else:
            merged.append((first, count))
    seam = round(_BAR_SEAM * SAMPLE_RATE)
    total = round(form.seconds * SAMPLE_RATE)
    found: list[Stretch] = []
    at = 0
    for index, (first, count) in enumerate(merged):
        start = round(first * form.bar * SAMPLE_RATE)
        end = total if count is None else round((first + count) * form.bar * SAMPLE_RATE)
        last = index == len(merged) - 1
        found.append(
            Stretch(start, min(end, start + length - at), at, rise=seam if index else 0, fall=0 if last else seam)
        )
        at += end - start
    return tuple(stretch for stretch in found if stretch.end > stretch.start)
