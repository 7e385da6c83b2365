"""What a transcriber is asked, and what it answers: what is said in a recording, and when."""

from __future__ import annotations

from typing import Final, Protocol

from videogen_engine.frozen import Frozen
from videogen_engine.listening.model import SpeechPart

#: The variables that configure one begin with this.
TRANSCRIBER_SETTING: Final = "VIDEOGEN_AGENTS_TRANSCRIBER"


class ToTranscribe(Frozen):
    """For the transcriber called ``model``, which is part of what its answer is kept by. ``language`` is BCP-47,
    None lets it find out."""

    model: str
    parts: tuple[SpeechPart, ...]
    language: str | None = None


class HeardItem(Frozen):
    """A word, or a sentence where only those have times, from ``start`` to ``end`` seconds of the recording."""

    text: str
    start: float
    end: float


class Transcription(Frozen):
    """``items`` are in order and do not overlap. ``language`` is as the transcriber names it."""

    items: tuple[HeardItem, ...]
    made_by: str
    language: str | None = None


class Transcriber(Protocol):
    @property
    def label(self) -> str:
        """The model and where it answers."""
        ...

    async def transcribe(self, sound: bytes, seconds: float, language: str | None) -> Transcription:
        """``sound`` is MP3 of ``seconds``. Raises RetryLaterError when it cannot be reached, AskUserError when it
        refuses or its answer cannot be used."""
        ...
