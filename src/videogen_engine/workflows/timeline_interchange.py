"""A version of a project is written down for an editing program."""

from __future__ import annotations

import asyncio

from videogen_agents.contract import FileScope, FileType, TimelineFormat, TimelineMediaDelivery
from videogen_agents.errors import InternalError
from videogen_engine.interchange.model import (
    DocumentRequest,
    InterchangeDocument,
    InterchangeMedia,
    MediaLink,
    MediaRequest,
)
from videogen_engine.interchange.plates import plates_timeline
from videogen_engine.render.model import Encoding, RenderedFilm, RenderRequest
from videogen_engine.runtime.port import JobContext
from videogen_engine.runtime.stage_registry import INTERCHANGE, INTERCHANGE_MEDIA, RENDER
from videogen_engine.stage import MediaRef
from videogen_engine.store.ids import IdPrefix
from videogen_engine.store.media_store import MediaStore
from videogen_engine.store.records import InterchangeJob, JobOutcome, JobRecord, NewFile, Rendition, StoredSource
from videogen_engine.store.signed_urls import UrlSigner
from videogen_engine.timeline.document import Timeline
from videogen_engine.workflows.room import WorkflowRoom


async def timeline_interchange(job: JobRecord, context: JobContext, room: WorkflowRoom) -> JobOutcome:
    """Subtitles are only written; every other format gets clean scenes, rendered if they are not there yet.

    Raises NotFoundError for a version that does not exist, and what the stages raise.
    """
    if job.project_id is None:
        raise InternalError(f"The timeline job {job.job_id!r} has no project.")
    asked = InterchangeJob.model_validate_json(job.request_json)
    form, delivery = TimelineFormat(asked.format), TimelineMediaDelivery(asked.media_delivery)
    version = await asyncio.to_thread(room.store.projects.version, job.project_id, asked.timeline_version)
    timeline = Timeline.model_validate_json(version.timeline_json)
    media: InterchangeMedia | None = None
    links: tuple[MediaLink, ...] = ()
    if form is TimelineFormat.SRT:
        context.expect(INTERCHANGE)
    else:
        context.expect(RENDER, INTERCHANGE_MEDIA, INTERCHANGE)
        plates = await context.step(
            RENDER,
            RenderRequest(
                timeline=plates_timeline(timeline),
                width=asked.width,
                height=asked.height,
                encoding=Encoding(asked.encoding),
            ),
            RenderedFilm,
        )
        media = await context.step(INTERCHANGE_MEDIA, MediaRequest(timeline=timeline, plates=plates), InterchangeMedia)
        if delivery is TimelineMediaDelivery.REMOTE_URLS:
            links = await asyncio.to_thread(_links, timeline, media, asked.origin, job, room)
    document = await context.step(
        INTERCHANGE,
        DocumentRequest(
            timeline=timeline,
            format=form,
            delivery=delivery,
            width=asked.width,
            height=asked.height,
            media=media,
            links=links,
        ),
        InterchangeDocument,
    )
    file = _file(job, timeline, document)
    # After a crash between the file and the job's end, the file is there already.
    if not await asyncio.to_thread(room.store.files.get_many, [file.file_id]):
        await asyncio.to_thread(room.store.files.create, file)
    return JobOutcome(
        file_id=file.file_id,
        duration_seconds=timeline.duration,
        warnings=tuple(dict.fromkeys((*timeline.warnings, *document.warnings))),
    )


def _links(
    timeline: Timeline, media: InterchangeMedia, origin: str | None, job: JobRecord, room: WorkflowRoom
) -> tuple[MediaLink, ...]:
    """An address for every piece of media. Signed as of the job's start, so that a restart signs the same."""
    speech = [scene.speech.clip for scene in timeline.scenes if scene.speech is not None]
    speech += [scene.sound.media for scene in timeline.scenes if scene.sound is not None]
    music = [] if media.music is None else [media.music]
    names: dict[str, str] = {}
    for kind, refs in (("scene", media.scenes), ("speech", speech), ("music", music)):
        for number, ref in enumerate(refs, 1):
            names.setdefault(ref.key, f"{kind}_{number:03d}{_suffix(ref)}")
    if origin is None:
        store = MediaStore(room.settings.media_url, cache=room.settings.scratch / "fetched")
        return tuple(MediaLink(key=key, url=store.path(key).resolve().as_uri()) for key in names)
    signer, now = UrlSigner(room.settings.media_secret()), job.created_ms / 1000
    return tuple(
        MediaLink(key=key, url=origin + signer.download(key, file_name=name, now=now)[0]) for key, name in names.items()
    )


def _suffix(ref: MediaRef) -> str:
    return ".mp4" if ref.media_type == "video/mp4" else ".wav"


def _file(job: JobRecord, timeline: Timeline, document: InterchangeDocument) -> NewFile:
    media = document.file
    return NewFile(
        file_id=IdPrefix.FILE + job.job_id.removeprefix(IdPrefix.INTERCHANGE),
        scope=FileScope.PROJECT,
        display_name=f"{timeline.title}{document.ending}",
        type=FileType.TEXT,
        project_id=job.project_id,
        sources=(
            StoredSource(
                rendition=Rendition.DOWNLOAD, media_key=media.key, media_type=media.media_type, size=media.size
            ),
        ),
    )
