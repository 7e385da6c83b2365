"""Voices and languages to choose from: what the speech stage's catalogue has."""

from __future__ import annotations

from videogen_agents.contract import (
    Language,
    ListLanguagesQuery,
    ListLanguagesResponse,
    ListTtsVoicesQuery,
    TtsVoice,
    TtsVoicePage,
    WireModel,
)
from videogen_engine.service.call import Call
from videogen_engine.speech.voices import Voice, languages, voices
from videogen_engine.store.paging import Position, decode_cursor, encode_cursor

_LISTING = "voices"


async def list_tts_voices(call: Call) -> WireModel:
    """No voice is deprecated, and none speaks every language."""
    query = call.query(ListTtsVoicesQuery)
    found = [voice for voice in map(_tts_voice, voices()) if _matches(voice, query.query)]
    position = decode_cursor(_LISTING, query.cursor)
    start = 0 if position is None else position.time_ms
    end = start + query.limit
    more = end < len(found)
    return TtsVoicePage(
        tts_voices=found[start:end],
        has_more=more,
        next_cursor=encode_cursor(_LISTING, Position(end, "")) if more else None,
    )


async def list_languages(call: Call) -> WireModel:
    query = call.query(ListLanguagesQuery)
    wanted = (query.query or "").casefold()
    found = [
        Language(language_code=language.language_code, name=language.name)
        for language in languages()
        if wanted in f"{language.language_code}\n{language.name}".casefold()
    ]
    return ListLanguagesResponse(languages=found)


def _tts_voice(voice: Voice) -> TtsVoice:
    return TtsVoice(
        voice_id=voice.voice_id,
        language_code=voice.language_code,
        display_name=voice.display_name,
        display_gender=voice.gender.value,
        accent=voice.accent,
        description=voice.description,
        supports_direct_tool_execution=True,
        supports_all_languages=False,
        is_deprecated=False,
    )


def _matches(voice: TtsVoice, text: str | None) -> bool:
    shown = (voice.voice_id, voice.display_name, voice.language_code, voice.accent, voice.description)
    return text is None or text.casefold() in "\n".join(part for part in shown if part).casefold()


RESOURCES = {"listTtsVoices": list_tts_voices, "listLanguages": list_languages}
