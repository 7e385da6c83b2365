"""What ten times the script costs: about ten times the work, and no more memory."""

from __future__ import annotations

import tempfile

from benchmarks.processes import Cost, median, module
from benchmarks.report import Options, Row

MOST_GROWTH = 10.5
#: Share by which ten minutes may need more memory than one and still count as flat.
_FLAT = 0.15


def rows(options: Options) -> list[Row]:
    short = [_film(options, 1) for _ in range(options.repeats)]
    long = _film(options, 10)
    work = long.cpu / median(short, "cpu")
    length = long.said["duration"] / median(short, "duration")
    memory = long.peak_mb / median(short, "peak_mb")
    per_second = work / length * 10
    return [
        Row("script ten times as long", f"{long.said['duration']:.0f} s of film, {length:.2f}× the length"),
        Row(
            "its processor time, for ten times the length",
            f"{per_second:.2f}×",
            f"≤ {MOST_GROWTH}×",
            per_second <= MOST_GROWTH,
        ),
        Row(
            "its peak memory",
            f"{long.peak_mb:.0f} MB, {memory:.2f}× that of one minute",
            f"≤ {1 + _FLAT:.2f}×",
            memory <= 1 + _FLAT,
        ),
    ]


def _film(options: Options, minutes: int) -> Cost:
    with tempfile.TemporaryDirectory() as scratch:
        return module("stages", scratch, str(options.lines), str(minutes))
