"""Words are gathered into cues of at most two lines that can be read in the time they are shown.

The cheapest way to cut the whole scene is found by dynamic programming; a cue costs for being cut at a bad
place, for running over a sentence's end, for being too short or too long, and for lines out of balance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from videogen_engine.captions.breaks import break_cost, ends_sentence
from videogen_engine.captions.words import ShownWord
from videogen_engine.planning.lexicon import Lexicon

#: Seconds that a cue is on screen at least; characters per second that can be read.
SHORTEST = 0.8
READING_SPEED = 18.0
#: Seconds of a comfortable cue, and from where on it feels stuck.
_COMFORTABLE = 3.2
_LONG = 5.2
#: Seconds: how early a cue may appear, how long it stays after its last word, and which gap is closed.
_LEAD = 0.08
_LINGER = 0.4
_CLOSE_GAP = 0.6


@dataclass(frozen=True)
class Cue:
    """``lines`` are ranges of word indices (first, behind last); times in seconds from the scene's start."""

    start: float
    end: float
    lines: tuple[tuple[int, int], ...]

    @property
    def first(self) -> int:
        return self.lines[0][0]

    @property
    def behind(self) -> int:
        return self.lines[-1][1]


class CueCutter:
    """Cuts one scene's words; ``line_width`` and ``space`` in pixels."""

    def __init__(self, words: Sequence[ShownWord], line_width: float, space: float, lexicon: Lexicon) -> None:
        self._words = words
        self._line = line_width
        self._space = space
        self._widths = list(accumulate((self._advance(word) for word in words), initial=0.0))
        self._letters = list(accumulate((len(word.text) + (not word.glued) for word in words), initial=0))
        self._sentences = list(accumulate((int(ends_sentence(word.text)) for word in words), initial=0))
        self._costs = [
            break_cost(word.text, after.text, after.start - word.end, after.glued, lexicon)
            for word, after in pairwise(words)
        ]

    def cut(self, scene_duration: float) -> list[Cue]:
        """The cues in order; none overlap, none reaches beyond the scene."""
        count = len(self._words)
        best: list[float] = [0.0] + [float("inf")] * count
        chosen: list[tuple[int, tuple[tuple[int, int], ...]]] = [(0, ())] * (count + 1)
        for first in range(count):
            if best[first] == float("inf"):
                continue
            for behind in range(first + 1, count + 1):
                lines = self._lines(first, behind)
                if lines is None:
                    break
                cost = best[first] + self._cost(first, behind, lines)
                if cost < best[behind] - 1e-9:
                    best[behind] = cost
                    chosen[behind] = (first, lines)
        ranges: list[tuple[tuple[int, int], ...]] = []
        at = count
        while at > 0:
            start, lines = chosen[at]
            ranges.append(lines)
            at = start
        return self._timed(ranges[::-1], scene_duration)

    def width(self, first: int, behind: int) -> float:
        """Pixels of the words in one line."""
        lead = 0.0 if self._words[first].glued else self._space
        return self._widths[behind] - self._widths[first] - lead

    def _advance(self, word: ShownWord) -> float:
        return word.art.advance + (0.0 if word.glued else self._space)

    def _lines(self, first: int, behind: int) -> tuple[tuple[int, int], ...] | None:
        """One line, else the best two; None when two lines cannot hold the words."""
        whole = self.width(first, behind)
        if whole <= self._line or behind - first == 1:
            return ((first, behind),)
        if whole > 2 * self._line + self._space:
            return None
        best: tuple[float, int] | None = None
        for middle in range(first + 1, behind):
            left, right = self.width(first, middle), self.width(middle, behind)
            if left > self._line:
                break
            if right > self._line:
                continue
            # A shorter first line reads better than a shorter second one.
            lean = abs(left - right) / self._line + (0.15 if left > right else 0.0)
            value = 2.2 * lean + self._costs[middle - 1]
            if best is None or value < best[0]:
                best = (value, middle)
        return None if best is None else ((first, best[1]), (best[1], behind))

    def _cost(self, first: int, behind: int, lines: tuple[tuple[int, int], ...]) -> float:
        words = self._words
        last = behind == len(words)
        until = words[behind].start if not last else words[behind - 1].end + _LINGER
        shown = max(0.01, until - words[first].start)
        letters = self._letters[behind] - self._letters[first]
        cost = 1.0 if last else 1.0 + self._costs[behind - 1]
        cost += 3.5 * (self._sentences[behind - 1] - self._sentences[first])
        cost += 0.12 * max(0.0, shown - _COMFORTABLE) ** 2 + 2.0 * max(0.0, shown - _LONG)
        cost += 14.0 * max(0.0, SHORTEST - shown) + 0.15 * max(0.0, letters / shown - READING_SPEED)
        if letters < 9 and not (first == 0 and last):
            cost += 2.4
        if len(lines) == 2:
            one, two = self.width(*lines[0]), self.width(*lines[1])
            cost += 0.5 + 1.4 * abs(one - two) / self._line + 0.35 * self._costs[lines[0][1] - 1]
            if min(one, two) < 0.22 * self._line:
                cost += 1.5
        return cost

    def _timed(self, ranges: Sequence[tuple[tuple[int, int], ...]], scene_duration: float) -> list[Cue]:
        cues: list[Cue] = []
        begins = [max(0.0, self._words[lines[0][0]].start - _LEAD) for lines in ranges]
        silent = 0.0
        for number, lines in enumerate(ranges):
            start = max(begins[number], cues[-1].end if cues else 0.0)
            spoken = max(word.end for word in self._words[lines[0][0] : lines[-1][1]])
            limit = begins[number + 1] if number + 1 < len(ranges) else max(scene_duration, start)
            end = max(min(spoken + _LINGER, limit), min(start + SHORTEST, limit))
            if number + 1 < len(ranges) and limit - end < _CLOSE_GAP:
                end = limit
            if end - start < SHORTEST and cues:
                # Too short: it takes over the pause in which the cue before only lingers.
                before = cues[-1]
                start = min(start, max(silent, before.start + SHORTEST, end - SHORTEST))
                cues[-1] = Cue(before.start, round(min(before.end, start), 4), before.lines)
            cues.append(Cue(round(start, 4), round(max(end, start), 4), lines))
            silent = spoken
        return [cue for cue in cues if cue.end > cue.start]
