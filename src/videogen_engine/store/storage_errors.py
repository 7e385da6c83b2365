"""What goes wrong with disks and locks, as errors that say what to do."""

from __future__ import annotations

import errno
import sqlite3

from sqlalchemy.exc import DBAPIError, OperationalError

from videogen_agents.errors import AskUserError, BusyError, InternalError, VideoError

_FULL = {errno.ENOSPC, errno.EDQUOT}


def disk_error(error: OSError) -> VideoError:
    """A file that could not be written. The folder's name is left to the log."""
    if error.errno in _FULL:
        return _full()
    return InternalError(f"The data home cannot be written: {error.strerror}.", code="storage_failed")


def database_error(error: DBAPIError) -> VideoError | None:
    """What the database refused for reasons of its surroundings; None when the statement was at fault."""
    if not isinstance(error, OperationalError) or not isinstance(error.orig, sqlite3.Error):
        return None
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return BusyError(
            "The database was kept locked by another process.",
            retry_after=5,
            next_step="Try again; if it stays so, look for a process that hangs on this data home.",
        )
    if code == sqlite3.SQLITE_FULL:
        return _full()
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}:
        return AskUserError(
            "The database file cannot be written.",
            code="storage_failed",
            status=500,
            next_step="Check the owner and the permissions of the data home (VIDEOGEN_AGENTS_HOME).",
        )
    return None


def _full() -> VideoError:
    return AskUserError(
        "The disk that holds the data home is full.",
        code="disk_full",
        status=507,
        next_step="Free space, for example with `videogen-agents gc`, or set VIDEOGEN_AGENTS_HOME to another disk.",
    )
