"""How sentences become scenes: pacing, exact places, and what an edit leaves alone."""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from videogen_engine.planning.model import Pacing, Phrase, ScenePlan, Structure
from videogen_engine.planning.tempo import spoken_seconds

MakePlan = Callable[..., ScenePlan]

SCRIPTS = sorted(path.name for path in (Path(__file__).parent / "scripts").glob("*.txt"))


def spans(plan: ScenePlan) -> list[tuple[str, int, int]]:
    """Every piece of text in a plan that names its place, as written."""
    found: list[tuple[str, int, int]] = []
    for scene in plan.scenes:
        found.append((scene.text, scene.start, scene.end))
        found.extend((sentence.text, sentence.start, sentence.end) for sentence in scene.sentences)
    return found


def phrases(plan: ScenePlan) -> list[Phrase]:
    found: list[Phrase] = []
    for scene in plan.scenes:
        parts = (scene.figure, scene.figure_label, scene.quote, scene.attribution)
        found.extend([*scene.key_phrases, *scene.items, *(part for part in parts if part is not None)])
    return found


@pytest.mark.parametrize("name", SCRIPTS)
@pytest.mark.parametrize("pacing", list(Pacing))
def test_every_span_is_an_exact_slice_of_the_script(
    name: str, pacing: Pacing, plan_of: MakePlan, sample: Callable[[str], str]
) -> None:
    script = sample(name)
    plan = plan_of(script, name.split(".")[1], pacing)
    assert plan.script == script
    assert all(script[start:end] == text for text, start, end in spans(plan))
    for phrase in phrases(plan):
        written = " ".join(re.sub(r"[*`]", "", script[phrase.start : phrase.end]).split())
        assert phrase.text.casefold() == written.casefold()


@pytest.mark.parametrize("name", SCRIPTS)
def test_scenes_follow_one_another_and_say_all_words(
    name: str, plan_of: MakePlan, sample: Callable[[str], str]
) -> None:
    script = sample(name)
    plan = plan_of(script, name.split(".")[1])
    assert [scene.index for scene in plan.scenes] == list(range(len(plan.scenes)))
    sentences = [sentence for scene in plan.scenes for sentence in scene.sentences]
    assert all(one.end <= two.start for one, two in pairwise(sentences))
    said = "".join(char for sentence in sentences for char in sentence.text if char.isalnum())
    numbered = re.sub(r"(?m)^\s*\d+[.)] ", "", script)
    assert said == "".join(char for char in numbered if char.isalnum())


@settings(
    deadline=None, derandomize=True, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(script=st.text(min_size=1, max_size=400), language=st.sampled_from(["en", "de", "es", "fr", "ar", "ja", "xx"]))
def test_any_text_with_a_letter_makes_a_plan_with_exact_spans(plan_of: MakePlan, script: str, language: str) -> None:
    script += " Word."
    plan = plan_of(script, language)
    assert plan.scenes and all(scene.headline and scene.sentences for scene in plan.scenes)
    assert all(script[start:end] == text for text, start, end in spans(plan))
    assert len(plan.title) <= 60


PIECES = [
    "Stop.",
    "e.g. 5%",
    "“Hi,” she said.",
    "a, b, and c",
    "First,",
    "\n\n",
    "\n- ",
    "# ",
    "U.S.",
    "while",
    "than",
    "vs.",
    "?",
    "…",
    "(x",
    "don't",
    "12,000 people",
    "1. ",
    "¿Qué?",
    "und",
    "。",
    "Step 2:",
    "http://x.y/z",
    "**bold**",
    "\u200f",
    "it makes it",
]


@settings(
    deadline=None, derandomize=True, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    parts=st.lists(st.sampled_from(PIECES), min_size=1, max_size=40), language=st.sampled_from(["en", "de", "es", "fr"])
)
def test_any_jumble_of_cues_makes_a_plan_with_whole_headlines(
    plan_of: MakePlan, parts: list[str], language: str
) -> None:
    script = " ".join(parts) + " word"
    plan = plan_of(script, language)
    assert all(script[start:end] == text for text, start, end in spans(plan))
    for scene in plan.scenes:
        assert len(scene.headline.split()) <= 7 and scene.headline.strip() == scene.headline
        assert len(scene.items) in {0, 2, 3, 4} and all(item.text for item in scene.items)


def test_each_pacing_makes_longer_scenes_than_the_one_before(plan_of: MakePlan, sample: Callable[[str], str]) -> None:
    medians: list[float] = []
    for pacing in (Pacing.FAST, Pacing.MEDIUM, Pacing.SLOW):
        lengths: list[float] = []
        for name in SCRIPTS:
            plan = plan_of(sample(name), name.split(".")[1], pacing)
            lengths.extend(spoken_seconds(scene.text) for scene in plan.scenes)
        medians.append(statistics.median(lengths))
    assert 3.0 <= medians[0] <= 4.2 < medians[1] <= 6.5 < medians[2] <= 12.0


def test_a_changed_sentence_of_like_length_changes_exactly_one_scene(plan_of: MakePlan) -> None:
    script = (Path(__file__).parents[2] / "examples" / "hydration.txt").read_text(encoding="utf-8")
    before = plan_of(script)
    changes = {
        "What you drink matters too.": "Which drink you choose matters.",
        "Pale yellow urine is a good sign.": "Pale yellow urine is a fine sign.",
        "Next, keep a bottle where you can see it.": "Next, put a bottle where you will see it.",
        "every cell depends on it": "every organ depends on it",
    }
    for old, new in changes.items():
        assert script.count(old) == 1
        after = plan_of(script.replace(old, new))
        assert len(after.scenes) == len(before.scenes)
        changed = [one.index for one, two in zip(before.scenes, after.scenes, strict=True) if one.text != two.text]
        assert len(changed) == 1, old


def test_a_new_sentence_leaves_every_scene_of_other_paragraphs_alone(plan_of: MakePlan) -> None:
    paragraphs = [
        f"The ship number {n} left port at dawn. Its crew was small and its cargo was large. "
        f"Nobody on shore knew where it went. Years later a letter arrived in the town."
        for n in ("one", "two", "three", "four", "five", "six")
    ]
    before = plan_of("\n\n".join(paragraphs))
    paragraphs[2] = "A storm was coming from the west that night. " + paragraphs[2]
    after = plan_of("\n\n".join(paragraphs))
    kept = [scene.text for scene in before.scenes if "three" not in scene.text]
    texts = [scene.text for scene in after.scenes]
    outside = [text for text in kept if text in texts]
    assert len(outside) >= len(before.scenes) - 3


def test_in_one_long_paragraph_grouping_finds_back_after_an_edit(plan_of: MakePlan) -> None:
    nouns = ["river", "mountain", "forest", "valley", "island", "desert", "glacier", "meadow", "canyon", "harbor"]
    sentences = [
        f"The {noun} changes with every season of the year{' and nobody minds' * (index % 3)}."
        for index, noun in enumerate(nouns * 4)
    ]
    before = {scene.text for scene in plan_of(" ".join(sentences)).scenes}
    sentences.insert(5, "Here is one more sentence that was not there.")
    after = {scene.text for scene in plan_of(" ".join(sentences)).scenes}
    assert len(before & after) >= len(before) * 0.6


def test_a_heading_goes_with_what_it_heads_and_names_the_section(
    plan_of: MakePlan, sample: Callable[[str], str]
) -> None:
    plan = plan_of(sample("readme.en.txt"))
    install = next(scene for scene in plan.scenes if "Install it" in scene.text)
    assert install.text.startswith("Installation")
    assert install.kicker == "Installation"
    assert install.headline == "Install it with your package manager"
    assert plan.title == "Lantern"


def test_a_long_bulleted_list_becomes_even_handfuls_under_one_name(
    plan_of: MakePlan, sample: Callable[[str], str]
) -> None:
    scenes = [scene for scene in plan_of(sample("recipe.en.txt")).scenes if scene.structure is Structure.LIST]
    assert [[item.text for item in scene.items] for scene in scenes] == [
        ["Ripe tomatoes", "One large onion", "Garlic"],
        ["Olive oil", "Basil", "Salt and pepper"],
    ]
    assert {scene.headline for scene in scenes} == {"What you will need"}
