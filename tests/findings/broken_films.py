"""Good films from the engine's own stages, at thumbnail size, and what is done to them to break them.

Voices are bursts of tone, one for each word, as long as the word: what a machine measures of a voice is when it sounds.
"""

from __future__ import annotations

import io
import wave
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import av
import cv2
import numpy as np

from videogen_agents.contract import CaptionStyle, RemixAction
from videogen_engine.findings.model import Finding, FindingKind, ReviewRequest
from videogen_engine.findings.stage import review
from videogen_engine.package.model import PackageRequest
from videogen_engine.package.stage import package
from videogen_engine.planning.model import PlanRequest, ScenePlan
from videogen_engine.planning.stage import plan
from videogen_engine.remix.table import EDITS
from videogen_engine.render.model import Encoding, RenderRequest
from videogen_engine.render.size import frame_size
from videogen_engine.render.stage import render
from videogen_engine.speech.model import SAMPLE_RATE, Narration, SceneSpeech, SpeechRequest, SpokenScene, Word
from videogen_engine.speech.stage import speak
from videogen_engine.stage import MediaRef, StageContext
from videogen_engine.store.artifact_store import MediaArtifactStore
from videogen_engine.timeline.assemble import AssembleRequest, assemble
from videogen_engine.timeline.document import Timeline
from videogen_engine.timeline.pace import picture_scenes
from videogen_engine.visuals.model import PictureRequest, StyleKind, StyleRequest
from videogen_engine.visuals.stage import picture

SCRIPT = (
    "Water keeps every part of you working. A can of soda holds nine teaspoons of sugar. "
    "Three habits help: a glass at breakfast, a bottle at work and a cup of tea at night."
)
LINES = 144
RATE = 30


@dataclass(frozen=True)
class Film:
    ctx: StageContext
    timeline: Timeline
    video: MediaRef

    def findings(self) -> tuple[Finding, ...]:
        return review(ReviewRequest(timeline=self.timeline, video=self.video), self.ctx).findings

    def kinds(self) -> set[FindingKind]:
        return {finding.kind for finding in self.findings()}


def context(folder: Path) -> StageContext:
    return StageContext(store=MediaArtifactStore((folder / "media").as_uri()), scratch=folder / "scratch")


def good_film(
    ctx: StageContext,
    script: str = SCRIPT,
    *,
    look: str | None = None,
    ratio: tuple[int, int] = (16, 9),
    language: str = "en",
    captions: CaptionStyle | None = CaptionStyle(),  # noqa: B008 (immutable by convention here)
    spoken: bool = False,
    edits: tuple[RemixAction, ...] = (),
) -> Film:
    """``spoken`` is narrated by a voice; ``edits`` are such as need nothing made."""
    planned = plan(PlanRequest(script=script, language=language), ctx)
    if spoken:
        narrated = tuple(SpokenScene(sentences=scene.sentences) for scene in planned.scenes)
        narration = speak(SpeechRequest(scenes=narrated, language=language), ctx)
    else:
        narration = _tones(ctx, planned, language)
    style = StyleRequest(kind=StyleKind.AI_IMAGE, ai_style=look) if look else StyleRequest()
    pictures = picture(
        PictureRequest(
            scenes=picture_scenes(planned, narration),
            language=language,
            ratio_width=ratio[0],
            ratio_height=ratio[1],
            title=planned.title,
            style=style,
        ),
        ctx,
    )
    timeline = assemble(
        AssembleRequest(
            plan=planned,
            narration=narration,
            pictures=pictures,
            caption_style=captions,
            ratio_width=ratio[0],
            ratio_height=ratio[1],
        ),
        ctx,
    )
    for edit in edits:
        timeline = EDITS[edit.type].apply(timeline, edit, None).timeline
    return packaged(ctx, timeline)


def _tones(ctx: StageContext, planned: ScenePlan, language: str) -> Narration:
    spoken: list[SceneSpeech] = []
    for scene in planned.scenes:
        words: list[Word] = []
        place, at = scene.start, 0.0
        for text in scene.text.split():
            begin = planned.script.index(text, place)
            place = begin + len(text)
            length = 0.08 + 0.045 * len(text)
            words.append(Word(text=text, char_start=begin, char_end=place, start=at, end=at + length))
            at += length + 0.06
        spoken.append(SceneSpeech(clip=_voice(ctx, words), duration=at + 0.2, words=tuple(words)))
    return Narration(provider="tones", voice_id="tone", language=language, scenes=tuple(spoken))


def packaged(ctx: StageContext, timeline: Timeline) -> Film:
    width, height = frame_size(timeline.ratio_width, timeline.ratio_height, LINES)
    request = RenderRequest(timeline=timeline, width=width, height=height, encoding=Encoding.DRAFT)
    made = package(PackageRequest(timeline=timeline, film=render(request, ctx, workers=1)), ctx)
    return Film(ctx, timeline, made.video)


def _voice(ctx: StageContext, words: list[Word]) -> MediaRef:
    samples = np.zeros(round((words[-1].end + 0.26) * SAMPLE_RATE))
    for word in words:
        first, last = round(word.start * SAMPLE_RATE), round(word.end * SAMPLE_RATE)
        at = np.arange(last - first) / SAMPLE_RATE
        swell = np.sin(np.pi * np.arange(last - first) / (last - first)) ** 0.3
        samples[first:last] = 0.3 * swell * np.sin(2 * np.pi * (180 + 20 * (len(word.text) % 5)) * at)
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes((samples * 32767).astype("<i2").tobytes())
    path = ctx.temporary(".wav")
    path.write_bytes(buffer.getvalue())
    name = "-".join(f"{len(word.text)}" for word in words)
    return ctx.store.publish(f"voice/{name}-{len(samples)}.wav", path, "audio/wav")


Frames = list[np.ndarray]
Sound = np.ndarray


def rewritten(
    film: Film,
    frames: Callable[[Frames], Frames] | None = None,
    sound: Callable[[Sound], Sound] | None = None,
) -> Film:
    """The film's file decoded, changed and coded again. Frames are RGB, sound is ``[n, 2]`` float."""
    with av.open(str(film.ctx.store.path(film.video))) as container:
        pictures = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    with av.open(str(film.ctx.store.path(film.video))) as container:
        heard = np.concatenate([frame.to_ndarray().T for frame in container.decode(audio=0)]).astype(np.float32)
    pictures = pictures if frames is None else frames(pictures)
    heard = heard if sound is None else sound(heard).astype(np.float32)
    path = film.ctx.temporary(".mp4")
    with av.open(str(path), "w") as target:
        video = target.add_stream("libx264", RATE, {"preset": "ultrafast", "crf": "20"})
        video.height, video.width = pictures[0].shape[:2]
        video.pix_fmt = "yuv420p"
        video.codec_context.gop_size = 150
        audio = target.add_stream("aac", SAMPLE_RATE)
        audio.codec_context.layout = "stereo"
        audio.codec_context.bit_rate = 160_000
        for picture_ in pictures:
            target.mux(video.encode(av.VideoFrame.from_ndarray(np.ascontiguousarray(picture_), format="rgb24")))
        target.mux(video.encode(None))
        for start in range(0, len(heard), 1024):
            part = np.ascontiguousarray(heard[start : start + 1024].T)
            block = av.AudioFrame.from_ndarray(part, format="fltp", layout="stereo")
            block.sample_rate, block.pts = SAMPLE_RATE, start
            target.mux(audio.encode(block))
        target.mux(audio.encode(None))
    name = f"broken/{path.stem}.mp4"
    return replace(film, video=film.ctx.store.publish(name, path, "video/mp4"))


def black(start: float, end: float) -> Callable[[Frames], Frames]:
    def change(frames: Frames) -> Frames:
        first, last = _span(frames, start, end)
        return [np.zeros_like(one) if first <= number < last else one for number, one in enumerate(frames)]

    return change


def frozen(start: float, end: float) -> Callable[[Frames], Frames]:
    def change(frames: Frames) -> Frames:
        first, last = _span(frames, start, end)
        return [frames[first] if first <= number < last else one for number, one in enumerate(frames)]

    return change


def painted_over(start: float, end: float, colour: tuple[int, int, int]) -> Callable[[Frames], Frames]:
    """Everything but the captions' third is one colour."""

    def change(frames: Frames) -> Frames:
        first, last = _span(frames, start, end)
        for number in range(first, last):
            frames[number] = frames[number].copy()
            frames[number][: frames[number].shape[0] * 7 // 10] = colour
        return frames

    return change


def resized(width: int, height: int) -> Callable[[Frames], Frames]:
    return lambda frames: [cv2.resize(one, (width, height)) for one in frames]


def barred(axis: int) -> Callable[[Frames], Frames]:
    """Squeezed between black bars of a tenth of the frame each: left and right (1) or top and bottom (0)."""

    def change(frames: Frames) -> Frames:
        found = []
        for one in frames:
            height, width = one.shape[:2]
            inner = (width, height - 2 * (height // 10)) if axis == 0 else (width - 2 * (width // 10), height)
            target = np.zeros_like(one)
            top, left = (height // 10, 0) if axis == 0 else (0, width // 10)
            target[top : top + inner[1], left : left + inner[0]] = cv2.resize(one, inner)
            found.append(target)
        return found

    return change


def silent(start: float, end: float) -> Callable[[Sound], Sound]:
    def change(sound: Sound) -> Sound:
        sound = sound.copy()
        sound[round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)] = 0
        return sound

    return change


def louder(gain: float) -> Callable[[Sound], Sound]:
    return lambda sound: np.clip(sound * gain, -1, 1)


def shifted(seconds: float) -> Callable[[Sound], Sound]:
    def change(sound: Sound) -> Sound:
        count = round(abs(seconds) * SAMPLE_RATE)
        pad = np.zeros((count, sound.shape[1]), np.float32)
        return np.concatenate([pad, sound[:-count]]) if seconds > 0 else np.concatenate([sound[count:], pad])

    return change


def words_moved(film: Film, seconds: float, only: int | None = None) -> Film:
    """The captions' times, not the voice's; of one scene or of all."""
    scenes = []
    for number, scene in enumerate(film.timeline.scenes):
        assert scene.speech is not None
        if only is None or only == number:
            words = tuple(
                word.model_copy(update={"start": word.start + seconds, "end": word.end + seconds})
                for word in scene.speech.words
            )
            scene = scene.model_copy(update={"speech": scene.speech.model_copy(update={"words": words})})
        scenes.append(scene)
    return replace(film, timeline=film.timeline.model_copy(update={"scenes": tuple(scenes)}))


def styled(film: Film, style: CaptionStyle) -> Film:
    return packaged(film.ctx, film.timeline.model_copy(update={"caption_style": style}))


def said(film: Film, word: str) -> Film:
    """One word of the second scene is another."""
    scenes = list(film.timeline.scenes)
    speech = scenes[1].speech
    assert speech is not None
    words = (speech.words[0].model_copy(update={"text": word}), *speech.words[1:])
    scenes[1] = scenes[1].model_copy(update={"speech": speech.model_copy(update={"words": words})})
    return replace(film, timeline=film.timeline.model_copy(update={"scenes": tuple(scenes)}))


def _span(frames: Frames, start: float, end: float) -> tuple[int, int]:
    return round(start * RATE), min(len(frames), round(end * RATE))
