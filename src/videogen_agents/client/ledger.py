"""What was asked for and what came back, so that no run is lost and none is paid for twice.

A small SQLite file in the data home, shared by every process there and readable by its owner alone. Before a
request that starts work leaves, a claim is written; the ids are written as soon as they are known.

Nothing secret is kept: the request and the account only as hashes, of a reply only the ids and the project's page.
``title`` says what kind of request it was and how long, never a word of it. An entry that nothing has touched for
``KEEP_SECONDS`` is dropped; the same request returns the job that exists for ``REPEAT_WINDOW_SECONDS``.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, JsonValue, TypeAdapter

from videogen_agents.client.processes import alive
from videogen_agents.errors import BusyError

#: The same request within this many seconds returns the job that exists.
REPEAT_WINDOW_SECONDS = 24 * 3600.0
#: Entries older than this are dropped when the ledger is opened.
KEEP_SECONDS = 30 * 24 * 3600.0
#: A claim whose sender lives, but has not reported for this long, is taken over: longer than any start may take.
CLAIM_SECONDS = 900.0

_SCHEMA = """
CREATE TABLE IF NOT EXISTS starts (
    entry_id INTEGER PRIMARY KEY AUTOINCREMENT,
    backend TEXT NOT NULL, account TEXT NOT NULL, kind TEXT NOT NULL, fingerprint TEXT NOT NULL,
    state TEXT NOT NULL, idempotency_key TEXT NOT NULL, pid INTEGER NOT NULL, title TEXT NOT NULL,
    baseline TEXT NOT NULL, ids TEXT NOT NULL, reply TEXT NOT NULL, status TEXT,
    created REAL NOT NULL, updated REAL NOT NULL, subject TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS starts_fingerprint ON starts (fingerprint, created);
CREATE TABLE IF NOT EXISTS known_ids (id TEXT PRIMARY KEY, kind TEXT NOT NULL, entry_id INTEGER, seen REAL NOT NULL);
CREATE TABLE IF NOT EXISTS uploads (fingerprint TEXT PRIMARY KEY, file_id TEXT NOT NULL, sent REAL NOT NULL);
"""
_COLUMNS = (
    "entry_id, backend, account, kind, state, idempotency_key, pid, title, baseline, ids, reply, status, "
    "created, updated, subject"
)
#: In the place of a process id: whoever claimed the start has given up and left it to the next call.
_NOBODY = -1
_IDS = TypeAdapter(dict[str, str])
_BASELINE = TypeAdapter[list[str] | None](list[str] | None)


class EntryState(StrEnum):
    """``claimed``: the request may or may not have left. ``accepted``: the server took it, but its ids were lost.
    ``started``: the ids are known. ``released``: not sent."""

    CLAIMED = "claimed"
    ACCEPTED = "accepted"
    STARTED = "started"
    RELEASED = "released"


class LedgerEntry(BaseModel):
    """One start. ``baseline`` holds the ids that existed before it, None until the request was about to leave.

    ``subject`` is the state of what the request works on (a project's version), empty when there is none.
    Times are seconds since the epoch.
    """

    model_config = ConfigDict(frozen=True)

    entry_id: int
    backend: str
    account: str
    kind: str
    state: EntryState
    idempotency_key: str
    pid: int
    title: str
    baseline: list[str] | None
    ids: dict[str, str]
    reply: JsonValue
    status: str | None
    created: float
    updated: float
    subject: str = ""

    @property
    def unresolved(self) -> bool:
        """The request may have left, and what came of it is not known."""
        return self.state in (EntryState.CLAIMED, EntryState.ACCEPTED)


class Claim(BaseModel):
    """The answer to a claim: an entry of ours to send, or one that exists already."""

    model_config = ConfigDict(frozen=True)

    entry: LedgerEntry
    exists: bool = False
    takeover: bool = False


def fingerprint(backend: str, account: str, kind: str, request: object, key: str | None) -> str:
    """Hash of the canonical request; equal requests to the same account have equal fingerprints."""
    canonical = json.dumps([backend, account, kind, request, key], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def account_hash(base_url: str, api_key: str | None) -> str:
    """Names an account without revealing its key."""
    return hashlib.sha256(f"{base_url}\n{api_key or ''}".encode()).hexdigest()[:16]


class Ledger:
    """Safe for several processes: every write is one immediate transaction."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        self._path = path
        with self._write() as db:
            for statement in _SCHEMA.split(";"):
                db.execute(statement)
            if "subject" not in {row[1] for row in db.execute("PRAGMA table_info(starts)")}:
                db.execute("ALTER TABLE starts ADD COLUMN subject TEXT NOT NULL DEFAULT ''")
            db.execute("DELETE FROM starts WHERE updated < ?", (time.time() - KEEP_SECONDS,))
            db.execute("DELETE FROM known_ids WHERE seen < ?", (time.time() - KEEP_SECONDS,))
            db.execute("DELETE FROM uploads WHERE sent < ?", (time.time() - KEEP_SECONDS,))

    def claim(
        self,
        *,
        backend: str,
        account: str,
        kind: str,
        fingerprint: str,
        idempotency_key: str,
        title: str,
        now: float,
        new: bool,
        subject: str = "",
        superseded: int | None = None,
        reusable_states: Sequence[str] = ("failed", "cancelled"),
    ) -> Claim:
        """Claim a start, or find the one that exists, whatever its subject was: the caller compares subjects.

        A start that ended in one of ``reusable_states``, or whose entry is ``superseded``, does not count as
        existing. Raises BusyError while another
        live process, or another task of this one, is sending the same request.
        """
        with self._write() as db:
            row = db.execute(
                f"SELECT {_COLUMNS} FROM starts WHERE fingerprint = ? AND created > ? AND state != 'released'"  # noqa: S608
                " ORDER BY entry_id DESC LIMIT 1",
                (fingerprint, now - REPEAT_WINDOW_SECONDS),
            ).fetchone()
            if row is not None:
                entry = _entry(row)
                if entry.unresolved and new:
                    db.execute("UPDATE starts SET state = 'released' WHERE entry_id = ?", (entry.entry_id,))
                elif entry.unresolved:
                    if now - entry.updated < CLAIM_SECONDS and alive(entry.pid):
                        raise BusyError(
                            "The same request is being sent at this moment.",
                            code="start_in_progress",
                            next_step="Call again in a few seconds; the job will be returned, not started twice.",
                            retry_after=2.0,
                        )
                    db.execute(
                        "UPDATE starts SET pid = ?, updated = ? WHERE entry_id = ?",
                        (os.getpid(), now, entry.entry_id),
                    )
                    return Claim(entry=entry, takeover=True)
                elif not new and entry.entry_id != superseded and entry.status not in reusable_states:
                    return Claim(entry=entry, exists=True)
            cursor = db.execute(
                "INSERT INTO starts (backend, account, kind, fingerprint, state, idempotency_key, pid, title, baseline,"
                " ids, reply, created, updated, subject)"
                " VALUES (?, ?, ?, ?, 'claimed', ?, ?, ?, 'null', '{}', 'null', ?, ?, ?)",
                (backend, account, kind, fingerprint, idempotency_key, os.getpid(), title[:80], now, now, subject),
            )
            entry_id = cursor.lastrowid
            row = db.execute(f"SELECT {_COLUMNS} FROM starts WHERE entry_id = ?", (entry_id,)).fetchone()  # noqa: S608
            return Claim(entry=_entry(row))

    def record_baseline(self, entry_id: int, ids: Sequence[str], now: float) -> None:
        """The ids that existed before the request left: whatever is new afterwards may be ours."""
        with self._write() as db:
            db.execute(
                "UPDATE starts SET baseline = ?, updated = ? WHERE entry_id = ?",
                (json.dumps(list(ids)), now, entry_id),
            )

    def record_accepted(self, entry_id: int, now: float) -> None:
        """The server took the request, but its reply was lost: it must never be sent again on a guess."""
        with self._write() as db:
            db.execute("UPDATE starts SET state = 'accepted', updated = ? WHERE entry_id = ?", (now, entry_id))

    def leave(self, entry_id: int) -> None:
        """An unresolved start is nobody's any more: the next call looks what came of it, without waiting."""
        with self._write() as db:
            db.execute("UPDATE starts SET pid = ? WHERE entry_id = ?", (_NOBODY, entry_id))

    def record_started(
        self, entry_id: int, ids: Sequence[tuple[str, str]], reply: JsonValue, now: float, subject: str = ""
    ) -> None:
        """The ids of the job as (name, id), several of one name allowed, and the reply that named them: from here on
        it cannot be lost."""
        with self._write() as db:
            db.execute(
                "UPDATE starts SET state = 'started', ids = ?, reply = ?, updated = ?, subject = ? WHERE entry_id = ?",
                (json.dumps(_numbered(ids)), json.dumps(reply), now, subject, entry_id),
            )
            for name, value in ids:
                db.execute(
                    "INSERT OR REPLACE INTO known_ids (id, kind, entry_id, seen) VALUES (?, ?, ?, ?)",
                    (value, name, entry_id, now),
                )

    def release(self, entry_id: int, now: float) -> None:
        """Nothing was started: the request was refused or never left."""
        with self._write() as db:
            db.execute("UPDATE starts SET state = 'released', updated = ? WHERE entry_id = ?", (now, entry_id))

    def record_outcome(self, entry_id: int, status: str, now: float) -> None:
        """The newest status of a start, whose jobs may be several."""
        with self._write() as db:
            db.execute(
                "UPDATE starts SET status = ?, updated = ? WHERE entry_id = ? AND status IS NOT ?",
                (status, now, entry_id, status),
            )

    def record_status(self, job_id: str, status: str, now: float) -> None:
        """The newest status seen of a job."""
        with self._write() as db:
            db.execute(
                "UPDATE starts SET status = ?, updated = ? WHERE entry_id ="
                " (SELECT entry_id FROM known_ids WHERE id = ?) AND status IS NOT ?",
                (status, now, job_id, status),
            )

    def remember(self, job_id: str, kind: str, now: float) -> None:
        """What kind of thing an id is (``workflow_run_id`` …), learnt from a reply."""
        with self._write() as db:
            db.execute(
                "INSERT INTO known_ids (id, kind, seen) VALUES (?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET seen = excluded.seen",
                (job_id, kind, now),
            )

    def kind_of(self, job_id: str) -> str | None:
        """The kind of an id seen before, or None. Ids are never parsed."""
        with closing(self._connect()) as db:
            row = db.execute("SELECT kind FROM known_ids WHERE id = ?", (job_id,)).fetchone()
        return str(row[0]) if row else None

    def owned(self, ids: Sequence[str]) -> set[str]:
        """Those of ``ids`` that some start is already known to have made."""
        with closing(self._connect()) as db:
            return {
                job_id
                for job_id in ids
                if db.execute("SELECT 1 FROM known_ids WHERE id = ? AND entry_id IS NOT NULL", (job_id,)).fetchone()
            }

    def entry_for(self, job_id: str) -> LedgerEntry | None:
        """The start that made a job, or None."""
        with closing(self._connect()) as db:
            row = db.execute(
                f"SELECT {_COLUMNS} FROM starts WHERE entry_id = (SELECT entry_id FROM known_ids WHERE id = ?)",  # noqa: S608
                (job_id,),
            ).fetchone()
        return _entry(row) if row else None

    def record_upload(self, fingerprint: str, file_id: str, now: float) -> None:
        """The bytes and the description behind ``fingerprint`` were sent, and became this file."""
        with self._write() as db:
            db.execute(
                "INSERT OR REPLACE INTO uploads (fingerprint, file_id, sent) VALUES (?, ?, ?)",
                (fingerprint, file_id, now),
            )

    def uploaded(self, fingerprint: str, now: float) -> str | None:
        """The file that the same bytes became within ``REPEAT_WINDOW_SECONDS``, or None."""
        with closing(self._connect()) as db:
            row = db.execute(
                "SELECT file_id FROM uploads WHERE fingerprint = ? AND sent > ?",
                (fingerprint, now - REPEAT_WINDOW_SECONDS),
            ).fetchone()
        return str(row[0]) if row else None

    def forget_upload(self, file_id: str) -> None:
        """The file is gone or of no use: the same bytes are to be sent anew."""
        with self._write() as db:
            db.execute("DELETE FROM uploads WHERE file_id = ?", (file_id,))

    def entries(self, limit: int = 50) -> list[LedgerEntry]:
        """The newest starts first, released ones left out."""
        with closing(self._connect()) as db:
            rows = db.execute(
                f"SELECT {_COLUMNS} FROM starts WHERE state != 'released' ORDER BY entry_id DESC LIMIT ?",  # noqa: S608
                (limit,),
            ).fetchall()
        return [_entry(row) for row in rows]

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, timeout=30.0, isolation_level=None)
        db.execute("PRAGMA journal_mode=WAL")
        return db

    @contextmanager
    def _write(self) -> Generator[sqlite3.Connection]:
        # IMMEDIATE: a deferred transaction that reads first fails at once when another process writes.
        with closing(self._connect()) as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")


def _numbered(ids: Sequence[tuple[str, str]]) -> dict[str, str]:
    """By name; a second id of one name is called ``<name>_2`` and so on."""
    named: dict[str, str] = {}
    for name, value in ids:
        count = sum(1 for known in named if known == name or known.startswith(f"{name}_"))
        named[f"{name}_{count + 1}" if count else name] = value
    return named


def _entry(row: tuple[object, ...]) -> LedgerEntry:
    values = dict(zip(_COLUMNS.split(", "), row, strict=True))
    values["baseline"] = _BASELINE.validate_json(str(values["baseline"]))
    values["ids"] = _IDS.validate_json(str(values["ids"]))
    values["reply"] = json.loads(str(values["reply"]))
    return LedgerEntry.model_validate(values)
