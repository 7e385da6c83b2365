"""The text as this machine's own voice says it, with the time of every word: what a recording is compared with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from videogen_engine.alignment.features import HOP, Flags, Floats, frames_of, voice_like
from videogen_engine.alignment.warping import Rendering
from videogen_engine.planning.model import Sentence
from videogen_engine.speech.plain_reading import read_plain
from videogen_engine.speech.provider import Speech
from videogen_engine.speech.reading import Reading, breaths
from videogen_engine.speech.text_normalisation import read_english
from videogen_engine.speech.voices import Voice
from videogen_engine.speech.word_times import piece_times


@dataclass(frozen=True)
class SaidWord:
    """Characters ``char_start``–``char_end`` of the script are read as ``said`` in sentence number ``sentence``; in
    the rendering from frame ``first`` up to ``last``."""

    char_start: int
    char_end: int
    sentence: int
    said: str
    first: int
    last: int


@dataclass(frozen=True)
class Rendered:
    """``values`` are comparable rows of the whole rendering, as ``features.voice_like`` makes them."""

    words: tuple[SaidWord, ...]
    values: Floats

    @property
    def speech_seconds(self) -> float:
        return HOP * sum(word.last - word.first for word in self.words)


@dataclass(frozen=True)
class Sought:
    """Words as columns: each from ``firsts`` up to ``lasts``, with a gap before, between and behind them."""

    rendering: Rendering
    firsts: NDArray[np.int64]
    lasts: NDArray[np.int64]


def read_sentence(text: str, language: str) -> Reading:
    """As the speech stage reads it: English in plain words, other languages as they are written."""
    return read_english(text) if language.split("-")[0].lower() == "en" else read_plain(text, language)


def render_text(
    sentences: Sequence[Sentence], language: str, voice: Voice, engine: Speech, step: Callable[[float], None]
) -> Rendered:
    """Every sentence spoken by ``voice``; what cannot be read has no word. ``step`` hears how far it is (0–1).

    Raises what the engine raises.
    """
    words: list[SaidWord] = []
    cepstra: list[Floats] = []
    spoken: list[Flags] = []
    at = 0
    for number, sentence in enumerate(sentences):
        step(number / len(sentences))
        for breath in breaths(read_sentence(sentence.text, language)):
            take = engine.synthesize(breath.text, voice, 1.0)
            phones = take.phones
            active = (phones[0].start, phones[-1].end) if phones else (0.0, len(take.pcm) / take.sample_rate)
            frames = frames_of([take.pcm], take.sample_rate)
            said = np.zeros(len(frames.levels), np.bool_)
            for piece, (start, end) in zip(breath.pieces, piece_times(breath, take.words, active), strict=True):
                first = min(round(start / HOP), len(said) - 1)
                last = min(max(first + 1, round(end / HOP)), len(said))
                said[first:last] = True
                words.append(
                    SaidWord(
                        char_start=sentence.start + piece.start,
                        char_end=sentence.start + piece.end,
                        sentence=number,
                        said=breath.text[piece.said_start : piece.said_end],
                        first=at + first,
                        last=at + last,
                    )
                )
            cepstra.append(frames.cepstra)
            spoken.append(said)
            at += len(said)
    if not words:
        return Rendered((), np.zeros((0, 1), np.float32))
    return Rendered(tuple(words), voice_like(np.concatenate(cepstra), np.concatenate(spoken)))


def sought(rendered: Rendered, words: Sequence[SaidWord], tempo: float, pool: int = 1) -> Sought:
    """``words`` in the order given. A column is as long as ``pool`` frames of a voice that is ``tempo`` times as
    slow as the rendering."""
    length = pool / tempo
    rows: list[Floats] = [rendered.values[:1]]
    gaps: list[int] = [0]
    firsts: list[int] = []
    lasts: list[int] = []
    at = 1
    for word in words:
        span = rendered.values[word.first : word.last]
        count = max(1, round(len(span) / length))
        edges = np.minimum((np.arange(count) * len(span) / count).astype(np.int64), len(span) - 1)
        sizes = np.maximum(1, np.diff([*edges, len(span)]))
        if count <= len(span):
            rows.append(np.asarray(np.add.reduceat(span, edges, axis=0) / sizes[:, None], np.float32))
        else:
            rows.append(span[edges])
        firsts.append(at)
        at += count
        lasts.append(at)
        rows.append(rendered.values[:1])
        gaps.append(at)
        at += 1
    flags = np.zeros(at, np.bool_)
    flags[gaps] = True
    return Sought(Rendering(np.concatenate(rows), flags), np.array(firsts, np.int64), np.array(lasts, np.int64))
