"""Input and output of the interchange stages, and the cut list that every format is written from."""

from __future__ import annotations

from fractions import Fraction

from videogen_agents.contract import TimelineFormat, TimelineMediaDelivery
from videogen_engine.frozen import Frozen
from videogen_engine.render.model import RenderedFilm
from videogen_engine.stage import MediaRef
from videogen_engine.timeline.document import Timeline, TransitionKind


class MediaRequest(Frozen):
    """``plates`` is ``plates_timeline(timeline)``, rendered."""

    timeline: Timeline
    plates: RenderedFilm


class InterchangeMedia(Frozen):
    """A silent MP4 for each scene, without captions and entrance, and the music as the film has it (WAV)."""

    scenes: tuple[MediaRef, ...]
    music: MediaRef | None
    width: int
    height: int


class MediaLink(Frozen):
    """Where an editing program finds the bytes of ``key``."""

    key: str
    url: str


class DocumentRequest(Frozen):
    """``media`` None is for subtitles, which show none. ``links`` name every piece of media that is not bundled.

    ``width`` and ``height`` are the pixels that caption lines are broken for.
    """

    timeline: Timeline
    format: TimelineFormat
    delivery: TimelineMediaDelivery
    width: int
    height: int
    media: InterchangeMedia | None = None
    links: tuple[MediaLink, ...] = ()


class InterchangeDocument(Frozen):
    """``ending`` is that of the file: ``.fcpxml``, ``.xml``, ``.otio``, ``.srt`` or ``.zip``."""

    file: MediaRef
    ending: str
    warnings: tuple[str, ...] = ()


class SceneCut(Frozen):
    """A scene on the picture track. Frames; ``media_frames`` is the file's length, handle included.

    ``transition_frames`` counts from the scene's start: until then the scene before is still seen.
    """

    number: int
    scene_id: str
    name: str
    text: str
    url: str
    start: int
    frames: int
    media_frames: int
    transition: TransitionKind = TransitionKind.NONE
    transition_frames: int = 0


class SoundCut(Frozen):
    """A sound from the film's sample ``start`` on; played whole."""

    name: str
    url: str
    start: int
    samples: int
    channels: int

    def seconds(self, rate: int) -> tuple[Fraction, Fraction]:
        """Start and length in seconds, exact."""
        return Fraction(self.start, rate), Fraction(self.samples, rate)


class CaptionCut(Frozen):
    """A caption on whole frames of the film. ``scene`` is its scene's place in the list."""

    start: int
    end: int
    text: str
    scene: int


class CutList(Frozen):
    """A film as an editor sees it: frames at ``rate``, sounds in samples at 48 kHz."""

    title: str
    language: str
    rate: int
    width: int
    height: int
    scenes: tuple[SceneCut, ...]
    speech: tuple[SoundCut, ...]
    music: SoundCut | None
    captions: tuple[CaptionCut, ...]

    @property
    def frames(self) -> int:
        return sum(scene.frames for scene in self.scenes)
