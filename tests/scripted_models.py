"""A model's service on this machine's loopback that answers by a script and keeps what it was asked.

It speaks just enough of three APIs: OpenAI's chat completions (streamed or whole), Anthropic's messages and Google's
generateContent. A step of the script is made from the conversation so far, as a model would make it.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Use:
    """The model uses a tool."""

    tool: str
    arguments: dict[str, Any]


#: What the model does next: use a tool, or say its last words. It is given the text of the newest tool result.
Step = Callable[[str], Use | str]


@dataclass
class ScriptedModels:
    """``steps`` are used up in order. A number in their place is an HTTP status with which the service refuses."""

    steps: list[Step | int]
    url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def reply(self, path: str, body: dict[str, Any], headers: dict[str, str]) -> tuple[int, str, bytes]:
        """Status, media type and body of the answer to a POST."""
        self.requests.append(body)
        self.headers.append(headers)
        if not self.steps:
            return 500, "application/json", b'{"error": {"message": "the script is at its end"}}'
        step = self.steps.pop(0)
        if isinstance(step, int):
            # Careless services repeat what they were sent.
            said = f"refused: {headers.get('authorization', '')}"
            return step, "application/json", json.dumps({"error": {"message": said}}).encode()
        if path.endswith("/chat/completions"):
            move = step(_text(_last(body["messages"], "tool")))
            if body.get("stream"):
                return 200, "text/event-stream", _openai_stream(move, len(self.requests))
            return 200, "application/json", json.dumps(_openai(move, len(self.requests))).encode()
        if path.endswith("/messages"):
            move = step(_text(_anthropic_result(body["messages"])))
            return 200, "application/json", json.dumps(_anthropic(move, len(self.requests))).encode()
        move = step(_google_result(body["contents"]))
        return 200, "application/json", json.dumps(_google(move)).encode()


@contextmanager
def scripted_models(*steps: Step | int) -> Iterator[ScriptedModels]:
    """The service, listening for as long as the block lasts."""
    models = ScriptedModels(list(steps))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            sent = {name.lower(): value for name, value in self.headers.items()}
            status, media_type, content = models.reply(self.path.partition("?")[0], body, sent)
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        models.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield models
        finally:
            server.shutdown()
            thread.join()


def _last(messages: list[dict[str, Any]], role: str) -> Any:
    return next((message["content"] for message in reversed(messages) if message["role"] == role), "")


def _text(content: Any) -> str:
    if isinstance(content, str):
        return content
    return "\n".join(part.get("text", "") for part in content if part.get("type") == "text")


def _anthropic_result(messages: list[dict[str, Any]]) -> Any:
    for message in reversed(messages):
        for part in message["content"] if isinstance(message["content"], list) else []:
            if part.get("type") == "tool_result":
                return part["content"]
    return ""


def _google_result(contents: list[dict[str, Any]]) -> str:
    for content in reversed(contents):
        for part in content["parts"]:
            if "functionResponse" in part:
                return str(part["functionResponse"]["response"]["result"])
    return ""


def _openai_message(move: Use | str, number: int) -> dict[str, Any]:
    if isinstance(move, str):
        return {"role": "assistant", "content": move}
    function = {"name": move.tool, "arguments": json.dumps(move.arguments)}
    return {
        "role": "assistant",
        "content": None,
        "tool_calls": [{"index": 0, "id": f"call_{number}", "type": "function", "function": function}],
    }


def _openai(move: Use | str, number: int) -> dict[str, Any]:
    message = _openai_message(move, number)
    finish = "stop" if isinstance(move, str) else "tool_calls"
    return {
        "id": f"chat_{number}",
        "object": "chat.completion",
        "created": 1,
        "model": "scripted",
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }


def _openai_stream(move: Use | str, number: int) -> bytes:
    whole = _openai(move, number)
    finish = whole["choices"][0]["finish_reason"]
    head = {**{key: whole[key] for key in ("id", "created", "model")}, "object": "chat.completion.chunk"}
    chunks = [
        {**head, "choices": [{"index": 0, "delta": whole["choices"][0]["message"], "finish_reason": None}]},
        {**head, "choices": [{"index": 0, "delta": {}, "finish_reason": finish}]},
    ]
    lines = [f"data: {json.dumps(chunk)}\n\n" for chunk in chunks]
    return "".join([*lines, "data: [DONE]\n\n"]).encode()


def _anthropic(move: Use | str, number: int) -> dict[str, Any]:
    part: dict[str, Any] = (
        {"type": "text", "text": move}
        if isinstance(move, str)
        else {"type": "tool_use", "id": f"toolu_{number}", "name": move.tool, "input": move.arguments}
    )
    return {
        "id": f"msg_{number}",
        "type": "message",
        "role": "assistant",
        "model": "scripted",
        "content": [part],
        "stop_reason": "end_turn" if isinstance(move, str) else "tool_use",
        "stop_sequence": None,
        "usage": {"input_tokens": 1, "output_tokens": 1},
    }


def _google(move: Use | str) -> dict[str, Any]:
    part = {"text": move} if isinstance(move, str) else {"functionCall": {"name": move.tool, "args": move.arguments}}
    return {"candidates": [{"content": {"role": "model", "parts": [part]}, "finishReason": "STOP", "index": 0}]}
