"""The real stages, one of which kills the engine once, at a place named in the environment.

``FILM_KILL`` is the step; ``FILM_HOME`` the data home, where the mark of having done it is left. ``FILM_HOLD`` is a
step that instead stands still at that place until it is cancelled.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel

from videogen_engine.runtime.stage_registry import PACKAGE, PICTURE, PLAN, RENDER, SPEAK, StageSpec
from videogen_engine.runtime.stage_registry import STAGES as REAL
from videogen_engine.stage import StageContext

#: How far the step has come, by its own report, when the engine is killed; None means: before it begins.
PLACES: dict[str, float | None] = {PLAN: None, SPEAK: 0.4, PICTURE: 0.5, RENDER: 0.7, PACKAGE: 0.0}
_FOREVER = threading.Event()


def _kill_engine_once(step: str) -> None:
    mark = Path(os.environ["FILM_HOME"]) / f"killed-{step}"
    if not mark.exists():
        # The stage process leads its session; whatever it started is in there too.
        mark.write_text(str(os.getpid()))
        os.kill(os.getppid(), signal.SIGKILL)
        _FOREVER.wait()


def _stand_still(ctx: StageContext) -> None:
    ctx.cancelled.wait()


def _deadly(step: str) -> Callable[[BaseModel, StageContext], BaseModel]:
    def run(request: BaseModel, ctx: StageContext) -> BaseModel:
        place = PLACES[step]
        if os.environ.get("FILM_KILL") == step:
            if place is None:
                _kill_engine_once(step)
            ctx = replace(ctx, report=report_until(place or 0.0, ctx, lambda: _kill_engine_once(step)))
        elif os.environ.get("FILM_HOLD") == step:
            ctx = replace(ctx, report=report_until(place or 0.0, ctx, lambda: _stand_still(ctx)))
        return REAL[step].load()(request, ctx)

    def report_until(place: float, ctx: StageContext, there: Callable[[], None]) -> Callable[[float, str], None]:
        def report(fraction: float, message: str) -> None:
            ctx.report(fraction, message)
            if fraction >= place:
                there()

        return report

    return run


plan, speak, picture, render, package = (_deadly(step) for step in PLACES)

STAGES = dict(REAL) | {
    step: StageSpec(f"{__name__}:{step}", REAL[step].request, REAL[step].result, REAL[step].version) for step in PLACES
}
