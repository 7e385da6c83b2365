"""The corpus: phrases with the operations they must come to, and phrases that must change nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from videogen_engine.planning.model import Structure
from videogen_engine.remix.plain_language.operations import OPERATIONS, Operation
from videogen_engine.remix.plain_language.outline import Outline, OutlineScene
from videogen_engine.remix.plain_language.reading import TOPICS, Refused, Understood, read

CORPUS: dict[str, Any] = json.loads((Path(__file__).parent / "corpus.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def outline() -> Outline:
    return outline_of_corpus()


def outline_of_corpus() -> Outline:
    film = CORPUS["film"]
    return Outline(
        title=film["title"],
        language=film["language"],
        voice_id=film["voice"],
        scenes=tuple(
            OutlineScene(
                text=scene["text"], structure=Structure(scene["structure"]), seconds=film["seconds_of_each_scene"]
            )
            for scene in film["scenes"]
        ),
    )


def wire(operations: tuple[Operation, ...]) -> list[dict[str, Any]]:
    return [operation.to_wire() for operation in operations]


def misread(part: str, film: Outline) -> list[str]:
    """The phrases of a part of the corpus that come to something else than they must."""
    wrong: list[str] = []
    for entry in CORPUS[part]:
        found = read(entry["say"], film)
        wanted = wire(OPERATIONS.validate_python(entry["do"]))
        if not isinstance(found, Understood) or wire(found.operations) != wanted:
            wrong.append(entry["say"])
    return wrong


def test_the_corpus_is_as_large_as_its_scores_claim() -> None:
    assert len(CORPUS["tuned_on"]) + len(CORPUS["held_out"]) >= 200
    assert len(CORPUS["held_out"]) >= 40
    assert len(CORPUS["refused"]) >= 60
    said = [entry["say"] for part in ("tuned_on", "held_out") for entry in CORPUS[part]]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("part", ["tuned_on", "held_out"])
def test_at_least_95_percent_of_phrases_come_to_their_operations(part: str, outline: Outline) -> None:
    wrong = misread(part, outline)
    assert len(wrong) <= 0.05 * len(CORPUS[part]), wrong


def test_every_phrase_that_must_be_refused_is(outline: Outline) -> None:
    phrases = [entry["say"] * entry.get("times", 1) for entry in CORPUS["refused"]]
    assert [phrase[:80] for phrase in phrases if not isinstance(read(phrase, outline), Refused)] == []


def test_every_example_of_the_grammar_is_read(outline: Outline) -> None:
    lines = [line for topic in TOPICS for line in topic.EXAMPLES if "'very'" not in line]
    assert [line for line in lines if not isinstance(read(line, outline), Understood)] == []


def test_a_refusal_says_which_part_and_what_was_understood(outline: Outline) -> None:
    found = read("hide the captions and bake a cake", outline)
    assert isinstance(found, Refused)
    assert any("bake a cake" in part for part in found.parts)
    assert found.understood == ("hide the captions",)
    assert len(found.examples) == 3


def test_a_refusal_says_why_when_the_words_are_clear_but_cannot_be_done(outline: Outline) -> None:
    gone = read("drop scene 12", outline)
    assert isinstance(gone, Refused)
    assert "there is no scene 12" in gone.reason
    several = read("remove the scene about water", outline)
    assert isinstance(several, Refused)
    assert "say which number" in several.reason
    german = read("Entferne bitte die dritte Szene", outline)
    assert isinstance(german, Refused)
    assert "German" in german.reason


def test_misspelled_words_are_read_and_the_reading_is_shown(outline: Outline) -> None:
    found = read("delte the thrid scene", outline)
    assert isinstance(found, Understood)
    assert found.corrected == "delete the third scene"


def test_quoted_words_are_never_read_as_commands(outline: Outline) -> None:
    found = read('change scene 8 to "Remove scene 2 and hide the captions."', outline)
    assert isinstance(found, Understood)
    assert wire(found.operations) == [
        {"type": "SET_WORDS", "scene": 8, "text": "Remove scene 2 and hide the captions."}
    ]


@pytest.mark.parametrize(
    "nasty",
    [
        "and " * 400,
        "the " * 450,
        ", " * 900,
        "a" * 2000,
        "make the captions " + "very " * 300 + "large",
        "use " + "a mountain for " * 100 + "scene 2",
        "scene " * 300,
        "«0» «1» «99»",
        "'" * 1999,
        '"' * 1999,
        "use «7» for scene 2",
        "\x00\x01\x02 drop",
        "drop scene ９９９９９９９９",
        "\ud800 drop scene 2",
        "remove scenes 1-99999999999999999",
        "speak 1e999 times as fast",
    ],
)
def test_strange_requests_are_refused_without_an_error(nasty: str, outline: Outline) -> None:
    assert isinstance(read(nasty, outline), Refused)
