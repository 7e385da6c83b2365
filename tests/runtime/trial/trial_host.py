"""A process that runs the engine on a home until its input ends: ``trial_host.py HOME WORKFLOWS``."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import trial_stages
import trial_workflows

from videogen_engine.runtime.embedded import EmbeddedRuntime
from videogen_engine.settings import load_engine_settings
from videogen_engine.store.metadata import Metadata


async def host(home: Path, workflows: str) -> None:
    settings = load_engine_settings(home=home, environ={})
    metadata = Metadata.open(settings.database_url)
    table = getattr(trial_workflows, workflows)
    runtime = EmbeddedRuntime(settings, metadata, table, registry=trial_stages.REGISTRY)
    await runtime.start()
    sys.stdout.write("owner\n" if runtime.is_owner else "standby\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
    await runtime.stop()
    metadata.close()


if __name__ == "__main__":
    asyncio.run(host(Path(sys.argv[1]), sys.argv[2]))
