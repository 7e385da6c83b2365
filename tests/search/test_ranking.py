"""Which file a query finds, measured on a small library with queries that were set aside."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from pydantic import BaseModel

from videogen_engine.search.index import index_of, name_words
from videogen_engine.search.ranking import ranked
from videogen_engine.store.library import SearchRow


class Item(BaseModel):
    id: str
    name: str
    told: list[str]


class Library(BaseModel):
    """``tuning`` may be looked at while working on the ranking; ``held_out`` is for measuring alone."""

    files: list[Item]
    tuning: list[tuple[str, str]]
    held_out: list[tuple[str, str]]
    nothing: list[str]


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.model_validate(json.loads(Path(__file__).with_name("library.json").read_text(encoding="utf-8")))


def row(file_id: str, name: str, *told: str) -> SearchRow:
    words, vectors = index_of(name, told[0] if told else "", told[1:])
    return SearchRow(file_id=file_id, words=words, vectors=vectors)


@pytest.fixture(scope="module")
def rows(library: Library) -> list[SearchRow]:
    return [row(item.id, item.name, *item.told) for item in library.files]


def test_the_obvious_file_is_first(library: Library, rows: list[SearchRow]) -> None:
    missed = [query for query, wanted in library.tuning if [found for found, _ in ranked(query, rows, 1)] != [wanted]]
    assert missed == []


def test_queries_that_were_set_aside_find_their_file_first_as_often_as_the_docs_say(
    library: Library, rows: list[SearchRow]
) -> None:
    first = sum([found for found, _ in ranked(query, rows, 1)] == [wanted] for query, wanted in library.held_out)
    assert (first, len(library.held_out)) == (26, 30)


def test_what_is_not_there_is_not_found(library: Library, rows: list[SearchRow]) -> None:
    assert {query: ranked(query, rows, 3) for query in library.nothing} == {query: [] for query in library.nothing}


def test_similarities_fall_and_do_not_depend_on_the_order_of_the_files(rows: list[SearchRow]) -> None:
    shuffled = random.Random(7).sample(rows, len(rows))
    found = ranked("photo of a dog in the snow", rows, 10)
    assert ranked("photo of a dog in the snow", shuffled, 10) == found
    values = [similarity for _, similarity in found]
    assert values == sorted(values, reverse=True)
    assert all(0 <= value <= 1 for value in values)
    assert len(ranked("photo", rows, 2)) == 2


@pytest.mark.parametrize("query", ["", "   ", "...", "%_'\"; --", "\u202e|", "x" * 900])
def test_odd_queries_find_nothing_and_break_nothing(rows: list[SearchRow], query: str) -> None:
    assert ranked(query, rows, 5) == []
    assert ranked(query, [], 5) == []


def test_names_are_read_as_people_mean_them() -> None:
    assert name_words("AcmeLogo_final-v3.PNG") == ["acme", "logo", "final", "v", "3"]
    assert name_words("Report 2.0") == ["report", "2", "0"]
    assert name_words("東京タワー.jpg") == ["東京", "京タ", "タワ", "ワー"]
    assert name_words(".jpg") in ([], ["jpg"])


def test_a_long_transcript_is_found_by_what_is_said_late_in_it() -> None:
    talk = "We spoke about the weather and the news of the day. " * 400
    rows = [row("a", "talk.mp3", "", talk + "Then the volcano erupted."), row("b", "chat.mp3", "", talk)]
    assert [found for found, _ in ranked("volcano", rows, 5)] == ["a"]
