"""A recording found in a rendering: roughly as a whole, then to the frame; and whether it is the same text at all."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from videogen_engine.alignment.features import HOP, Floats
from videogen_engine.alignment.rendering import Rendered, SaidWord, Sought, sought
from videogen_engine.alignment.warping import Columns, follow

#: Frames that are one in the rough search, and columns (of 40 ms) that it looks around in: a minute either way.
_POOL: Final = 4
_REACH: Final = 3000
#: Columns (of 10 ms) that the exact search looks around in.
_EXACT_REACH: Final = 160
#: Columns (of 40 ms) around rough times that the user gave: four seconds either way.
_GIVEN_REACH: Final = 200
#: A voice is neither slower nor quicker than this, compared with the rendering's.
_SLOWEST, _QUICKEST = 1.9, 0.5
#: Words around one that are looked at together, and how much quicker than the rest they cannot have been said.
_CROWD: Final = 9
_CROWDED: Final = 0.5
#: Shuffles that a stretch is compared with, seconds in a stretch, and stretches that are looked at.
_SHUFFLES: Final = 3
_STRETCH: Final = 25.0
_MOST_STRETCHES: Final = 12

Check = Callable[[], None]


@dataclass(frozen=True)
class Heard:
    """A recording's rows, 10 ms apart; ``over`` is how many dB each is over silence."""

    values: Floats
    over: Floats

    @property
    def speech_seconds(self) -> float:
        return HOP * int((self.over > 0).sum())

    def pooled(self) -> Heard:
        count = len(self.over) // _POOL
        values = self.values[: count * _POOL].reshape(count, _POOL, self.values.shape[1]).mean(axis=1)
        over = self.over[: count * _POOL].reshape(count, _POOL).max(axis=1)
        return Heard(np.asarray(values, np.float32), np.asarray(over, np.float32))


@dataclass(frozen=True)
class Match:
    """Where every word begins and ends (s). ``unwritten`` is the share of the voice that is in no word."""

    starts: NDArray[np.float64]
    ends: NDArray[np.float64]
    unwritten: float


def tempo_of(heard: Heard, rendered: Rendered) -> float:
    """How many times as slow as the rendering the recording is, as far as voices go."""
    return min(max(heard.speech_seconds / max(rendered.speech_seconds, HOP), _QUICKEST), _SLOWEST)


def rough_match(heard: Heard, rendered: Rendered, given: Sequence[tuple[float, float]] | None, check: Check) -> Match:
    """``given`` are rough times of the words, as near as a user knows them."""
    pooled = heard.pooled()
    wanted = sought(rendered, rendered.words, tempo_of(heard, rendered), _POOL)
    lows = None if given is None else _around(wanted, given, len(pooled.over), _POOL * HOP, _GIVEN_REACH)
    width = _REACH if given is None else _GIVEN_REACH
    path = follow(pooled.values, pooled.over, wanted.rendering, lows, width, check)
    return _times(wanted, path.columns, pooled, _POOL * HOP)


def exact_match(heard: Heard, rendered: Rendered, rough: Match, check: Check) -> Match:
    """To a hundredth of a second, near where it was found before."""
    wanted = sought(rendered, rendered.words, tempo_of(heard, rendered))
    times = list(zip(rough.starts.tolist(), rough.ends.tolist(), strict=True))
    lows = _around(wanted, times, len(heard.over), HOP, _EXACT_REACH)
    path = follow(heard.values, heard.over, wanted.rendering, lows, _EXACT_REACH, check)
    return _times(wanted, path.columns, heard, HOP)


def unsaid(rendered: Rendered, match: Match, tempo: float) -> NDArray[np.bool_]:
    """Which words are crowded into less time than anybody needs for them: the text has them, the recording has not."""
    wanted = np.array([HOP * tempo * (word.last - word.first) for word in rendered.words])
    if len(wanted) < _CROWD:
        return np.zeros(len(wanted), np.bool_)
    window = np.ones(_CROWD)
    taken = np.convolve(match.ends - match.starts, window, "same") / np.convolve(wanted, window, "same")
    crowded = np.asarray(taken < _CROWDED, np.float64)
    # A word is unsaid when all around it are crowded, or when one in the middle of such a crowd is its neighbour.
    inner = np.convolve(crowded, window, "same") >= min(_CROWD, len(wanted)) - _CROWD // 2
    return np.asarray((crowded > 0) & inner, np.bool_)


def likeness(heard: Heard, rendered: Rendered, rough: Match, check: Check) -> float:
    """How much better the recording fits the words as written than the same words shuffled: 0 is no better.

    Looks at stretches all over the recording, each compared with its own words alone.
    """
    pooled = heard.pooled()
    tempo = tempo_of(heard, rendered)
    seconds = _POOL * HOP
    found: list[tuple[float, float]] = []
    for first, last in _stretches(rough):
        check()
        words = rendered.words[first:last]
        low = max(0, round(rough.starts[first] / seconds) - 2)
        high = min(len(pooled.over), round(rough.ends[last - 1] / seconds) + 3)
        part = Heard(pooled.values[low:high], pooled.over[low:high])
        if high - low < 8 or not (part.over > 0).any():
            continue
        own = _cost(part, rendered, words, tempo)
        others = [_cost(part, rendered, _shuffled(words, number), tempo) for number in range(_SHUFFLES)]
        found.append((own, sum(others) / len(others)))
    if not found:
        return 0.0
    return 1 - sum(own for own, _ in found) / max(1e-9, sum(other for _, other in found))


def _cost(part: Heard, rendered: Rendered, words: Sequence[SaidWord], tempo: float) -> float:
    wanted = sought(rendered, words, tempo, _POOL)
    path = follow(part.values, part.over, wanted.rendering, None, _REACH)
    loud = part.over > 0
    return float(path.costs[loud].mean())


def _shuffled(words: Sequence[SaidWord], number: int) -> list[SaidWord]:
    order = list(words)
    random.Random(number).shuffle(order)  # noqa: S311  # nothing secret, and the same every time
    return order


def _stretches(rough: Match) -> list[tuple[int, int]]:
    """Word ranges of about ``_STRETCH`` seconds, spread over the recording."""
    found: list[tuple[int, int]] = []
    first = 0
    for index in range(len(rough.starts)):
        if rough.ends[index] - rough.starts[first] >= _STRETCH or index == len(rough.starts) - 1:
            found.append((first, index + 1))
            first = index + 1
    if len(found) > 1 and found[-1][1] - found[-1][0] < 12:
        last = found.pop()
        found[-1] = (found[-1][0], last[1])
    if len(found) <= _MOST_STRETCHES:
        return found
    picks = np.linspace(0, len(found) - 1, _MOST_STRETCHES).round().astype(int)
    return [found[int(pick)] for pick in picks]


def _around(wanted: Sought, times: Sequence[tuple[float, float]], rows: int, seconds: float, width: int) -> Columns:
    """The first column that each row may be in, when every word is near its time."""
    at: list[float] = [0.0]
    columns: list[float] = [0.0]
    for (start, end), first, last in zip(times, wanted.firsts.tolist(), wanted.lasts.tolist(), strict=True):
        at += [start / seconds, end / seconds]
        columns += [first, last]
    middle = np.interp(np.arange(rows), np.maximum.accumulate(at), columns)
    return np.asarray(middle - width / 2, np.int32)


def _times(wanted: Sought, columns: Columns, heard: Heard, seconds: float) -> Match:
    starts = np.asarray(np.searchsorted(columns, wanted.firsts) * seconds, np.float64)
    ends = np.asarray(np.searchsorted(columns, wanted.lasts) * seconds, np.float64)
    loud = heard.over > 0
    outside = loud & wanted.rendering.gaps[columns]
    return Match(starts, np.maximum(ends, starts + HOP), float(outside.sum() / max(1, int(loud.sum()))))
