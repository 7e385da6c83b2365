"""The stage process: ``python -m videogen_engine.runtime.stage_worker REGISTRY LIFELINE``.

It runs one stage at a time on its main thread and talks over the pipes it was started with. It never outlives
its parent: the end of its input, or of the pipe ``LIFELINE`` (a descriptor), kills its whole process group.
"""

from __future__ import annotations

import contextlib
import ctypes
import logging
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError

from videogen_agents.errors import InternalError, LimitError, VideoError
from videogen_engine.frozen import Frozen
from videogen_engine.runtime.stage_protocol import (
    COMMANDS,
    CancelCommand,
    CancelledReply,
    DoneReply,
    FailedReply,
    ProgressReply,
    RunCommand,
    WarmCommand,
    WireError,
    line,
)
from videogen_engine.runtime.stage_registry import (
    StageRegistry,
    StageSpec,
    load_registry,
    result_key,
    spec_of,
)
from videogen_engine.stage import ArtifactStore, StageCancelledError, StageContext

_PROGRESS_SECONDS = 0.1
_MEMORY_CHECK_SECONDS = 0.5
_PR_SET_PDEATHSIG = 1
_EXIT_ORPHANED = 75
_EXIT_MEMORY = 76

logger = logging.getLogger(__name__)


class Replies:
    """Writes one line per reply; safe from any thread."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def send(self, reply: Frozen) -> None:
        with self._lock:
            self._stream.write(line(reply))
            self._stream.flush()


class Call:
    """One run of a stage: its cancel flag and its progress, thinned to ten messages a second."""

    def __init__(self, command: RunCommand, replies: Replies) -> None:
        self.command = command
        self.cancelled = threading.Event()
        self._replies = replies
        self._sent = 0.0

    def report(self, fraction: float, message: str) -> None:
        now = time.monotonic()
        if fraction < 1.0 and now - self._sent < _PROGRESS_SECONDS:
            return
        self._sent = now
        self._replies.send(ProgressReply(call=self.command.call, fraction=fraction, message=message))


#: Two threads that load modules which import one another may each meet the other's half-loaded ones.
_loading = threading.Lock()


class Worker:
    def __init__(self, registry: StageRegistry, commands: BinaryIO, replies: Replies) -> None:
        self._registry = registry
        self._commands = commands
        self._replies = replies
        self._waiting: queue.SimpleQueue[Call] = queue.SimpleQueue()
        self._calls: dict[int, Call] = {}
        self._store: tuple[str, ArtifactStore] | None = None

    def serve(self) -> None:
        """Run calls until the input ends; then this process and its group are killed."""
        threading.Thread(target=self._listen, name="stage-commands", daemon=True).start()
        while True:
            self._run(self._waiting.get())

    def _listen(self) -> None:
        try:
            for raw in self._commands:
                match COMMANDS.validate_json(raw):
                    case RunCommand() as command:
                        call = Call(command, self._replies)
                        self._calls[command.call] = call
                        self._waiting.put(call)
                    case CancelCommand(call=number):
                        if (running := self._calls.get(number)) is not None:
                            running.cancelled.set()
                    case WarmCommand(stages=stages):
                        threading.Thread(target=self._warm, args=(stages,), daemon=True).start()
        finally:
            _end_group()

    def _warm(self, stages: tuple[str, ...]) -> None:
        for stage in stages:
            # A stage that cannot be loaded says so when it is run.
            with contextlib.suppress(Exception), _loading:
                spec_of(self._registry, stage).load()

    def _run(self, call: Call) -> None:
        command = call.command
        number = command.call
        scratch = Path(command.scratch)
        watch = MemoryWatch(command, self._replies)
        try:
            spec = spec_of(self._registry, command.stage)
            store = self._open(command.media_url)
            context = StageContext(store, scratch, call.report, call.cancelled)
            with watch:
                _make(command, spec, context)
            self._replies.send(DoneReply(call=number))
        except StageCancelledError:
            self._replies.send(CancelledReply(call=number))
        except VideoError as error:
            self._replies.send(FailedReply(call=number, error=WireError.of(error)))
        except MemoryError:
            self._replies.send(FailedReply(call=number, error=WireError.of(_too_much_memory(command))))
        except Exception as error:
            traceback.print_exc()
            self._replies.send(FailedReply(call=number, error=WireError.of(_fault(command.stage, error))))
        finally:
            self._calls.pop(number, None)
            shutil.rmtree(scratch, ignore_errors=True)

    def _open(self, media_url: str) -> ArtifactStore:
        from videogen_engine.store.artifact_store import MediaArtifactStore

        if self._store is None or self._store[0] != media_url:
            self._store = (media_url, MediaArtifactStore(media_url))
        return self._store[1]


def _make(command: RunCommand, spec: StageSpec, context: StageContext) -> None:
    """Run the stage and publish its result under its key; a result that is there already is kept."""
    try:
        request = spec.request.model_validate_json(command.request)
    except ValidationError as error:
        raise InternalError(f"The request for the {command.stage!r} stage is malformed: {error}") from error
    with _loading:
        function = spec.load()
    result = function(request, context)
    context.check()
    path = context.temporary(".json")
    path.write_bytes(result.model_dump_json().encode())
    context.store.publish(result_key(command.stage, spec, request), path, "application/json")


class MemoryWatch:
    """Ends the process when its resident memory passes the call's limit, saying so first.

    RLIMIT_AS is no substitute: WebAssembly and the codecs reserve address space that they never touch.
    """

    def __init__(self, command: RunCommand, replies: Replies) -> None:
        self._command = command
        self._replies = replies
        self._done = threading.Event()

    def __enter__(self) -> None:
        threading.Thread(target=self._watch, name="stage-memory", daemon=True).start()

    def __exit__(self, *_exc: object) -> None:
        self._done.set()

    def _watch(self) -> None:
        while not self._done.wait(_MEMORY_CHECK_SECONDS):
            if resident_bytes() > self._command.memory_bytes and not self._done.is_set():
                error = WireError.of(_too_much_memory(self._command))
                self._replies.send(FailedReply(call=self._command.call, error=error))
                _end_group(_EXIT_MEMORY)


def resident_bytes() -> int:
    """Memory in use now; where the kernel does not tell, the most that was ever in use (0 on Windows)."""
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    if sys.platform == "win32":
        return 0
    # Missing on Windows, so not importable at the top.
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _too_much_memory(command: RunCommand) -> LimitError:
    return LimitError(
        f"The {command.stage!r} stage needed more than {command.memory_bytes // 1024**2} MiB of memory.",
        code="memory_limit",
        next_step="Make the film smaller: a lower quality, a shorter script or smaller featured files.",
    )


def _fault(stage: str, error: Exception) -> InternalError:
    text = " ".join(str(error).split())[:200]
    return InternalError(f"The {stage!r} stage failed: {type(error).__name__}: {text}", code="stage_failed")


def _end_group(status: int = _EXIT_ORPHANED) -> None:
    """Kill this process and every helper it started; nothing must go on working for a parent that is gone."""
    if sys.platform != "win32" and os.getpgid(0) == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(status)


def _die_with_parent(lifeline: int) -> None:
    """See to it that the parent's death ends this whole group, whatever native code holds the interpreter then.

    A shell in the group waits for the end of ``lifeline``, a pipe whose other end only the parent has. The
    kernel's own signal for this reaches one process and would leave its helpers; it serves where no shell is.
    """
    if sys.platform == "win32":
        return
    try:
        subprocess.Popen(["/bin/sh", "-c", "read -r _; kill -9 0"], stdin=lifeline, stdout=2)
    except FileNotFoundError:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    os.close(lifeline)


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The protocol's own streams. Whatever a library prints goes to the log instead of into the protocol."""
    commands = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    return commands, replies


def main() -> None:
    reference, lifeline = sys.argv[1], int(sys.argv[2])
    _die_with_parent(lifeline)
    commands, replies = _take_pipes()
    Worker(load_registry(reference), commands, Replies(replies)).serve()


if __name__ == "__main__":
    main()
