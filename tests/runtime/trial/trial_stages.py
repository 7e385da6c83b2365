"""Stages that do on purpose what real ones do by accident. Loaded by real stage processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from videogen_agents.errors import LimitError
from videogen_engine.frozen import Frozen
from videogen_engine.runtime.stage_registry import StageSpec
from videogen_engine.stage import MediaRef, StageContext


class Ask(Frozen):
    """``folder`` is where the stage leaves marks and looks for permission to go on."""

    number: int = 0
    folder: str = ""
    text: str = ""


class Answer(Frozen):
    number: int
    pid: int
    text: str = ""
    media: MediaRef | None = None


def _answer(ask: Ask, **fields: object) -> Answer:
    return Answer(number=ask.number, pid=os.getpid(), text=ask.text, **fields)


def echo(ask: Ask, ctx: StageContext) -> Answer:
    ctx.report(0.5, f"Echoing {ask.number}")
    return _answer(ask)


def gate(ask: Ask, ctx: StageContext) -> Answer:
    """Says that it is there, then waits until it may go on or is cancelled."""
    folder = Path(ask.folder)
    ctx.report(0.25, "Waiting at the gate")
    (folder / f"entered-{ask.number}").write_text(str(os.getpid()))
    while not (folder / "open").exists():
        ctx.check()
        time.sleep(0.01)
    return _answer(ask)


def stubborn(ask: Ask, ctx: StageContext) -> Answer:
    """Starts a helper, leaves half a file behind and never looks whether it was cancelled."""
    ctx.temporary(".half").write_text("half")
    helper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    (Path(ask.folder) / "helper").write_text(str(helper.pid))
    time.sleep(600)
    return _answer(ask)


def crash(_ask: Ask, _ctx: StageContext) -> Answer:
    os.kill(os.getpid(), signal.SIGSEGV)
    raise AssertionError


def crash_once(ask: Ask, ctx: StageContext) -> Answer:
    mark = Path(ask.folder) / "crashed"
    if mark.exists():
        return _answer(ask)
    mark.touch()
    return crash(ask, ctx)


def kill_engine(ask: Ask, ctx: StageContext) -> Answer:
    """Takes the engine down with it."""
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(600)
    return _answer(ask)


def refuse(_ask: Ask, _ctx: StageContext) -> Answer:
    raise LimitError(
        "Too much of everything.",
        code="too_much",
        next_step="Ask for less.",
        ids={"file_id": "vg_file_1"},
        retry_after=2.5,
        status=413,
        requirement="smaller_input",
    )


def mistake(_ask: Ask, _ctx: StageContext) -> Answer:
    raise ValueError("a number\nwas wrong")


def chatter(ask: Ask, _ctx: StageContext) -> Answer:
    sys.stdout.write('{"type":"done","call":1}\n')
    sys.stdout.flush()
    os.write(1, b"native noise\n")
    return _answer(ask)


def hog(ask: Ask, ctx: StageContext) -> Answer:
    """Takes memory until it is stopped."""
    taken: list[bytearray] = []
    while True:
        taken.append(bytearray(b"x" * (8 * 1024**2)))
        ctx.check()


def silent(ask: Ask, _ctx: StageContext) -> Answer:
    time.sleep(600)
    return _answer(ask)


def paint(ask: Ask, ctx: StageContext) -> Answer:
    """Publishes media of its own and refers to it."""

    def make(path: Path) -> None:
        path.write_text(ask.text)

    ref = ctx.cached_file("paint", "1", ask, suffix=".txt", media_type="text/plain", make=make)
    return _answer(ask, media=ref)


def import_json(ask: Ask, _ctx: StageContext) -> Answer:
    import colorsys

    return Answer(number=ask.number, pid=os.getpid(), text=str(colorsys.__file__))


STAGES = {
    function.__name__: StageSpec(f"{__name__}:{function.__name__}", Ask, Answer)
    for function in (
        echo,
        gate,
        stubborn,
        crash,
        crash_once,
        kill_engine,
        refuse,
        mistake,
        chatter,
        hog,
        silent,
        paint,
        import_json,
    )
}
STAGES["silent"] = StageSpec(f"{__name__}:silent", Ask, Answer, silent_seconds=1.0)
REGISTRY = f"{__name__}:STAGES"
