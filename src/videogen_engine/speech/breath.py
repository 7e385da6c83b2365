"""One utterance as a cached clip: asked of an engine once, then found by what was said, by whom and how fast."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from videogen_engine.frozen import Frozen
from videogen_engine.speech.model import SAMPLE_RATE, Phone
from videogen_engine.speech.provider import Speech, Spoken, SpokenWord
from videogen_engine.speech.shaping import active_span, shaped, to_pcm16
from videogen_engine.speech.voice_curves import curve_for
from videogen_engine.speech.voices import Voice
from videogen_engine.speech.wave_file import write_wave
from videogen_engine.stage import MediaRef, StageContext, content_key

#: Raise it when the same utterance must sound different.
BREATH_VERSION: Final = "1"
_CLIP_KIND: Final = "speech-breath"
_TIMES_KIND: Final = "speech-times"
WAVE_TYPE: Final = "audio/wav"


class BreathInputs(Frozen):
    """Everything that shapes a clip."""

    engine: str
    voice_id: str
    speed: float
    text: str


class BreathTimes(Frozen):
    """``samples`` at ``SAMPLE_RATE``; ``active`` is the part that is not silent, in seconds.

    Word and phone times are from the start of the clip."""

    samples: int
    active: tuple[float, float]
    words: tuple[SpokenWord, ...] | None
    phones: tuple[Phone, ...]


@dataclass(frozen=True)
class Take:
    """A clip that is not in the store yet."""

    pcm: NDArray[np.int16]
    times: BreathTimes


@dataclass(frozen=True)
class Breath:
    """A clip in the store."""

    clip: MediaRef
    times: BreathTimes


def is_kept(inputs: BreathInputs, ctx: StageContext) -> bool:
    """Whether both parts of the breath are in the store."""
    clip = content_key(_CLIP_KIND, BREATH_VERSION, inputs, ".wav")
    times = content_key(_TIMES_KIND, BREATH_VERSION, inputs, ".json")
    return ctx.store.find(clip) is not None and ctx.store.find(times) is not None


def kept(inputs: BreathInputs, ctx: StageContext, take: Take | None) -> Breath:
    """The breath from the store; what is not there is published from ``take``."""

    def missing() -> Take:
        if take is None:
            raise LookupError("a breath left the store while it was being used")
        return take

    def write(path: Path) -> None:
        write_wave(path, [missing().pcm], SAMPLE_RATE)

    clip = ctx.cached_file(_CLIP_KIND, BREATH_VERSION, inputs, suffix=".wav", media_type=WAVE_TYPE, make=write)
    times = ctx.cached_model(_TIMES_KIND, BREATH_VERSION, inputs, BreathTimes, lambda: missing().times)
    return Breath(clip, times)


def take_of(engine: Speech, voice: Voice, inputs: BreathInputs) -> Take:
    """Ask the engine, trim its silence, shape the sound and move all times to the clip's own start."""
    spoken = engine.synthesize(inputs.text, voice, inputs.speed)
    start, end = _active(spoken)
    sound, begin = shaped(spoken.pcm, spoken.sample_rate, start, end, curve_for(voice))
    pcm = to_pcm16(sound)
    length = len(pcm) / SAMPLE_RATE

    def moved(time: float) -> float:
        return round(min(max(time - begin, 0.0), length), 4)

    def moved_word(word: SpokenWord) -> SpokenWord:
        return word.model_copy(update={"start": moved(word.start), "end": moved(word.end)})

    words = None if spoken.words is None else tuple(map(moved_word, spoken.words))
    phones = tuple(
        Phone(symbol=phone.symbol, start=moved(phone.start), end=moved(phone.end)) for phone in spoken.phones
    )
    times = BreathTimes(samples=len(pcm), active=(moved(start), moved(end)), words=words, phones=phones)
    return Take(pcm, times)


def _active(spoken: Spoken) -> tuple[float, float]:
    if spoken.phones:
        return spoken.phones[0].start, spoken.phones[-1].end
    return active_span(spoken.pcm, spoken.sample_rate)
