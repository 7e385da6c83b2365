"""The client's side of a loopback connection, where a server cannot reach: no connection, and no patience."""

from __future__ import annotations

import socket
import ssl

import httpx

from videogen_agents.testing.faults import Fault
from videogen_agents.testing.scripted_server import ScriptedServer

#: Seconds after which a reply that a script holds back is taken for lost.
PATIENCE_SECONDS = 0.05
_HERE = frozenset({Fault.NOT_CONNECTED, Fault.STALLED})


class RefusingTransport(httpx.AsyncHTTPTransport):
    """A real transport. A request that ``server`` has ``not connected`` planned for goes to a port where nobody
    listens; one whose reply will never come waits only a moment."""

    def __init__(self, server: ScriptedServer) -> None:
        # Loopback has no TLS: an empty context saves reading every authority there is for each client.
        super().__init__(verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
        self._server = server
        # Bound, but nobody listens: the system refuses every connection to it, and gives it to no one else.
        self._closed_door = socket.socket()
        self._closed_door.bind(("127.0.0.1", 0))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        fault = self._server.next_fault(request.method, request.url.path, among=_HERE)
        if fault is Fault.NOT_CONNECTED:
            request.url = request.url.copy_with(port=self._closed_door.getsockname()[1])
        elif fault is Fault.STALLED:
            request.extensions["timeout"] = {**request.extensions.get("timeout", {}), "read": PATIENCE_SECONDS}
        return await super().handle_async_request(request)

    async def aclose(self) -> None:
        self._closed_door.close()
        await super().aclose()
