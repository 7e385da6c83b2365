"""What a film is made of, for whoever has to answer for it: every source with its licence, every setting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal

from videogen_agents.contract import CaptionStyle
from videogen_agents.errors import NotFoundError, UnavailableError
from videogen_engine import ENGINE_VERSION
from videogen_engine.bundled_assets import VOICE_PACKAGE, licence_of
from videogen_engine.frozen import Frozen
from videogen_engine.listening.model import RECORDING
from videogen_engine.package.ducking import DEPTH_DB
from videogen_engine.package.model import Loudness
from videogen_engine.package.sound import BIT_RATE
from videogen_engine.presenters.people import PRESENTER_LICENCE, presenter_name
from videogen_engine.render.encoder import OPTIONS
from videogen_engine.render.model import Encoding, RenderedFilm
from videogen_engine.speech.model import SAMPLE_RATE
from videogen_engine.speech.voices import ESPEAK, FLITE
from videogen_engine.timeline.document import Scene, Timeline, TransitionKind
from videogen_engine.visuals.model import Source

_UNKNOWN: Final = "unknown"


class ManifestScene(Frozen):
    """``start`` and ``end`` in seconds of the film. ``sources`` are what the scene's picture is made of."""

    scene_id: str
    text: str
    headline: str
    start: float
    end: float
    look: str
    layout: str
    picture_reason: str
    transition: TransitionKind
    sources: tuple[Source, ...]


class ManifestVoice(Frozen):
    provider: str
    voice_id: str
    language: str
    licence: str


class ManifestMusic(Frozen):
    """``made_by`` None is the user's own recording. ``volume`` 0–1 is against the narration's loudness, and
    ``ducking_db`` how much further the music steps back while someone speaks.
    """

    name: str
    licence: str
    made_by: str | None
    volume: float
    ducking_db: float = DEPTH_DB


class ManifestVideo(Frozen):
    """``settings`` are libx264's options."""

    codec: str = "h264"
    width: int
    height: int
    frames: int
    frames_per_second: int
    duration: float
    encoding: Encoding
    settings: dict[str, str]
    colour: str = "BT.709, limited range"


class ManifestAudio(Frozen):
    """``bit_rate`` in bits per second; ``loudness`` None when the film is silent."""

    codec: str = "aac"
    sample_rate: int = SAMPLE_RATE
    channels: int = 2
    bit_rate: int = BIT_RATE
    loudness: Loudness | None


class Manifest(Frozen):
    """The document beside every film. ``sources`` is every source in it once, music and logo included."""

    schema_version: Literal[1] = 1
    engine_version: str = ENGINE_VERSION
    title: str
    language: str
    video: ManifestVideo
    audio: ManifestAudio
    voice: ManifestVoice
    music: ManifestMusic | None = None
    caption_style: CaptionStyle | None
    fonts: tuple[Source, ...]
    scenes: tuple[ManifestScene, ...]
    sources: tuple[Source, ...]
    warnings: tuple[str, ...]


def manifest(
    timeline: Timeline,
    film: RenderedFilm,
    loudness: Loudness | None,
    fonts: Sequence[str],
    warnings: Sequence[str],
) -> Manifest:
    """The film's manifest. ``fonts`` are the families that its captions are written in."""
    scenes = _scenes(timeline.scenes, timeline.frames_per_second)
    extra: list[Source] = []
    if timeline.music is not None:
        extra.append(Source(name=timeline.music.name, licence=timeline.music.licence))
    if timeline.logo is not None:
        extra.append(Source(name="logo", licence="user"))
    if timeline.presenter is not None:
        extra.append(Source(name=f"presenter: {presenter_name(timeline.presenter)}", licence=PRESENTER_LICENCE))
    return Manifest(
        title=timeline.title,
        language=timeline.language,
        video=ManifestVideo(
            width=film.width,
            height=film.height,
            frames=film.frames,
            frames_per_second=film.frames_per_second,
            duration=timeline.duration,
            encoding=film.encoding,
            settings=dict(OPTIONS[film.encoding]),
        ),
        audio=ManifestAudio(loudness=loudness),
        voice=ManifestVoice(
            provider=timeline.voice_provider,
            voice_id=timeline.voice_id,
            language=timeline.language,
            licence=_voice_licence(timeline.voice_provider),
        ),
        music=_music(timeline),
        caption_style=timeline.caption_style,
        fonts=tuple(_font(family) for family in dict.fromkeys(fonts)),
        scenes=scenes,
        sources=_once([*(source for scene in scenes for source in scene.sources), *extra]),
        warnings=tuple(warnings),
    )


def _music(timeline: Timeline) -> ManifestMusic | None:
    track = timeline.music
    if track is None:
        return None
    return ManifestMusic(name=track.name, licence=track.licence, made_by=track.made_by, volume=track.volume)


def _scenes(scenes: Sequence[Scene], rate: int) -> tuple[ManifestScene, ...]:
    listed: list[ManifestScene] = []
    frame = 0
    for scene in scenes:
        design = scene.picture.design
        listed.append(
            ManifestScene(
                scene_id=scene.scene_id,
                text=scene.plan.text,
                headline=scene.plan.headline,
                start=round(frame / rate, 6),
                end=round((frame + scene.frames) / rate, 6),
                look=design.look,
                layout=design.layout,
                picture_reason=scene.picture.reason,
                transition=scene.transition.kind,
                sources=scene.picture.sources,
            )
        )
        frame += scene.frames
    return tuple(listed)


def _once(sources: Iterable[Source]) -> tuple[Source, ...]:
    return tuple(sorted(set(sources), key=lambda source: (source.name, source.licence, source.url or "")))


def _voice_licence(provider: str) -> str:
    if provider == FLITE:
        return _bundled_licence(VOICE_PACKAGE)
    if provider == RECORDING:
        return "user"
    return "GPL-3.0-or-later" if provider == ESPEAK else _UNKNOWN


def _font(family: str) -> Source:
    return Source(name=family, licence=_bundled_licence(family))


def _bundled_licence(name: str) -> str:
    try:
        return licence_of(name).licence
    except (NotFoundError, UnavailableError):
        # A font or voice of the user's own is not in the bundle's list.
        return _UNKNOWN
