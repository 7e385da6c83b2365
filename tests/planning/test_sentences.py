"""Where a script's sentences begin and end, in many languages and in spite of many dots."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from videogen_engine.planning.model import ScenePlan

Sentences = Callable[..., list[str]]

CASES: dict[str, tuple[str, str, list[str]]] = {
    "titles_and_times": (
        "en",
        "Dr. Smith arrived at 5 p.m. He was late. Mrs. Lee was not.",
        ["Dr. Smith arrived at 5 p.m.", "He was late.", "Mrs. Lee was not."],
    ),
    "countries_and_decimals": (
        "en",
        "The U.S. economy grew 3.5 percent. Prices rose 0.2%.",
        ["The U.S. economy grew 3.5 percent.", "Prices rose 0.2%."],
    ),
    "latin_abbreviations": (
        "en",
        "Use a tool, e.g. a saw, i.e. something sharp, etc. The rest is easy.",
        ["Use a tool, e.g. a saw, i.e. something sharp, etc.", "The rest is easy."],
    ),
    "initials": (
        "en",
        "J. K. Rowling wrote it. So did C. S. Lewis.",
        ["J. K. Rowling wrote it.", "So did C. S. Lewis."],
    ),
    "addresses_and_files": (
        "en",
        "Visit example.com/a.b?c=d today. Open README.md first.",
        ["Visit example.com/a.b?c=d today.", "Open README.md first."],
    ),
    "numbers_after_no": (
        "en",
        "See No. 5 on p. 12. The answer is no. We left.",
        ["See No. 5 on p. 12.", "The answer is no.", "We left."],
    ),
    "ellipses": ("en", "Wait... What? Well… maybe.", ["Wait...", "What?", "Well… maybe."]),
    "several_marks": ("en", "Really?! Yes!! Good.", ["Really?!", "Yes!!", "Good."]),
    "quotes_inside": (
        "en",
        'He said: "I came. I saw." Then he left. "Stop!" Anna shouted.',
        ['He said: "I came. I saw."', "Then he left.", '"Stop!" Anna shouted.'],
    ),
    "brackets": (
        "en",
        "It works (see p. 5. It is there.) very well. (Mostly.) Fine.",
        ["It works (see p. 5. It is there.) very well.", "(Mostly.)", "Fine."],
    ),
    "emoji_after_the_stop": ("en", "We won! 🎉 Thank you all. 👍🏽", ["We won! 🎉", "Thank you all. 👍🏽"]),
    "german_abbreviations": (
        "de",
        "Das kostet z. B. 3,50 Euro. Am 3. Oktober feiern wir. Es waren 12. Die Kinder kamen.",
        ["Das kostet z. B. 3,50 Euro.", "Am 3. Oktober feiern wir.", "Es waren 12.", "Die Kinder kamen."],
    ),
    "german_quotes": (
        "de",
        "„Ja.“ Er ging. Der 1. Platz ging an Dr. Weiß.",
        ["„Ja.“", "Er ging.", "Der 1. Platz ging an Dr. Weiß."],
    ),
    "spanish": (
        "es",
        "¿Qué pasa? ¡Hola! Por ejemplo, p. ej. el agua. Vive en EE. UU. desde 1990.",
        ["¿Qué pasa?", "¡Hola!", "Por ejemplo, p. ej. el agua.", "Vive en EE. UU. desde 1990."],
    ),
    "french_spaced_quotes": (
        "fr",
        "M. Dupont est là. Il dit : « Bonjour. Ça va ? » Puis il part.",
        ["M. Dupont est là.", "Il dit : « Bonjour. Ça va ? »", "Puis il part."],
    ),
    "japanese": (
        "ja",
        "今日は晴れです。「はい。」と言った。明日は？",
        ["今日は晴れです。", "「はい。」と言った。", "明日は？"],
    ),
    "chinese": ("zh", "水很重要。你喝了吗？喝吧！", ["水很重要。", "你喝了吗？", "喝吧！"]),
    "arabic": ("ar", "هل شربت الماء؟ الماء مهم. نعم۔", ["هل شربت الماء؟", "الماء مهم.", "نعم۔"]),
    "hindi": ("hi", "पानी पीना ज़रूरी है। क्या आपने पिया? हाँ।", ["पानी पीना ज़रूरी है।", "क्या आपने पिया?", "हाँ।"]),
    "greek_question": ("el", "Τι είναι; Είναι νερό.", ["Τι είναι;", "Είναι νερό."]),
    "unknown_language": ("xx", "Etwas endet. Another begins.", ["Etwas endet.", "Another begins."]),
}


@pytest.mark.parametrize("case", CASES)
def test_a_script_is_cut_where_its_sentences_end(case: str, sentences_of: Sentences) -> None:
    language, script, expected = CASES[case]
    assert sentences_of(script, language) == expected


def test_wrapped_lines_are_one_sentence_and_hand_broken_lines_are_several(sentences_of: Sentences) -> None:
    wrapped = (
        "This paragraph was wrapped by an editor at some\nwidth of its own choosing, so its lines go on.\nIt ends here."
    )
    assert sentences_of(wrapped) == [
        "This paragraph was wrapped by an editor at some\nwidth of its own choosing, so its lines go on.",
        "It ends here.",
    ]
    verse = "The harbor lamps are lit\nA patient tide walks in"
    assert sentences_of(verse) == ["The harbor lamps are lit", "A patient tide walks in"]


def test_marks_of_headings_lists_and_rules_are_not_spoken(sentences_of: Sentences) -> None:
    script = (
        "# Big day ##\n\nSubtitle\n--------\n\n- [x] first thing\n* second thing\n\n***\n\n"
        "1. Do this. Then that.\n2) Do more.\n\n> quoted line\n\n```\nrun me\n```\n"
    )
    assert sentences_of(script) == [
        "Big day",
        "Subtitle",
        "first thing",
        "second thing",
        "Do this.",
        "Then that.",
        "Do more.",
        "quoted line",
        "run me",
    ]


def test_a_line_that_merely_begins_with_a_number_is_no_list_item(sentences_of: Sentences) -> None:
    script = "The treaty that ended the war was signed in Paris in\n1763. Nobody was happy with it at all in the end."
    assert sentences_of(script)[0].endswith("1763.")


def test_the_last_sentence_of_each_paragraph_asks_for_the_longer_pause(plan_of: Callable[..., ScenePlan]) -> None:
    plan = plan_of("# Title\n\nOne is here. Two is here.\n\nThree is here.")
    scenes = plan.scenes
    pauses = {sentence.text: sentence.ends_paragraph for scene in scenes for sentence in scene.sentences}
    assert pauses == {"Title": True, "One is here.": False, "Two is here.": True, "Three is here.": True}


def test_a_very_long_sentence_is_cut_at_its_clauses_and_loses_nothing(sentences_of: Sentences) -> None:
    script = (
        "When the old harbor was rebuilt after the great storm, the council planned wider piers, deeper berths and a "
        "second crane; but the fishermen, who had waited three winters for a place to land their catch, asked for "
        "something simpler, because a pier that stands in time is worth more than a palace that never opens."
    )
    pieces = sentences_of(script)
    assert len(pieces) >= 3
    assert " ".join(pieces) == script
    assert all(
        piece[-1] in ",;." or following.split()[0] in {"because", "but", "who", "and", "that"}
        for piece, following in pairwise(pieces)
    )


def test_a_sentence_of_normal_length_is_never_cut(sentences_of: Sentences) -> None:
    script = "Bread needs flour, water, salt, and time; the rest, as every baker knows, is patience and a hot stove."
    assert sentences_of(script) == [script]
