"""A hosted server of the whole contract, without idempotency, that breaks where a test asks for it.

In process it is an httpx transport, async and sync; ``loopback.LoopbackServer`` puts the same server on a socket.
"""

from __future__ import annotations

import json
import re
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx
from pydantic import ValidationError

from videogen_agents.contract import OPERATIONS, explain_validation
from videogen_agents.contract.operations import Operation
from videogen_agents.testing import scripted_files, scripted_jobs, scripted_library, scripted_tools
from videogen_agents.testing.faults import Fault
from videogen_agents.testing.reply import Reply, fault_reply, json_reply, refusal
from videogen_agents.testing.scripted_state import (
    MEDIA_ORIGIN,
    Handler,
    Record,
    RefusedError,
    ScriptedCall,
    ScriptedState,
    new_id_of,
)

if TYPE_CHECKING:
    from videogen_agents.testing.loopback import AtCut, LoopbackServer

FILM_URL = f"{MEDIA_ORIGIN}{scripted_files.FILM_PATH}"
THUMBNAIL_URL = f"{MEDIA_ORIGIN}{scripted_files.THUMBNAIL_PATH}"
#: What the media host does, under names like those of operations.
READ_MEDIA = "readMedia"
SEND_UPLOAD = "sendUpload"

HANDLERS: Mapping[str, Handler] = {
    **scripted_jobs.HANDLERS,
    **scripted_tools.HANDLERS,
    **scripted_files.HANDLERS,
    **scripted_library.HANDLERS,
}
_MAKES_SOMETHING = frozenset(
    [operation.id for operation in OPERATIONS.values() if operation.starts_work] + ["createEntity"]
)
_ROUTES = [
    (operation, re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(operation.path))))
    for operation in sorted(OPERATIONS.values(), key=lambda one: len(one.path_parameters))
]


class _HalfBody(httpx.AsyncByteStream, httpx.SyncByteStream):
    def __init__(self, content: bytes) -> None:
        self._half = content[: len(content) // 2]

    def __iter__(self) -> Iterator[bytes]:
        yield self._half
        raise httpx.ReadError("connection reset in the body")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._half
        raise httpx.ReadError("connection reset in the body")


@dataclass
class ScriptedServer(ScriptedState, httpx.AsyncBaseTransport, httpx.BaseTransport):
    """Faults are used up in order: ``faults`` by POSTs that start work or make something, ``get_faults`` by GETs of
    the API, and those of ``fail_next`` by one operation. ``requests`` notes each request as ``GET /v1/me``.

    ``after_work`` is called with the operation's id once work was started, before anything is answered; what it
    raises ends the call.
    """

    faults: deque[Fault] = field(default_factory=deque[Fault])
    get_faults: deque[Fault] = field(default_factory=deque[Fault])
    requests: list[str] = field(default_factory=list[str])
    after_work: Callable[[str], None] | None = None
    _planned: dict[str, deque[Fault]] = field(default_factory=dict[str, "deque[Fault]"])
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def fail_next(self, operation_id: str, *faults: Fault) -> None:
        """The next calls of an operation (``readMedia`` and ``sendUpload`` too) meet these faults."""
        if operation_id not in OPERATIONS and operation_id not in (READ_MEDIA, SEND_UPLOAD):
            raise ValueError(f"There is no operation {operation_id!r}.")
        self._planned.setdefault(operation_id, deque()).extend(faults)

    def start_from_elsewhere(self) -> str:
        """Another client of the account starts a run just now; returns its id."""
        with self._lock:
            project = self.add_project({})
            run_id = new_id_of("work", len(self.runs))
            self.runs.append({**project, "workflowRunId": run_id, "remixActionIds": [], "body": {}})
            return run_id

    def serve(self, at_cut: AtCut | None = None) -> LoopbackServer:
        """This server on a loopback socket; use it in a ``with`` block."""
        from videogen_agents.testing.loopback import LoopbackServer

        return LoopbackServer(self, at_cut=at_cut)

    # One request, whichever way it came

    def arriving(self, method: str, path: str) -> tuple[str, Fault | None]:
        """What a request is, by its first line, and the fault that it is to meet."""
        with self._lock:
            self.requests.append(f"{method} {path}")
            name = _name_of(method, path)
            faults = self._faults_for(name, method, path)
            return name, faults.popleft() if faults else None

    def next_fault(self, method: str, path: str, *, among: frozenset[Fault]) -> Fault | None:
        """The fault that awaits such a request, if it is one of these. One that keeps it from coming is used up."""
        with self._lock:
            faults = self._faults_for(_name_of(method, path), method, path)
            if not faults or faults[0] not in among:
                return None
            return faults.popleft() if faults[0] is Fault.NOT_CONNECTED else faults[0]

    def _faults_for(self, name: str, method: str, path: str) -> deque[Fault]:
        if planned := self._planned.get(name):
            return planned
        if name in _MAKES_SOMETHING:
            return self.faults
        return self.get_faults if method == "GET" and path.startswith("/v1/") else deque()

    def answer(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes, fault: Fault | None = None
    ) -> Reply:
        """Do what is asked, unless the fault comes before. ``headers`` are in lower case.

        A fault that breaks the connection is left to the caller, which gets the whole reply.
        """
        with self._lock:
            refused = fault_reply(fault) if fault is not None else None
            if fault is not None and fault.before_work:
                return refused or Reply(503, b"")
            reply = self._answer(method, url, headers, content)
            if self.after_work is not None and reply.status < 300:
                name = _name_of(method, urlsplit(url).path)
                if name in _MAKES_SOMETHING:
                    self.after_work(name)
            return refused or reply

    def _answer(self, method: str, url: str, headers: Mapping[str, str], content: bytes) -> Reply:
        parts = urlsplit(url)
        if not parts.path.startswith("/v1/"):
            if method == "PUT":
                return scripted_files.put_upload(self, parts.path, content)
            return scripted_files.read_media(self, url, headers)
        try:
            if self.api_key is not None and headers.get("authorization") != f"Bearer {self.api_key}":
                raise RefusedError(401, "The key is not valid.", "invalid_api_key")
            operation, ids = _route(method, parts.path)
            if operation.id in self.unavailable:
                return cast("Reply", fault_reply(Fault.UNAVAILABLE))
            call = _read_call(operation, ids, parts.query, content)
            model = HANDLERS[operation.id](self, call)
        except RefusedError as error:
            return refusal(error.status, error.message, error.code)
        return json_reply(operation.status, model)

    # In process

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        name = self.arriving(request.method, request.url.path)[1]
        return self._respond(request, await request.aread(), name)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        fault = self.arriving(request.method, request.url.path)[1]
        return self._respond(request, request.read(), fault)

    def _respond(self, request: httpx.Request, content: bytes, fault: Fault | None) -> httpx.Response:
        if fault is Fault.NOT_CONNECTED:
            raise httpx.ConnectError("connection refused")
        if fault in (Fault.CUT_BEFORE_SENDING, Fault.CUT_WHILE_SENDING):
            raise httpx.WriteError("broken pipe")
        reply = self.answer(request.method, str(request.url), dict(request.headers.items()), content, fault)
        match fault:
            case Fault.STALLED:
                raise httpx.ReadTimeout("no reply")
            case Fault.CUT_BEFORE_STATUS_LINE | Fault.CUT_IN_STATUS_LINE | Fault.CUT_IN_HEADERS:
                raise httpx.RemoteProtocolError("server disconnected without sending a response")
            case Fault.CUT_IN_BODY:
                return httpx.Response(reply.status, headers=reply.headers, stream=_HalfBody(reply.body))
            case _:
                return httpx.Response(reply.status, headers=reply.headers, content=reply.body)


def _route(method: str, path: str) -> tuple[Operation, dict[str, str]]:
    for operation, pattern in _ROUTES:
        matched = pattern.fullmatch(path) if operation.method == method else None
        if matched is not None:
            return operation, {name: unquote(value) for name, value in matched.groupdict().items()}
    raise RefusedError(404, "There is no such thing.", "not_found")


def _name_of(method: str, path: str) -> str:
    if not path.startswith("/v1/"):
        return SEND_UPLOAD if method == "PUT" else READ_MEDIA
    try:
        return _route(method, path)[0].id
    except RefusedError:
        return ""


def _read_call(operation: Operation, ids: dict[str, str], query: str, content: bytes) -> ScriptedCall:
    """The request as the contract's models. Raises RefusedError (400) with the field that is wrong."""
    body: Record = {}
    if operation.request is not None and not (operation.body_optional and not content.strip()):
        try:
            parsed: Any = json.loads(content)
        except (ValueError, RecursionError):
            raise RefusedError(400, "The body is not valid JSON.", "invalid_request") from None
        if not isinstance(parsed, dict):
            raise RefusedError(400, "The body must be a JSON object.", "invalid_request")
        body = cast("Record", parsed)
    try:
        request = operation.request.model_validate(body) if operation.request is not None else None
        asked = operation.query.model_validate(dict(parse_qsl(query))) if operation.query is not None else None
    except ValidationError as error:
        sentence = explain_validation(error)[0][1]
        raise RefusedError(400, sentence, "invalid_request") from error
    return ScriptedCall(operation, ids, body, request, asked)
