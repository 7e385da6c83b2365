"""The speech stage: every sentence becomes clips, every scene the clips of its sentences with pauses between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from videogen_agents.errors import InputError, UnavailableError
from videogen_engine.frozen import Frozen
from videogen_engine.planning.model import Sentence
from videogen_engine.speech.breath import WAVE_TYPE, Breath, BreathInputs, Take, is_kept, kept, take_of
from videogen_engine.speech.espeak import EspeakSpeech
from videogen_engine.speech.flite import FliteSpeech
from videogen_engine.speech.language_choice import Choice, choose_voice
from videogen_engine.speech.model import SAMPLE_RATE, Narration, Phone, SceneSpeech, SpeechRequest, Word
from videogen_engine.speech.plain_reading import read_plain
from videogen_engine.speech.provider import Speech
from videogen_engine.speech.reading import LONGEST_WORD, Reading, breaths
from videogen_engine.speech.text_normalisation import read_english
from videogen_engine.speech.voices import FLITE, Voice, find_voice
from videogen_engine.speech.wave_file import read_wave, write_wave
from videogen_engine.speech.word_times import piece_times
from videogen_engine.stage import StageContext

#: Raise it when scenes must be put together differently.
SCENE_VERSION: Final = "2"
#: Seconds at speed 1: after a sentence, after a paragraph, where a long sentence was cut, between the breaths
#: of one sentence, and instead of a sentence that has nothing to say.
SENTENCE_PAUSE: Final = 0.32
PARAGRAPH_PAUSE: Final = 0.6
CLAUSE_PAUSE: Final = 0.18
BREATH_PAUSE: Final = 0.12
SILENT_SENTENCE: Final = 1.5
_SLOWEST: Final = 0.5
_FASTEST: Final = 2.0
_WORKERS: Final = 2
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_CLOSERS: Final = "\"'”’»)]}"


@dataclass(frozen=True)
class _Said:
    """A sentence and its breaths; none for a sentence that has nothing to say. ``pause`` in seconds."""

    sentence: Sentence
    readings: tuple[Reading, ...]
    pause: float


class _Part(Frozen):
    """A stretch of a scene: a breath by its inputs, or silence. ``samples`` at ``SAMPLE_RATE``."""

    samples: int
    breath: BreathInputs | None = None


def speak(request: SpeechRequest, ctx: StageContext) -> Narration:
    """Speak every scene. Clips are kept by content, so that one changed sentence is one sentence spoken.

    Raises InputError for a speed outside 0.5–2, a language or script without a voice; NotFoundError for an
    unknown voice; UnavailableError when the engine of a voice that was asked for is not installed;
    StageCancelledError within half a second of a cancellation.
    """
    if not _SLOWEST <= request.speed <= _FASTEST:
        raise InputError(
            f"A speed of {request.speed:g} is outside {_SLOWEST:g} to {_FASTEST:g}.",
            code="invalid_speed",
            next_step="Use a speed between 0.5 and 2; 1 is the voice's own.",
        )
    texts = [sentence.text for scene in request.scenes for sentence in scene.sentences]
    choice = choose_voice(texts, request.language, request.voice_id)
    choice, engine = _engine_for(choice, ctx, asked=request.voice_id is not None)
    try:
        scenes, warnings = _readings(request, choice, engine)
        spoken = _spoken(scenes, choice.voice, engine, request.speed, ctx)
    finally:
        engine.close()
    return Narration(
        provider=engine.name,
        voice_id=choice.voice.voice_id,
        language=choice.language,
        scenes=tuple(_scene(scene, choice.voice, engine, request.speed, spoken, ctx) for scene in scenes),
        warnings=(*choice.warnings, *warnings),
    )


def _engine_for(choice: Choice, ctx: StageContext, *, asked: bool) -> tuple[Choice, Speech]:
    """The voice's engine; espeak-ng and a warning when Flite is missing and nobody asked for it."""
    if choice.voice.provider != FLITE:
        return choice, EspeakSpeech()
    try:
        return choice, FliteSpeech(ctx.scratch)
    except UnavailableError as error:
        if asked:
            raise
        voice = find_voice("vg_voic_espeak_en_us")
        warning = f"{choice.voice.display_name} is not available ({error.message}), so {voice.display_name} speaks."
        return Choice(voice, choice.language, (*choice.warnings, warning)), EspeakSpeech()


def _readings(
    request: SpeechRequest, choice: Choice, engine: Speech
) -> tuple[list[tuple[_Said, ...]], tuple[str, ...]]:
    scenes: list[tuple[_Said, ...]] = []
    shortened = unreadable = spoken = 0
    for scene in request.scenes:
        said: list[_Said] = []
        for index, sentence in enumerate(scene.sentences):
            if engine.reads_english:
                reading = read_english(sentence.text, request.pronunciations)
            else:
                reading = read_plain(sentence.text, choice.language, request.pronunciations)
            shortened += reading.shortened
            unreadable += reading.unreadable
            spoken += len(reading.pieces)
            following = scene.sentences[index + 1].text if index + 1 < len(scene.sentences) else ""
            said.append(_Said(sentence, tuple(breaths(reading)), _pause_after(sentence, following)))
        scenes.append(tuple(said))
    warnings: list[str] = []
    if shortened:
        warnings.append(f"{shortened} word(s) of more than {LONGEST_WORD} characters are spoken only in part.")
    if unreadable:
        warnings.append(f"{unreadable} word(s) in letters that {choice.voice.display_name} cannot read are silent.")
    if scenes and not spoken:
        warnings.append("Nothing in the script can be spoken, so the narration is silent.")
    return scenes, tuple(warnings)


def _pause_after(sentence: Sentence, following: str) -> float:
    if sentence.ends_paragraph:
        return PARAGRAPH_PAUSE
    last = sentence.text.rstrip().rstrip(_CLOSERS)[-1:]
    continues = last in set(",;:،、—–-") or (last.isalnum() and following[:1].islower())
    return CLAUSE_PAUSE if last and continues else SENTENCE_PAUSE


def _inputs(reading: Reading, voice: Voice, engine: Speech, speed: float) -> BreathInputs:
    return BreathInputs(
        engine=f"{engine.name} {engine.version}", voice_id=voice.voice_id, speed=speed, text=reading.text
    )


def _spoken(
    scenes: list[tuple[_Said, ...]], voice: Voice, engine: Speech, speed: float, ctx: StageContext
) -> Mapping[BreathInputs, Breath]:
    """Every breath of the film; those not in the store are spoken, two at a time."""
    wanted = dict.fromkeys(
        _inputs(reading, voice, engine, speed) for scene in scenes for said in scene for reading in said.readings
    )
    found: dict[BreathInputs, Breath] = {}
    new: list[BreathInputs] = []
    for inputs in wanted:
        ctx.check()
        if is_kept(inputs, ctx):
            found[inputs] = kept(inputs, ctx, None)
        else:
            new.append(inputs)
    for done, (inputs, take) in enumerate(_takes(new, voice, engine, ctx), 1):
        found[inputs] = kept(inputs, ctx, take)
        ctx.report(done / len(new), f"Spoke sentence {done} of {len(new)}")
    return found


def _takes(
    new: list[BreathInputs], voice: Voice, engine: Speech, ctx: StageContext
) -> Iterator[tuple[BreathInputs, Take]]:
    """Takes in order. A few are asked for ahead; leaving early ends the engine, and with it what is under way."""
    ahead = 2 * _WORKERS
    with ThreadPoolExecutor(_WORKERS, thread_name_prefix="speech") as pool:
        under_way: list[Future[Take]] = []
        try:
            for index, inputs in enumerate(new):
                while len(under_way) < ahead and index + len(under_way) < len(new):
                    under_way.append(pool.submit(take_of, engine, voice, new[index + len(under_way)]))
                while not wait(under_way[:1], timeout=0.2).done:
                    ctx.check()
                ctx.check()
                yield inputs, under_way.pop(0).result()
        except BaseException:
            engine.close()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _scene(
    scene: tuple[_Said, ...],
    voice: Voice,
    engine: Speech,
    speed: float,
    spoken: Mapping[BreathInputs, Breath],
    ctx: StageContext,
) -> SceneSpeech:
    parts: list[_Part] = []
    words: list[Word] = []
    phones: list[Phone] = []
    at = 0

    def silence(seconds: float) -> None:
        nonlocal at
        samples = round(seconds / speed * SAMPLE_RATE)
        parts.append(_Part(samples=samples))
        at += samples

    for said in scene:
        if not said.readings:
            silence(SILENT_SENTENCE)
        for index, reading in enumerate(said.readings):
            if index:
                silence(BREATH_PAUSE)
            inputs = _inputs(reading, voice, engine, speed)
            breath = spoken[inputs]
            offset = at / SAMPLE_RATE
            words += _scene_words(said.sentence, reading, breath, offset)
            phones += _moved(breath.times.phones, offset)
            parts.append(_Part(samples=breath.times.samples, breath=inputs))
            at += breath.times.samples
        silence(said.pause)

    def write(path: Path) -> None:
        write_wave(path, (_samples(part, spoken, ctx) for part in parts), SAMPLE_RATE)

    ctx.check()
    clip = ctx.cached_file(
        "speech-scene",
        SCENE_VERSION,
        [part.model_dump(mode="json") for part in parts],
        suffix=".wav",
        media_type=WAVE_TYPE,
        make=write,
    )
    return SceneSpeech(clip=clip, duration=at / SAMPLE_RATE, words=tuple(words), phones=tuple(phones))


def _scene_words(sentence: Sentence, reading: Reading, breath: Breath, offset: float) -> list[Word]:
    times = piece_times(reading, breath.times.words, breath.times.active)
    words: list[Word] = []
    for piece, (start, end) in zip(reading.pieces, times, strict=True):
        # A lone surrogate cannot be written as UTF-8, and so neither stored nor drawn.
        text = _SURROGATE.sub("\ufffd", sentence.text[piece.start : piece.end])
        words.append(
            Word(
                text=text,
                char_start=sentence.start + piece.start,
                char_end=sentence.start + piece.end,
                start=round(offset + start, 4),
                end=round(offset + end, 4),
            )
        )
    return words


def _moved(phones: tuple[Phone, ...], offset: float) -> list[Phone]:
    return [
        Phone(symbol=phone.symbol, start=round(offset + phone.start, 4), end=round(offset + phone.end, 4))
        for phone in phones
    ]


def _samples(part: _Part, spoken: Mapping[BreathInputs, Breath], ctx: StageContext) -> NDArray[np.int16]:
    if part.breath is None:
        return np.zeros(part.samples, np.int16)
    return read_wave(ctx.store.path(spoken[part.breath].clip))
