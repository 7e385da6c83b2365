"""The alignment stage: a known text is found in a recording, word by word, or said not to belong to it."""

from __future__ import annotations

import wave
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import compress
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from videogen_agents.errors import InputError, UnavailableError
from videogen_engine.alignment.acoustic_model import AcousticModel
from videogen_engine.alignment.arpabet import arpabet
from videogen_engine.alignment.estimating import spread
from videogen_engine.alignment.features import frames_of, speech_floor, voice_like
from videogen_engine.alignment.matching import Heard, Match, exact_match, likeness, rough_match, tempo_of, unsaid
from videogen_engine.alignment.model import AlignedText, AlignRequest, Passage
from videogen_engine.alignment.refining import refined
from videogen_engine.alignment.rendering import Rendered, SaidWord, read_sentence, render_text
from videogen_engine.speech.espeak import EspeakSpeech
from videogen_engine.speech.language_choice import choose_voice
from videogen_engine.speech.model import SAMPLE_RATE, Word
from videogen_engine.speech.voices import Voice, find_voice
from videogen_engine.stage import StageContext

VERSION = "1"
#: A text that fits the recording no better than this over its own words shuffled is another text.
_LEAST_LIKENESS: Final = 0.065
#: Nobody speaks this many times as fast as the rendering.
_IMPOSSIBLE: Final = 3.0
#: Letters (or Han characters) a second that nobody says.
_MOST_LETTERS, _MOST_HAN = 45.0, 14.0
#: Frames of the recording decoded at a time.
_CHUNK: Final = SAMPLE_RATE * 20
_SHORTEST: Final = 0.02
_ENGLISH: Final = "vg_voic_espeak_en_us"


def align(request: AlignRequest, ctx: StageContext) -> AlignedText:
    """When every word of the text is said.

    The text is spoken by a low and by a high voice of this machine, and the recording is compared with both. English
    is then placed exactly by an acoustic model, where that agrees. Raises InternalError when a speech engine fails.
    """
    path = ctx.store.path(request.sound)
    voices = _voices(request)
    if not voices:
        return _estimated(request)
    heard = _heard(path, ctx)
    engine = EspeakSpeech()
    try:
        best: tuple[float, Rendered, Match] | None = None
        for number, voice in enumerate(voices):

            def step(done: float, number: int = number) -> None:
                ctx.check()
                ctx.report(0.1 + 0.3 * (number + done) / len(voices), "Comparing the recording with the text")

            rendered = render_text(request.sentences, request.language, voice, engine, step)
            if not rendered.words:
                return _estimated(request)
            if rendered.speech_seconds > _IMPOSSIBLE * heard.speech_seconds:
                return AlignedText(words=(), belongs=False, likeness=0.0)
            rough = rough_match(heard, rendered, _given(request.passages, rendered.words), ctx.check)
            alike = likeness(heard, rendered, rough, ctx.check)
            if best is None or alike > best[0]:
                best = alike, rendered, rough
        assert best is not None
        alike, rendered, rough = best
        if alike < _LEAST_LIKENESS:
            return AlignedText(words=(), belongs=False, likeness=round(max(0.0, alike), 3))
        ctx.report(0.5, "Finding every word")
        match = exact_match(heard, rendered, rough, ctx.check)
        absent = unsaid(rendered, match, tempo_of(heard, rendered))
        if absent.any():
            match = Match(match.starts[~absent], match.ends[~absent], match.unwritten)
            rendered = replace(rendered, words=tuple(compress(rendered.words, ~absent)))
        placed = _modelled(request, path, rendered.words, match, engine, ctx)
    finally:
        engine.close()
    return AlignedText(
        words=_words(request, rendered.words, match, placed),
        belongs=True,
        likeness=round(alike, 3),
        modelled=len(placed),
        compared=len(rendered.words) - len(placed),
        unwritten=round(rough.unwritten, 3),
        unsaid=int(absent.sum()),
    )


def _voices(request: AlignRequest) -> tuple[Voice, ...]:
    """A low and a high voice of the language; none where none reads it."""
    if request.language.split("-")[0].lower() == "en":
        low = find_voice(_ENGLISH)
    else:
        try:
            choice = choose_voice([sentence.text for sentence in request.sentences], request.language, None)
        except InputError:
            return ()
        low = choice.voice
        if low.language_code.split("-")[0] != request.language.replace("_", "-").split("-")[0].lower():
            low = _own(request.language) or low
    try:
        return low, find_voice(f"{low.voice_id}_female")
    except InputError:
        return (low,)


def _own(language: str) -> Voice | None:
    try:
        return choose_voice([], language, None).voice
    except InputError:
        return None


def _heard(path: Path, ctx: StageContext) -> Heard:
    frames = frames_of(_pieces(path, ctx), SAMPLE_RATE)
    over = frames.levels - speech_floor(frames.levels)
    return Heard(voice_like(frames.cepstra, over > 0), np.asarray(over, np.float32))


def _pieces(path: Path, ctx: StageContext) -> Iterator[NDArray[np.float32]]:
    with wave.open(str(path), "rb") as file:
        while raw := file.readframes(_CHUNK):
            ctx.check()
            ctx.report(0.1 * file.tell() / max(1, file.getnframes()), "Listening to the voice")
            yield np.frombuffer(raw, "<i2").astype(np.float32) / np.float32(32768)


def _given(passages: Sequence[Passage], words: Sequence[SaidWord]) -> list[tuple[float, float]] | None:
    """Rough times of the words by the passages they stand in, when there are several."""
    if len(passages) < 2:
        return None
    starts = [passage.char_start for passage in passages]
    times: list[tuple[float, float]] = []
    for word in words:
        passage = passages[max(0, bisect_right(starts, word.char_start) - 1)]
        length = max(1, passage.char_end - passage.char_start)
        share = [min(max((at - passage.char_start) / length, 0.0), 1.0) for at in (word.char_start, word.char_end)]
        first, last = (passage.start + one * (passage.end - passage.start) for one in share)
        times.append((first, last))
    return times


def _modelled(
    request: AlignRequest,
    path: Path,
    words: Sequence[SaidWord],
    match: Match,
    engine: EspeakSpeech,
    ctx: StageContext,
) -> dict[int, tuple[float, float]]:
    """English words as the acoustic model has them; nothing in other languages, or without the model."""
    if request.language.split("-")[0].lower() != "en":
        return {}
    voice = find_voice(_ENGLISH)

    def pronounce(word: str) -> str:
        return arpabet([phone.symbol for phone in engine.synthesize(word, voice, 1.0).phones])

    def step(done: float) -> None:
        ctx.check()
        ctx.report(0.6 + 0.4 * done, "Placing the words")

    try:
        model = AcousticModel(pronounce)
    except UnavailableError:
        return {}
    return refined(path, request.samples, words, match, model, step)


def _words(
    request: AlignRequest, said: Sequence[SaidWord], match: Match, placed: dict[int, tuple[float, float]]
) -> tuple[Word, ...]:
    """In order, none overlapping, none outside the recording."""
    longest = request.samples / SAMPLE_RATE
    times = [placed.get(index, (float(match.starts[index]), float(match.ends[index]))) for index in range(len(said))]
    words: list[Word] = []
    earliest = 0.0
    for index, (word, (start, end)) in enumerate(zip(said, times, strict=True)):
        following = times[index + 1][0] if index + 1 < len(times) else longest
        start = max(earliest, min(start, longest - _SHORTEST))
        end = max(start + _SHORTEST, min(end, max(following, start + _SHORTEST), longest))
        earliest = end
        words.append(_word(request.script, word.char_start, word.char_end, start, end))
    return tuple(words)


def _word(script: str, char_start: int, char_end: int, start: float, end: float) -> Word:
    return Word(
        text=script[char_start:char_end],
        char_start=char_start,
        char_end=char_end,
        start=round(start, 3),
        end=round(end, 3),
    )


def _estimated(request: AlignRequest) -> AlignedText:
    """Where no voice here reads the language: by length, in what is not silent."""
    pieces = [
        (sentence.start + piece.start, sentence.start + piece.end)
        for sentence in request.sentences
        for piece in read_sentence(sentence.text, request.language).pieces
    ]
    if not pieces:
        pieces = [(sentence.start, sentence.end) for sentence in request.sentences]
    seconds = request.samples / SAMPLE_RATE
    quiet = sum(silence.end - silence.start for silence in request.silences) / SAMPLE_RATE
    letters = sum(end - start for start, end in pieces)
    if not pieces or letters > _MOST_LETTERS * max(0.1, seconds - quiet):
        return AlignedText(words=(), belongs=False, likeness=None)
    times = _by_passages(request, pieces) or spread(
        [end - start for start, end in pieces], 0.0, seconds, request.silences
    )
    words = tuple(
        _word(request.script, first, last, start, max(end, start + _SHORTEST))
        for (first, last), (start, end) in zip(pieces, times, strict=True)
    )
    return AlignedText(words=words, belongs=True, estimated=len(words))


def _by_passages(request: AlignRequest, pieces: Sequence[tuple[int, int]]) -> list[tuple[float, float]] | None:
    if len(request.passages) < 2:
        return None
    starts = [passage.char_start for passage in request.passages]
    groups: list[list[tuple[int, int]]] = [[] for _ in request.passages]
    for piece in pieces:
        groups[max(0, bisect_right(starts, piece[0]) - 1)].append(piece)
    found: list[tuple[float, float]] = []
    for passage, group in zip(request.passages, groups, strict=True):
        found += spread([b - a for a, b in group], passage.start, passage.end, request.silences) if group else []
    return found
