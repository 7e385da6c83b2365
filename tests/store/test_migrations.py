"""The database is made and brought up to date by whoever comes first."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import OperationalError

from videogen_agents.contract import FileScope
from videogen_agents.errors import AskUserError, BusyError, UnavailableError, VideoError
from videogen_engine import store as store_package
from videogen_engine.settings import EngineSettings
from videogen_engine.store import migrate
from videogen_engine.store.database import Database
from videogen_engine.store.files import insert_file
from videogen_engine.store.metadata import Metadata
from videogen_engine.store.migrate import HEAD
from videogen_engine.store.records import NewFile, Rendition, StoredSource
from videogen_engine.store.schema import metadata


def test_the_migrations_make_exactly_the_tables_that_the_code_uses(store: Metadata) -> None:
    with store.database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_newest_migration_is_the_one_that_starts_ask_for() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(store_package.__file__).with_name("migrations")))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_a_home_of_the_first_schema_keeps_its_files_and_then_takes_sidecars(
    settings: EngineSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "HEAD", "0001")
        older = Metadata.open(settings.database_url)
    film = source(Rendition.DOWNLOAD, "film.mp4")
    with older.database.write() as connection:
        # As that version wrote it: what reads files today asks for tables that it did not have.
        insert_file(connection, NewFile(file_id="f", scope=FileScope.EXPORT, display_name="Film", sources=(film,)), 1)
    older.close()
    store = Metadata.open(settings.database_url)
    assert store.files.get("f").source(Rendition.DOWNLOAD) == film
    subtitles = source(Rendition.SRT, "film.srt")
    store.files.create(NewFile(file_id="g", scope=FileScope.EXPORT, display_name="Film", sources=(subtitles,)))
    assert store.files.get("g").source(Rendition.SRT) == subtitles
    store.close()


def source(rendition: Rendition, key: str) -> StoredSource:
    return StoredSource(rendition=rendition, media_key=key, media_type="video/mp4", size=3)


def test_two_processes_make_the_same_new_home_at_once(settings: EngineSettings) -> None:
    program = (
        "import sys; from videogen_engine.store.metadata import Metadata\n"
        "sys.stdin.read(1)\n"
        "store = Metadata.open(sys.argv[1]); print(store.jobs.open_count()); store.close()"
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", program, settings.database_url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("!")
        process.stdin.close()
        process.stdin = None
    answers = [process.communicate() for process in processes]
    assert [(out, process.returncode) for (out, _), process in zip(answers, processes, strict=True)] == [
        ("0\n", 0)
    ] * 3, answers


def test_a_migration_that_was_killed_half_way_starts_over(settings: EngineSettings) -> None:
    program = (
        "import os, sys; from videogen_engine.store import migrate\n"
        "from videogen_engine.store.database import Database\n"
        "from sqlalchemy import event\n"
        "database = Database(sys.argv[1]); seen = []\n"
        "def die(connection, cursor, statement, *rest):\n"
        "    seen.append(statement)\n"
        "    if statement.lstrip().startswith('CREATE TABLE jobs'): os._exit(9)\n"
        "event.listen(database._writer, 'after_cursor_execute', die)\n"
        "migrate.migrate(database)"
    )
    killed = subprocess.run([sys.executable, "-c", program, settings.database_url], check=False)
    assert killed.returncode == 9
    store = Metadata.open(settings.database_url)
    assert store.jobs.open_count() == 0
    store.close()


def test_a_database_of_a_newer_version_is_left_alone(settings: EngineSettings) -> None:
    Metadata.open(settings.database_url).close()
    path = Database(settings.database_url).path
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(UnavailableError, match="newer version"):
        Metadata.open(settings.database_url)


def test_a_database_that_is_not_built_for_is_refused_by_name() -> None:
    with pytest.raises(UnavailableError, match="postgresql"):
        Database("postgresql://host/db")


@pytest.mark.parametrize(
    ("code", "kind", "name"),
    [
        (sqlite3.SQLITE_BUSY, BusyError, "busy"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, BusyError, "busy"),
        (sqlite3.SQLITE_FULL, AskUserError, "disk_full"),
        (sqlite3.SQLITE_READONLY, AskUserError, "storage_failed"),
    ],
)
def test_trouble_with_the_surroundings_says_what_to_do(
    store: Metadata, code: int, kind: type[VideoError], name: str
) -> None:
    trouble = sqlite3.OperationalError("as the driver raises it")
    trouble.sqlite_errorcode = code
    with pytest.raises(kind) as caught, store.database.read():
        raise OperationalError("SELECT 1", {}, trouble)
    assert caught.value.code == name
    assert caught.value.next_step


def test_readers_go_on_while_another_process_holds_the_write_lock(store: Metadata) -> None:
    other = sqlite3.connect(store.database.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert store.jobs.open_count() == 0
    other.execute("ROLLBACK")
    other.close()


def test_connections_are_as_safe_as_the_store_promises(store: Metadata) -> None:
    with store.database.read() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 30_000, "foreign_keys": 1}
