"""Progress on a clock: hosts extend their own time limit at each notification."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from videogen_agents.tools.spec import ReportProgress
from videogen_agents_mcp.callers import RequestContext


@asynccontextmanager
async def ticking(ctx: RequestContext, seconds: float) -> AsyncGenerator[ReportProgress]:
    """Notify the newest progress every ``seconds`` while the block runs, to callers that asked for it."""
    latest: list[tuple[float, str]] = [(0.0, "starting")]

    def report(progress: float, message: str) -> None:
        latest[0] = (progress, message)

    ticker = asyncio.create_task(_tick(ctx, latest, seconds))
    try:
        yield report
    finally:
        ticker.cancel()
        await asyncio.wait({ticker})


async def _tick(ctx: RequestContext, latest: list[tuple[float, str]], seconds: float) -> None:
    """Progress rises at every tick, as the protocol demands, and never reaches 100 before the end."""
    shown = 0.0
    while True:
        progress, message = latest[0]
        shown = max(min(progress, 99.0), shown + (100.0 - shown) * 1e-4)
        try:
            await ctx.session.report_progress(shown, 100.0, message)
        except Exception:
            # The caller is gone or cannot be told; the call itself goes on, and its result is what counts.
            logging.getLogger(__name__).debug("progress was not delivered", exc_info=True)
            return
        await asyncio.sleep(seconds)
