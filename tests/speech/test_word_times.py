"""Times for words whatever the engine knows: exact, joined, or nothing at all."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from videogen_engine.speech.breath import BreathInputs, take_of
from videogen_engine.speech.phone_alignment import word_spans
from videogen_engine.speech.provider import Spoken, SpokenWord
from videogen_engine.speech.reading import Piece, Reading
from videogen_engine.speech.voices import Gender, Voice
from videogen_engine.speech.word_times import piece_times


def reading_of(*words: str) -> Reading:
    pieces: list[Piece] = []
    text = ""
    for word in words:
        text += " " if text else ""
        pieces.append(Piece(len(text), len(text) + len(word), len(text), len(text) + len(word)))
        text += word
    return Reading(text, tuple(pieces))


def heard(char_start: int, char_end: int, start: float, end: float) -> SpokenWord:
    return SpokenWord(char_start=char_start, char_end=char_end, start=start, end=end)


def test_words_that_the_engine_joined_share_the_time_by_letters() -> None:
    reading = reading_of("that", "was", "it")
    times = piece_times(reading, [heard(0, 9, 0.0, 0.7), heard(9, 11, 0.8, 1.0)], (0.0, 1.0))
    assert times == [(0.0, pytest.approx(0.4)), (pytest.approx(0.4), pytest.approx(0.7)), (0.8, 1.0)]


def test_a_piece_of_several_words_lasts_from_the_first_to_the_last() -> None:
    reading = Reading("twenty three people", (Piece(0, 2, 0, 12), Piece(3, 9, 13, 19)))
    words = [heard(0, 6, 0.1, 0.4), heard(7, 12, 0.4, 0.7), heard(13, 19, 0.7, 1.0)]
    assert piece_times(reading, words, (0.1, 1.0)) == [(0.1, 0.7), (0.7, 1.0)]


def test_without_word_times_the_letters_share_what_is_heard() -> None:
    assert piece_times(reading_of("ab", "abcdef"), None, (1.0, 2.0)) == [(1.0, 1.25), (1.25, 2.0)]


@given(
    st.lists(st.text("abc", min_size=1, max_size=8), min_size=1, max_size=12),
    st.lists(st.tuples(st.integers(0, 60), st.floats(0, 5), st.floats(0, 5)), max_size=12),
)
def test_times_never_overlap_whatever_the_engine_says(words: list[str], events: list[tuple[int, float, float]]) -> None:
    known = [heard(at, at + 1, start, end) for at, start, end in sorted(events)]
    times = piece_times(reading_of(*words), known, (0.0, 5.0))
    assert len(times) == len(words)
    assert all(start < end for start, end in times)
    assert all(before[1] <= after[0] for before, after in pairwise(times))


def test_phones_that_changed_in_running_speech_stay_with_their_word() -> None:
    utterance = ["pau", "dh", "iy", "ae", "p", "ax", "l", "pau", "ax", "n", "d", "ax", "p", "eh", "r", "pau"]
    alone = [["dh", "ax"], ["ae", "p", "ax", "l"], ["ae", "n", "d"], ["ey"], ["p", "eh", "r"]]
    assert word_spans(utterance, alone) == [(1, 3), (3, 7), (8, 11), (11, 12), (12, 15)]


def test_a_word_without_phones_has_no_span() -> None:
    assert word_spans(["pau", "d", "ao", "g"], [[], ["d", "ao", "g"]]) == [None, (1, 4)]


class ToneSpeech:
    """An engine that knows no word times: one tone between two silences."""

    name = "tone"
    version = "1"
    reads_english = False

    def __init__(self, rate: int) -> None:
        self._rate = rate

    def synthesize(self, text: str, voice: Voice, speed: float) -> Spoken:
        tone = 0.1 * np.sin(2 * np.pi * 220 * np.arange(self._rate) / self._rate)
        quiet = np.zeros(self._rate // 2)
        return Spoken(np.concatenate([quiet, tone, quiet]).astype(np.float32), self._rate, None)

    def close(self) -> None:
        return None


VOICE = Voice(
    voice_id="vg_voic_tone",
    display_name="Tone",
    language_code="en",
    gender=Gender.NEUTRAL,
    provider="tone",
    engine_voice="tone",
    description="A tone.",
)


@pytest.mark.parametrize("rate", [8000, 16_000, 22_050, 24_000, 44_100, 48_000])
def test_any_provider_at_any_rate_is_trimmed_to_what_is_heard(rate: int) -> None:
    inputs = BreathInputs(engine="tone 1", voice_id=VOICE.voice_id, speed=1, text="one two")
    take = take_of(ToneSpeech(rate), VOICE, inputs)
    assert len(take.pcm) / 48_000 == pytest.approx(1.08, abs=0.02)
    assert take.times.active == (pytest.approx(0.02, abs=0.01), pytest.approx(1.02, abs=0.01))
    assert take.times.words is None
    spectrum = np.abs(np.fft.rfft(take.pcm.astype(np.float64)))
    assert np.argmax(spectrum) * 48_000 / len(take.pcm) == pytest.approx(220, abs=2)


def test_a_silent_take_stays_silent() -> None:
    class Mute(ToneSpeech):
        def synthesize(self, text: str, voice: Voice, speed: float) -> Spoken:
            return Spoken(np.zeros(1000, np.float32), 16_000, None)

    take = take_of(Mute(16_000), VOICE, BreathInputs(engine="m", voice_id="v", speed=1, text="x"))
    assert not take.pcm.any()
