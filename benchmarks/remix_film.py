"""One film of 20 scenes, or an edit of it that finds the film before in its folder; prints what it cost as JSON.

``python -m benchmarks.remix_film FOLDER LINES EDIT``: ``first`` makes the film, the other edits need it.
"""

from __future__ import annotations

import json
import math
import sys
import wave
from collections.abc import Callable, Mapping
from pathlib import Path

import cv2
import numpy as np

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
from videogen_engine.package.model import PackagedFilm, PackageRequest
from videogen_engine.package.stage import package
from videogen_engine.remix.captions import enable
from videogen_engine.remix.transitions import add_transitions
from videogen_engine.render.model import RenderedFilm, RenderRequest
from videogen_engine.render.size import frame_size
from videogen_engine.render.stage import render
from videogen_engine.stage import MediaRef, StageContext
from videogen_engine.timeline.document import Logo, MusicTrack, Timeline

SCENES = 20


def text(*, edited: bool = False) -> str:
    """Twenty paragraphs, a scene each."""
    paragraphs = [line for line in script(2).splitlines() if line.strip()][:SCENES]
    joined = "\n\n".join(paragraphs)
    return joined.replace(*EDIT) if edited else joined


def _music(film: Timeline, ctx: StageContext) -> Timeline:
    """A minute of three held notes under the speech."""
    at = np.arange(48_000 * 60) / 48_000
    chord = sum(np.sin(2 * math.pi * pitch * at) for pitch in (220.0, 277.2, 329.6)) * 3000
    path = ctx.temporary(".wav")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(chord.astype("<i2").tobytes())
    media = ctx.store.publish("benchmark/music.wav", path, "audio/wav")
    return film.model_copy(update={"music": MusicTrack(media=media, volume=0.2, name="Chord", licence="CC0-1.0")})


def _volume(film: Timeline, ctx: StageContext) -> Timeline:
    with_music = _music(film, ctx)
    assert with_music.music is not None
    return with_music.model_copy(update={"music": with_music.music.model_copy(update={"volume": 0.4})})


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
    "sentence": lambda film, _ctx: film,
}


def main(folder: Path, lines: int, edit: str) -> None:
    meter = Meter()
    ctx = context(folder)
    base = timeline(text(edited=edit == "sentence"), ctx, meter)
    film = EDITS[edit](base, ctx)
    if len(film.scenes) != SCENES:
        raise SystemExit(f"The film has {len(film.scenes)} scenes, not {SCENES}.")
    width, height = frame_size(film.ratio_width, film.ratio_height, lines)
    request = RenderRequest(timeline=film, width=width, height=height)
    rendered: RenderedFilm = meter.stage("render", lambda: render(request, ctx))
    packaged: PackagedFilm = meter.stage("package", lambda: package(PackageRequest(timeline=film, film=rendered), ctx))
    work = sum(meter.seconds.get(stage, 0.0) for stage in ("plan", "speak", "picture", "assemble", "render", "package"))
    said = {
        **meter.seconds,
        "work": work,
        "duration": packaged.duration,
        "frames": rendered.frames_rendered,
        "scenes_rendered": rendered.scenes_rendered,
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
