"""Worker threads for jobs that keep a core busy outside the interpreter's lock."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Final

#: Overrides the number of workers.
WORKERS_VARIABLE: Final = "VIDEOGEN_AGENTS_RENDER_WORKERS"
#: Jobs at the end of the queue, per worker, that run longest first so that all workers end together.
_BALANCED: Final = 3


def worker_count(wanted: int | None = None) -> int:
    """``wanted``, else what the environment says, else one per core this process may use."""
    if wanted is not None and wanted > 0:
        return wanted
    configured = os.environ.get(WORKERS_VARIABLE, "")
    if configured.isdecimal() and int(configured) > 0:
        return int(configured)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def queue_order(costs: Sequence[int], workers: int) -> list[int]:
    """Indices of the jobs in the order they should start.

    Neighbours share loaded scenes, so the order given is kept up to the last few jobs; those run longest
    first, which is what makes the workers end at about the same time.
    """
    kept = max(0, len(costs) - _BALANCED * workers)
    return [*range(kept), *sorted(range(kept, len(costs)), key=lambda index: (-costs[index], index))]


def run_all(jobs: Sequence[Callable[[], None]], workers: int, stop: Callable[[], None]) -> None:
    """Run the jobs, started in order. The first error calls ``stop``, waits for the rest and is raised."""
    if workers == 1 or len(jobs) <= 1:
        for job in jobs:
            job()
        return
    with ThreadPoolExecutor(min(workers, len(jobs)), thread_name_prefix="render") as pool:
        futures = [pool.submit(job) for job in jobs]
        try:
            for future in as_completed(futures):
                future.result()
        except BaseException:
            stop()
            pool.shutdown(cancel_futures=True)
            raise
