"""A render can be stopped or killed at any instant; what was finished counts, what was not leaves no trace."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest
from film_rig import PAINTERS, context, design, film, paint_captions, render

from videogen_agents.errors import InputError
from videogen_engine.render.film import render_with
from videogen_engine.render.model import Encoding, RenderRequest
from videogen_engine.render.studio import Painters
from videogen_engine.stage import StageCancelledError, StageContext
from videogen_engine.visuals.model import PaintedScene, SceneDesign

SCENES = [
    ("one two three", "#804020"),
    ("four five six", "#208040"),
    ("seven eight nine", "#204080"),
    ("ten eleven twelve", "#602080"),
]


def segments(ctx_folder: Path) -> dict[str, bytes]:
    folder = ctx_folder / "media" / "artifacts" / "segment"
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.mp4"))}


@pytest.mark.parametrize("workers", [1, 3])
def test_a_cancelled_render_stops_between_frames_and_leaves_nothing_half_written(tmp_path: Path, workers: int) -> None:
    cancelled = Event()
    quiet = context(tmp_path)
    done: list[str] = []

    def report(_fraction: float, text: str) -> None:
        done.append(text)
        if len(done) == 70:
            cancelled.set()

    ctx = StageContext(store=quiet.store, scratch=quiet.scratch, report=report, cancelled=cancelled)
    timeline = film(ctx, [(text, design(colour)) for text, colour in SCENES])
    with pytest.raises(StageCancelledError):
        render(ctx, timeline, workers=workers)
    assert len(done) <= 70 + workers
    assert list((tmp_path / "scratch").iterdir()) == []
    finished = segments(tmp_path)
    cancelled.clear()
    render(ctx, timeline)
    assert finished.items() <= segments(tmp_path).items()


def test_when_one_scene_cannot_be_painted_the_others_stop_and_its_error_is_raised(tmp_path: Path) -> None:
    ctx = context(tmp_path)

    def paint(wanted: SceneDesign, width: int, height: int, ctx: StageContext) -> PaintedScene:
        if wanted.palette == SCENES[2][1]:
            raise InputError("This one cannot be painted.")
        return PAINTERS.scene(wanted, width, height, ctx)

    timeline = film(ctx, [(text, design(colour)) for text, colour in SCENES])
    request = RenderRequest(timeline=timeline, width=160, height=90, encoding=Encoding.DRAFT)
    with pytest.raises(InputError, match="This one cannot be painted"):
        render_with(Painters(paint, paint_captions, "rig"), request, ctx, workers=3)
    assert list((tmp_path / "scratch").iterdir()) == []


CHILD = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
import film_rig
from videogen_engine.stage import StageContext

quiet = film_rig.context(Path(sys.argv[2]))

def report(fraction, text):
    print(text, flush=True)

ctx = StageContext(store=quiet.store, scratch=quiet.scratch, report=report)
scenes = [(text, film_rig.design(colour)) for text, colour in eval(sys.argv[3])]
film_rig.render(ctx, film_rig.film(ctx, scenes), workers=1)
"""


def test_killed_in_the_middle_of_a_segment_it_goes_on_from_the_finished_ones(tmp_path: Path) -> None:
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    command = [sys.executable, "-c", CHILD, str(Path(__file__).parent), str(killed), repr(SCENES)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if line.startswith("100 of"):
                child.send_signal(signal.SIGKILL)
                break
    survived = segments(killed)
    assert survived

    ctx, fresh = context(killed), context(whole)
    timeline = film(ctx, [(text, design(colour)) for text, colour in SCENES])
    again = render(ctx, timeline)
    assert {part.media.key.removeprefix("artifacts/segment/") for part in again.segments if part.reused} == set(
        survived
    )
    assert 0 < again.frames_rendered < timeline.frames
    render(fresh, film(fresh, [(text, design(colour)) for text, colour in SCENES]))
    assert segments(killed) == segments(whole)
