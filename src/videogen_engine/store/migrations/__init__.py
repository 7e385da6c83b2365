"""Alembic's folder: how an older database becomes a current one."""
