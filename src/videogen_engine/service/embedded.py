"""The engine inside a client's own process: an ASGI application without a key, never bound to a socket."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.types import ASGIApp

from videogen_engine.service.app import create_app
from videogen_engine.service.engine import Engine
from videogen_engine.settings import load_engine_settings


@asynccontextmanager
async def open_application(home: Path) -> AsyncGenerator[ASGIApp]:
    """Open the data home's engine for as long as the block lasts. Unfinished jobs stay resumable."""
    async with await Engine.open(load_engine_settings(home=home)) as engine:
        yield create_app(engine, require_key=False)
