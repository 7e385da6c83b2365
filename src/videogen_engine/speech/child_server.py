"""The child's side of a speech engine that runs in a process of its own.

Requests come as JSON lines on stdin. A reply on stdout is one JSON line, ``{"id", "error", "size", "body"}``,
followed by ``size`` bytes of sound; a reply with id 0 says why the engine cannot start. The process ends with
its parent: when stdin closes, at once, whatever it is doing. Nothing heavy is imported, because the process
is started anew for every stage run.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import BinaryIO, Protocol, cast

#: A request, or the body of a reply: JSON values by name.
Message = dict[str, object]


class Engine(Protocol):
    """What a child offers: one request in, a body and its sound out. Exceptions become the reply's error."""

    def answer(self, request: Message) -> tuple[Message, bytes]: ...


def serve(start: Callable[[], Engine], workers: int) -> None:
    """Answer requests until stdin closes, ``workers`` at a time; then leave the process without returning."""
    # Ctrl-C reaches the whole process group; the parent decides what it means and closes stdin.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Native code that writes to stdout would break the framing.
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    lock = Lock()
    try:
        engine = start()
    except Exception as error:
        _reply(replies, lock, {"id": 0, "error": f"{type(error).__name__}: {error}", "body": {}}, b"")
        os._exit(1)
    with ThreadPoolExecutor(workers) as pool:
        for line in sys.stdin.buffer:
            pool.submit(_handle, engine, cast("Message", json.loads(line)), replies, lock)
        os._exit(0)


def _handle(engine: Engine, request: Message, replies: BinaryIO, lock: Lock) -> None:
    empty: Message = {}
    try:
        body, sound = engine.answer(request)
        header: Message = {"id": request["id"], "error": None, "body": body}
    except Exception as error:
        header, sound = {"id": request["id"], "error": f"{type(error).__name__}: {error}", "body": empty}, b""
    _reply(replies, lock, header, sound)


def _reply(replies: BinaryIO, lock: Lock, header: Message, sound: bytes) -> None:
    try:
        with lock:
            replies.write(json.dumps({**header, "size": len(sound)}).encode() + b"\n" + sound)
            replies.flush()
    except OSError:
        os._exit(0)
