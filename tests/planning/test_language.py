"""Finding out which language a script is in, when nobody said."""

from __future__ import annotations

import pytest

from videogen_engine.planning.language import detect_language


@pytest.mark.parametrize(
    ("language", "script"),
    [
        ("en", "Drink water. Your body needs it every day, and it loses more than you think."),
        ("de", "Trinken Sie jeden Tag Wasser. Der Körper besteht zu sechzig Prozent daraus."),
        ("de", "Die Straße ist gesperrt."),
        ("es", "El agua es esencial para la vida. Bebe dos litros cada día."),
        ("es", "¿Dónde está la biblioteca?"),
        ("fr", "L'eau est essentielle à la vie. Buvez deux litres par jour."),
        ("it", "L'acqua è essenziale per la vita. Bevi due litri ogni giorno."),
        ("pt", "A água é essencial. Você deve beber dois litros por dia."),
        ("nl", "Water is essentieel. Drink elke dag twee liter, het is goed voor je."),
        ("sv", "Vatten är livsviktigt och du behöver det varje dag."),
        ("pl", "Woda jest niezbędna do życia."),
        ("cs", "Voda je nezbytná pro život, a proto ji pijte každý den."),
        ("tr", "Su hayat için çok önemlidir."),
        ("vi", "Nước là cần thiết cho sự sống của chúng ta."),
        ("ar", "الماء ضروري للحياة. اشرب لترين كل يوم."),
        ("fa", "آب برای زندگی ضروری است و گرما آن را کم می‌کند."),
        ("he", "מים חיוניים לחיים."),
        ("ru", "Вода необходима для жизни."),
        ("uk", "Вода необхідна для життя людини і її здоров'я."),
        ("el", "Το νερό είναι απαραίτητο για τη ζωή."),
        ("hi", "पानी जीवन के लिए आवश्यक है।"),
        ("ja", "水は命に欠かせません。"),
        ("zh", "水是生命之源。"),
        ("ko", "물은 생명에 필수적입니다."),
        ("th", "น้ำจำเป็นต่อชีวิต"),
    ],
)
def test_a_script_in_one_language_is_recognised(language: str, script: str) -> None:
    assert detect_language(script) == language


@pytest.mark.parametrize(
    "script", ["", "   \n", "12 345", "💧💧", "Hydration.", "\ud83d", "zzz qqq", "Ωmega fans like it"]
)
def test_what_says_nothing_about_its_language_counts_as_english(script: str) -> None:
    assert detect_language(script) == "en"


@pytest.mark.parametrize(
    "script",
    [
        "The Bundestag said that die Energiewende is on track, and that it will be paid for.",
        "He said “¿qué?” and left the room with his hat in the rain.",
        "Photosynthesis turns light into sugar; the word comes from φῶς.",
    ],
)
def test_a_few_foreign_words_do_not_turn_an_english_script(script: str) -> None:
    assert detect_language(script) == "en"


def test_capitals_and_decomposed_letters_make_no_difference() -> None:
    assert detect_language("DER KÖRPER BRAUCHT WASSER UND DAS JEDEN TAG") == "de"
    assert detect_language("Wasser fu\u0308r alle, und das jeden Tag") == "de"
