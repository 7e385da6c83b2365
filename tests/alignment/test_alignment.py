"""Texts found in recordings whose true word times the synthesiser tells."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from videogen_agents.contract import TranscriptWord
from videogen_engine.alignment.acoustic_model import AcousticModel
from videogen_engine.alignment.arpabet import arpabet
from videogen_engine.alignment.estimating import spread
from videogen_engine.alignment.model import AlignedText, AlignRequest, Passage
from videogen_engine.alignment.stage import align
from videogen_engine.listening.model import Silence
from videogen_engine.listening.passages import is_untimed, passages_of
from videogen_engine.listening.silences import block_levels, find_silences
from videogen_engine.planning.model import PlanRequest, Sentence
from videogen_engine.planning.stage import plan
from videogen_engine.speech.model import SAMPLE_RATE, Narration, SpeechRequest, SpokenScene
from videogen_engine.speech.stage import speak
from videogen_engine.speech.wave_file import read_wave, write_wave
from videogen_engine.stage import StageCancelledError, StageContext
from videogen_engine.store.artifact_store import MediaArtifactStore

ENGLISH = "Dr. Okafor rented 12 rooms near Ljubljana in 1998. Every morning she baked dark bread for her guests."
GERMAN = "Der alte Leuchtturm steht am Rand der Insel. Im Sommer kommen jeden Tag etwa 300 Besucher."
OTHER = "Glaciers forget how to hurry. When the ice melts, fourteen villages will look for water elsewhere, and soon."
Samples = NDArray[np.int16]
Recording = tuple[Samples, dict[int, float]]


@pytest.fixture(scope="module")
def ctx(tmp_path_factory: pytest.TempPathFactory) -> StageContext:
    folder = tmp_path_factory.mktemp("aligned")
    return StageContext(store=MediaArtifactStore((folder / "media").as_uri()), scratch=folder / "scratch")


def sentences(text: str, language: str, ctx: StageContext) -> tuple[Sentence, ...]:
    planned = plan(PlanRequest(script=text, language=language), ctx)
    return tuple(sentence for scene in planned.scenes for sentence in scene.sentences)


def noisy(samples: Samples) -> Samples:
    """The same, with an echo and the hiss of a room."""
    sound = samples.astype(np.float64)
    for seconds, share in ((0.031, 0.35), (0.067, 0.2), (0.113, 0.1)):
        late = round(seconds * SAMPLE_RATE)
        sound[late:] += share * sound[:-late]
    sound += np.random.default_rng(5).normal(0, 0.05 * np.std(sound), len(sound))
    return np.asarray(np.clip(sound * 0.7, -32768, 32767), np.int16)


def spoken(text: str, language: str, voice: str, ctx: StageContext) -> Recording:
    """A recording with half a second of room before it, and when each word begins, by its place in the text."""
    scenes = (SpokenScene(sentences=sentences(text, language, ctx)),)
    made: Narration = speak(SpeechRequest(scenes=scenes, language=language, voice_id=voice), ctx)
    (scene,) = made.scenes
    before = SAMPLE_RATE // 2
    sound = np.concatenate([np.zeros(before, np.int16), read_wave(ctx.store.path(scene.clip))])
    return noisy(sound), {word.char_start: word.start + 0.5 for word in scene.words}


def request(samples: Samples, text: str, language: str, ctx: StageContext, **more: object) -> AlignRequest:
    def write(path: Path) -> None:
        write_wave(path, [samples], SAMPLE_RATE)

    key = {"sum": int(samples.astype(np.int64).sum()), "length": len(samples)}
    sound = ctx.cached_file("test-recording", "1", key, suffix=".wav", media_type="audio/wav", make=write)
    fields = {
        "sound": sound,
        "samples": len(samples),
        "silences": find_silences(block_levels(samples), len(samples)),
        "script": text,
        "language": language,
        "sentences": sentences(text, language, ctx),
    }
    return AlignRequest.model_validate(fields | more)


def errors(found: AlignedText, true: dict[int, float]) -> NDArray[np.float64]:
    at = {word.char_start: word.start for word in found.words}
    assert at.keys() == true.keys()
    return np.array([abs(at[place] - start) for place, start in true.items()])


@pytest.fixture(scope="module")
def english(ctx: StageContext) -> Recording:
    return spoken(ENGLISH, "en", "vg_voic_flite_rms", ctx)


def test_english_words_are_placed_to_a_few_hundredths_of_a_second_with_figures_and_names(
    ctx: StageContext, english: Recording
) -> None:
    samples, true = english
    found = align(request(samples, ENGLISH, "en", ctx), ctx)
    assert found.belongs
    assert found.modelled == len(true)
    away = errors(found, true)
    assert np.median(away) < 0.06
    assert np.percentile(away, 90) < 0.15
    assert [word.text for word in found.words] == ENGLISH.split()
    assert all(one.end <= other.start for one, other in zip(found.words, found.words[1:], strict=False))


def test_other_languages_are_placed_by_comparison_with_a_voice(ctx: StageContext) -> None:
    samples, true = spoken(GERMAN, "de", "vg_voic_espeak_de_female", ctx)
    found = align(request(samples, GERMAN, "de", ctx), ctx)
    assert found.belongs
    assert found.compared == len(true)
    assert np.median(errors(found, true)) < 0.12


def test_the_same_recording_is_aligned_the_same_way_twice(ctx: StageContext, english: Recording) -> None:
    asked = request(english[0], ENGLISH, "en", ctx)
    assert align(asked, ctx) == align(asked, ctx)


@pytest.mark.parametrize("text", [OTHER, GERMAN, OTHER * 20], ids=["other words", "other language", "a far longer one"])
def test_a_text_that_is_not_what_is_said_is_found_out(ctx: StageContext, english: Recording, text: str) -> None:
    found = align(request(english[0], text, "en", ctx), ctx)
    assert not found.belongs
    assert found.words == ()


def test_subtitles_say_roughly_where_to_look(ctx: StageContext, english: Recording) -> None:
    samples, true = english
    half = ENGLISH.index("Every")
    middle = true[half]
    passages = (
        Passage(char_start=0, char_end=half - 1, start=0.0, end=middle),
        Passage(char_start=half, char_end=len(ENGLISH), start=middle + 0.4, end=len(samples) / SAMPLE_RATE),
    )
    found = align(request(samples, ENGLISH, "en", ctx, passages=passages), ctx)
    assert np.median(errors(found, true)) < 0.06


def test_a_language_that_no_voice_reads_is_timed_by_the_pauses(ctx: StageContext, english: Recording) -> None:
    text = "สวัสดีครับ วันนี้ ฝนตก"
    found = align(request(english[0], text, "th", ctx), ctx)
    assert found.belongs
    assert found.likeness is None
    assert found.estimated == len(found.words) > 0
    quiet = find_silences(block_levels(english[0]), len(english[0]))
    assert not any(s.start / SAMPLE_RATE < word.start < s.end / SAMPLE_RATE for s in quiet for word in found.words)


def test_estimated_words_share_what_is_not_silent_by_their_length() -> None:
    pause = Silence(start=SAMPLE_RATE, end=2 * SAMPLE_RATE)
    assert spread([1, 1, 2], 0.0, 5.0, (pause,)) == [(0.0, 1.0), (2.0, 3.0), (3.0, 5.0)]


def test_alignment_ends_when_it_is_cancelled(ctx: StageContext, english: Recording) -> None:
    stopped = StageContext(store=ctx.store, scratch=ctx.scratch)
    asked = request(english[0], ENGLISH, "en", ctx)
    stopped.cancelled.set()
    with pytest.raises(StageCancelledError):
        align(asked, stopped)


def test_progress_is_told_and_never_falls(ctx: StageContext, english: Recording) -> None:
    told: list[float] = []
    report: Callable[[float, str], None] = lambda done, _message: told.append(done)  # noqa: E731
    align(request(english[0], ENGLISH, "en", ctx), StageContext(store=ctx.store, scratch=ctx.scratch, report=report))
    assert len(told) > 5
    assert told == sorted(told)
    assert told[-1] <= 1


def test_words_of_no_dictionary_are_spelled_by_their_sound() -> None:
    assert arpabet(["l", "j", "uː", "b", "l", "j", "ˈɑː", "n", "ə"]) == "L Y UW B L Y AA N AH"
    asked: list[str] = []
    model = AcousticModel(lambda word: asked.append(word) or "")
    assert model.align(["zzyzxian"], np.zeros(16_000, np.int16)) is None
    assert asked == ["zzyzxian"]


def item(text: str, start: float, end: float) -> TranscriptWord:
    return TranscriptWord(word=text, start_seconds=start, end_seconds=end)


def test_items_of_many_words_are_a_text_without_times() -> None:
    assert is_untimed([item("So this is all of it, from first to last.", 0, 1)])
    assert not is_untimed([item("New York", 0, 1), item("is", 1, 1.2), item("20 %", 1.2, 2)])
    script, passages = passages_of([item("All of the text.", 0, 9)], 60.0)
    assert (script, passages) == ("All of the text.", ())
    script, passages = passages_of([item("One two three four.", 0, 2), item("Five six seven.", 2.5, 4)], 5.0)
    assert [script[one.char_start : one.char_end] for one in passages] == ["One two three four.", "Five six seven."]
    assert passages_of([item("One two three four.", 0, 2), item("Five six seven.", 250, 400)], 5.0)[1] == ()
