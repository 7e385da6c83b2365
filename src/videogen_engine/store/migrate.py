"""Brings the metadata database up to this version's schema."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock
from sqlalchemy import Connection, text

from videogen_agents.errors import UnavailableError
from videogen_engine.store.database import Database

#: The newest revision under ``migrations/versions``.
HEAD = "0009"
_LOCK_SECONDS = 120.0


def migrate(database: Database) -> None:
    """Upgrade to HEAD; nothing happens when it is there already. Processes that start together take turns.

    Raises UnavailableError when the database was made by a newer version.
    """
    lock = database.path.with_name(database.path.name + ".migrating")
    with FileLock(lock, timeout=_LOCK_SECONDS), database.write() as connection:
        current = _revision(connection)
        if current == HEAD:
            return
        if current is not None and current > HEAD:
            raise UnavailableError(
                f"The data home was written by a newer version (schema {current}, this one knows {HEAD}).",
                code="newer_database",
                next_step="Upgrade videogen-agents, or set VIDEOGEN_AGENTS_HOME to another folder.",
            )
        # Alembic is heavy to load and only needed here.
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, HEAD)


def _revision(connection: Connection) -> str | None:
    """The database's revision. Revisions are zero-padded numbers, so they compare as text."""
    known = connection.execute(text("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")).first()
    if known is None:
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return None if found is None else str(found)
