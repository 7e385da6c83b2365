"""What an edit costs next to the first film: twenty scenes, each edit made of a copy of the same finished film.

Compared is the processor time of the stages, which run in warm processes; loading them is not part of an edit.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from benchmarks.processes import Cost, median, module
from benchmarks.report import Options, Row

#: Most of the first film's processor time that an edit may take; None is for information.
MOST = {
    "music": 0.03,
    "volume": 0.03,
    "sentence": 0.12,
    "captions": 0.70,
    "logo": 0.70,
    "transitions": None,
}
_NAMES = {
    "music": "music added",
    "volume": "music volume changed",
    "sentence": "one sentence changed",
    "captions": "caption style changed",
    "logo": "logo added",
    "transitions": "transitions at every boundary",
}


def rows(options: Options) -> list[Row]:
    """First films and edits take turns, so that a busy machine slows both."""
    films: list[Cost] = []
    edits: dict[str, list[Cost]] = {name: [] for name in MOST}
    for _ in range(options.repeats):
        with tempfile.TemporaryDirectory() as scratch:
            first = Path(scratch) / "first"
            first.mkdir()
            films.append(module("remix_film", str(first), str(options.lines), "first"))
            for name in MOST:
                copy = Path(scratch) / name
                shutil.copytree(first, copy)
                edits[name].append(module("remix_film", str(copy), str(options.lines), name))
                shutil.rmtree(copy)
    return _rows(films, edits)


def _rows(films: list[Cost], edits: dict[str, list[Cost]]) -> list[Row]:
    whole = median(films, "work")
    found = [
        Row("first film", f"{median(films, 'duration'):.1f} s, 20 scenes, {median(films, 'frames'):.0f} frames"),
        Row("first film, processor time", f"{whole:.1f} s"),
    ]
    for name, most in MOST.items():
        share, frames = median(edits[name], "work") / whole, median(edits[name], "frames")
        value = f"{share:.1%}, {frames:.0f} frames in {median(edits[name], 'scenes_rendered'):.0f} scenes"
        goal = "" if most is None else f"≤ {most:.0%}"
        found.append(Row(_NAMES[name], value, goal, None if most is None else share <= most))
    return found
