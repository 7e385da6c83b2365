"""Rows of the printed table."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Options:
    """``repeats`` of what a median is taken of; ``quick`` measures at 360 lines and skips MoviePy and 10 min."""

    repeats: int = 3
    quick: bool = False

    @property
    def lines(self) -> int:
        return 360 if self.quick else 1080


@dataclass(frozen=True)
class Row:
    """``goal`` is what the number should reach, ``met`` whether it does; both empty for mere information."""

    what: str
    value: str
    goal: str = ""
    met: bool | None = None


def section(title: str, rows: Sequence[Row]) -> str:
    """The rows as a Markdown table under a heading."""
    lines = [f"## {title}", "", "| what | measured | goal | |", "|---|---|---|---|"]
    marks = {True: "met", False: "**missed**", None: ""}
    lines += [f"| {row.what} | {row.value} | {row.goal} | {marks[row.met]} |" for row in rows]
    return "\n".join(lines)


def machine() -> str:
    """The machine in one line: processor, cores, system, Python. No names, no paths."""
    model = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.is_file():
        for line in information.read_text().splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    return f"{model}, {cores()} cores usable, {platform.system()}, Python {platform.python_version()}"


def cores() -> int:
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
