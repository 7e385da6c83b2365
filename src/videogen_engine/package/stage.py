"""The package stage: segments, sound and words become the files that a person is handed."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from videogen_agents.errors import InternalError
from videogen_engine.bundled_assets import bundled_assets
from videogen_engine.captions.model import CaptionCue, CaptionTrack
from videogen_engine.captions.stage import VERSION as CAPTIONS_VERSION
from videogen_engine.captions.stage import caption_track
from videogen_engine.captions.subtitle_files import moved, write_srt, write_vtt
from videogen_engine.frozen import Frozen
from videogen_engine.package.join import MEDIA_TYPE, join
from videogen_engine.package.manifest import manifest
from videogen_engine.package.mix import sound_inputs
from videogen_engine.package.model import PackagedFilm, PackageRequest
from videogen_engine.package.sound import make_sound
from videogen_engine.render.model import RenderedFilm
from videogen_engine.render.parts import subtitle_request
from videogen_engine.stage import MediaRef, StageContext
from videogen_engine.timeline.document import Timeline

#: Part of the keys of the files made here; raise it when the same inputs would give other files.
VERSION: Final = "2"


class _FilmInputs(Frozen):
    """Everything that shapes the MP4."""

    segments: tuple[str, ...]
    sound: str
    rate: int
    title: str
    language: str


def package(request: PackageRequest, ctx: StageContext) -> PackagedFilm:
    """The finished film with thumbnail, subtitles and manifest.

    Raises InternalError when timeline and segments do not belong together, InputError for music that cannot
    be decoded, StageCancelledError once the job was cancelled.
    """
    timeline, film = request.timeline, request.film
    if film.frames != timeline.frames:
        raise InternalError(f"The timeline has {timeline.frames} frames, the segments {film.frames}.")
    sound = make_sound(sound_inputs(timeline), ctx)
    ctx.report(0.6, "joining")
    video = _video(timeline, film, sound.media, ctx)
    ctx.report(0.9, "writing subtitles and manifest")
    tracks = list(_tracks(timeline, film, ctx))
    cues = _film_cues(timeline, tracks)
    shown = [track for track in tracks if track is not None] if timeline.caption_style is not None else []
    warnings = tuple(dict.fromkeys([*film.warnings, *(text for track in shown for text in track.warnings)]))
    document = manifest(
        timeline,
        film,
        sound.loudness,
        [family for track in shown for family in track.fonts],
        [*timeline.warnings, *warnings],
    )
    return PackagedFilm(
        video=video,
        thumbnail=film.poster,
        srt=_text("subtitles-srt", write_srt(cues), ".srt", "application/x-subrip", ctx),
        vtt=_text("subtitles-vtt", write_vtt(cues), ".vtt", "text/vtt", ctx),
        manifest=_text("manifest", document.model_dump_json(indent=2), ".json", "application/json", ctx),
        duration=timeline.duration,
        width=film.width,
        height=film.height,
        frames=film.frames,
        scenes_reused=film.scenes_reused,
        scenes_rendered=film.scenes_rendered,
        loudness=sound.loudness,
        warnings=warnings,
    )


def _video(timeline: Timeline, film: RenderedFilm, sound: MediaRef, ctx: StageContext) -> MediaRef:
    inputs = _FilmInputs(
        segments=tuple(segment.media.key for segment in film.segments),
        sound=sound.key,
        rate=film.frames_per_second,
        title=timeline.title,
        language=timeline.language,
    )

    def make(path: Path) -> None:
        try:
            join(
                film.segments,
                ctx.store.path(sound),
                path,
                rate=film.frames_per_second,
                title=timeline.title,
                language=timeline.language,
                ctx=ctx,
            )
        except BaseException:
            path.unlink(missing_ok=True)
            raise

    return ctx.cached_file("film", VERSION, inputs, suffix=".mp4", media_type=MEDIA_TYPE, make=make)


def _tracks(timeline: Timeline, film: RenderedFilm, ctx: StageContext) -> Iterator[CaptionTrack | None]:
    fonts = bundled_assets().fingerprint
    for scene in timeline.scenes:
        request = subtitle_request(timeline, scene, film.width, film.height)
        if request is None:
            yield None
            continue
        inputs = [fonts, request.model_dump(mode="json")]
        yield ctx.cached_model(
            "caption-track", CAPTIONS_VERSION, inputs, CaptionTrack, functools.partial(caption_track, request)
        )


def _film_cues(timeline: Timeline, tracks: Iterable[CaptionTrack | None]) -> list[CaptionCue]:
    cues: list[CaptionCue] = []
    frame = 0
    for scene, track in zip(timeline.scenes, tracks, strict=True):
        start = frame / timeline.frames_per_second
        cues += [moved(cue, start) for cue in (track.cues if track is not None else ())]
        frame += scene.frames
    return cues


def _text(kind: str, text: str, suffix: str, media_type: str, ctx: StageContext) -> MediaRef:
    def make(path: Path) -> None:
        path.write_bytes(text.encode("utf-8", "surrogatepass"))

    return ctx.cached_file(kind, f"{VERSION}.{CAPTIONS_VERSION}", text, suffix=suffix, media_type=media_type, make=make)
