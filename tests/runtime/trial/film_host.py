"""A process that runs the whole engine on a home until its input ends: ``film_host.py HOME``."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from videogen_engine.service.engine import Engine
from videogen_engine.settings import load_engine_settings


async def host(home: Path) -> None:
    model = {name: value for name, value in os.environ.items() if name.startswith("VIDEOGEN_AGENTS_LLM_")}
    settings = load_engine_settings(home=home, environ=model)
    async with await Engine.open(settings, registry="film_stages:STAGES"):
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(host(Path(sys.argv[1])))
