"""Which frame of a rendering each frame of a recording is: dynamic time warping that allows pauses between words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from videogen_engine.alignment.features import Flags, Floats

Columns = NDArray[np.int32]

#: What it costs to stay in a frame of the rendering, to go to the next, to leave out one, two.
_STAY, _STEP, _SKIP, _LEAP = 0.45, 0.0, 0.35, 0.9
_PENALTIES: Final = (_STAY, _STEP, _SKIP, _LEAP)
#: What a pause costs where it is silent, more for every dB over that, and at most: what nobody wrote down may
#: be said in a pause, but only when it is like no word that was.
_HUSH, _HUSH_PER_DB, _LOUDEST_HUSH = 0.75, 0.09, 1.3
_FAR: Final = np.float32(1e9)
#: Rows whose moves are kept at most before the older ones are settled, and how many stay open then.
_OPEN_ROWS, _STILL_OPEN = 6000, 1500
_BATCH: Final = 128


@dataclass(frozen=True)
class Rendering:
    """What is looked for: frames like those of the recording. ``gaps`` are the columns, between two words and at
    both ends, in which the recording may pause or the rendering may have nothing."""

    values: Floats
    gaps: Flags


@dataclass(frozen=True)
class Path:
    """``columns`` is the rendering's frame for every row of the recording; ``costs`` is how unlike the two are."""

    columns: Columns
    costs: Floats


def follow(
    rows: Floats,
    over: Floats,
    rendering: Rendering,
    lows: Columns | None,
    width: int,
    check: Callable[[], None] = lambda: None,
) -> Path:
    """The cheapest way through ``rendering``, from its first column to its last.

    ``over`` is how many dB each row is over silence. ``lows`` gives the first of ``width`` columns that each row
    may be in; None lets the band follow the way found so far. Memory is bounded by ``width``, not by length.
    """
    total, columns = len(rows), len(rendering.gaps)
    width = min(width, columns)
    hush = np.minimum(_HUSH + _HUSH_PER_DB * np.maximum(over, 0), _LOUDEST_HUSH)
    chosen = np.zeros(total, np.int32)
    spent = np.zeros(total, np.float32)
    sums = np.full(width, _FAR, np.float32)
    moves = np.zeros((min(total, _OPEN_ROWS), width), np.uint8)
    local = np.zeros((len(moves), width), np.float16)
    bases = np.zeros(total, np.int64)
    low, settled = 0, 0
    squares = np.sum(rendering.values**2, axis=1)
    norm = np.float32(1 / rendering.values.shape[1])
    for first in range(0, total, _BATCH):
        check()
        last = min(first + _BATCH, total)
        if lows is None:
            # The band may only move once a batch, so that one product gives all its costs.
            low = _followed(sums, low, width, columns, first, total) if first else 0
            starts = np.full(last - first, low, np.int64)
        else:
            starts = np.clip(lows[first:last].astype(np.int64), 0, columns - width)
        left, right = int(starts.min()), int(starts.max()) + width
        block = rows[first:last]
        products = block @ rendering.values[left:right].T
        far = np.sum(block**2, axis=1)[:, None] + squares[left:right] - 2 * products
        costs = np.sqrt(np.maximum(far, 0) * norm)
        gaps = rendering.gaps[left:right]
        costs[:, gaps] = hush[first:last, None]
        for row in range(first, last):
            base = int(starts[row - first])
            cost = costs[row - first, base - left : base - left + width]
            gap = gaps[base - left : base - left + width]
            if row == 0:
                sums = np.full(width, _FAR, np.float32)
                # The recording may begin with a pause, or with the first word.
                sums[: min(2, width)] = cost[: min(2, width)]
                move = np.zeros(width, np.uint8)
            else:
                sums, move = _advance(sums, base - int(bases[row - 1]), cost, gap)
            bases[row] = base
            moves[row - settled] = move
            local[row - settled] = cost
            if row - settled + 1 == len(moves) and row + 1 < total:
                end = int(np.argmin(sums))
                _trace(moves, local, bases, settled, row, end, chosen, spent)
                keep = row + 1 - _STILL_OPEN
                moves[:_STILL_OPEN] = moves[keep - settled : row + 1 - settled].copy()
                local[:_STILL_OPEN] = local[keep - settled : row + 1 - settled].copy()
                settled = keep
    if total:
        # It ends in the last column, a gap, or in the one before.
        tail = [column for column in (columns - 1, columns - 2) if 0 <= column - int(bases[-1]) < width]
        ends = [column - int(bases[-1]) for column in tail] or [int(np.argmin(sums))]
        _trace(moves, local, bases, settled, total - 1, min(ends, key=lambda end: sums[end]), chosen, spent)
    return Path(chosen, spent)


def _advance(before: Floats, shift: int, cost: Floats, gap: Flags) -> tuple[Floats, NDArray[np.uint8]]:
    """One row on. ``shift`` is how far the band moved."""
    width = len(cost)
    padded = np.full(width + 3 + max(shift, 0), _FAR, np.float32)
    if shift >= 0:
        padded[3 : 3 + width] = before
        previous = padded[shift : shift + width + 3]
    else:
        previous = np.full(width + 3, _FAR, np.float32)
        previous[3 - shift :] = before[: width + shift]
    options = np.empty((4, width), np.float32)
    options[0] = previous[3:] + np.where(gap, np.float32(0), np.float32(_STAY))
    options[1] = previous[2:-1]
    # Leaving out a gap is no skip.
    passed = np.concatenate([[False], gap[:-1]])
    options[2] = previous[1:-2] + np.where(passed, np.float32(0), np.float32(_SKIP))
    options[3] = previous[:-3] + np.float32(_LEAP)
    move = np.argmin(options, axis=0).astype(np.uint8)
    return np.asarray(np.min(options, axis=0) + cost, np.float32), move


def _followed(sums: Floats, low: int, width: int, columns: int, row: int, total: int) -> int:
    """Where a band that follows goes next: its best column in its middle, and never too late for the end."""
    best = low + int(np.argmin(sums))
    return max(low, min(best - width // 2, columns - width))


def _trace(
    moves: NDArray[np.uint8],
    local: NDArray[np.float16],
    bases: NDArray[np.int64],
    settled: int,
    row: int,
    end: int,
    chosen: Columns,
    spent: Floats,
) -> None:
    column = end + int(bases[row])
    while row >= settled:
        inside = column - int(bases[row])
        chosen[row] = column
        spent[row] = local[row - settled, inside]
        column -= int(moves[row - settled, inside])
        row -= 1
        if row >= settled:
            column = min(max(column, int(bases[row])), int(bases[row]) + moves.shape[1] - 1)
