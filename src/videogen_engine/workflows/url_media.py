"""Getting media from the web inside a workflow: fetched and looked into, as two durable steps."""

from __future__ import annotations

from dataclasses import dataclass

from videogen_agents.contract import FileType
from videogen_engine.fetching.model import FetchedFile, FetchRequest
from videogen_engine.probe_model import ProbeRequest, ProbeResult
from videogen_engine.runtime.port import JobContext
from videogen_engine.runtime.stage_registry import FETCH, PROBE
from videogen_engine.stage import MediaRef
from videogen_engine.workflows.room import WorkflowRoom

#: The steps of ``media_from_url``, for a body's ``context.expect``.
URL_STEPS = (FETCH, PROBE)


@dataclass(frozen=True)
class UrlMedia:
    """``found`` is what the probe says of ``media``; ``name`` is what the server calls it."""

    media: MediaRef
    found: ProbeResult
    name: str
    from_page: bool


async def media_from_url(
    url: str, context: JobContext, room: WorkflowRoom, *, declared: FileType | None = None
) -> UrlMedia:
    """The file at ``url``, whole and decodable.

    With ``declared``, anything else is refused. Raises InputError (``url_not_allowed``, ``url_is_a_page``,
    ``unsupported_media_type`` …), LimitError for what is too large or too long, ConnectionLostError for what does not
    come. A job that is run again does not fetch again what had come.
    """
    limits = room.settings.limits
    fetched = await context.step(
        FETCH,
        FetchRequest(
            url=url,
            nonce=context.job_id,
            declared=declared,
            max_bytes=limits.max_upload_bytes,
            max_seconds=limits.max_import_seconds,
            allowed_hosts=room.settings.import_hosts,
        ),
        FetchedFile,
    )
    probed = await context.step(
        PROBE,
        ProbeRequest(
            media=fetched.media,
            declared=declared,
            max_pixels=limits.max_pixels,
            max_duration_seconds=limits.max_duration_seconds,
        ),
        ProbeResult,
    )
    return UrlMedia(media=fetched.media, found=probed, name=fetched.name, from_page=fetched.from_page)
