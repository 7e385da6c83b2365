"""A film of what a user brings, stage by stage in this process; prints what it cost as JSON.

``python -m benchmarks.user_film FOLDER LINES WHAT``: WHAT is ``slideshow`` (20 pages, a sentence or three over each)
or ``voiceover`` (a recording of five minutes with its transcript). What the user would bring is made first by
``prepare-slideshow`` or ``prepare-voiceover``, a process of its own.
"""

from __future__ import annotations

import json
import sys
import wave
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont
from pydantic import BaseModel

from benchmarks.one_film import context
from benchmarks.scripts import script
from benchmarks.stages import Meter
from videogen_agents.contract import CaptionStyle
from videogen_engine.findings.model import ReviewRequest
from videogen_engine.findings.stage import review
from videogen_engine.listening.assemble import assemble_voiceover
from videogen_engine.listening.cutting import cut
from videogen_engine.listening.model import CutRequest, ListenRequest, VoiceoverTimelineRequest
from videogen_engine.listening.stage import listen
from videogen_engine.package.contact_sheet import contact_sheet
from videogen_engine.package.contact_sheet_model import SheetRequest
from videogen_engine.package.model import PackageRequest
from videogen_engine.package.stage import package
from videogen_engine.planning.model import PlanRequest
from videogen_engine.planning.stage import plan
from videogen_engine.render.model import RenderRequest
from videogen_engine.render.size import frame_size
from videogen_engine.render.stage import render
from videogen_engine.slides.assemble import assemble_slides
from videogen_engine.slides.deck import read_deck
from videogen_engine.slides.model import DeckRequest, SlidePlanRequest, SlideTimelineRequest
from videogen_engine.slides.plan import plan_slides
from videogen_engine.speech.model import SAMPLE_RATE, SpeechRequest, SpokenScene, Word
from videogen_engine.speech.stage import speak
from videogen_engine.stage import MediaRef, StageContext
from videogen_engine.timeline.document import FRAMES_PER_SECOND, Timeline
from videogen_engine.visuals.model import PictureRequest, PictureScene, StyleRequest
from videogen_engine.visuals.stage import picture

PAGES: Final = 20
MINUTES: Final = 5
_VOICE: Final = "kokoro-af_heart"


class Brought(BaseModel):
    """The user's file, and the words that were said in it."""

    media: MediaRef
    words: tuple[Word, ...] = ()


def _paragraphs(minutes: int) -> list[str]:
    return [line for line in script(minutes).splitlines() if line.strip()]


def prepare_slideshow(ctx: StageContext) -> Brought:
    """Twenty drawn pages: a heading, bars, lines of text."""
    large, small = ImageFont.load_default(90), ImageFont.load_default(44)
    pages: list[Image.Image] = []
    for number, text in enumerate(_paragraphs(2)[:PAGES]):
        page = Image.new("RGB", (1600, 900), (250, 248, 244))
        pen = ImageDraw.Draw(page)
        pen.text((90, 70), " ".join(text.split()[:4]), font=large, fill=(30, 40, 70))
        for bar in range(5):
            height = 60 + (number * 37 + bar * 91) % 320
            pen.rectangle(
                (120 + bar * 120, 780 - height, 200 + bar * 120, 780), fill=(220 - 30 * bar, 90, 60 + 30 * bar)
            )
        for line, start in enumerate(range(0, min(24, len(text.split())), 4)):
            pen.text((820, 260 + 80 * line), " ".join(text.split()[start : start + 4]), font=small, fill=(60, 60, 60))
        pages.append(page)
    path = ctx.temporary(".pdf")
    pages[0].save(path, save_all=True, append_images=pages[1:])
    return Brought(media=ctx.store.publish("benchmark/pages.pdf", path, "application/pdf"))


def slideshow(brought: Brought, ctx: StageContext, meter: Meter) -> Timeline:
    deck = meter.stage("deck", lambda: read_deck(DeckRequest(media=brought.media, max_slides=500), ctx))
    texts = tuple(_paragraphs(2)[:PAGES])
    slides = meter.stage(
        "plan", lambda: plan_slides(SlidePlanRequest(deck=deck, texts=texts, language="en", name="Pages"), ctx)
    )
    spoken = tuple(SpokenScene(sentences=scene.sentences) for scene in slides.plan.scenes)
    narration = meter.stage("speak", lambda: speak(SpeechRequest(scenes=spoken, language="en"), ctx))
    request = SlideTimelineRequest(
        deck=deck,
        slides=slides,
        narration=narration,
        file_id="benchmark",
        display_name="Pages.pdf",
        voice_id=narration.voice_id,
        voice_speed=1.0,
        caption_style=CaptionStyle(),
        ratio_width=16,
        ratio_height=9,
        max_seconds=3600,
    )
    return meter.stage("assemble", lambda: assemble_slides(request, ctx))


def prepare_voiceover(ctx: StageContext) -> Brought:
    """The script of as many minutes, spoken into one file with pauses between the paragraphs."""
    planned = plan(PlanRequest(script=script(MINUTES)), ctx)
    scenes = tuple(SpokenScene(sentences=scene.sentences) for scene in planned.scenes)
    path = ctx.temporary(".wav")
    words: list[Word] = []
    pause = b"\0\0" * (SAMPLE_RATE * 2 // 5)
    at = 0
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        for scene in speak(SpeechRequest(scenes=scenes), ctx).scenes:
            with wave.open(str(ctx.store.path(scene.clip)), "rb") as clip:
                data = clip.readframes(clip.getnframes())
            start = at / SAMPLE_RATE
            words += [
                word.model_copy(update={"start": word.start + start, "end": word.end + start}) for word in scene.words
            ]
            file.writeframes(data + pause)
            at += (len(data) + len(pause)) // 2
    return Brought(media=ctx.store.publish("benchmark/recording.wav", path, "audio/wav"), words=tuple(words))


def voiceover(brought: Brought, ctx: StageContext, meter: Meter) -> Timeline:
    heard = meter.stage("listen", lambda: listen(ListenRequest(media=brought.media, max_seconds=3600), ctx))
    planned = meter.stage("plan", lambda: plan(PlanRequest(script=script(MINUTES)), ctx))
    request = CutRequest(
        recording=heard, language="en", voice_id=_VOICE, name="Recording", plan=planned, words=brought.words
    )
    pieces = meter.stage("cut", lambda: cut(request, ctx))
    scenes = tuple(
        PictureScene(plan=scene, duration=frames / FRAMES_PER_SECOND, words=speech.words)
        for scene, speech, frames in zip(pieces.plan.scenes, pieces.narration.scenes, pieces.frames, strict=True)
    )
    wanted = PictureRequest(scenes=scenes, language="en", ratio_width=16, ratio_height=9, title=planned.title)
    pictures = meter.stage("picture", lambda: picture(wanted, ctx))
    assembled = VoiceoverTimelineRequest(
        cut=pieces,
        pictures=pictures,
        style=StyleRequest(),
        caption_style=CaptionStyle(),
        ratio_width=16,
        ratio_height=9,
    )
    return meter.stage("assemble", lambda: assemble_voiceover(assembled, ctx))


_PREPARE: Final = {"prepare-slideshow": prepare_slideshow, "prepare-voiceover": prepare_voiceover}
_MAKE: Final = {"slideshow": slideshow, "voiceover": voiceover}


def main(folder: Path, lines: int, what: str) -> None:
    ctx = context(folder)
    kept = folder / "brought.json"
    if what in _PREPARE:
        kept.write_text(_PREPARE[what](ctx).model_dump_json())
        return
    meter = Meter()
    film = _MAKE[what](Brought.model_validate_json(kept.read_text()), ctx, meter)
    (folder / "timeline.json").write_text(film.model_dump_json())
    width, height = frame_size(film.ratio_width, film.ratio_height, lines)
    request = RenderRequest(timeline=film, width=width, height=height)
    rendered = meter.stage("render", lambda: render(request, ctx))
    packaged = meter.stage("package", lambda: package(PackageRequest(timeline=film, film=rendered), ctx))
    meter.stage("sheet", lambda: contact_sheet(SheetRequest(timeline=film), ctx))
    found = meter.stage("review", lambda: review(ReviewRequest(timeline=film, video=packaged.video), ctx))
    seconds = {name: spent for name, spent in meter.seconds.items() if name != "start"}
    said = {
        **seconds,
        "work": sum(seconds.values()),
        "duration": packaged.duration,
        "scenes": len(film.scenes),
        "findings": len(found.findings),
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
