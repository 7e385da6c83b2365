"""Voices and languages: every one of them, page by page, found by what a person would type."""

from __future__ import annotations

import httpx
import pytest

from videogen_agents.contract import ListLanguagesResponse, TtsVoice, TtsVoicePage
from videogen_engine.speech.voices import languages, voices

VOICES = "/v1/resources/tts-voices"
LANGUAGES = "/v1/resources/languages"


async def page_of(client: httpx.AsyncClient, **query: str | int) -> TtsVoicePage:
    response = await client.get(VOICES, params=query)
    assert response.status_code == 200, response.text
    page = TtsVoicePage.model_validate_json(response.content, strict=True)
    assert page.to_wire() == response.json()
    return page


async def test_every_voice_is_listed_once_with_all_its_fields(client: httpx.AsyncClient) -> None:
    found: list[TtsVoice] = []
    cursor: str | None = None
    while cursor or not found:
        page = await page_of(client, limit=50, **({"cursor": cursor} if cursor else {}))
        assert page.has_more is (page.next_cursor is not None)
        found += page.tts_voices
        cursor = page.next_cursor
    assert [voice.voice_id for voice in found] == [voice.voice_id for voice in voices()]
    assert len({voice.voice_id for voice in found}) == len({voice.display_name for voice in found}) == len(found)
    for voice in found:
        assert voice.display_name and voice.language_code and voice.description
        assert voice.display_gender in {"MALE", "FEMALE", "NEUTRAL"}
        flags = (voice.supports_direct_tool_execution, voice.supports_all_languages, voice.is_deprecated)
        assert flags == (True, False, False)


@pytest.mark.parametrize(
    ("query", "language"),
    [("GERMAN", "de"), ("flite slt", "en-US"), ("american", "en-US"), ("vg_voic_espeak_fr", "fr")],
)
async def test_a_voice_is_found_by_part_of_what_it_shows(client: httpx.AsyncClient, query: str, language: str) -> None:
    found = (await page_of(client, query=query, includeDeprecatedVoices="true")).tts_voices
    assert language in {voice.language_code for voice in found}
    assert len(found) < len(voices())
    assert (await page_of(client, query="no such voice")).tts_voices == []


async def test_every_language_is_listed_once_and_has_a_voice(client: httpx.AsyncClient) -> None:
    answer = ListLanguagesResponse.model_validate_json((await client.get(LANGUAGES)).content, strict=True)
    codes = [language.language_code for language in answer.languages]
    assert len(codes) == len(set(codes)) == len(languages()) > 90
    assert all(language.name for language in answer.languages)
    spoken = {voice.language_code.partition("-")[0] for voice in voices()}
    assert {code.partition("-")[0] for code in codes} <= spoken
    for query, code in (("german", "de"), ("JA", "ja"), ("Welsh", "cy")):
        found = (await client.get(LANGUAGES, params={"query": query})).json()["languages"]
        assert code in {language["languageCode"] for language in found} and len(found) < len(codes)


@pytest.mark.parametrize(
    "query", [{"limit": 0}, {"limit": 201}, {"limit": "x"}, {"cursor": "x"}, {"includeDeprecatedVoices": "maybe"}]
)
async def test_a_bad_page_is_explained(client: httpx.AsyncClient, query: dict[str, str | int]) -> None:
    response = await client.get(VOICES, params=query)
    assert (response.status_code, response.json()["code"]) == (400, "invalid_request")


async def test_the_cursor_of_another_list_is_refused(client: httpx.AsyncClient) -> None:
    page = await page_of(client, limit=1)
    response = await client.get("/v1/files", params={"cursor": page.next_cursor or ""})
    assert response.status_code == 400
