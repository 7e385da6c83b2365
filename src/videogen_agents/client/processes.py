"""Which processes of this machine still run."""

from __future__ import annotations

import os


def alive(pid: int) -> bool:
    """Whether a process with this id runs; one of another user counts. Nobody has an id below 1."""
    if pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
