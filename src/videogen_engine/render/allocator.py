"""Asks the C library to give large blocks back at once."""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from typing import Final

#: glibc's number for the size from which blocks are mapped one by one, and that size in bytes.
_M_MMAP_THRESHOLD: Final = -3
_LARGE: Final = 8 * 1024 * 1024


@cache
def release_large_blocks() -> None:
    """From now on, memory of 8 MB and more goes back to the system when it is freed.

    glibc raises that size by itself as such blocks come and go, up to 32 MB, and then keeps what one thread
    painted with for that thread: a film's peak grew with its length. Elsewhere nothing happens.
    """
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, _LARGE)
