"""Speech in a hundred languages by espeak-ng in its own process, with the word times it reports."""

from __future__ import annotations

import math

import numpy as np
from pydantic import BaseModel

from videogen_engine.speech.child_process import ChildProcess
from videogen_engine.speech.model import Phone
from videogen_engine.speech.provider import Spoken, SpokenWord
from videogen_engine.speech.voices import ESPEAK, Voice


class _Body(BaseModel):
    """See ``espeak_process``."""

    sample_rate: int
    words: list[tuple[int, int, int]]
    phones: list[tuple[str, int]]


class EspeakSpeech:
    """The ``Speech`` protocol over ``espeak_process``; text is given as it is written."""

    name = ESPEAK
    version = "espeak-ng-1.52-1"
    reads_english = False

    def __init__(self) -> None:
        self._child = ChildProcess(
            "videogen_engine.speech.espeak_process", [], needs="the engine extra: videogen-agents[engine]"
        )

    def synthesize(self, text: str, voice: Voice, speed: float) -> Spoken:
        """Raises InternalError when the engine fails."""
        reply, sound = self._child.ask(
            {"text": text, "voice": voice.engine_voice, "rate": round(voice.pace), "speed": speed},
            20 + len(text) / 10,
        )
        body = _Body.model_validate(reply.body)
        pcm = np.frombuffer(sound, np.int16).astype(np.float32) / np.float32(32768)
        phones = _phones(body, len(pcm))
        return Spoken(pcm, body.sample_rate, _words(text, body, phones), phones)

    def close(self) -> None:
        self._child.close()


def _phones(body: _Body, samples: int) -> tuple[Phone, ...]:
    ends = [*(sample for _, sample in body.phones[1:]), samples]
    return tuple(
        Phone(symbol=symbol, start=start / body.sample_rate, end=end / body.sample_rate)
        for (symbol, start), end in zip(body.phones, ends, strict=True)
        if symbol and end > start
    )


def _words(text: str, body: _Body, phones: tuple[Phone, ...]) -> tuple[SpokenWord, ...]:
    """One word for each place in the text that has events.

    The library merges function words into one event and splits numbers into several at one place. A word
    reaches to the next event's place in the text, and in time to the last phone before the next event.
    """
    places: list[tuple[int, int]] = []
    for position, _, sample in body.words:
        if not places or position > places[-1][0]:
            places.append((position, sample))
    words: list[SpokenWord] = []
    index = 0
    for at, (position, sample) in enumerate(places):
        char_end, stop = places[at + 1] if at + 1 < len(places) else (len(text), None)
        start = sample / body.sample_rate
        limit = math.inf if stop is None else stop / body.sample_rate
        while index < len(phones) and phones[index].start < start - 1e-6:
            index += 1
        inside = index
        while inside < len(phones) and phones[inside].start < limit - 1e-6:
            inside += 1
        if inside > index:
            words.append(
                SpokenWord(
                    char_start=position, char_end=char_end, start=phones[index].start, end=phones[inside - 1].end
                )
            )
            index = inside
    return tuple(words)
