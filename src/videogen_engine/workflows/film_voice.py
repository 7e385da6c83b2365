"""Whom later edits hear in a film in which nobody speaks with one of the engine's voices."""

from __future__ import annotations

from videogen_agents.errors import InputError
from videogen_engine.speech.language_choice import choose_voice


def silent_films_voice(language: str, voice_id: str | None = None) -> str:
    """A voice's id; a language that nobody speaks is no fault here."""
    try:
        return choose_voice([], language, voice_id).voice.voice_id
    except InputError:
        return choose_voice([], "en", None).voice.voice_id
