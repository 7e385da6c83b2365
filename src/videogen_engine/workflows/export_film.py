"""A timeline becomes a file: render, package, register. Shared by every workflow that ends in an MP4."""

from __future__ import annotations

import asyncio

from videogen_agents.contract import FileScope, FileType
from videogen_agents.errors import NotFoundError
from videogen_engine.findings.model import Review, ReviewRequest
from videogen_engine.listening.model import RECORDING
from videogen_engine.package.contact_sheet_model import ContactSheet, SheetRequest
from videogen_engine.package.model import PackagedFilm, PackageRequest
from videogen_engine.presenters.people import presenter_name
from videogen_engine.render.model import Encoding, RenderedFilm, RenderRequest
from videogen_engine.runtime.port import JobContext
from videogen_engine.runtime.stage_registry import CONTACT_SHEET, PACKAGE, RENDER, REVIEW
from videogen_engine.speech.voices import find_voice
from videogen_engine.stage import MediaRef
from videogen_engine.store.ids import IdPrefix, new_id
from videogen_engine.store.records import ExportRecord, JobOutcome, NewFile, Rendition, StoredSource
from videogen_engine.timeline.document import Timeline
from videogen_engine.workflows.room import WorkflowRoom

#: The steps of an export, in order.
EXPORT_STEPS = (RENDER, PACKAGE, CONTACT_SHEET, REVIEW)


async def export_film(
    context: JobContext, room: WorkflowRoom, export: ExportRecord, timeline: Timeline, version: int
) -> JobOutcome:
    """Make the file of ``export`` and let the export succeed. The file exists whole or not at all.

    Run again after it has ended, it changes nothing and gives the same outcome but for the counts of reuse.
    """
    request = RenderRequest(
        timeline=timeline, width=export.width, height=export.height, encoding=Encoding(export.encoding)
    )
    rendered = await context.step(RENDER, request, RenderedFilm)
    packaged = await context.step(PACKAGE, PackageRequest(timeline=timeline, film=rendered), PackagedFilm)
    sheet = await context.step(CONTACT_SHEET, SheetRequest(timeline=timeline), ContactSheet)
    review = await context.step(REVIEW, ReviewRequest(timeline=timeline, video=packaged.video), Review)
    # A film found whole still counts what making it took then; this export rendered none of it.
    found_whole = context.reused(RENDER)
    frames = 0 if found_whole else rendered.frames_rendered
    outcome = JobOutcome(
        export_id=export.export_id,
        duration_seconds=packaged.duration,
        scenes_reused=rendered.scenes_reused + (rendered.scenes_rendered if found_whole else 0),
        scenes_rendered=0 if found_whole else rendered.scenes_rendered,
        frames_rendered=frames,
        seconds_rendered=round(frames / rendered.frames_per_second, 3),
        made_by=made_by(timeline),
        warnings=_once(*timeline.warnings, *rendered.warnings, *packaged.warnings),
        findings=review.findings,
    )
    finished = await asyncio.to_thread(
        room.store.exports.finish,
        export.export_id,
        _file(timeline, export, packaged, sheet),
        outcome,
        timeline_version=version,
    )
    file = finished.file
    return outcome.model_copy(update={"file_id": None if file is None else file.file_id})


def made_by(timeline: Timeline) -> tuple[str, ...]:
    """What made each part of the film, one short text by part."""
    designs = [scene.picture.design for scene in timeline.scenes]
    files = [design.page or (None if design.elements else design.featured) for design in designs]
    looks = dict.fromkeys(design.look for design, file in zip(designs, files, strict=True) if file is None)
    pages = dict.fromkeys(f"your file “{file.display_name}”" for file in files if file is not None)
    # The bundled sources are named "set: item"; the user's own files by their names.
    sources = [source.name for scene in timeline.scenes for source in scene.picture.sources if source.licence != "user"]
    kinds = [name.partition(": ") for name in sources]
    fonts = dict.fromkeys(item for kind, _, item in kinds if kind == "font")
    icons = dict.fromkeys(kind for kind, _, item in kinds if item and kind != "font")
    spoken = any(scene.speech is not None for scene in timeline.scenes)
    parts = {
        "speech": _speech(timeline) if spoken else (),
        "presenter": _presenter(timeline) if spoken else (),
        "pictures": (*pages, *(("built-in illustrator", f"look {', '.join(looks)}") if looks else ())),
        "sound": ("your video’s own",) if any(scene.sound for scene in timeline.scenes) else (),
        "music": _music(timeline),
        "icons": icons,
        "fonts": fonts,
    }
    return tuple(f"{part}: {', '.join(names)}" for part, names in parts.items() if names)


def _speech(timeline: Timeline) -> tuple[str, ...]:
    if timeline.voice_provider == RECORDING:
        return ("your recording",)
    return (timeline.voice_provider, f"voice {_voice_name(timeline.voice_id)}")


def _presenter(timeline: Timeline) -> tuple[str, ...]:
    return () if timeline.presenter is None else ("built-in drawn presenter", presenter_name(timeline.presenter))


def _music(timeline: Timeline) -> tuple[str, ...]:
    track = timeline.music
    if track is None:
        return ()
    return (track.made_by, track.name) if track.made_by is not None else (f"your file “{track.name}”",)


def _voice_name(voice_id: str) -> str:
    try:
        return find_voice(voice_id).display_name
    except NotFoundError:
        return voice_id


def _file(timeline: Timeline, export: ExportRecord, packaged: PackagedFilm, sheet: ContactSheet) -> NewFile:
    return NewFile(
        file_id=new_id(IdPrefix.FILE),
        scope=FileScope.TEMPORARY if export.temporary else FileScope.EXPORT,
        display_name=timeline.title,
        type=FileType.VIDEO,
        duration_seconds=packaged.duration,
        temporary=export.temporary,
        project_id=export.project_id,
        sources=(
            _source(Rendition.DOWNLOAD, packaged.video, packaged.width, packaged.height),
            _source(Rendition.THUMBNAIL, packaged.thumbnail),
            _source(Rendition.SRT, packaged.srt),
            _source(Rendition.VTT, packaged.vtt),
            _source(Rendition.MANIFEST, packaged.manifest),
            _source(Rendition.CONTACT_SHEET, sheet.media, sheet.width, sheet.height),
        ),
    )


def _source(rendition: Rendition, media: MediaRef, width: int | None = None, height: int | None = None) -> StoredSource:
    return StoredSource(
        rendition=rendition,
        media_key=media.key,
        media_type=media.media_type,
        size=media.size,
        width=width,
        height=height,
    )


def _once(*sentences: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sentences))
