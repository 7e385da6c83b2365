"""What an editor cuts with: each scene clean and a little longer than it is shown, and the music by itself."""

from __future__ import annotations

import wave
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

from videogen_agents.errors import InternalError
from videogen_engine.interchange.model import InterchangeMedia, MediaRequest
from videogen_engine.package.join import join_pictures
from videogen_engine.package.mix import CHANNELS, mix, sound_inputs
from videogen_engine.render.model import Segment
from videogen_engine.render.parts import entering_frames
from videogen_engine.speech.model import SAMPLE_RATE
from videogen_engine.stage import MediaRef, StageContext
from videogen_engine.timeline.document import Timeline, Transition, TransitionKind

#: Part of the keys of the files made here; raise it when the same inputs would give other files.
VERSION: Final = "1"
_CHUNK: Final = SAMPLE_RATE * 10


def handles(timeline: Timeline) -> tuple[int, ...]:
    """Frames that each scene is still seen after its end, while the next one enters."""
    tails = [
        entering_frames(scene, before) for before, scene in zip(timeline.scenes, timeline.scenes[1:], strict=False)
    ]
    return (*tails, 0)


def plates_timeline(timeline: Timeline) -> Timeline:
    """The film as material: no captions, no transitions, every scene with its handle at the end."""
    scenes = [
        scene.model_copy(
            update={
                "frames": scene.frames + handle,
                "transition": Transition(kind=TransitionKind.NONE, frames=0),
            }
        )
        for scene, handle in zip(timeline.scenes, handles(timeline), strict=True)
    ]
    return timeline.model_copy(update={"scenes": tuple(scenes), "caption_style": None, "music": None})


def make_media(request: MediaRequest, ctx: StageContext) -> InterchangeMedia:
    """A file for each scene, by copying packets, and one for the music.

    Raises InternalError when film and timeline do not belong together, InputError for music that cannot be
    decoded, StageCancelledError once the job was cancelled.
    """
    timeline, film = request.timeline, request.plates
    plates = plates_timeline(timeline)
    if film.frames != plates.frames:
        raise InternalError(f"The plates have {film.frames} frames instead of {plates.frames}.")
    scenes: list[MediaRef] = []
    left = list(film.segments)
    for number, scene in enumerate(plates.scenes):
        ctx.report(0.6 * number / len(plates.scenes), f"scene {number + 1} of {len(plates.scenes)}")
        own: list[Segment] = []
        while sum(segment.frames for segment in own) < scene.frames:
            own.append(left.pop(0))
        scenes.append(_scene_file(own, film.frames_per_second, ctx))
    ctx.report(0.6, "writing sounds")
    return InterchangeMedia(
        scenes=tuple(scenes), music=_music_file(timeline, ctx), width=film.width, height=film.height
    )


def _scene_file(segments: list[Segment], rate: int, ctx: StageContext) -> MediaRef:
    return ctx.cached_file(
        "plate",
        VERSION,
        [rate, *(segment.media.key for segment in segments)],
        suffix=".mp4",
        media_type="video/mp4",
        make=lambda path: join_pictures(segments, path, rate=rate, ctx=ctx),
    )


def _music_file(timeline: Timeline, ctx: StageContext) -> MediaRef | None:
    """The music alone, fitted, faded and ducked as in the film; None when none is heard."""
    if timeline.music is None or timeline.music.volume <= 0 or timeline.frames == 0:
        return None
    inputs = sound_inputs(timeline)
    return ctx.cached_file(
        "music-stem",
        VERSION,
        inputs,
        suffix=".wav",
        media_type="audio/wav",
        make=partial(_write_music, timeline, ctx),
    )


def _write_music(timeline: Timeline, ctx: StageContext, path: Path) -> None:
    """What the music adds to the voice in the film's mix."""
    inputs = sound_inputs(timeline)
    both_at, voice_at = ctx.temporary(".pcm"), ctx.temporary(".pcm")
    try:
        with (
            mix(inputs, ctx, both_at) as both,
            mix(inputs.model_copy(update={"music": None}), ctx, voice_at) as voice,
            wave.open(str(path), "wb") as file,
        ):
            file.setnchannels(CHANNELS)
            file.setsampwidth(2)
            file.setframerate(SAMPLE_RATE)
            for start in range(0, inputs.samples, _CHUNK):
                ctx.check()
                heard = both[start : start + _CHUNK].astype(np.int32)
                heard = heard[:, None].repeat(CHANNELS, axis=1) if heard.ndim == 1 else heard
                under = voice[start : start + _CHUNK].astype(np.int32)
                alone = heard - (under[:, None] if under.ndim == 1 else under)
                file.writeframes(np.clip(alone, -32768, 32767).astype("<i2").tobytes())
    finally:
        for left in (both_at, voice_at, both_at.with_suffix(".music"), voice_at.with_suffix(".music")):
            left.unlink(missing_ok=True)
