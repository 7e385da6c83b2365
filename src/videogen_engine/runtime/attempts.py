"""A log of every actual start and end of a step: ``logs/attempts.jsonl`` in the data home, for people and tests."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path

from videogen_engine.frozen import Frozen
from videogen_engine.store.clock import now_ms

JOB = "job"
_MOST_BYTES = 4 * 1024**2


class Happening(StrEnum):
    """``reused``: the result was there already; ``interrupted``: the engine was stopped in an orderly way."""

    STARTED = "started"
    DONE = "done"
    REUSED = "reused"
    FAILED = "failed"
    CRASHED = "crashed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"


class Attempt(Frozen):
    """One line. ``key`` is the step's result key, ``pid`` the engine process, ``detail`` an error's message.

    The start of a job itself has the step ``JOB`` and the progress (0-100) that it starts from.
    """

    time_ms: int
    happening: Happening
    job_id: str
    step: str
    key: str
    pid: int
    detail: str | None = None
    progress: float | None = None


class AttemptLog:
    """Lines are appended whole, so that several processes may write and a kill loses at most the last one."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(
        self,
        happening: Happening,
        *,
        job_id: str,
        step: str,
        key: str = "",
        detail: str | None = None,
        progress: float | None = None,
    ) -> None:
        attempt = Attempt(
            time_ms=now_ms(),
            happening=happening,
            job_id=job_id,
            step=step,
            key=key,
            pid=os.getpid(),
            detail=detail,
            progress=progress,
        )
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if self.path.exists() and self.path.stat().st_size > _MOST_BYTES:
            self.path.replace(self.path.with_suffix(".1.jsonl"))
        with self.path.open("ab", buffering=0) as stream:
            stream.write(attempt.model_dump_json(exclude_none=True).encode() + b"\n")

    def read(self) -> tuple[Attempt, ...]:
        """Every whole line, oldest first."""
        if not self.path.exists():
            return ()
        lines = self.path.read_bytes().split(b"\n")[:-1]
        return tuple(Attempt.model_validate_json(line) for line in lines)

    def has_advanced(self, job_id: str, progress: float, starts: int) -> bool:
        """Whether the job came further than it was ``starts`` starts ago; False for one that starts and dies."""
        begun = [
            attempt.progress or 0.0
            for attempt in self.read()
            if attempt.job_id == job_id and attempt.step == JOB and attempt.happening is Happening.STARTED
        ]
        return len(begun) >= starts and progress > begun[-starts]
