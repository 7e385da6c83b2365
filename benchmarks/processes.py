"""Runs a process to its end and says what it cost, its own children included."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Cost:
    """Seconds of processor time (user and system, all threads and children), seconds on the clock, and the
    peak resident memory of the largest process in MB. ``said`` is the JSON that the process printed last."""

    cpu: float
    wall: float
    peak_mb: float
    said: dict[str, float]


def run(command: Sequence[str], *, environ: dict[str, str] | None = None, folder: Path = ROOT) -> Cost:
    """Run the command in ``folder``, by default the repository's root. Raises RuntimeError with its errors."""
    began = time.monotonic()
    with subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **(environ or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        # Errors are few lines; the pipe's buffer holds them while the answer is read.
        assert child.stdout is not None
        assert child.stderr is not None
        out = child.stdout.read()
        errors = child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - began
    if child.returncode:
        raise RuntimeError(f"{' '.join(command[:4])} … ended with {child.returncode}:\n{errors[-3000:]}")
    lines = [line for line in out.splitlines() if line.startswith("{")]
    said = json.loads(lines[-1]) if lines else {}
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, said)


def module(name: str, *arguments: str) -> Cost:
    """Run one of the benchmarks' own modules with this interpreter."""
    return run([sys.executable, "-m", f"benchmarks.{name}", *arguments])


def median(costs: Sequence[Cost], what: str) -> float:
    """The median of ``cpu``, ``wall``, ``peak_mb`` or a number that the processes said."""
    return statistics.median(
        getattr(cost, what) if what in {"cpu", "wall", "peak_mb"} else cost.said[what] for cost in costs
    )
