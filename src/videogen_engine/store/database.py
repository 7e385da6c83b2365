"""Connections to the metadata database.

SQLite loses read-then-write transactions to one another unless they take the write lock at their start, so
writers begin IMMEDIATE on an engine of their own and readers use another. WAL lets the two run side by side.
"""

from __future__ import annotations

import importlib
import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from videogen_agents.errors import UnavailableError
from videogen_engine.store.outbox import ANNOUNCED
from videogen_engine.store.storage_errors import database_error

# Loaded whole, before there are threads: DBOS loads it later in a thread of its own, and statements that other
# threads build in the meantime fail on the half-loaded module.
importlib.import_module("sqlalchemy.orm")

#: How long a writer waits for another process's transaction. Transactions are short, so this is ample.
BUSY_TIMEOUT_MS = 30_000


class Database:
    """One SQLite file. ``write()`` and ``read()`` give a connection inside a transaction."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        if parsed.get_backend_name() != "sqlite" or not parsed.database:
            raise UnavailableError(
                f"The metadata database {parsed.get_backend_name()!r} is not supported by this version.",
                next_step="Unset VIDEOGEN_AGENTS_DATABASE_URL, or give it a sqlite:/// file.",
            )
        self.path = Path(parsed.database)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # One write connection per process: writers queue in order instead of racing for the file's lock.
        self._writer = create_engine(url, pool_size=1, max_overflow=0, pool_timeout=BUSY_TIMEOUT_MS / 1000)
        self._reader = create_engine(url, pool_size=4, max_overflow=28)
        self._listeners: list[Callable[[], None]] = []
        for engine, begin in ((self._writer, "BEGIN IMMEDIATE"), (self._reader, "BEGIN")):
            _prepare(engine, begin)

    @contextmanager
    def write(self) -> Generator[Connection]:
        """A transaction that holds the write lock from its start. Keep it short; do no I/O inside."""
        with _explained(), self._writer.begin() as connection:
            yield connection
            announced = connection.info.pop(ANNOUNCED, False)
        if announced:
            for tell in tuple(self._listeners):
                tell()

    @contextmanager
    def listening(self, tell: Callable[[], None]) -> Generator[None]:
        """Call ``tell``, in whatever thread, after each transaction that left webhooks something to deliver."""
        self._listeners.append(tell)
        try:
            yield
        finally:
            self._listeners.remove(tell)

    @contextmanager
    def read(self) -> Generator[Connection]:
        """A consistent snapshot; never blocks a writer."""
        with _explained(), self._reader.begin() as connection:
            yield connection

    def close(self) -> None:
        self._writer.dispose()
        self._reader.dispose()


@contextmanager
def _explained() -> Generator[None]:
    try:
        yield
    except DBAPIError as error:
        found = database_error(error)
        if found is None:
            raise
        raise found from error


def _prepare(engine: Engine, begin: str) -> None:
    def on_connect(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        # The driver must not open transactions by itself; the begin event below decides.
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout = {BUSY_TIMEOUT_MS}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)
