"""The end of a server whose hosts keep streams open: what can be finished is, and nobody is left hanging."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Ending:
    """``app`` until ``end()``: then every request is treated as if its client had left, and gets a proper last word."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._ended = asyncio.Event()

    def end(self) -> None:
        """End what is under way. Jobs go on."""
        self._ended.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = complete = False

        async def receive_until_end() -> Message:
            return await self._until_end(receive())

        async def send_noting(message: Message) -> None:
            nonlocal begun, complete
            begun = begun or message["type"] == "http.response.start"
            complete = complete or (message["type"] == "http.response.body" and not message.get("more_body", False))
            await send(message)

        await self._app(scope, receive_until_end, send_noting)
        if self._ended.is_set() and not begun:
            await PlainTextResponse("The server is ending.", 503)(scope, receive, send)
        elif self._ended.is_set() and not complete:
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _until_end(self, receiving: Awaitable[Message]) -> Message:
        message = asyncio.ensure_future(receiving)
        ended = asyncio.create_task(self._ended.wait())
        try:
            await asyncio.wait({message, ended}, return_when=asyncio.FIRST_COMPLETED)
            return message.result() if message.done() else {"type": "http.disconnect"}
        finally:
            message.cancel()
            ended.cancel()
