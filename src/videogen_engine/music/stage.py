"""The music stage: a prompt is read, composed, played and mastered, and kept by its content."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from pathlib import Path
from typing import Final

import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

from videogen_agents.errors import InputError
from videogen_engine.frozen import Frozen
from videogen_engine.music.composer import Score, compose
from videogen_engine.music.finish import Finished, finished
from videogen_engine.music.model import (
    LONGEST_PROMPT,
    LONGEST_SECONDS,
    SHORTEST_SECONDS,
    MusicBed,
    MusicRequest,
)
from videogen_engine.music.prompt import Brief, read_prompt
from videogen_engine.music.ringing import RATE
from videogen_engine.music.studio import play
from videogen_engine.render.container import add_audio, create
from videogen_engine.stage import MediaRef, StageContext, content_key

#: Part of the music's key; raise it when the same request would sound different.
VERSION: Final = "3"
_KIND: Final = "music"
_MEDIA_TYPE: Final = "audio/flac"
_FRAME: Final = 4608


class _Inputs(Frozen):
    """Everything that shapes the sound: the prompt without what makes no difference, and milliseconds."""

    prompt: str
    milliseconds: int
    variant: int


def make_music(request: MusicRequest, ctx: StageContext) -> MusicBed:
    """Music as the prompt asks for, with its form. Equal requests give equal bytes.

    Raises InputError for an empty or overlong prompt and a length outside 4–180 s, StageCancelledError.
    """
    prompt = " ".join(request.prompt.split())
    if not prompt or len(prompt) > LONGEST_PROMPT:
        raise InputError(
            f"A music prompt has 1 to {LONGEST_PROMPT} characters, not {len(prompt)}.",
            code="invalid_prompt",
            next_step="Say in a few words how the music should sound, such as “calm piano” or “upbeat, no drums”.",
        )
    if not SHORTEST_SECONDS <= request.seconds <= LONGEST_SECONDS:
        raise InputError(
            f"Music lasts {SHORTEST_SECONDS:g} to {LONGEST_SECONDS:g} s, not {request.seconds:g} s.",
            code="invalid_length",
            next_step="Ask for a length in that range; for a longer film the music repeats its middle.",
        )
    inputs = _Inputs(prompt=prompt.casefold(), milliseconds=round(request.seconds * 1000), variant=request.variant)

    def make() -> MusicBed:
        brief = read_prompt(inputs.prompt)
        told = f"{inputs.prompt}\n{inputs.variant}" if inputs.variant else inputs.prompt
        seed = int.from_bytes(hashlib.sha256(told.encode("utf-8", "surrogatepass")).digest()[:6])
        ctx.report(0.1, "composing")
        score = compose(brief, inputs.milliseconds / 1000, seed)
        ctx.report(0.2, "playing")
        sound = finished(play(score, brief.mood, ctx.check))
        path = ctx.temporary(".flac")
        try:
            write_flac(sound.samples, path)
            media = ctx.store.publish(key, path, _MEDIA_TYPE)
        finally:
            path.unlink(missing_ok=True)
        return _bed(brief, score, sound, media)

    key = content_key(_KIND, VERSION, inputs, ".flac")
    bed = ctx.cached_model(_KIND, VERSION, inputs, MusicBed, make)
    # What is known about the music may outlive the music itself, which is the larger file.
    return bed if ctx.store.find(key) is not None else make()


def write_flac(samples: NDArray[np.int16], path: Path) -> None:
    """``[n, 2]`` at 48 kHz as FLAC."""
    writer = create(path, container="flac")
    try:
        track = add_audio(writer, "flac", RATE, {"compression_level": "4"})
        context = track.codec_context
        context.layout = "stereo"
        context.format = "s16"
        context.time_base = Fraction(1, RATE)
        for start in range(0, len(samples), _FRAME):
            part = np.ascontiguousarray(samples[start : start + _FRAME]).reshape(1, -1)
            frame = AudioFrame.from_ndarray(part, format="s16", layout="stereo")
            frame.sample_rate = RATE
            frame.time_base = Fraction(1, RATE)
            frame.pts = start
            writer.mux(track.encode(frame))
        writer.mux(track.encode(None))
    finally:
        writer.close()


def _bed(brief: Brief, score: Score, sound: Finished, media: MediaRef) -> MusicBed:
    return MusicBed(
        media=media,
        name=f"{brief.name.capitalize()} music in {score.key.name}, {score.tempo:.0f} bpm",
        seconds=score.form.seconds,
        mood=brief.name,
        key=score.key.name,
        tempo=round(score.tempo, 2),
        instruments=tuple(dict.fromkeys(part.player.instrument for part in score.parts)),
        form=score.form,
        sections=score.sections,
        integrated_lufs=round(sound.lufs, 2),
        true_peak_dbtp=round(sound.dbtp, 2),
        understood=brief.understood,
        warnings=_warnings(brief),
    )


def _warnings(brief: Brief) -> tuple[str, ...]:
    found: list[str] = []
    if brief.strange:
        words = ", ".join(f"“{word}”" for word in brief.strange[:8])
        found.append(f"The composer made nothing of {words}.")
    if not brief.mood_named:
        found.append(f"No word of the prompt names a mood the composer knows, so the music is {brief.name}.")
    return tuple(found)
