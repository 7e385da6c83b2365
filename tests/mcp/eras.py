"""The real client in both protocol eras, in process and over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Literal

import pytest
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client
from mcp_types import CallToolResult, TextContent

from mcp import Client

Era = Literal["auto", "legacy"]
BOTH_ERAS = pytest.mark.parametrize("era", ["auto", "legacy"])
FILM = {"workflow": "script_to_video", "script": "Water keeps you sharp. Drink a glass now."}
#: Dear enough that a person is asked first.
CLIP = {"workflow": "prompt_to_video_clip", "prompt": "A paper boat on a river."}
JOB = "vg_work_0001"


def text_of(result: CallToolResult) -> str:
    return "".join(part.text for part in result.content if isinstance(part, TextContent))


@asynccontextmanager
async def connected(url: str, era: Era, headers: dict[str, str] | None = None, **options: Any) -> AsyncIterator[Client]:
    """A client of the server at ``url`` that sends ``headers`` with everything."""
    async with (
        create_mcp_http_client(headers=headers) as http,
        Client(streamable_http_client(url, http_client=http), mode=era, **options) as client,
    ):
        yield client


async def patiently(client: Client, name: str, arguments: dict[str, Any]) -> CallToolResult:
    """A call that is made again while the engine is still starting."""
    while True:
        result = await client.call_tool(name, arguments)
        if "still_starting" not in text_of(result):
            return result
