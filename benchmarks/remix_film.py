"""One film of 20 scenes, or an edit of it that finds the film before in its folder; prints what it cost as JSON.

``python -m benchmarks.remix_film FOLDER LINES EDIT``: ``first`` makes the film, the other edits need it. An edit is
what a remix does: it starts from the film's document, has made what it needs, and exports again.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np
from pydantic import BaseModel

from benchmarks.one_film import context, timeline
from benchmarks.scripts import EDIT, script
from benchmarks.stages import Meter
from videogen_agents.contract import (
    AddTransitionsAction,
    CaptionStyle,
    EnableCaptionsAction,
    RgbColor,
    TransitionType,
)
from videogen_agents.errors import NotFoundError, UnavailableError
from videogen_engine.findings.model import ReviewRequest
from videogen_engine.findings.stage import review
from videogen_engine.music.model import MusicRequest
from videogen_engine.music.stage import make_music
from videogen_engine.package.contact_sheet import contact_sheet
from videogen_engine.package.contact_sheet_model import SheetRequest
from videogen_engine.package.model import PackagedFilm, PackageRequest
from videogen_engine.package.stage import package
from videogen_engine.providers.language_model import Answer, Question
from videogen_engine.remix.captions import enable
from videogen_engine.remix.plain_language.scene_words import reworded
from videogen_engine.remix.transitions import add_transitions
from videogen_engine.render.model import RenderedFilm, RenderRequest
from videogen_engine.render.size import frame_size
from videogen_engine.render.stage import render
from videogen_engine.runtime.stage_registry import STAGES as STAGES_BY_NAME
from videogen_engine.settings import Limits
from videogen_engine.speech.model import Narration, SpeechRequest
from videogen_engine.speech.stage import speak
from videogen_engine.stage import MediaRef, StageContext
from videogen_engine.timeline.document import Logo, MusicTrack, Timeline
from videogen_engine.visuals.model import FeaturedFile, PictureRequest, PictureSet
from videogen_engine.visuals.stage import picture

ResultT = TypeVar("ResultT", bound=BaseModel)
#: What counts as the cost of a film or an edit.
STAGES = ("plan", "speak", "picture", "assemble", "edit", "render", "package", "sheet", "review")
SCENES = 20


class Bench:
    """A ``remix.workshop.Workshop`` that makes things at once, in this process."""

    limits = Limits()
    language_model = None
    edit_readers = "grammar"

    def __init__(self, ctx: StageContext) -> None:
        self._ctx = ctx

    async def ask(self, question: Question) -> Answer:
        raise UnavailableError(f"A benchmark asks no language model: {question}", requirement="language_model")

    async def speak(self, request: SpeechRequest) -> Narration:
        return speak(request, self._ctx)

    async def picture(self, request: PictureRequest) -> PictureSet:
        return picture(request, self._ctx)

    async def step(self, name: str, request: BaseModel, result: type[ResultT]) -> ResultT:
        return result.model_validate(STAGES_BY_NAME[name].load()(request, self._ctx))

    async def file(self, file_id: str) -> FeaturedFile:
        raise NotFoundError(f"There is no file {file_id!r} in a benchmark.")

    async def earlier(self, steps: int = 1) -> Timeline | None:
        del steps

    async def later(self) -> Timeline | None:
        return None


def text() -> str:
    """Twenty paragraphs, a scene each."""
    return "\n\n".join([line for line in script(2).splitlines() if line.strip()][:SCENES])


def _with_music(film: Timeline, ctx: StageContext, volume: float) -> Timeline:
    """The user's music: two minutes of piano, made before anything is measured."""
    request = MusicRequest(prompt="calm piano", seconds=120.0)
    media = make_music(request, ctx).media
    return film.model_copy(update={"music": MusicTrack(media=media, volume=volume, name="Piano", licence="user")})


def _music(film: Timeline, ctx: StageContext) -> Timeline:
    return _with_music(film, ctx, 0.35)


def _volume(film: Timeline, ctx: StageContext) -> Timeline:
    return _with_music(film, ctx, 0.6)


def _sentence(film: Timeline, ctx: StageContext) -> Timeline:
    """What “change … in scene 7” does: the scene is planned, spoken and drawn again, alone."""
    scene = next(scene for scene in film.scenes if EDIT[0] in scene.plan.text)
    words = scene.plan.text.replace(*EDIT)
    return asyncio.run(reworded(film, scene.scene_id, words, Bench(ctx)))[0]


def _captions(film: Timeline, ctx: StageContext) -> Timeline:
    del ctx
    style = CaptionStyle(font_size=80, text_color=RgbColor(red=255, green=230, blue=0))
    return enable(film, EnableCaptionsAction(caption_style=style)).timeline


def _logo(film: Timeline, ctx: StageContext) -> Timeline:
    path = ctx.temporary(".png")
    pixels = np.zeros((200, 400, 4), np.uint8)
    cv2.circle(pixels, (200, 100), 90, (40, 160, 255, 255), -1, cv2.LINE_AA)
    path.write_bytes(cv2.imencode(".png", pixels)[1].tobytes())
    media: MediaRef = ctx.store.publish("benchmark/logo.png", path, "image/png")
    return film.model_copy(update={"logo": Logo(media=media, position="TOP_RIGHT", size_percent=12)})


def _transitions(film: Timeline, ctx: StageContext) -> Timeline:
    del ctx
    action = AddTransitionsAction(section_transition=TransitionType.PAN, asset_transition=TransitionType.WIPE)
    return add_transitions(film, action).timeline


EDITS: Mapping[str, Callable[[Timeline, StageContext], Timeline]] = {
    "first": lambda film, _ctx: film,
    "music": _music,
    "volume": _volume,
    "captions": _captions,
    "logo": _logo,
    "transitions": _transitions,
    "sentence": _sentence,
}


def main(folder: Path, lines: int, edit: str) -> None:
    meter = Meter()
    ctx = context(folder)
    kept = folder / "timeline.json"
    if edit == "first":
        base = timeline(text(), ctx, meter)
        kept.write_text(base.model_dump_json())
        _with_music(base, ctx, 0.35)
    else:
        base = Timeline.model_validate_json(kept.read_text())
    if len(base.scenes) != SCENES:
        raise SystemExit(f"The film has {len(base.scenes)} scenes, not {SCENES}.")
    film = meter.stage("edit", lambda: EDITS[edit](base, ctx))
    width, height = frame_size(film.ratio_width, film.ratio_height, lines)
    request = RenderRequest(timeline=film, width=width, height=height)
    rendered: RenderedFilm = meter.stage("render", lambda: render(request, ctx))
    packaged: PackagedFilm = meter.stage("package", lambda: package(PackageRequest(timeline=film, film=rendered), ctx))
    meter.stage("sheet", lambda: contact_sheet(SheetRequest(timeline=film), ctx))
    meter.stage("review", lambda: review(ReviewRequest(timeline=film, video=packaged.video), ctx))
    said = {
        **meter.seconds,
        "work": sum(meter.seconds.get(stage, 0.0) for stage in STAGES),
        "duration": packaged.duration,
        "frames": rendered.frames_rendered,
        "scenes_rendered": rendered.scenes_rendered,
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
