"""The timeline document: the truth about a project. Each version is immutable."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, Literal

from videogen_agents.contract import CaptionStyle
from videogen_engine.frozen import Frozen, Sparse
from videogen_engine.music.model import MusicForm
from videogen_engine.planning.model import PlannedScene
from videogen_engine.speech.model import SceneSpeech
from videogen_engine.stage import MediaRef
from videogen_engine.visuals.model import FeaturedFile, Picture, StyleRequest

FRAMES_PER_SECOND = 30


class TransitionKind(StrEnum):
    """The contract's transitions; DYNAMIC is resolved when the timeline is made."""

    NONE = "NONE"
    FADE = "FADE"
    RISE = "RISE"
    PAN = "PAN"
    POP = "POP"
    WIPE = "WIPE"


class Transition(Frozen):
    """How a scene enters over the tail of the one before. ``frames`` are taken from the entering scene."""

    kind: TransitionKind = TransitionKind.FADE
    frames: int = 12


class Motion(Frozen):
    """Drift of the background: zoom factors (≥ 1) and focus points (0–1 of the slack) at start and end."""

    zoom_from: float = 1.0
    zoom_to: float = 1.0
    focus_from: tuple[float, float] = (0.5, 0.5)
    focus_to: tuple[float, float] = (0.5, 0.5)


class SceneSound(Frozen):
    """What is heard with a scene's own picture: 48 kHz PCM16 WAV of one or two ``channels``, cut at the scene's end."""

    media: MediaRef
    channels: int


class Scene(Frozen):
    """``frames`` is a whole number, so that an edit never moves another scene's frames.

    ``speech_offset`` is seconds from the scene's start to its speech clip; word times inside ``speech`` are
    relative to the clip.

    The last four are what the picture was made from beside the words, so that it can be made again:
    ``direction`` is visual guidance, ``style`` replaces the film's, ``variant`` counts how often another
    arrangement was asked for. ``own_picture`` marks a picture that is the user's (a slide, a clip): no edit
    redesigns it, another aspect ratio only lays it out again. ``sound`` begins with the scene and belongs to its
    picture: no edit of the narration touches it.
    """

    scene_id: str
    plan: PlannedScene
    frames: int
    speech: SceneSpeech | None
    speech_offset: float = 0.0
    picture: Picture
    motion: Motion = Motion()
    transition: Transition = Transition()
    direction: str | None = None
    style: StyleRequest | None = None
    variant: int = 0
    own_picture: bool = False
    sound: SceneSound | None = None


class MusicTrack(Frozen):
    """``volume`` 0–1 is against the narration's loudness: 1 is as loud in pauses, 0.5 is 6 dB quieter.

    ``form`` says where the music may be cut; None for a recording of the user's. ``made_by`` None is the user.
    """

    media: MediaRef
    volume: float
    name: str
    licence: str
    form: MusicForm | None = None
    made_by: str | None = None


class Logo(Frozen):
    media: MediaRef
    position: str
    size_percent: float


class Timeline(Sparse):
    """``caption_style`` None means captions are hidden. ``ratio_*`` are the aspect ratio's integers.

    ``hidden_caption_style`` is what hidden captions come back in. ``voice_speed`` is 0.5-2 (1 is the voice's
    own). ``featured`` are the user's files, in the order given, those that found no scene included. ``zoom``
    says that every still moves towards the viewer instead of drifting. ``look_title`` is the title that the
    pictures were chosen by, once the film has another: a new title redraws nothing. ``look_language`` likewise is
    the language that the look was chosen by, once the film is translated. ``presenter`` is the key of the drawn
    person who is seen speaking, None when nobody is.
    """

    unsaid: ClassVar[frozenset[str]] = frozenset({"presenter"})

    schema_version: Literal[1] = 1
    title: str
    language: str
    script: str
    ratio_width: int
    ratio_height: int
    frames_per_second: int = FRAMES_PER_SECOND
    style: StyleRequest
    caption_style: CaptionStyle | None
    voice_id: str
    voice_provider: str
    scenes: tuple[Scene, ...]
    music: MusicTrack | None = None
    logo: Logo | None = None
    warnings: tuple[str, ...] = ()
    hidden_caption_style: CaptionStyle | None = None
    voice_speed: float = 1.0
    featured: tuple[FeaturedFile, ...] = ()
    zoom: bool = False
    look_title: str | None = None
    look_language: str | None = None
    presenter: str | None = None

    @property
    def frames(self) -> int:
        return sum(scene.frames for scene in self.scenes)

    @property
    def duration(self) -> float:
        """Seconds."""
        return self.frames / self.frames_per_second
