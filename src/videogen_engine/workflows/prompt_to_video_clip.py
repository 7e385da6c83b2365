"""A prompt becomes a short clip: illustrated shots under a moving camera."""

from __future__ import annotations

import asyncio

from videogen_agents.contract import PromptToVideoClipRequest
from videogen_agents.errors import InternalError
from videogen_engine.clips.build import ASSEMBLE, ILLUSTRATED, MUSIC, PICTURE, PLAN, ClipBrief, build_clip
from videogen_engine.clips.shots import music_in, shots_of
from videogen_engine.planning.language import detect_language
from videogen_engine.runtime.port import JobContext
from videogen_engine.store.records import JobOutcome, JobRecord
from videogen_engine.timeline.document import Timeline
from videogen_engine.workflows.film_tail import finish_film, tail_steps
from videogen_engine.workflows.film_voice import silent_films_voice
from videogen_engine.workflows.remix_workshop import users_file
from videogen_engine.workflows.room import WorkflowRoom


async def prompt_to_video_clip(job: JobRecord, context: JobContext, room: WorkflowRoom) -> JobOutcome:
    """Plan the shots, draw, compose if the prompt asks for music; then what every workflow ends with.

    Raises NotFoundError for an image that is gone, and what the stages raise.
    """
    request = PromptToVideoClipRequest.model_validate_json(job.request_json)
    music = music_in(request.prompt)
    composed = () if music is None else (MUSIC,)
    context.expect(PLAN, PICTURE, ASSEMBLE, *composed, *await tail_steps(job, room))
    outcome = await finish_film(job, context, room, await _build(job, request, music, context, room))
    return outcome.model_copy(
        update={
            "degraded": (ILLUSTRATED, *outcome.degraded),
            "notes": (*_notes(request, music), *outcome.notes),
        }
    )


async def _build(
    job: JobRecord, request: PromptToVideoClipRequest, music: str | None, context: JobContext, room: WorkflowRoom
) -> Timeline:
    if job.project_id is None:
        raise InternalError(f"Run {job.job_id!r} has no project.")
    project = await asyncio.to_thread(room.store.projects.get, job.project_id)
    ids = request.image_file_ids or []
    found = await asyncio.to_thread(room.store.files.get_many, ids)
    files = tuple(users_file(file_id, found.get(file_id)) for file_id in ids)
    language = detect_language(request.prompt)
    shots = shots_of(request.prompt, request.duration_seconds, least=len(files))
    return await build_clip(
        ClipBrief(
            prompt=request.prompt,
            shots=shots,
            language=language,
            voice_id=silent_films_voice(language),
            ratio_width=project.ratio_width,
            ratio_height=project.ratio_height,
            files=files[: len(shots)],
            music=music,
        ),
        context,
    )


def _notes(request: PromptToVideoClipRequest, music: str | None) -> tuple[str, ...]:
    notes: list[str] = []
    images = len(request.image_file_ids or ())
    shown = len(shots_of(request.prompt, request.duration_seconds, least=images))
    if images > shown:
        notes.append(f"{images - shown} of {images} images are not shown: a longer clip has room for more.")
    if music is None:
        notes.append(
            "The clip is silent, because the prompt asks for no music; the remix action GENERATE_MUSIC adds it."
        )
    return tuple(notes)
