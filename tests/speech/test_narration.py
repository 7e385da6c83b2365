"""English narration as it is heard: words where they are said, pauses, loudness, speed, what is kept."""

from __future__ import annotations

import itertools
from itertools import pairwise
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from numpy.typing import NDArray

from videogen_agents.errors import InputError, NotFoundError
from videogen_engine.loudness import integrated_lufs, true_peak_dbtp
from videogen_engine.speech import speak
from videogen_engine.stage import StageCancelledError, StageContext

RATE = 48_000
REPORT = [
    "Dr. Smith paid $4.5 million (30%) in 1999, and 23 well-known people cheered.",
    "Visit https://example.com/start, e.g. today! 🎉",
]


def level(samples: NDArray[np.float32], start: float, end: float) -> float:
    """Root mean square in dBFS between two times."""
    part = samples[round(start * RATE) : round(end * RATE)].astype(np.float64)
    return float(10 * np.log10(np.mean(part * part) + 1e-12))


def test_every_visible_token_has_its_characters_and_a_time_of_its_own(say) -> None:
    heard = say(REPORT)
    assert [word.text for word in heard.words] == [
        "Dr.",
        "Smith",
        "paid",
        "$4.5",
        "million",
        "(30%)",
        "in",
        "1999,",
        "and",
        "23",
        "well-known",
        "people",
        "cheered.",
        "Visit",
        "https://example.com/start,",
        "e.g.",
        "today! 🎉",
    ]
    for word in heard.words:
        assert heard.script[word.char_start : word.char_end] == word.text
        assert 0 <= word.start < word.end <= heard.narration.scenes[0].duration
    for before, after in pairwise(heard.words):
        assert before.char_end <= after.char_start
        assert before.end <= after.start


def test_offsets_count_from_the_start_of_the_script_and_times_from_the_start_of_each_scene(say) -> None:
    heard = say("First scene here.", "Second scene there.")
    second = heard.narration.scenes[1].words
    assert [heard.script[word.char_start : word.char_end] for word in second] == ["Second", "scene", "there."]
    assert second[0].char_start > len("First scene here.")
    assert second[0].start < 0.1


def test_words_are_loud_and_the_pauses_between_sentences_are_silent(say) -> None:
    heard = say(["Water keeps us alive.", "Drink some now."])
    samples = heard.scenes[0]
    for word in heard.words:
        assert level(samples, word.start, word.end) > -35
    last_of_first, first_of_second = heard.words[3], heard.words[4]
    assert level(samples, last_of_first.end + 0.08, first_of_second.start - 0.04) < -80


def test_a_long_word_takes_longer_than_a_short_one_beside_it(say) -> None:
    words = {word.text: word.end - word.start for word in say("The extraordinarily big cat.").words}
    assert words["extraordinarily"] > 2 * words["big"]
    assert words["The"] < words["cat."]


def test_sentences_are_a_third_of_a_second_apart_and_paragraphs_more(say) -> None:
    heard = say(["One thing.", "Another thing."])
    words = heard.words
    assert 0.3 <= words[2].start - words[1].end <= 0.45
    assert heard.narration.scenes[0].duration - words[-1].end == pytest.approx(0.66, abs=0.05)


def test_a_sentence_that_was_cut_at_a_comma_goes_on_sooner(say) -> None:
    heard = say(["First comes the water,", "then comes the tea."])
    assert heard.words[4].start - heard.words[3].end < 0.3


def test_scenes_are_at_minus_16_lufs_with_peaks_under_minus_1(say) -> None:
    for voice in ("vg_voic_flite_slt", "vg_voic_flite_rms"):
        samples = say(REPORT, voice_id=voice).samples
        assert integrated_lufs(samples, RATE) == pytest.approx(-16, abs=1.5)
        assert true_peak_dbtp(samples, RATE) < -1


@pytest.mark.parametrize("speed", [0.5, 0.75, 1.5, 2.0])
def test_speed_scales_what_is_heard(say, speed: float) -> None:
    def spoken(value: float) -> float:
        samples = np.abs(say("Water keeps every one of us alive, day after day.", speed=value).samples)
        loud = np.nonzero(samples > 0.01)[0]
        return float(loud[-1] - loud[0])

    assert spoken(1.0) / spoken(speed) == pytest.approx(speed, rel=0.03)


def test_a_pronunciation_changes_the_sound_and_not_the_words(say) -> None:
    plain = say("We like SQL here.")
    replaced = say("We like SQL here.", pronunciations=({"original": "sql", "replacement": "an extraordinary sequel"},))
    assert (
        [word.text for word in replaced.words] == [word.text for word in plain.words] == ["We", "like", "SQL", "here."]
    )
    assert replaced.words[2].end - replaced.words[2].start > 1.5 * (plain.words[2].end - plain.words[2].start)


def test_phones_lie_inside_the_words_they_belong_to(say) -> None:
    heard = say("Seven quick foxes.")
    phones = heard.narration.scenes[0].phones
    first = [phone.symbol for phone in phones if phone.end <= heard.words[0].end + 0.001]
    assert first == ["s", "eh", "v", "ax", "n"]
    assert all(phone.start < phone.end for phone in phones)
    assert phones[-1].end == pytest.approx(heard.words[-1].end, abs=0.001)


def test_a_sentence_of_emoji_is_a_silent_clip_without_words(say) -> None:
    heard = say("🎉🎊✨")
    assert heard.words == ()
    assert 1 <= heard.narration.scenes[0].duration <= 3
    assert not heard.samples.any()
    assert "silent" in heard.narration.warnings[0]


def test_the_same_request_gives_the_same_bytes_in_another_store(say, fresh_ctx: itertools.chain[StageContext]) -> None:
    one, other = (say(*REPORT, ctx=next(fresh_ctx)) for _ in range(2))
    assert one.narration == other.narration
    assert one.samples.tobytes() == other.samples.tobytes()


def test_changing_one_sentence_speaks_one_sentence(say, fresh_ctx: itertools.chain[StageContext]) -> None:
    ctx = next(fresh_ctx)
    say(["One.", "Two."], ["Three."], ctx=ctx)
    before = _clips(ctx)
    say(["One.", "Two."], ["Three."], ctx=ctx)
    assert _clips(ctx) == before
    say(["One.", "Twelve."], ["Three."], ctx=ctx)
    assert len(_clips(ctx)) == len(before) + 1


def test_a_sentence_spoken_twice_is_made_once(say, fresh_ctx: itertools.chain[StageContext]) -> None:
    ctx = next(fresh_ctx)
    heard = say(*["Again and again."] * 5, ctx=ctx)
    assert len(_clips(ctx)) == 1
    assert len(heard.words) == 15


def test_a_cancelled_job_stops_before_it_speaks(fresh_ctx: itertools.chain[StageContext], request_of) -> None:
    ctx = next(fresh_ctx)
    cancelled = Event()
    stopped = StageContext(ctx.store, ctx.scratch, report=lambda _f, _m: cancelled.set(), cancelled=cancelled)
    request, _ = request_of(*[f"This is sentence number {number}." for number in range(40)])
    with pytest.raises(StageCancelledError):
        speak(request, stopped)
    assert len(_clips(ctx)) < 40


def test_progress_ends_at_one(fresh_ctx: itertools.chain[StageContext], request_of) -> None:
    ctx = next(fresh_ctx)
    seen: list[float] = []
    request, _ = request_of("One.", "Two.")
    speak(request, StageContext(ctx.store, ctx.scratch, report=lambda fraction, _m: seen.append(fraction)))
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_no_file_is_left_in_the_scratch_folder(say, fresh_ctx: itertools.chain[StageContext]) -> None:
    ctx = next(fresh_ctx)
    say("Leave nothing behind.", ctx=ctx)
    assert list(ctx.scratch.iterdir()) == []


def test_the_narration_names_its_voice_and_engine(say) -> None:
    narration = say("Hello.", voice_id="flite RMS").narration
    assert (narration.provider, narration.voice_id, narration.language) == ("flite", "vg_voic_flite_rms", "en-US")
    assert narration.warnings == ()


def test_british_english_gets_the_british_voice(say) -> None:
    assert say("Hello.", language="en-GB").narration.voice_id == "vg_voic_flite_awb"


def test_an_unknown_voice_is_refused_with_the_nearest_names(say) -> None:
    with pytest.raises(NotFoundError) as caught:
        say("Hello.", voice_id="Flite SLP")
    assert "Flite SLT (vg_voic_flite_slt)" in (caught.value.next_step or "")


@pytest.mark.parametrize("speed", [0.49, 2.01, -1.0, float("nan")])
def test_a_speed_out_of_range_is_refused(say, speed: float) -> None:
    with pytest.raises(InputError, match=r"outside 0\.5 to 2"):
        say("Hello.", speed=speed)


def _clips(ctx: StageContext) -> set[str]:
    folder: Path = ctx.scratch.parent / "media"
    return {path.name for path in folder.rglob("*.wav") if "speech-breath" in path.as_posix()}
