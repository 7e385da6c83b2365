"""The parent's side of a speech engine in a process of its own: start, ask, time out, kill, start again.

Such a process keeps native code's global state, crashes and licence apart from ours, and can be stopped at
any moment. It sees no environment variable that it does not need.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from pathlib import Path
from threading import Lock, Thread
from typing import IO, Final

from pydantic import BaseModel, JsonValue

import videogen_engine
from videogen_agents.errors import InternalError, UnavailableError

_PASSED_ON: Final = frozenset(
    {"PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "PYTHONHOME"}
)


class Reply(BaseModel):
    """``body`` is the engine's own; ``size`` is the number of sound bytes that follow."""

    id: int
    error: str | None
    size: int
    body: dict[str, JsonValue]


class _DiedError(Exception):
    """The process ended before it answered."""


class ChildProcess:
    """``python -m module arguments…``, started at the first question. Safe to use from several threads."""

    def __init__(self, module: str, arguments: Sequence[str], *, needs: str) -> None:
        """``needs`` names what must be installed when the engine cannot start."""
        self._command = [sys.executable, "-P", "-m", module, *arguments]
        self._module = module
        self._needs = needs
        self._lock = Lock()
        self._running: _Running | None = None
        self._last_id = 0
        self._closed = False

    def ask(self, request: dict[str, JsonValue], timeout: float) -> tuple[Reply, bytes]:
        """The answer to ``request`` within ``timeout`` seconds, or the process is killed.

        A process that died under the question is replaced once. Raises UnavailableError when it cannot start,
        InternalError (``speech_timeout``, ``speech_engine_died``, ``speech_failed``) otherwise.
        """
        for last_try in (False, True):
            running, future = self._send(request)
            try:
                reply, sound = future.result(timeout)
            except FutureTimeoutError:
                running.kill()
                raise InternalError(
                    f"The speech engine did not answer within {timeout:.0f} seconds and was stopped.",
                    code="speech_timeout",
                    next_step="Shorten the sentence, or choose another voice.",
                ) from None
            except _DiedError:
                if last_try or self._closed:
                    break
                continue
            if reply.error is not None:
                raise InternalError(f"The speech engine failed: {reply.error}", code="speech_failed")
            return reply, sound
        raise InternalError("The speech engine ended unexpectedly.", code="speech_engine_died")

    def close(self) -> None:
        """End the process. Questions under way fail with InternalError."""
        with self._lock:
            self._closed = True
            running, self._running = self._running, None
        if running is not None:
            running.kill()

    def _send(self, request: dict[str, JsonValue]) -> tuple[_Running, Future[tuple[Reply, bytes]]]:
        with self._lock:
            if self._closed:
                raise InternalError("The speech engine was closed.", code="speech_engine_died")
            if self._running is None or self._running.ended:
                self._running = _Running(self._command, self._needs)
            self._last_id += 1
            return self._running, self._running.send(self._last_id, request)


class _Running:
    """One started process and the questions that wait for it."""

    def __init__(self, command: Sequence[str], needs: str) -> None:
        self.ended = False
        self._needs = needs
        self._waiting: dict[int, Future[tuple[Reply, bytes]]] = {}
        self._lock = Lock()
        self._refusal: str | None = None
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )
        Thread(target=self._read, name="speech-replies", daemon=True).start()

    def send(self, number: int, request: dict[str, JsonValue]) -> Future[tuple[Reply, bytes]]:
        future: Future[tuple[Reply, bytes]] = Future()
        with self._lock:
            if self.ended:
                future.set_exception(self._end())
                return future
            self._waiting[number] = future
        line = _Question.model_validate({"id": number, **request}).model_dump_json().encode() + b"\n"
        stdin = self._process.stdin
        # A dead process is noticed by the reader, which fails the future.
        with contextlib.suppress(OSError, ValueError):
            assert stdin is not None
            stdin.write(line)
            stdin.flush()
        return future

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        self._close_stdin()

    def _close_stdin(self) -> None:
        if self._process.stdin is not None:
            # What was not sent yet cannot be sent any more.
            with contextlib.suppress(OSError):
                self._process.stdin.close()

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        try:
            while line := stream.readline():
                reply = Reply.model_validate_json(line)
                sound = _exactly(stream, reply.size)
                if reply.id == 0:
                    self._refusal = reply.error
                    break
                with self._lock:
                    future = self._waiting.pop(reply.id, None)
                if future is not None:
                    future.set_result((reply, sound))
        except (OSError, ValueError):
            self._process.kill()
        finally:
            stream.close()
            self._process.wait()
            with self._lock:
                self.ended = True
                self._close_stdin()
                waiting, self._waiting = list(self._waiting.values()), {}
            for future in waiting:
                future.set_exception(self._end())

    def _end(self) -> Exception:
        if self._refusal is None:
            return _DiedError()
        return UnavailableError(
            f"The speech engine could not start ({self._refusal}).",
            code="speech_engine_missing",
            next_step=f"Install {self._needs}.",
            requirement="install_extra",
        )


class _Question(BaseModel, extra="allow"):
    id: int


def _exactly(stream: IO[bytes], size: int) -> bytes:
    sound = stream.read(size)
    if len(sound) != size:
        raise ValueError("the engine's reply was cut short")
    return sound


def _environment() -> dict[str, str]:
    root = str(Path(videogen_engine.__file__).resolve().parents[1])
    kept = {name: value for name, value in os.environ.items() if name.upper() in _PASSED_ON}
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**kept, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}
