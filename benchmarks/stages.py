"""One film, script to MP4, stage by stage in this process; prints what each stage cost as JSON.

``python -m benchmarks.stages FOLDER LINES MINUTES [edited]``: an empty folder, so that nothing is in the cache,
or one that holds the film before its edit.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from benchmarks.scripts import script

T = TypeVar("T")


def processor_seconds() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


class Meter:
    """Processor seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {"start": processor_seconds()}

    def stage(self, name: str, work: Callable[[], T]) -> T:
        before = processor_seconds()
        result = work()
        self.seconds[name] = self.seconds.get(name, 0.0) + processor_seconds() - before
        return result


def main(folder: Path, lines: int, minutes: int, *, edited: bool) -> None:
    meter = Meter()
    film = meter.stage("import", lambda: __import__("benchmarks.one_film", fromlist=["make"]))
    packaged = film.make(folder, lines, script(minutes, edited=edited), meter)
    said = {
        **meter.seconds,
        "duration": packaged.duration,
        "megabytes": packaged.video.size / 1e6,
        "scenes_rendered": packaged.scenes_rendered,
        "lufs": packaged.loudness.integrated_lufs if packaged.loudness else 0.0,
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), edited="edited" in sys.argv)
