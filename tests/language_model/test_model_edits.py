"""Edits that the grammar does not read are read by a model, as the same typed operations, or not done at all."""

from __future__ import annotations

import json

from videogen_agents.testing import HttpReply, LoopbackLanguageModel

from .conftest import Api, last

SCRIPT = "# One\n\nWater is life.\n\n# Two\n\nDrink two litres.\n\n# Three\n\nDogs drink too."
#: No rule of the grammar reads this.
ODD = "could we lose that bit where the animals come in, and spare me the subtitles"


def said(prompt: str, **fields: object) -> dict[str, object]:
    return {"type": "EDIT_WITH_AGENT", "prompt": prompt, **fields}


def operations(*found: object) -> str:
    return json.dumps({"operations": found})


async def test_what_the_grammar_does_not_read_the_model_does_as_typed_operations(
    api: Api, model: LoopbackLanguageModel
) -> None:
    project = await api.film(SCRIPT)
    before = await api.scenes(project)
    model.answers.append(operations({"type": "REMOVE_SCENES", "scenes": [3]}, {"type": "DISABLE_CAPTIONS"}))
    done = await api.edit(project, **said(ODD))
    assert (done["status"], done["version"]) == ("succeeded", 2), done["error"]
    assert done["notes"][0].startswith("Read by parrot-2 at 127.0.0.1")
    assert {"Removed scene 3.", "Captions hidden."} <= set(done["notes"])
    assert any(one.startswith("edit reading: parrot-2") for one in done["madeBy"])
    assert [scene["text"] for scene in await api.scenes(project)] == [scene["text"] for scene in before[:2]]
    (request,) = model.requests
    assert last(request)["request"] == ODD
    assert [scene["says"] for scene in last(request)["film"]["scenes"]] == [scene["text"] for scene in before]


async def test_what_the_grammar_reads_is_never_asked_of_the_model(api: Api, model: LoopbackLanguageModel) -> None:
    project = await api.film("Water is life.")
    done = await api.edit(project, **said("hide the captions"))
    assert (done["status"], done["notes"][0]) == ("succeeded", "Read by the built-in grammar.")
    assert model.requests == []


async def test_an_unsound_answer_gets_one_repair_and_then_changes_nothing(
    api: Api, model: LoopbackLanguageModel
) -> None:
    project = await api.film(SCRIPT + " Every day.")
    model.answers.extend([operations({"type": "REMOVE_SCENES", "scenes": [9]}), operations({"type": "FORMAT_DISK"})])
    done = await api.edit(project, **said(ODD))
    assert (done["status"], done["error"]["code"]) == ("failed", "edit_not_understood")
    assert "Nothing was changed" in done["error"]["message"]
    assert "There is no scene 9" in model.asked[1]
    assert await api.versions(project) == 1


async def test_an_answer_that_was_mended_is_done(api: Api, model: LoopbackLanguageModel) -> None:
    project = await api.film(SCRIPT + " All of them.")
    model.answers.extend(["Sure! I removed it.", operations({"type": "REMOVE_SCENES", "scenes": [2]})])
    done = await api.edit(project, **said(ODD))
    assert done["status"] == "succeeded", done["error"]
    assert len(await api.scenes(project)) == 2


async def test_the_models_own_refusal_is_final_and_told(api: Api, model: LoopbackLanguageModel) -> None:
    project = await api.film(SCRIPT + " Always.")
    model.answers.append('{"refused": "It is about cooking."}')
    done = await api.edit(project, **said("bake me a cake with three candles"))
    assert done["status"] == "failed"
    assert "It is about cooking" in done["error"]["message"]
    assert len(model.requests) == 1


async def test_a_model_that_cannot_be_reached_leaves_the_grammars_refusal(
    api: Api, model: LoopbackLanguageModel
) -> None:
    project = await api.film(SCRIPT + " Ever.")
    model.answers.append(HttpReply(401, json.dumps({"error": {"message": "No such key."}})))
    done = await api.edit(project, **said(ODD))
    assert (done["status"], done["error"]["code"]) == ("failed", "edit_not_understood")
    assert "could not be asked" in done["error"]["message"] and "No such key" in done["error"]["message"]


async def test_half_an_answer_changes_nothing_and_is_not_kept(api: Api, model: LoopbackLanguageModel) -> None:
    project = await api.film(SCRIPT + " Now.")
    cut = {"choices": [{"message": {"content": '{"operations": ['}, "finish_reason": "length"}]}
    whole = operations({"type": "REMOVE_SCENES", "scenes": [3]})
    model.answers.extend([HttpReply(200, json.dumps(cut)), whole])
    first = await api.edit(project, **said(ODD))
    assert first["status"] == "failed" and "cut off" in first["error"]["message"]
    assert (await api.edit(project, **said(ODD)))["status"] == "succeeded"


async def test_rethinking_tells_the_model_the_length_and_keeps_to_it(api: Api, model: LoopbackLanguageModel) -> None:
    project = await api.film(SCRIPT + " So do cats and birds, all day long.")
    model.answers.append(operations({"type": "MOVE_SCENES", "scenes": [3], "before": 1}))
    done = await api.edit(
        project, **said("lead with whatever hooks people hardest", mode="RETHINK", targetDurationSeconds=8)
    )
    assert done["status"] == "succeeded", done["error"]
    assert last(model.requests[0])["targetSeconds"] == 8
    scenes = await api.scenes(project)
    assert scenes[0]["text"].startswith("Three") and scenes[-1]["endSeconds"] <= 8


async def test_with_a_model_other_languages_are_read_too(api: Api, model: LoopbackLanguageModel) -> None:
    project = await api.film("Water is life. And so is bread.")
    model.answers.append(operations({"type": "DISABLE_CAPTIONS"}))
    done = await api.edit(project, **said("Bitte blende die Untertitel überall aus, größer brauche ich sie nicht"))
    assert done["status"] == "succeeded", done["error"]
