"""How often a server is asked when many wait for one job. Counted, in time of the benchmark's own."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from benchmarks.report import Options, Row
from videogen_agents.testing import ManualClock, ScriptedServer, scripted_client
from videogen_agents.tools import Toolbox, call_tool

WAITS = 50
#: Reads of the job until it ends.
LENGTH = 30


def rows(_options: Options) -> list[Row]:
    one_reads, one_seconds = asyncio.run(_follow(1))
    many_reads, many_seconds = asyncio.run(_follow(WAITS))
    # Every wait looks once by itself, so that an answer is never older than its question.
    polled = many_reads - WAITS
    return [
        Row("reads of a job that one wait follows to its end", f"{one_reads} in {one_seconds:.0f} s"),
        Row(f"reads when {WAITS} waits follow it at once", f"{many_reads} in {many_seconds:.0f} s"),
        Row(
            f"of these beside the {WAITS} first looks",
            str(polled),
            f"≤ {one_reads}: one poller",
            polled <= one_reads,
        ),
    ]


async def _follow(waits: int) -> tuple[int, float]:
    """Reads of the job, and seconds of the server's time that they were spread over."""
    server, clock = ScriptedServer(polls_until_done=LENGTH + waits), ManualClock()
    with tempfile.TemporaryDirectory() as folder:
        client = scripted_client(Path(folder), server, clock)
        async with Toolbox(settings=client.settings, client=client) as toolbox:
            arguments = {"workflow": "script_to_video", "script": "Water keeps you sharp."}
            started = await call_tool(toolbox, "run_workflow", arguments)
            job_id = started.data.model_dump()["job_id"]
            server.requests.clear()
            began = clock.now()
            await asyncio.gather(*(client.wait_for_job(job_id) for _ in range(waits)))
            return len(server.requests), clock.now() - began
