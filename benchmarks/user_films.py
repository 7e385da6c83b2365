"""Films of what users bring, against encoding their frames and nothing else."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.processes import Cost, median, module
from benchmarks.report import Options, Row

#: Most processor time of the film's stages against its encoding alone.
MOST_OVER_ENCODING = 1.4
MOST_MEMORY_MB = 700
_NAMES = {"slideshow": "slideshow of 20 pages", "voiceover": "voiceover of five minutes"}


def rows(options: Options) -> list[Row]:
    """Films and limits take turns, so that a busy machine slows both."""
    films: dict[str, list[Cost]] = {what: [] for what in _NAMES}
    limits: dict[str, list[Cost]] = {what: [] for what in _NAMES}
    for _ in range(options.repeats):
        for what in _NAMES:
            with tempfile.TemporaryDirectory() as scratch:
                film, limit = _film(Path(scratch), options, what)
                films[what].append(film)
                limits[what].append(limit)
    return [row for what in _NAMES for row in _rows(_NAMES[what], films[what], limits[what])]


def _film(folder: Path, options: Options, what: str) -> tuple[Cost, Cost]:
    module("user_film", str(folder), str(options.lines), f"prepare-{what}")
    film = module("user_film", str(folder), str(options.lines), what)
    return film, module("encode_only", str(folder), str(options.lines))


def _rows(name: str, films: list[Cost], limits: list[Cost]) -> list[Row]:
    work, encode, peak = median(films, "work"), median(limits, "encode"), median(films, "peak_mb")
    ratio = work / encode
    return [
        Row(
            name, f"{median(films, 'duration'):.0f} s, {median(films, 'scenes'):.0f} scenes, {work:.1f} s of processor"
        ),
        Row(f"{name} / encoding alone", f"{ratio:.2f}×", f"≤ {MOST_OVER_ENCODING}×", ratio <= MOST_OVER_ENCODING),
        Row(f"{name}, peak memory", f"{peak:.0f} MB", f"≤ {MOST_MEMORY_MB} MB", peak <= MOST_MEMORY_MB),
    ]
