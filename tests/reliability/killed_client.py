"""A client that is killed: ``killed_client.py URL HOME start NAME``, or ``download URL TARGET``, or ``upload FILE``."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from videogen_agents.client import HostedTransport, VideoClient
from videogen_agents.config import load_settings


async def main(origin: str, home: str, what: str, *rest: str) -> None:
    settings = load_settings(api_key="sk_test", base_url=origin, home=Path(home), environ={})
    async with VideoClient(settings, transport=HostedTransport(origin, "sk_test")) as client:
        if what == "start":
            sys.path.insert(0, str(Path(__file__).parents[2]))
            from tests.reliability.work import work_named

            await work_named(rest[0]).start(client)
        elif what == "download":
            await client.download(rest[0], Path(rest[1]))
        else:
            await client.upload_file(Path(rest[0]))


asyncio.run(main(*sys.argv[1:]))
