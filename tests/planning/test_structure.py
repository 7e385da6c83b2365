"""What a sentence is: list, statistic, comparison, quote, question, step or statement."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from videogen_engine.planning.model import PlannedScene, ScenePlan, Structure

MakePlan = Callable[..., ScenePlan]


@pytest.fixture
def scene_of(plan_of: MakePlan) -> Callable[..., PlannedScene]:
    def make(script: str, language: str = "en") -> PlannedScene:
        return plan_of(script, language).scenes[0]

    return make


Scene = Callable[..., PlannedScene]

LISTS = [
    ("en", "Drinking enough water supports your energy, focus, and mood.", ["Energy", "Focus", "Mood"]),
    (
        "en",
        "The garden is full of red roses, white lilies and tall sunflowers.",
        ["Red roses", "White lilies", "Tall sunflowers"],
    ),
    ("en", "You get twelve pages, a cloth, and a pen.", ["Twelve pages", "Cloth", "Pen"]),
    ("en", "Stop, drop, and roll.", ["Stop", "Drop", "Roll"]),
    (
        "en",
        "Wash your hands, cover your cough, and stay home when you are sick.",
        ["Wash your hands", "Cover your cough", "Stay home"],
    ),
    (
        "en",
        "Its lesson is simple: count carefully, draw honestly, and look again.",
        ["Count carefully", "Draw honestly", "Look again"],
    ),
    (
        "en",
        "This video explains how we work, who to ask, and what happens next.",
        ["How we work", "Who to ask", "What happens next"],
    ),
    ("en", "- Energy\n- Focus\n- Better sleep", ["Energy", "Focus", "Better sleep"]),
    ("en", "1. Salt\n2. Pepper\n3. Olive oil", ["Salt", "Pepper", "Olive oil"]),
    ("en", "- **watch**: rebuild on every change\n- **check**: find broken links", ["Watch", "Check"]),
    ("de", "Sie bieten Vögeln, Igeln und Wildbienen Nahrung.", ["Vögeln", "Igeln", "Wildbienen"]),
    ("es", "Cada persona necesita agua, comida y descanso.", ["Agua", "Comida", "Descanso"]),
    ("fr", "Le vélo est rapide, silencieux et bon marché.", ["Rapide", "Silencieux", "Bon marché"]),
    ("ar", "يدعم شرب الماء الطاقة، والتركيز، والمزاج.", ["الطاقة", "التركيز", "المزاج"]),
]


@pytest.mark.parametrize(("language", "script", "labels"), LISTS)
def test_a_list_shows_its_members(language: str, script: str, labels: list[str], scene_of: Scene) -> None:
    scene = scene_of(script, language)
    assert scene.structure is Structure.LIST
    assert [item.text for item in scene.items] == labels


@pytest.mark.parametrize(
    "script",
    [
        "The plan works well and everyone is happy.",
        "She came home, and he went out.",
        "On Monday, the council met and decided nothing.",
        "However, it was cold and dark.",
    ],
)
def test_an_and_alone_makes_no_list(script: str, scene_of: Scene) -> None:
    assert scene_of(script).structure is Structure.STATEMENT


STATISTICS = [
    ("en", "Water makes up about 60% of an adult's body.", "60%", "of an adult's body"),
    ("en", "Revenue grew 18% to €92.4 million in 2024.", "18%", "Revenue"),
    ("en", "Repairs are expected to cost $4.2 million.", "$4.2 million", "Repairs"),
    ("en", "The team shipped 9 out of 10 orders on time.", "9 out of 10", "orders on time"),
    ("en", "About 14,000 drivers cross the bridge every day.", "14,000", "drivers"),
    ("en", "A customer orders three times as often as before.", "three times", "Customer"),
    ("en", "Light travels at 299,792 kilometers per second.", "299,792", "kilometers per second"),
    ("en", "The room was heated to 21 °C.", "21 °C", "Room"),
    ("en", "At 5% a year, you end up with $83,000.", "$83,000", None),
    ("de", "Rund 80 % dieser Wiesen sind verschwunden.", "80 %", "dieser Wiesen"),
    ("de", "Das Projekt kostet 1,2 Millionen Euro.", "1,2 Millionen", "Euro"),
    ("es", "Se pierde el 30% del agua por fugas.", "30%", "del agua por fugas"),
    ("fr", "Une voiture passe 95 % de son temps à l'arrêt.", "95 %", "de son temps à l'arrêt"),
    ("ar", "يشكل الماء حوالي 60٪ من جسم الإنسان.", "60٪", "من جسم الإنسان"),
]


@pytest.mark.parametrize(("language", "script", "figure", "label"), STATISTICS)
def test_a_statistic_shows_its_figure_and_what_it_counts(
    language: str, script: str, figure: str, label: str | None, scene_of: Scene
) -> None:
    scene = scene_of(script, language)
    assert scene.structure is Structure.STATISTIC
    assert scene.figure is not None and scene.figure.text == figure
    assert (scene.figure_label.text if scene.figure_label else None) == label


@pytest.mark.parametrize(
    "script",
    [
        "The bridge was opened in 1923.",
        "We meet at 9:30 on Monday.",
        "The festival begins on May 12.",
        "Version 3.11 is required.",
        "See page 112 of the report.",
    ],
)
def test_dates_times_and_versions_are_no_statistics(script: str, scene_of: Scene) -> None:
    assert scene_of(script).structure is not Structure.STATISTIC


COMPARISONS = [
    (
        "en",
        "A can of soda holds nine teaspoons of sugar, while a glass of water has none.",
        ["Can of soda", "Glass of water"],
    ),
    (
        "en",
        "Simple interest grows in a line, whereas compound interest grows in a curve.",
        ["Simple interest", "Compound interest"],
    ),
    ("en", "Time matters more than talent.", ["Time", "Talent"]),
    ("en", "These molecules scatter short waves more strongly than long waves.", ["Short waves", "Long waves"]),
    ("en", "Quality is not an act but a habit.", ["Act", "Habit"]),
    ("en", "Meetings are for decisions rather than status reports.", ["Decisions", "Status reports"]),
    ("en", "Solar power versus wind power is the wrong question to ask.", ["Solar power", "Wind power"]),
    ("en", "Unlike coal, sunlight is free.", ["Coal", "Sunlight"]),
    ("de", "Das Fahrrad ist schneller als das Auto.", ["Fahrrad", "Auto"]),
    ("es", "Una ducha gasta poca agua, mientras que un baño gasta mucha.", ["Ducha", "Baño"]),
    ("fr", "Le vélo coûte moins cher que la voiture.", ["Vélo", "Voiture"]),
]


@pytest.mark.parametrize(("language", "script", "sides"), COMPARISONS)
def test_a_comparison_shows_its_two_sides(language: str, script: str, sides: list[str], scene_of: Scene) -> None:
    scene = scene_of(script, language)
    assert scene.structure is Structure.COMPARISON
    assert [item.text for item in scene.items] == sides


def test_what_a_subject_does_more_to_one_thing_than_to_another_is_no_comparison_with_it(scene_of: Scene) -> None:
    scene = scene_of("My grandmother remembers the sound more than the water.")
    assert scene.structure is not Structure.COMPARISON


@pytest.mark.parametrize("script", ["Stir while adding the milk slowly.", "More than 40 people came to the meeting."])
def test_while_and_more_than_alone_compare_nothing(script: str, scene_of: Scene) -> None:
    assert scene_of(script).structure is not Structure.COMPARISON


QUOTES = [
    (
        "en",
        '"We would rather be early than sorry," said Mayor Ellen Ward.',
        "We would rather be early than sorry",
        "Mayor Ellen Ward",
    ),
    ("en", 'As Grace Hopper put it: "A ship in port is safe."', "A ship in port is safe.", "Grace Hopper"),
    ("en", "“Simplicity is hard work.” — Ada North", "Simplicity is hard work.", "Ada North"),
    (
        "de",
        "Dr. Anna Weiß vom Naturschutzbund warnt: „Was wir fällen, fehlt den Enkeln.“",
        "Was wir fällen, fehlt den Enkeln.",
        "Dr. Anna Weiß",
    ),
    ("es", "El Dr. Ramírez dice: «Cada gota de agua cuenta».", "Cada gota de agua cuenta", "El Dr. Ramírez"),
    (
        "fr",
        "M. Lefèvre explique : « Un vélo bien entretenu dure vingt ans. »",
        "Un vélo bien entretenu dure vingt ans.",
        "M. Lefèvre",
    ),
]


@pytest.mark.parametrize(("language", "script", "words", "speaker"), QUOTES)
def test_a_quotation_shows_its_words_and_its_speaker(
    language: str, script: str, words: str, speaker: str, scene_of: Scene
) -> None:
    scene = scene_of(script, language)
    assert scene.structure is Structure.QUOTE
    assert scene.quote is not None and scene.quote.text == words
    assert scene.attribution is not None and scene.attribution.text == speaker


def test_a_quoted_word_is_no_quotation(scene_of: Scene) -> None:
    assert scene_of('The word "tide" comes from an old word for time.').structure is Structure.STATEMENT


@pytest.mark.parametrize(
    ("language", "script"),
    [
        ("en", "Why is the sky blue?"),
        ("es", "¿Qué pasa hoy?"),
        ("ar", "هل شربت الماء اليوم؟"),
        ("ja", "空はなぜ青いのですか？"),
    ],
)
def test_a_question_is_a_question(language: str, script: str, scene_of: Scene) -> None:
    assert scene_of(script, language).structure is Structure.QUESTION


STEPS = [
    ("en", "First, open the window. Second, close the valve. Then call for help.", [1, 2, 3]),
    ("en", "Step 1: mix the flour. Step 2: add the water. Finally, bake the bread.", [1, 2, 3]),
    ("en", "1. Chop the onion and fry it gently.\n2. Add the garlic and the tomatoes.", [1, 2]),
    ("de", "Zuerst waschen Sie die Hände. Danach trocknen Sie sie gut ab.", [1, 2]),
    ("es", "Primero, revisa los grifos. Después, instala un reductor.", [1, 2]),
    ("fr", "D'abord, vérifiez les freins. Ensuite, gonflez les pneus.", [1, 2]),
    ("ar", "أولا، اشرب كوبا. ثانيا، ضع زجاجة أمامك.", [1, 2]),
]


@pytest.mark.parametrize(("language", "script", "numbers"), STEPS)
def test_steps_are_numbered_and_have_a_scene_each(
    language: str, script: str, numbers: list[int], plan_of: MakePlan
) -> None:
    scenes = plan_of(script, language).scenes
    assert [scene.structure for scene in scenes] == [Structure.STEP] * len(numbers)
    assert [scene.step_number for scene in scenes] == numbers


@pytest.mark.parametrize(
    "script",
    ["First aid saves lives.", "Finally, the report was published.", "Next year looks good.", "One day it rained."],
)
def test_an_ordinal_alone_makes_no_step(script: str, scene_of: Scene) -> None:
    assert scene_of(script).structure is not Structure.STEP
