"""Input and output of the stages that make a film of a recording."""

from __future__ import annotations

from typing import Final

from videogen_agents.contract import CaptionStyle
from videogen_engine.frozen import Frozen
from videogen_engine.planning.model import Pacing, ScenePlan
from videogen_engine.speech.model import Narration, Word
from videogen_engine.stage import MediaRef
from videogen_engine.timeline.document import Logo
from videogen_engine.visuals.model import PictureSet, StyleRequest

#: What speaks in a film made of the user's own recording.
RECORDING: Final = "recording"


class ListenRequest(Frozen):
    """``media`` is an audio file, or a video with sound, of at most ``max_seconds``."""

    media: MediaRef
    max_seconds: float


class Silence(Frozen):
    """From sample ``start`` up to ``end``."""

    start: int
    end: int


class HeardRecording(Frozen):
    """``sound`` is the whole recording as 48 kHz mono PCM16 WAV of ``samples`` samples; ``silences`` are in order."""

    sound: MediaRef
    samples: int
    silences: tuple[Silence, ...]


class CutRequest(Frozen):
    """``plan`` and ``words`` (seconds from the recording's start, spans in the plan's script) come from a
    transcript. Without a plan the cuts follow the pauses alone, at ``pacing``, and ``name`` is the title."""

    recording: HeardRecording
    language: str
    voice_id: str
    name: str
    pacing: Pacing = Pacing.MEDIUM
    plan: ScenePlan | None = None
    words: tuple[Word, ...] = ()


class CutRecording(Frozen):
    """``frames`` are each scene's, and add up to the recording. A clip is an exact slice of the recording that
    begins with its scene; all of them in order are the whole of it."""

    plan: ScenePlan
    narration: Narration
    frames: tuple[int, ...]


class VoiceoverTimelineRequest(Frozen):
    """``title`` None takes the plan's; ``directions`` are by scene. ``warnings`` are sentences for the user."""

    cut: CutRecording
    pictures: PictureSet
    style: StyleRequest
    caption_style: CaptionStyle | None
    ratio_width: int
    ratio_height: int
    logo: Logo | None = None
    directions: tuple[str | None, ...] = ()
    warnings: tuple[str, ...] = ()


class SpeechPartsRequest(Frozen):
    recording: HeardRecording


class SpeechPart(Frozen):
    """``sound`` is MP3; it begins at ``start`` seconds of the recording and lasts ``seconds``."""

    sound: MediaRef
    start: float
    seconds: float


class SpeechParts(Frozen):
    parts: tuple[SpeechPart, ...]
