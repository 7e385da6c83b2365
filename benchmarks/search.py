"""What a search costs when the library is large."""

from __future__ import annotations

import json
import statistics
import time
from pathlib import Path

from benchmarks.report import Options, Row

_FILES = 10_000
_QUERIES = ("bread", "company logo", "sunrise in the mountains")
#: The library that the tests measure the ranking on, over and over.
_LIBRARY = Path(__file__).parents[1] / "tests" / "search" / "library.json"


def rows(options: Options) -> list[Row]:
    from videogen_engine.search.index import index_of
    from videogen_engine.search.ranking import ranked
    from videogen_engine.store.library import SearchRow

    items = json.loads(_LIBRARY.read_text(encoding="utf-8"))["files"]
    made = [index_of(item["name"], item["told"][0], item["told"][1:]) for item in items]
    known = [
        SearchRow(file_id=f"file-{number}", words=made[number % len(made)][0], vectors=made[number % len(made)][1])
        for number in range(_FILES)
    ]
    few = known[: _FILES // 10]

    def seconds(among: list[SearchRow]) -> float:
        spent: list[float] = []
        for _ in range(options.repeats):
            for query in _QUERIES:
                before = time.process_time()
                ranked(query, among, 10)
                spent.append(time.process_time() - before)
        return statistics.median(spent)

    seconds(few)
    small, large = seconds(few), seconds(known)
    return [
        Row(f"a search among {_FILES // 10} files", f"{small * 1000:.0f} ms"),
        Row(
            f"a search among {_FILES} files",
            f"{large * 1000:.0f} ms, {large / small:.1f}×",
            "≤ 12×",
            large / small <= 12,
        ),
    ]
