"""Warm, killable child processes that run stages, seen from the parent.

A call that is cancelled has its process group killed after a short grace, whatever native code it is in; the
next call starts a fresh process. Use a pool from one event loop only, and close it there.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import shutil
import signal
import sys
import uuid
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar

from pydantic import BaseModel

from videogen_agents.errors import InternalError, LimitError
from videogen_engine.runtime.stage_protocol import (
    MAX_LINE_BYTES,
    REPLIES,
    CancelCommand,
    CancelledReply,
    DoneReply,
    FailedReply,
    ProgressReply,
    RunCommand,
    WarmCommand,
    line,
)
from videogen_engine.runtime.stage_registry import (
    STAGES_REFERENCE,
    StageRegistry,
    load_registry,
    result_key,
    spec_of,
)
from videogen_engine.stage import ArtifactStore

ResultT = TypeVar("ResultT", bound=BaseModel)

#: ``(fraction 0-1, message)``; called in the pool's event loop.
OnProgress = Callable[[float, str], None]

_LOG_BYTES = 1024**2
_EXIT_SECONDS = 5.0
#: Seconds to wait for the end of a dead process's output.
_OUTPUT_SECONDS = 0.5


def no_progress(_fraction: float, _message: str) -> None:
    """For callers that do not follow along."""


class StageCrashedError(InternalError):
    """The stage's process died before it answered. The call may be tried again."""

    default_code = "stage_crashed"


class StageStuckError(InternalError):
    """The stage gave no sign of life for longer than its registration allows, and was killed."""

    default_code = "stage_stuck"


@dataclass(frozen=True)
class StageLimits:
    """``memory_bytes`` of one process; ``idle_seconds`` before an unused process ends; ``grace_seconds`` a
    cancelled stage gets to stop by itself."""

    memory_bytes: int = 4 * 1024**3
    idle_seconds: float = 180.0
    grace_seconds: float = 0.5


@dataclass(frozen=True)
class StageRoom:
    """Where stage processes work. ``log`` receives what they print; ``scratch`` holds a folder per call."""

    media_url: str
    scratch: Path
    log: Path
    registry: str = STAGES_REFERENCE


class _Child:
    """One stage process, running at most one call."""

    def __init__(self, process: Process, limits: StageLimits, lifeline: int) -> None:
        self._process = process
        self._killed = False
        self._lifeline = lifeline
        self._limits = limits
        self.pid = process.pid
        assert process.stdin is not None and process.stdout is not None
        self._input = process.stdin
        self._output = process.stdout

    @classmethod
    async def start(cls, room: StageRoom, limits: StageLimits) -> _Child:
        log = _open_log(room.log)
        # The kernel closes our end when this process dies, however it dies.
        end, lifeline = os.pipe()
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                # Nothing from the current folder may shadow a module: it is the user's project.
                "-P",
                "-m",
                "videogen_engine.runtime.stage_worker",
                room.registry,
                str(end),
                stdin=PIPE,
                stdout=PIPE,
                stderr=log,
                limit=MAX_LINE_BYTES,
                start_new_session=True,
                # Windows has neither; there the end of its input is all a stage process goes by.
                pass_fds=() if sys.platform == "win32" else (end,),
            )
        except BaseException:
            os.close(lifeline)
            raise
        finally:
            os.close(end)
            log.close()
        return cls(process, limits, lifeline)

    @property
    def alive(self) -> bool:
        return self._process.returncode is None

    async def warm(self, stages: tuple[str, ...]) -> None:
        await self._send(line(WarmCommand(stages=stages)))

    async def call(self, command: RunCommand, silent_seconds: float, on_progress: OnProgress) -> None:
        """Run to the end. Raises what the stage raised, StageCrashedError or StageStuckError; ends the process
        if the caller is cancelled."""
        try:
            await self._send(line(command))
            await self._replies(command, silent_seconds, on_progress)
        except asyncio.CancelledError:
            await _to_the_end(self._stop(command.call))
            raise
        except (StageCrashedError, StageStuckError):
            await self.kill()
            raise

    async def _replies(self, command: RunCommand, silent_seconds: float, on_progress: OnProgress) -> None:
        while True:
            try:
                # Not asyncio.wait_for: before Python 3.12 it loses a cancellation that meets a reply.
                async with asyncio.timeout(silent_seconds):
                    raw = await self._output.readline()
            except TimeoutError:
                raise StageStuckError(
                    f"The {command.stage!r} stage gave no sign of life for {silent_seconds:.0f} s and was stopped."
                ) from None
            if not raw:
                raise StageCrashedError(f"The {command.stage!r} stage's process {await self._exit()}.")
            reply = REPLIES.validate_json(raw)
            if reply.call != command.call:
                continue
            match reply:
                case ProgressReply():
                    on_progress(reply.fraction, reply.message)
                case DoneReply():
                    return
                case FailedReply():
                    raise reply.error.error()
                case CancelledReply():
                    raise StageCrashedError(f"The {command.stage!r} stage stopped without being asked to.")

    async def _exit(self) -> str:
        try:
            async with asyncio.timeout(_EXIT_SECONDS):
                code = await self._process.wait()
        except TimeoutError:
            return "closed its output"
        if code >= 0:
            return f"exited with status {code}"
        try:
            return f"was killed by {signal.Signals(-code).name}"
        except ValueError:
            return f"was killed by signal {-code}"

    async def _stop(self, number: int) -> None:
        """Ask, wait a moment, then kill. A stage that stops in time leaves its warm process in use."""
        try:
            await self._send(line(CancelCommand(call=number)))
            async with asyncio.timeout(self._limits.grace_seconds):
                while raw := await self._output.readline():
                    reply = REPLIES.validate_json(raw)
                    if reply.call == number and not isinstance(reply, ProgressReply):
                        return
        except (TimeoutError, StageCrashedError):
            pass
        await self.kill()

    async def _send(self, raw: bytes) -> None:
        try:
            self._input.write(raw)
            await self._input.drain()
        except (BrokenPipeError, ConnectionResetError):
            raise StageCrashedError(f"The stage process {await self._exit()}.") from None

    async def kill(self) -> None:
        """Kill the whole group, which may outlive its first process, and wait until that is gone."""
        if not self._killed:
            self._killed = True
            os.close(self._lifeline)
            with contextlib.suppress(ProcessLookupError):
                if sys.platform == "win32":
                    self._process.kill()
                else:
                    os.killpg(self.pid, signal.SIGKILL)
        self._input.close()
        await self._process.wait()
        # A process that had ended already is waited for before the end of its output was seen: a loop that closes in
        # between would leave the pipe to the garbage collector. Somebody who still reads sees that end himself.
        with contextlib.suppress(RuntimeError, TimeoutError):
            async with asyncio.timeout(_OUTPUT_SECONDS):
                await self._output.read()


class StagePool:
    """Runs stages in up to ``processes`` children, reusing warm ones."""

    def __init__(
        self, room: StageRoom, store: ArtifactStore, *, limits: StageLimits | None = None, processes: int = 1
    ) -> None:
        self._room = room
        self._store = store
        self._limits = limits or StageLimits()
        self._registry: StageRegistry = load_registry(room.registry)
        self._slots = asyncio.Semaphore(processes)
        self._numbers = itertools.count(1)
        self._idle: list[tuple[_Child, asyncio.TimerHandle]] = []
        self._busy: set[_Child] = set()
        self._ending: set[asyncio.Task[None]] = set()
        self._closed = False

    async def run(
        self, stage: str, request: BaseModel, result: type[ResultT], on_progress: OnProgress = no_progress
    ) -> ResultT:
        """The stage's result on ``request``, which its process has also published in the artifact store.

        Raises the VideoError the stage raised, InternalError for any other exception in it, StageCrashedError
        when its process died, StageStuckError when it fell silent. Cancelling the caller's task stops the
        stage within the grace.
        """
        spec = spec_of(self._registry, stage)
        async with self._slots:
            scratch = self._room.scratch / uuid.uuid4().hex
            command = RunCommand(
                call=next(self._numbers),
                stage=stage,
                request=request.model_dump_json(),
                media_url=self._room.media_url,
                scratch=str(scratch),
                memory_bytes=self._limits.memory_bytes,
            )
            child = await self._take()
            self._busy.add(child)
            try:
                await child.call(command, spec.silent_seconds, on_progress)
            except LimitError:
                # It may have passed its memory limit, and then it ends.
                await child.kill()
                raise
            finally:
                self._busy.discard(child)
                self._give_back(child)
                shutil.rmtree(scratch, ignore_errors=True)
        found = self._store.find(result_key(stage, spec, request))
        if found is None:
            raise InternalError(f"The {stage!r} stage ended without publishing its result.")
        return result.model_validate_json(self._store.path(found).read_bytes())

    async def warm(self, stages: tuple[str, ...]) -> None:
        """Start a process and load ``stages`` in it, unless one is running or waiting already."""
        if not self._idle and not self._busy and not self._closed:
            child = await self._take()
            try:
                await child.warm(stages)
            except StageCrashedError:
                await child.kill()
            else:
                self._give_back(child)

    def pids(self) -> tuple[int, ...]:
        """The processes that are alive."""
        return tuple(sorted(child.pid for child in (*self._busy, *(child for child, _ in self._idle))))

    async def close(self) -> None:
        """Kill every process. Calls still running raise StageCrashedError."""
        self._closed = True
        idle, self._idle = self._idle, []
        for _, timer in idle:
            timer.cancel()
        children = [child for child, _ in idle] + list(self._busy)
        await asyncio.gather(*(child.kill() for child in children), *self._ending)

    async def _take(self) -> _Child:
        if self._closed:
            raise StageCrashedError("The stage processes were closed.")
        while self._idle:
            child, timer = self._idle.pop()
            timer.cancel()
            if child.alive:
                return child
            await child.kill()
        self._room.scratch.mkdir(parents=True, exist_ok=True)
        return await _Child.start(self._room, self._limits)

    def _give_back(self, child: _Child) -> None:
        if child.alive and not self._closed:
            loop = asyncio.get_running_loop()
            self._idle.append((child, loop.call_later(self._limits.idle_seconds, self._expire, child)))

    def _expire(self, child: _Child) -> None:
        self._idle = [(other, timer) for other, timer in self._idle if other is not child]
        task = asyncio.get_running_loop().create_task(child.kill())
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)


async def _to_the_end(work: Coroutine[object, object, None]) -> None:
    """Wait for ``work`` even while being cancelled again: a half-killed process would be left behind."""
    task = asyncio.create_task(work)
    while not task.done():
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.shield(task)
    task.result()


def _open_log(path: Path) -> IO[bytes]:
    """The log to append to, started afresh once it is larger than 1 MiB."""
    path.parent.mkdir(parents=True, exist_ok=True)
    large = path.exists() and path.stat().st_size > _LOG_BYTES
    return path.open("wb" if large else "ab")
