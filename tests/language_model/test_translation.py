"""A film in another language: its words, voice, captions and headings change, its scenes and numbers stay."""

from __future__ import annotations

import json

import pytest

from videogen_agents.testing import LoopbackLanguageModel
from videogen_engine.remix.translation_question import SceneWords, Source, batches, names_in, read_translation

from .conftest import Api, last, translating

SCRIPT = """# Why water matters

Water keeps you sharp all day. The brain notices the loss of a single glass.

# How much is enough

Drink 2.5 litres every day, says Anna Berg of AquaLab."""
SPANISH = {
    "Why water matters": "Por qué importa el agua",
    "How much is enough": "Cuánto es suficiente",
    "Water keeps you sharp all day.": "El agua te mantiene despierto todo el día.",
    "The brain notices the loss of a single glass.": "El cerebro nota la falta de un solo vaso.",
    "Drink 2.5 litres every day, says Anna Berg of AquaLab.": ("Bebe 2,5 litros cada día, dice Anna Berg, de AquaLab."),
}
ARABIC = {
    "Why water matters": "لماذا الماء مهم",
    "How much is enough": "كم يكفي",
    "Water keeps you sharp all day.": "الماء يبقيك نشيطا طوال اليوم.",
    "The brain notices the loss of a single glass.": "يلاحظ الدماغ فقدان كوب واحد.",
    "Drink 2.5 litres every day, says Anna Berg of AquaLab.": "اشرب ٢٫٥ لتر كل يوم، تقول آنا بيرغ من أكوالاب.",
}


def to(language: str, **fields: object) -> dict[str, object]:
    return {"type": "TRANSLATE_PROJECT", "languageCode": language, **fields}


async def test_a_translated_film_speaks_shows_and_captions_the_other_language(
    api: Api, model: LoopbackLanguageModel
) -> None:
    project = await api.film(SCRIPT)
    before = await api.scenes(project)
    model.answers.append(translating(SPANISH))
    done = await api.edit(project, **to("es"))
    assert (done["status"], done["version"]) == ("succeeded", 2), done["error"]
    scenes = await api.scenes(project)
    said = [
        "Por qué importa el agua\n\nEl agua te mantiene despierto todo el día. "
        "El cerebro nota la falta de un solo vaso.",
        "Cuánto es suficiente\n\nBebe 2,5 litros cada día, dice Anna Berg, de AquaLab.",
    ]
    assert [scene["text"] for scene in scenes] == said
    assert all(scene["words"] and scene["headline"] for scene in scenes)
    shown = json.dumps(scenes, ensure_ascii=False)
    assert "Cuánto" in shown and "How much" not in shown
    assert any("Spanish by parrot-2 at 127.0.0.1" in note for note in done["notes"])
    assert any(one.startswith("translation: parrot-2") for one in done["madeBy"])
    (request,) = model.requests
    assert {"Anna Berg", "AquaLab"} <= set(last(request)["names"])
    assert len(before) == len(scenes)

    undone = await api.post(f"/engine/v1/projects/{project}/undo", status=200)
    assert undone["currentVersion"] == 1
    assert await api.scenes(project) == before


async def test_the_same_translation_is_never_paid_for_twice(api: Api, model: LoopbackLanguageModel) -> None:
    project = await api.film("Trees clean the air. They also cool our 3 largest cities.")
    table = {
        "Trees clean the air.": "Los árboles limpian el aire.",
        "They also cool our 3 largest cities.": "También refrescan nuestras 3 ciudades más grandes.",
    }
    model.answers.append(translating(table))
    assert (await api.edit(project, **to("es")))["status"] == "succeeded"
    await api.post(f"/engine/v1/projects/{project}/undo", status=200)
    assert (await api.edit(project, **to("es")))["status"] == "succeeded"
    assert len(model.requests) == 1


async def test_a_film_reads_from_right_to_left_after_its_translation(api: Api, model: LoopbackLanguageModel) -> None:
    project = await api.film(SCRIPT)
    model.answers.append(translating(ARABIC))
    done = await api.edit(project, **to("ar", changeVoice=False))
    assert done["status"] == "succeeded", done["error"]
    scenes = await api.scenes(project)
    assert "٢٫٥" in scenes[-1]["text"] and "كم يكفي" in json.dumps(scenes, ensure_ascii=False)
    assert any("does not speak Arabic" in one for one in done["degraded"])


def answer(text: str, scene: int = 1, title: str = "Aves", headings: tuple[str, ...] = ()) -> str:
    return json.dumps({"title": title, "headings": headings, "scenes": [{"scene": scene, "text": text}]})


BAD = [
    ("No.", "not one JSON object"),
    ('{"scenes": 5}', "scenes:"),
    (answer("Las aves vuelan sobre # mares.", scene=2), "must have 1"),
    (answer("…"), "says nothing"),
    (answer("Many birds fly south in the winter over # seas."), "not translated"),
    (answer("Los pájaros vuelan al sur en invierno sobre mares."), "lacks the number"),
    (answer("Vuelan en invierno sobre # mares. " * 20), "much longer"),
    (answer("Vuelan #."), "much shorter"),
    (answer("Las aves vuelan sobre # mares.", headings=("x",)), "headings"),
    (answer("Las aves vuelan sobre # mares.", title=" "), "title is missing"),
    (answer("Die Vögel fliegen im Winter über # Meere, und das ist nicht weit für sie."), "read like Spanish"),
    (answer("Птицы летят зимой на юг через # моря."), "letters of Spanish"),
]


@pytest.mark.parametrize(("bad", "why"), BAD)
def test_a_translation_of_no_use_is_told_why(bad: str, why: str) -> None:
    said = "Many birds fly south in the winter over # seas.".replace("#", "14")
    source = Source(
        source_language="English",
        target_language="Spanish",
        title="Birds",
        headings=(),
        names=(),
        scenes=(SceneWords(number=1, text=said),),
    )
    found, wrong = read_translation(bad.replace("#", "14"), source, "es")
    assert found is None
    assert any(why in one for one in wrong), wrong


async def test_a_translation_of_no_use_gets_one_repair_and_then_changes_nothing(
    api: Api, model: LoopbackLanguageModel
) -> None:
    project = await api.film("Many birds fly south in the winter over 7 seas.")
    model.answers.extend([answer("Los pájaros vuelan al sur en invierno."), "No."])
    done = await api.edit(project, **to("es"))
    assert (done["status"], done["error"]["code"]) == ("failed", "translation_failed")
    assert "Nothing was changed" in done["error"]["message"]
    assert "lacks the number 7" in model.asked[-1]
    assert len(model.requests) == 2
    assert await api.versions(project) == 1


async def test_a_translation_that_was_mended_is_taken(api: Api, model: LoopbackLanguageModel) -> None:
    project = await api.film("Bees visit 5 million flowers for one pot of honey.")
    good = "Las abejas visitan 5 millones de flores para un tarro de miel."
    model.answers.extend([answer("Las abejas visitan muchas flores."), answer(good)])
    done = await api.edit(project, **to("es-MX"))
    assert done["status"] == "succeeded", done["error"]
    assert [scene["text"] for scene in await api.scenes(project)] == [good]


async def test_plain_words_translate_too_and_scene_numbers_keep_their_meaning(
    api: Api, model: LoopbackLanguageModel
) -> None:
    project = await api.film("# One\n\nBread is warm.\n\n# Two\n\nMilk is cold.")
    table = {
        "One": "Uno",
        "Two": "Dos",
        "Bread is warm.": "El pan está caliente.",
        "Milk is cold.": "La leche está fría.",
    }
    model.answers.append(translating(table))
    edit = {"type": "EDIT_WITH_AGENT", "prompt": "translate it to Spanish and drop the first scene"}
    done = await api.edit(project, **edit)
    assert done["status"] == "succeeded", done["error"]
    assert done["notes"][0] == "Read by the built-in grammar."
    assert any(one.startswith("translation: parrot-2") for one in done["madeBy"])
    assert [scene["text"] for scene in await api.scenes(project)] == ["Dos\n\nLa leche está fría."]


def test_long_films_are_asked_for_in_parts_of_bounded_length_in_order() -> None:
    scenes = [SceneWords(number=number, text="word " * 100) for number in range(1, 61)]
    parts = batches(scenes)
    assert [scene for part in parts for scene in part] == scenes
    assert all(sum(len(scene.text) for scene in part) <= 3_000 for part in parts)
    assert [len(part) for part in batches([SceneWords(number=1, text="x" * 9_000)])] == [1]
    assert batches([]) == []


def test_names_are_found_where_capitals_tell_them() -> None:
    said = ["The AquaLab at NASA, says Anna Berg, has a GPT4. We drink in Rome."]
    assert {"AquaLab", "NASA", "Anna Berg", "GPT4", "Rome"} <= set(names_in(said, "en"))
    assert "Berg" not in str(names_in(["Heute sagt, Berg sei da."], "de"))


async def test_a_language_that_the_film_has_already_changes_nothing(api: Api, model: LoopbackLanguageModel) -> None:
    project = await api.film("Snow is white.")
    done = await api.edit(project, **to("en"))
    assert (done["status"], done["version"]) == ("succeeded", None)
    assert "already" in done["notes"][0]
    assert model.requests == []


async def test_a_language_that_no_voice_speaks_is_refused_at_once(api: Api) -> None:
    project = await api.film("Snow is white.")
    body = {"remixActions": [to("tlh")]}
    refused = await api.post(f"/v1/projects/{project}/remix", body, status=400)
    assert refused["code"] == "language_not_supported"
