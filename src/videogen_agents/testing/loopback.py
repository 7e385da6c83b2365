"""The scripted server on a real loopback socket: for processes, other languages, and cuts at a chosen byte.

h11 reads and writes HTTP here; it comes with httpx.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeAlias

import h11

from videogen_agents.testing.faults import Fault
from videogen_agents.testing.reply import Reply, refusal

if TYPE_CHECKING:
    from videogen_agents.testing.scripted_server import ScriptedServer

#: Called with the operation's id and the fault at the instant of a cut, before the connection ends.
AtCut: TypeAlias = Callable[[str, Fault], None]

#: Seconds that a connection may say nothing, or take nothing.
SILENCE_SECONDS = 30.0
MAX_HEAD_BYTES = 64 * 1024
#: How much of what follows nonsense is heard out.
MAX_UNREAD = 4 * 1024 * 1024
MAX_BODY_BYTES = 256 * 1024 * 1024
RECEIVE_BUFFER = 64 * 1024
_CHUNK = 64 * 1024


class _CutError(Exception):
    """The script cuts this connection here."""


class LoopbackServer:
    """HTTP/1.1 on 127.0.0.1, a thread per connection. Malformed requests are answered with 400 and a closed door.

    ``url`` is what clients are given. Closing it ends every connection at once.
    """

    def __init__(self, server: ScriptedServer, *, at_cut: AtCut | None = None) -> None:
        self.server = server
        self.at_cut = at_cut
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        # Little is taken ahead of reading, so that half a long request really is on its way when it is cut.
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
        self.port: int = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._media_origin = server.media_origin
        server.media_origin = self.url
        self._acceptor = threading.Thread(target=self._accept, name="scripted-videogen", daemon=True)
        self._acceptor.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every connection and wait for its thread."""
        self._closing.set()
        # A thread that waits in accept() does not notice a closed listener on every system: wake it.
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), timeout=1.0).close()
        self._acceptor.join()
        self._listener.close()
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        self.server.media_origin = self._media_origin

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            if self._closing.is_set():
                connection.close()
                return
            connection.settimeout(SILENCE_SECONDS)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            thread = threading.Thread(target=self._converse, args=(connection,), daemon=True)
            with self._lock:
                self._open.add(connection)
            self._threads.append(thread)
            thread.start()

    def _converse(self, connection: socket.socket) -> None:
        http = h11.Connection(h11.SERVER, max_incomplete_event_size=MAX_HEAD_BYTES)
        try:
            while self._exchange(connection, http):
                http.start_next_cycle()
        except _CutError:
            pass
        except h11.RemoteProtocolError:
            _answer_nonsense(connection)
        except (OSError, h11.LocalProtocolError):
            # The other side is gone, or said nothing for too long.
            pass
        finally:
            with self._lock:
                self._open.discard(connection)
            connection.close()

    def _exchange(self, connection: socket.socket, http: h11.Connection) -> bool:
        """One request and its reply; False when the conversation is over."""
        request = _next_event(connection, http)
        if not isinstance(request, h11.Request):
            return False
        if request.http_version not in (b"1.0", b"1.1"):
            raise h11.RemoteProtocolError("another HTTP")
        method, target = request.method.decode(), request.target.decode("ascii", "replace")
        name, fault = self.server.arriving(method, target.partition("?")[0])
        headers = {key.decode().lower(): value.decode("latin-1") for key, value in request.headers}
        if fault is Fault.CUT_BEFORE_SENDING or fault is Fault.NOT_CONNECTED:
            self._cut(connection, name, fault, reset=True)
        length = headers.get("content-length", "0")
        half = int(length) // 2 if fault is Fault.CUT_WHILE_SENDING else None
        content = self._read_body(connection, http, name, half)
        reply = self.server.answer(method, self.url + target, headers, content, fault)
        raw = _as_bytes(http, reply)
        head = raw.index(b"\r\n\r\n") + 4
        ends = {
            Fault.CUT_BEFORE_STATUS_LINE: 0,
            Fault.CUT_IN_STATUS_LINE: len(b"HTTP/1.1 2"),
            Fault.CUT_IN_HEADERS: raw.index(b"\r\n") + 8,
            Fault.CUT_IN_BODY: head + (len(raw) - head) // 2,
            Fault.CUT_AFTER_BODY: len(raw),
        }
        if fault is Fault.STALLED:
            self._closing.wait()
            raise _CutError
        if fault is not None and fault in ends:
            connection.sendall(raw[: ends[fault]])
            self._cut(connection, name, fault)
        connection.sendall(raw)
        return http.our_state is h11.DONE and http.their_state is h11.DONE

    def _read_body(self, connection: socket.socket, http: h11.Connection, name: str, half: int | None) -> bytes:
        content = bytearray()
        while True:
            if half is not None and len(content) >= half:
                self._cut(connection, name, Fault.CUT_WHILE_SENDING, reset=True)
            if http.they_are_waiting_for_100_continue:
                go_on = h11.InformationalResponse(status_code=100, headers=[])
                connection.sendall(http.send(go_on) or b"")
            event = _next_event(connection, http)
            if isinstance(event, h11.Data):
                content += event.data
                if len(content) > MAX_BODY_BYTES:
                    raise h11.RemoteProtocolError("body too large")
            elif isinstance(event, h11.EndOfMessage):
                return bytes(content)
            else:
                raise h11.RemoteProtocolError("the body broke off")

    def _cut(self, connection: socket.socket, name: str, fault: Fault, *, reset: bool = False) -> None:
        if self.at_cut is not None:
            self.at_cut(name, fault)
        if reset:
            # Closing with a linger of nothing sends RST: the client's next write or read fails.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise _CutError


def _next_event(connection: socket.socket, http: h11.Connection) -> object:
    while True:
        event = http.next_event()
        if event is not h11.NEED_DATA:
            return event
        http.receive_data(connection.recv(_CHUNK))


def _as_bytes(http: h11.Connection, reply: Reply) -> bytes:
    headers = {**reply.headers, "content-length": str(len(reply.body))}
    response = h11.Response(status_code=reply.status, headers=list(headers.items()))
    parts = [http.send(response)]
    if reply.body:
        parts.append(http.send(h11.Data(data=reply.body)))
    parts.append(http.send(h11.EndOfMessage()))
    return b"".join(part or b"" for part in parts)


def _answer_nonsense(connection: socket.socket) -> None:
    reply = refusal(400, "The request is not HTTP/1.1.", "invalid_request", {"connection": "close"})
    head = "".join(f"{name}: {value}\r\n" for name, value in reply.headers.items())
    raw = f"HTTP/1.1 400 Bad Request\r\n{head}content-length: {len(reply.body)}\r\n\r\n".encode() + reply.body
    with contextlib.suppress(OSError):
        connection.sendall(raw)
        connection.shutdown(socket.SHUT_WR)
        # Closing with words unread resets the connection, and the answer could be lost with it.
        for _ in range(MAX_UNREAD // _CHUNK):
            if not connection.recv(_CHUNK):
                break
