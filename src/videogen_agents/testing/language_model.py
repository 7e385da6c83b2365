"""An OpenAI-compatible language model on a loopback socket, whose answers a test writes."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self, TypeAlias

#: What the test is told of a request: its JSON body. What it gives back is the answer's text.
Answering: TypeAlias = Callable[[Mapping[str, Any]], str]

_MOST_BODY = 16 * 1024**2


@dataclass(frozen=True)
class HttpReply:
    """A reply as it is: an error, a redirect, nonsense."""

    status: int
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


class LoopbackLanguageModel:
    """Plays ``/chat/completions``. ``answers`` are used up in order; a function answers for as often as it is asked.

    ``requests`` holds every body that came in, ``authorizations`` the header of each. Use as a context manager.
    """

    def __init__(self, *answers: str | HttpReply | Answering, model: str = "loopback-model") -> None:
        self.answers: deque[str | HttpReply | Answering] = deque(answers)
        self.model = model
        self.requests: list[Mapping[str, Any]] = []
        self.authorizations: list[str | None] = []
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def settings(self, **more: str) -> dict[str, str]:
        """The variables that make the embedded engine use it; ``more`` are others of the prefix, in lower case."""
        given = {"base_url": self.url, "model": self.model, **more}
        return {f"VIDEOGEN_AGENTS_LLM_{name.upper()}": value for name, value in given.items()}

    @property
    def asked(self) -> list[str]:
        """The last message of every request, oldest first."""
        return [str(body["messages"][-1]["content"]) for body in self.requests]

    def answer(self, path: str, headers: Mapping[str, str], raw: bytes) -> HttpReply:
        """What is said to one request. Out of answers is a server error, which a test sees as such."""
        if path.endswith("/models"):
            return HttpReply(200, json.dumps({"data": [{"id": self.model}]}))
        if not path.endswith("/chat/completions"):
            return HttpReply(404, json.dumps({"error": {"message": "There is no such path."}}))
        body: Mapping[str, Any] = json.loads(raw)
        with self._lock:
            self.requests.append(body)
            self.authorizations.append(headers.get("Authorization"))
            if not self.answers:
                return HttpReply(500, json.dumps({"error": {"message": "No answer is left."}}), {"retry-after": "0"})
            found = self.answers[0]
            if not callable(found):
                self.answers.popleft()
        if isinstance(found, HttpReply):
            return found
        text = found if isinstance(found, str) else found(body)
        message = {"role": "assistant", "content": text}
        return HttpReply(
            200,
            json.dumps(
                {
                    "model": self.model,
                    "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                    "usage": {"prompt_tokens": len(raw) // 4, "completion_tokens": len(text) // 4},
                }
            ),
        )

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        model = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.do_POST()

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", "0"))
                raw = self.rfile.read(min(length, _MOST_BODY))
                reply = model.answer(self.path, dict(self.headers.items()), raw)
                body = reply.body.encode()
                self.send_response(reply.status)
                for name, value in {"Content-Type": "application/json", **reply.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so.
                """Nothing is printed between tests."""

        return Handler
