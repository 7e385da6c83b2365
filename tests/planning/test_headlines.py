"""Headlines as a designer would write them: read once by a person, kept from then on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from videogen_engine.planning.lexicon import lexicon
from videogen_engine.planning.model import Pacing, ScenePlan
from videogen_engine.planning.tokens import unspaced

MakePlan = Callable[..., ScenePlan]

#: Every headline of every sample script at medium pacing. Change one only for a better one.
HEADLINES: dict[str, tuple[str, ...]] = {
    "agua.es.txt": (
        "El agua cubre el 71 %",
        "Agua, comida y descanso",
        "30% del agua por fugas",
        "Ducha o baño",
        "Cerrar el grifo",
        "Revisa los grifos de tu casa",
        "Instala un reductor de caudal",
        "Riega las plantas por la noche",
    ),
    "explainer.en.txt": (
        "Save $100 a month",
        "End up with about $83,000",
        "Time vs. talent",
        "Someone who starts at twenty-five",
        "Simple interest vs. compound interest",
        "Start early",
        "Check the fees",
        "Best time to plant a tree",
    ),
    "history.en.txt": (
        "A cholera outbreak struck London",
        "People believed bad air spread disease",
        "Every death on a map",
        "The pump handle was removed",
        "People fall ill",
        "The map is remembered",
        "Its lesson is simple",
    ),
    "natur.de.txt": (
        "Ein einziger Apfelbaum",
        "Streuobstwiesen",
        "Vögeln, Igeln und Wildbienen",
        "80 % dieser Wiesen",
        "Dorf, Wiese, Häuser",
        "Dr. Anna Weiß",
        "Alte Sorten kaufen",
        "Pflanzen Sie einen jungen Baum",
        "Am 3. Oktober beginnt die Pflanzzeit",
    ),
    "news.en.txt": (
        "River town of Lindow",
        "Engineers found deep cracks",
        "About 14,000 drivers cross the bridge",
        "Mayor Ellen Ward",
        "Temporary crossing downstream",
        "Repairs expected to cost $4.2 million",
        "Shop owners worry about lost trade",
        "Will the town be ready?",
    ),
    "onboarding.en.txt": (
        "Welcome to the team",
        "Short video",
        "Your first day",
        "What you will receive",
        "Our weekly meeting starts at 9:30",
        "Decisions vs. status reports",
        "Not an act but a habit",
    ),
    "pani.hi.txt": (
        "क्या आपने आज पानी पिया?",
        "ऊर्जा, ध्यान और अच्छा मूड",
        "आज से ही शुरुआत करें",
    ),
    "physics.en.txt": (
        "Why is the sky blue?",
        "Tiny molecules",
        "Short waves vs. long waves",
        "Blue light vs. deep red light",
        "Blue light reaches your eyes",
        "The light takes a longer path",
        "Most of the blue is gone",
        "The effect is called Rayleigh scattering",
        "Light travels 299,792 kilometers per second",
    ),
    "poem.en.txt": (
        "The harbor lamps are lit again",
        "Who will count the boats tonight?",
        "Let it go again",
    ),
    "product.en.txt": (
        "Meet Tern",
        "Write with any pen",
        "It works without an account",
        "Paper notebook vs. Tern",
        "Over 30% of our customers",
        "What you get",
    ),
    "readme.en.txt": (
        "Lantern",
        "Install it with your package manager",
        "Usage",
        "Most site generators are slow",
        "Lantern keeps a graph",
        "Details, section, themes",
    ),
    "recipe.en.txt": (
        "What you will need",
        "What you will need",
        "Chop the onion",
        "Add the garlic and the tomatoes",
        "Blend the soup",
        "Stir in the basil",
        "Serve it hot",
    ),
    "report.en.txt": (
        "Revenue grew 18% to €92.4 million",
        "Costs rose by only 4%",
        "1.3 million customers",
        "9 out of 10 orders",
        "Returns fell from 7% to 5.2%",
        "Customer orders three times as often",
        "What we plan",
        "Board proposes dividend of €1.10",
    ),
    "safety.en.txt": (
        "Leave the building",
        "Never use a lift",
        "Open the nearest window",
        "Close the main valve",
        "Warn your neighbors and walk outside",
        "Call the emergency number",
        "Do not go back inside",
        "Gas is heavier than you think",
        "Keep exits clear",
    ),
    "sihha.ar.txt": (
        "هل تشرب ما يكفي؟",
        "60٪ من جسم الإنسان البالغ",
        "الطاقة، والتركيز، والمزاج",
        "يحتاج الجسم إلى مزيد من السوائل",
        "اشرب كوبا عند الاستيقاظ",
        "ضع زجاجة أمامك",
        "اشرب قبل أن تشعر بالعطش",
    ),
    "sora.ja.txt": (
        "空はなぜ青いのでしょうか？",
        "小さな分子",
        "赤い光よりも強く散乱されます",
        "空は赤く染まります",
    ),
    "velo.fr.txt": (
        "Pourquoi aller au travail à vélo\xa0?",
        "Un trajet",
        "Une voiture passe 95 %",
        "Vélo ou voiture",
        "M. Lefèvre",
        "Vérifiez les freins",
        "Gonflez les pneus",
        "Réglez la selle",
        "Prenez votre temps",
    ),
}


@pytest.mark.parametrize("name", HEADLINES)
def test_a_realistic_script_gets_headlines_worth_reading(
    name: str, plan_of: MakePlan, sample: Callable[[str], str]
) -> None:
    plan = plan_of(sample(name), name.split(".")[1])
    assert tuple(scene.headline for scene in plan.scenes) == HEADLINES[name]


@pytest.mark.parametrize("pacing", list(Pacing))
@pytest.mark.parametrize("name", HEADLINES)
def test_a_headline_is_short_and_complete(
    name: str, pacing: Pacing, plan_of: MakePlan, sample: Callable[[str], str]
) -> None:
    language = name.split(".")[1]
    known = lexicon(language)
    for scene in plan_of(sample(name), language, pacing).scenes:
        words = scene.headline.rstrip("?؟？").split()
        assert 1 <= len(words) <= 6, scene.headline
        assert scene.headline[0].isupper() or not scene.headline[0].islower(), scene.headline
        assert scene.headline[-1] not in ".,;:!-–—«“(", scene.headline
        if not unspaced(scene.headline) and not scene.headline.endswith(("?", "؟")):
            assert words[-1].lower() not in known.closed - known.finals, scene.headline


CASES = [
    ("en", "So fill a glass now, and start with water.", "Fill a glass now"),
    ("en", "You should drink enough water, and not only in summer.", "Drink enough water"),
    ("en", "It is important to check the fees before you sign anything.", "Check the fees"),
    ("en", "You must not go back inside until the fire service says it is safe.", "Do not go back inside"),
    ("en", "Researchers found that short naps improve memory in older adults.", "Short naps improve memory"),
    ("en", "Many people believed that bad air spread the disease.", "People believed bad air spread disease"),
    ("en", "WARNING: If you smell gas, leave the building at once.", "Leave the building"),
    ("en", "DO NOT TOUCH THE WIRES.", "Do not touch the wires"),
    ("en", "Did you know that honey never spoils?", "Honey never spoils"),
    ("en", "Have you had a glass of water yet today?", "Had a glass of water today?"),
    ("en", "Losing just 2% of your weight can make it harder to concentrate.", "Harder to concentrate"),
    ("en", "There are three things you can do today.", "Three things you can do today"),
    ("en", "You will need flour, sugar, and butter.", "What you will need"),
    ("en", "He marked every death on a map, and the dots told a story.", "Every death on a map"),
    ("en", "The **bold** `code` works _well_ here.", "The bold code works well here"),
    ("de", "Man sollte genug Wasser trinken, vor allem im Sommer.", "Genug Wasser trinken"),
    ("es", "Debes cerrar el grifo mientras te cepillas los dientes.", "Cerrar el grifo"),
    ("fr", "Il faut porter un casque parce que la route est dangereuse.", "Porter un casque"),
    ("it", "La città è bella e il mare è vicino a tutti noi.", "La città è bella"),
    ("en", "One night the storm came, and a fishing boat lost its way.", "The storm"),
    ("en", "Every evening, Tomas climbed a hundred and twelve steps to light the lamp.", "Tomas"),
]


@pytest.mark.parametrize(("language", "script", "headline"), CASES)
def test_a_sentence_gets_the_headline_that_says_what_it_is_about(
    language: str, script: str, headline: str, plan_of: MakePlan
) -> None:
    assert plan_of(script, language).scenes[0].headline == headline


TITLES = [
    ("# Tomato soup in twenty minutes\n\nServe it hot.", "Tomato soup in twenty minutes"),
    ("My summer by the sea\n\nWe left at dawn. It rained.", "My summer by the sea"),
    ("Why is the sky blue? It scatters light.", "Why is the sky blue?"),
    ("Good evening. In 1854, a cholera outbreak struck London.", "A cholera outbreak struck London"),
    ("Rain.", "Rain"),
]


@pytest.mark.parametrize(("script", "title"), TITLES)
def test_a_title_names_the_whole(script: str, title: str, plan_of: MakePlan) -> None:
    assert plan_of(script).title == title


def test_a_title_is_at_most_sixty_characters_and_ends_with_a_word(plan_of: MakePlan) -> None:
    plan = plan_of("# " + "A very long heading about the history of the harbor and its people " * 3 + "\n\nText.")
    assert 20 <= len(plan.title) <= 60
    assert plan.title.split()[-1] not in {"the", "of", "and"}


def test_key_phrases_are_few_topical_and_in_order(plan_of: MakePlan, sample: Callable[[str], str]) -> None:
    for name in HEADLINES:
        for scene in plan_of(sample(name), name.split(".")[1]).scenes:
            assert len(scene.key_phrases) <= 5
            assert list(scene.key_phrases) == sorted(scene.key_phrases, key=lambda phrase: phrase.start)
    news = plan_of(sample("news.en.txt")).scenes[1]
    assert [phrase.text for phrase in news.key_phrases] == ["Engineers", "deep cracks", "arches", "routine inspection"]
