"""What each script word becomes when English is read aloud, and which characters it stands for."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videogen_engine.speech.model import Pronunciation
from videogen_engine.speech.text_normalisation import read_english


def said(text: str, *pronunciations: tuple[str, str]) -> list[tuple[str, str]]:
    """Pairs of script characters and what is said for them."""
    wanted = [Pronunciation(original=one, replacement=other) for one, other in pronunciations]
    reading = read_english(text, wanted)
    return [(text[p.start : p.end], reading.text[p.said_start : p.said_end]) for p in reading.pieces]


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("23", "twenty three"),
        ("0", "zero"),
        ("1,250,000", "one million two hundred fifty thousand"),
        ("3.14", "three point one four"),
        ("-5", "minus five"),
        ("007", "zero zero seven"),
        ("1st", "first"),
        ("22nd", "twenty second"),
        ("100th", "one hundredth"),
        ("30%", "thirty percent"),
        ("2.5%", "two point five percent"),
        ("10-15%", "ten to fifteen percent"),
        ("$5", "five dollars"),
        ("$1", "one dollar"),
        ("$0.99", "ninety nine cents"),
        ("£1.50", "one pound and fifty pence"),
        ("€20", "twenty euros"),
        ("20€", "twenty euros"),
        ("$2M", "two million dollars"),
        ("US$40", "forty u s dollars"),
        ("5km", "five kilometers"),
        ("1km", "one kilometer"),
        ("16GB", "sixteen gigabytes"),
        ("-5°C", "minus five degrees celsius"),
        ("1990s", "nineteen nineties"),
        ("'80s", "eighties"),
        ("1999–2005", "nineteen ninety nine to two thousand five"),
        ("1/2", "one half"),
        ("3/4", "three quarters"),
        ("24/7", "twenty four seven"),
        ("16:9", "sixteen to nine"),
        ("3:30", "three thirty"),
        ("10:05", "ten oh five"),
        ("3pm", "three p m"),
        ("2024-05-12", "may twelfth twenty twenty four"),
        ("555-1234", "five five five one two three four"),
        ("2.5.3", "two point five point three"),
        ("1080p", "ten eighty p"),
        ("1920x1080", "one thousand nine hundred twenty by one thousand eighty"),
        ("10x", "ten times"),
        ("100+", "one hundred plus"),
        ("#1", "number one"),
        ("&", "and"),
        ("COVID-19", "co vid nineteen"),
        ("H2O", "h two o"),
        ("NASA", "nasa"),
        ("GDP", "g d p"),
        ("U.S.", "u s"),
        ("HTML5", "h t m l five"),
        ("well-known", "well known"),
        ("and/or", "and or"),
        ("GitHub", "git hub"),
        ("McDonald", "mcdonald"),
        ("café", "cafe"),
        ("naïve", "naive"),
        ("Straße", "strasse"),
        ("didn’t", "didn't"),
        ("example.com", "example dot com"),
        ("https://www.example.com/about?x=1#top", "example dot com slash about"),
        ("bob.smith@acme.org", "bob dot smith at acme dot org"),
        ("π", "pie"),
        ("½", "one half"),
    ],
)
def test_one_token_becomes_exactly_these_words(token: str, words: str) -> None:
    assert said(f"See {token} here") == [("See", "see"), (token, words), ("here", "here")]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (
            "It cost $4.5 million (30%).",
            [
                ("It", "it"),
                ("cost", "cost"),
                ("$4.5", "four point five"),
                ("million", "million dollars"),
                ("(30%).", "thirty percent"),
            ],
        ),
        ("Run 5 km daily", [("Run", "run"), ("5", "five"), ("km", "kilometers"), ("daily", "daily")]),
        ("Dr. Lee", [("Dr.", "doctor"), ("Lee", "lee")]),
        (
            "Main St. near St. Paul",
            [("Main", "main"), ("St.", "street"), ("near", "near"), ("St.", "saint"), ("Paul", "paul")],
        ),
        ("e.g. this", [("e.g.", "for example"), ("this", "this")]),
        ("No. 5", [("No.", "number"), ("5", "five")]),
        ("In 1776", [("In", "in"), ("1776", "seventeen seventy six")]),
        ("1776 meters", [("1776", "one thousand seven hundred seventy six"), ("meters", "meters")]),
        ("May 5, 2024", [("May", "may"), ("5,", "fifth"), ("2024", "twenty twenty four")]),
        ("World War II", [("World", "world"), ("War", "war"), ("II", "two")]),
        ("Henry VIII", [("Henry", "henry"), ("VIII", "the eighth")]),
        ("A Plan A", [("A", "a"), ("Plan", "plan"), ("A", "ay")]),
        ("2 1/2 cups", [("2", "two"), ("1/2", "and one half"), ("cups", "cups")]),
        ("10 - 15 men", [("10", "ten"), ("-", "to"), ("15", "fifteen"), ("men", "men")]),
        ("THIS IS BIG NEWS", [("THIS", "this"), ("IS", "is"), ("BIG", "big"), ("NEWS", "news")]),
        ("one—two", [("one—", "one"), ("two", "two")]),
    ],
)
def test_words_are_read_by_what_stands_beside_them(text: str, pairs: list[tuple[str, str]]) -> None:
    assert said(text) == pairs


def test_emoji_and_lone_marks_belong_to_the_word_before_them_or_to_the_first_one() -> None:
    assert said("🎉 Hello 🎉 world — again !") == [("🎉 Hello 🎉", "hello"), ("world —", "world"), ("again !", "again")]


def test_a_pronunciation_replaces_whole_words_whatever_their_case() -> None:
    assert said("SQL, sql; SQLite", ("SQL", "sequel")) == [
        ("SQL,", "sequel"),
        ("sql;", "sequel"),
        ("SQLite", "sqlite"),
    ]


def test_a_pronunciation_of_several_words_covers_exactly_their_characters() -> None:
    assert said("Try Video Gen AI now", ("video gen ai", "video jen")) == [
        ("Try", "try"),
        ("Video Gen", "video"),
        ("AI", "jen"),
        ("now", "now"),
    ]


def test_the_longest_pronunciation_wins() -> None:
    assert said("New York", ("New", "old"), ("New York", "big apple")) == [("New", "big"), ("York", "apple")]


def test_words_in_foreign_letters_are_silent_and_counted() -> None:
    reading = read_english("Hello Мир and 世")
    assert reading.text == "hello and."
    assert reading.unreadable == 2


def test_a_question_keeps_its_question_mark() -> None:
    assert read_english("Is it so?").text == "is it so?"
    assert read_english("Is it so ?").text == "is it so?"


def test_the_stop_of_an_abbreviation_is_no_pause() -> None:
    assert read_english("Mr. Bean met Dr. Who.").text == "mister bean met doctor who."


@given(st.text(max_size=200))
def test_any_text_becomes_plain_words_and_pieces_in_order(text: str) -> None:
    reading = read_english(text)
    assert re.fullmatch(r"[a-z' .,?!;:]*", reading.text)
    edges = [(p.start, p.end, p.said_start, p.said_end) for p in reading.pieces]
    for start, end, said_start, said_end in edges:
        assert 0 <= start < end <= len(text)
        assert 0 <= said_start < said_end <= len(reading.text)
    for before, after in pairwise(edges):
        assert before[1] <= after[0]
        assert before[3] <= after[2]
