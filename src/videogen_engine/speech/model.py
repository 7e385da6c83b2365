"""Input and output of the speech stage. Times are seconds from the start of the scene's clip."""

from __future__ import annotations

from videogen_engine.frozen import Frozen
from videogen_engine.planning.model import Sentence
from videogen_engine.stage import MediaRef

#: Every clip is 48 kHz mono PCM16 WAV.
SAMPLE_RATE = 48_000


class Pronunciation(Frozen):
    """``original`` as written in the script is spoken as ``replacement``; captions keep ``original``."""

    original: str
    replacement: str


class SpokenScene(Frozen):
    sentences: tuple[Sentence, ...]


class SpeechRequest(Frozen):
    """``voice_id`` None lets the language choose; ``speed`` is 0.5–2 (1 is the voice's own)."""

    scenes: tuple[SpokenScene, ...]
    language: str = "en"
    voice_id: str | None = None
    speed: float = 1.0
    pronunciations: tuple[Pronunciation, ...] = ()


class Word(Frozen):
    """A word as written in the script, with its character span there and when it is spoken."""

    text: str
    char_start: int
    char_end: int
    start: float
    end: float


class Phone(Frozen):
    symbol: str
    start: float
    end: float


class SceneSpeech(Frozen):
    """``duration`` is the clip's length, closing pause included."""

    clip: MediaRef
    duration: float
    words: tuple[Word, ...]
    phones: tuple[Phone, ...] = ()


class Narration(Frozen):
    """``provider`` names what made it (``flite``, ``espeak-ng``); ``warnings`` are sentences for the user."""

    provider: str
    voice_id: str
    language: str
    scenes: tuple[SceneSpeech, ...]
    warnings: tuple[str, ...] = ()
