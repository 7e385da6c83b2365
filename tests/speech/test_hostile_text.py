"""Text that nobody should write: each has an outcome, none hangs or crashes, and the words stay in order."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from videogen_engine.speech.plain_reading import read_plain
from videogen_engine.speech.reading import LONGEST_BREATH, breaths
from videogen_engine.speech.script_words import script_words
from videogen_engine.speech.text_normalisation import read_english


@pytest.mark.parametrize("language", ["en", "de"])
def test_nul_and_controls_are_silent(say, language: str) -> None:
    heard = say("Hello\x00there \x00 you\x07.", language=language)
    assert [word.text for word in heard.words] == ["Hello", "there", "you"] or "you" in heard.words[-1].text
    assert heard.narration.warnings == ()


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_lone_surrogate_is_replaced_in_the_words_and_can_be_stored(say, language: str) -> None:
    heard = say("Hello \ud800wor\udfffld.", language=language)
    assert [word.text for word in heard.words] == ["Hello", "\ufffdwor\ufffdld."]
    assert "Hello" in heard.narration.model_dump_json()


@pytest.mark.parametrize(
    ("word", "language"), [("a" * 10_000, "en"), ("Straßenbahn" * 1000, "de"), ("1" * 10_000, "en")]
)
def test_a_word_of_ten_thousand_characters_is_spoken_in_part_and_reported(say, word: str, language: str) -> None:
    heard = say(f"See {word} now.", language=language)
    assert [w.text for w in heard.words] == ["See", word, "now."]
    assert heard.narration.scenes[0].duration < 60
    assert heard.narration.warnings == ("1 word(s) of more than 80 characters are spoken only in part.",)


def test_five_thousand_sentences_of_one_word_keep_their_order(say) -> None:
    scene = ["Yes.", "No.", "Maybe.", "Now!", "Why?"] * 5
    heard = say(*[scene] * 200)
    assert len(heard.words) == 5000
    assert all(before.char_end <= after.char_start for before, after in pairwise(heard.words))
    for spoken, samples in zip(heard.narration.scenes, heard.scenes, strict=True):
        assert all(before.end <= after.start for before, after in pairwise(spoken.words))
        assert spoken.duration == pytest.approx(len(samples) / 48_000)


def test_a_sentence_without_an_end_is_spoken_in_breaths(say) -> None:
    heard = say(" ".join(["again and again"] * 200))
    assert len(heard.words) == 600
    assert all(before.end <= after.start for before, after in pairwise(heard.words))


@pytest.mark.parametrize("text", ["", "   ", "...", "!?!", "—", "\u200b\u200d\ufeff", "\n\t", "·•*_~", "👨‍👩‍👧‍👦🏳️‍🌈"])
def test_nothing_to_say_is_silence(say, text: str) -> None:
    heard = say(text)
    assert heard.words == ()
    assert not heard.samples.any()


@pytest.mark.parametrize(
    "text",
    [
        "-voice awb --help",
        "$(reboot) `id` | rm -rf /; ls",
        "../../etc/passwd \\ %s%n",
        '<speak><mark name="x"/>hi</speak>',
        "[[h@'loU]] {x} #include",
    ],
)
def test_what_looks_like_a_command_is_only_text(say, text: str) -> None:
    for language in ("en", "de"):
        heard = say(text, language=language)
        assert heard.words
        assert heard.narration.scenes[0].duration < 30


def test_right_to_left_marks_and_mixed_directions_keep_every_character(say) -> None:
    heard = say("\u200fمرحبا\u200f بالعالم (OK) 25%!", language="ar")
    assert "".join(heard.script.split()) == "".join("".join(word.text for word in heard.words).split())


def test_no_scenes_give_no_scenes(say) -> None:
    from videogen_engine.speech.model import SpeechRequest

    assert SpeechRequest(scenes=()).scenes == ()


@given(st.text(max_size=400), st.sampled_from(["de", "ar", "ja", "fr"]))
@settings(max_examples=150)
def test_any_text_is_read_in_breaths_that_cover_its_words_in_order(text: str, language: str) -> None:
    for reading in (read_english(text), read_plain(text, language)):
        pieces = [piece for breath in breaths(reading) for piece in breath.pieces]
        assert [(p.start, p.end) for p in pieces] == [(p.start, p.end) for p in reading.pieces]
        for breath in breaths(reading):
            assert breath.text.encode()
            assert len(breath.text) <= LONGEST_BREATH * 2
            for piece in breath.pieces:
                assert 0 <= piece.said_start < piece.said_end <= len(breath.text)


@given(st.text(max_size=300))
def test_script_words_are_the_text_without_its_white_space(text: str) -> None:
    words = script_words(text)
    assert all(text[word.start : word.end] == word.text for word in words)
    assert all(before.end <= after.start for before, after in pairwise(words))
