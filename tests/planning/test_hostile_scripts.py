"""Scripts that nobody should write, and that must all have a defined outcome."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from videogen_agents.errors import InputError
from videogen_engine.planning.grouping import MAX_SCENES
from videogen_engine.planning.model import Pacing, PlanRequest, ScenePlan
from videogen_engine.planning.stage import plan
from videogen_engine.stage import StageCancelledError, StageContext

MakePlan = Callable[..., ScenePlan]


@pytest.mark.parametrize("script", ["", "  \n\t ", "\0", "\u200b\ufeff"])
def test_an_empty_script_is_refused_by_name(script: str, plan_of: MakePlan) -> None:
    with pytest.raises(InputError, match="empty") as caught:
        plan_of(script)
    assert caught.value.code == "empty_script"


@pytest.mark.parametrize("script", ["🎉🎉 🚀", "…", "---\n***", "!?!"])
def test_a_script_without_a_word_is_refused_by_name(script: str, plan_of: MakePlan) -> None:
    with pytest.raises(InputError, match="no words") as caught:
        plan_of(script)
    assert caught.value.next_step


def test_a_word_of_ten_thousand_characters_is_one_sentence_with_a_short_headline(plan_of: MakePlan) -> None:
    script = "w" * 10_000
    made = plan_of(script)
    assert [sentence.text for scene in made.scenes for sentence in scene.sentences] == [script]
    assert len(made.scenes[0].headline) <= 60 and len(made.title) <= 60


@pytest.mark.parametrize(("between", "pacing"), [(" ", Pacing.FAST), ("\n\n", Pacing.MEDIUM)])
def test_five_thousand_one_word_sentences_make_a_bounded_number_of_scenes(
    between: str, pacing: Pacing, plan_of: MakePlan
) -> None:
    made = plan_of(between.join(["Go."] * 5_000), pacing=pacing)
    assert sum(len(scene.sentences) for scene in made.scenes) == 5_000
    assert 100 < len(made.scenes) <= MAX_SCENES


def test_right_to_left_text_keeps_its_characters_in_order(plan_of: MakePlan) -> None:
    script = "מים הם חיים. شرب الماء مهم جدا."
    made = plan_of(script, "he")
    assert [sentence.text for scene in made.scenes for sentence in scene.sentences] == [
        "מים הם חיים.",
        "شرب الماء مهم جدا.",
    ]


@pytest.mark.parametrize("script", ["One\0two. Three\0.", "Lone \ud800 half. And \udfff another."])
def test_nulls_and_lone_surrogates_do_not_reach_the_headline(script: str, plan_of: MakePlan) -> None:
    made = plan_of(script)
    assert "".join(scene.text for scene in made.scenes)
    for shown in (made.title, *(scene.headline for scene in made.scenes)):
        shown.encode("utf-8")
        assert "\0" not in shown


@pytest.mark.parametrize(
    "script",
    [
        "(" * 3_000 + "a",
        '"' * 2_999 + "a",
        "a, " * 1_500,
        "x and " * 900,
        "水" * 4_000,
        "- go\n" * 800,
        "First, do it. " * 300,
        "a, b, and c, " * 300,
        "A is bigger than B, while C is smaller than D. " * 80,
        "12,345 " * 700,
        "https://a.b/" + "c/" * 3_000,
        "|a|b|\n" * 500,
        "9" * 6_000,
    ],
    ids=lambda script: script[:8],
)
def test_repetition_without_end_is_planned(script: str, plan_of: MakePlan) -> None:
    made = plan_of(script)
    assert 1 <= len(made.scenes) <= MAX_SCENES
    assert all(script[scene.start : scene.end] == scene.text for scene in made.scenes)


def test_an_unknown_language_is_planned_with_neutral_rules(plan_of: MakePlan) -> None:
    made = plan_of("Saluton al la mondo. Ĉu vi trinkis akvon hodiaŭ?", "eo")
    assert made.language == "eo"
    assert made.scenes[0].headline == "Saluton al la mondo"


def test_a_cancelled_plan_stops(ctx: StageContext) -> None:
    ctx.cancelled.set()
    with pytest.raises(StageCancelledError):
        plan(PlanRequest(script="Some words. More words."), ctx)


def test_the_same_script_makes_the_same_plan(plan_of: MakePlan, sample: Callable[[str], str]) -> None:
    script = sample("news.en.txt")
    assert plan_of(script).model_dump_json() == plan_of(script).model_dump_json()
