"""Without a language model, what needs one is refused at once, with the settings that would bring it."""

from __future__ import annotations

import json

from .conftest import Api


async def test_a_translation_names_the_settings(bare: Api) -> None:
    project = await bare.film("Snow is white.")
    body = {"remixActions": [{"type": "TRANSLATE_PROJECT", "languageCode": "es"}]}
    refused = await bare.post(f"/v1/projects/{project}/remix", body, status=501)
    assert refused["requirement"]["type"] == "language_model"
    assert "VIDEOGEN_AGENTS_LLM_BASE_URL" in json.dumps(refused)


async def test_a_translation_with_the_start_of_a_film_starts_nothing(bare: Api) -> None:
    body = {
        "script": "Snow is white.",
        "visualStyle": {"type": "STOCK"},
        "remixActions": [{"type": "TRANSLATE_PROJECT", "languageCode": "es"}],
    }
    refused = await bare.post("/v1/workflows/script-to-video", body, status=501)
    assert refused["requirement"]["type"] == "language_model"


async def test_text_names_the_settings(bare: Api) -> None:
    refused = await bare.post("/v1/text/generate", {"prompt": "x"}, status=501)
    assert refused["requirement"]["type"] == "language_model"
    assert "VIDEOGEN_AGENTS_LLM_MODEL" in json.dumps(refused)
