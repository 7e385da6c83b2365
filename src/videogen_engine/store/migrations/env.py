"""What Alembic runs, driven only by ``videogen_engine.store.migrate``, which brings the connection."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from videogen_engine.store.schema import metadata

connection = context.config.attributes["connection"]
assert isinstance(connection, Connection)
# The caller's transaction spans the whole migration, so a killed process leaves nothing half done.
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, transactional_ddl=False)
context.run_migrations()
