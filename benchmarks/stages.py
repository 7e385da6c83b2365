"""One film, script to MP4, stage by stage in this process; prints what each stage cost as JSON.

``python -m benchmarks.stages FOLDER LINES MINUTES``: an empty folder, so that nothing is in the cache.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

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


def main(folder: Path, lines: int, minutes: int) -> None:
    meter = Meter()
    film = meter.stage("import", lambda: __import__("benchmarks.one_film", fromlist=["make"]))
    packaged = film.make(folder, lines, minutes, meter)
    print(json.dumps({**meter.seconds, "duration": packaged.duration, "megabytes": packaged.video.size / 1e6}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
