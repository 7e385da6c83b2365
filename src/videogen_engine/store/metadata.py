"""The metadata store: every table's repository over one database."""

from __future__ import annotations

from videogen_engine.store.assistants import Assistants
from videogen_engine.store.database import Database
from videogen_engine.store.entities import Entities
from videogen_engine.store.exports import Exports
from videogen_engine.store.files import Files
from videogen_engine.store.jobs import Jobs
from videogen_engine.store.library import Library
from videogen_engine.store.migrate import migrate
from videogen_engine.store.projects import Projects
from videogen_engine.store.starts import Starts
from videogen_engine.store.webhooks import Webhooks


class Metadata:
    """Repositories by resource. Everything is synchronous: await ``asyncio.to_thread(store.jobs.get, …)``."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.jobs = Jobs(database)
        self.projects = Projects(database)
        self.exports = Exports(database)
        self.files = Files(database)
        self.entities = Entities(database)
        self.library = Library(database)
        self.assistants = Assistants(database)
        self.starts = Starts(database)
        self.webhooks = Webhooks(database)

    @classmethod
    def open(cls, database_url: str) -> Metadata:
        """Open the database, made or migrated first if need be. Processes may start together."""
        database = Database(database_url)
        migrate(database)
        return cls(database)

    def close(self) -> None:
        self.database.close()
