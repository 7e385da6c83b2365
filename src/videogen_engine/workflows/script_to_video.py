"""A script becomes a project and, when asked for, a film."""

from __future__ import annotations

import asyncio

from videogen_agents.contract import ScriptToVideoRequest
from videogen_agents.errors import InternalError, LimitError
from videogen_engine.planning.language import detect_language
from videogen_engine.planning.model import Pacing, PlanRequest, ScenePlan
from videogen_engine.runtime.port import JobContext
from videogen_engine.runtime.stage_registry import ASSEMBLE, PICTURE, PLAN, SPEAK
from videogen_engine.speech.model import Narration, SpeechRequest, SpokenScene
from videogen_engine.store.records import JobOutcome, JobRecord
from videogen_engine.timeline.assemble import AssembleRequest
from videogen_engine.timeline.document import Timeline
from videogen_engine.timeline.pace import picture_scenes
from videogen_engine.visuals.model import FeaturedFile, PictureRequest, PictureSet, StyleKind, StyleRequest
from videogen_engine.workflows.film_presenter import with_presenter
from videogen_engine.workflows.film_tail import finish_film, tail_steps
from videogen_engine.workflows.production_notes import with_production_notes
from videogen_engine.workflows.remix_workshop import users_file
from videogen_engine.workflows.room import WorkflowRoom
from videogen_engine.workflows.scene_directions import direct

BUILD_STEPS = (PLAN, SPEAK, PICTURE, ASSEMBLE)


async def script_to_video(job: JobRecord, context: JobContext, room: WorkflowRoom) -> JobOutcome:
    """Plan, speak, design, assemble; then what every workflow ends with.

    Raises LimitError for too many scenes or too long a film, NotFoundError for a featured file that is gone,
    and what the stages raise.
    """
    request = ScriptToVideoRequest.model_validate_json(job.request_json)
    context.expect(*BUILD_STEPS, *await tail_steps(job, room))
    built = with_presenter(await _build(job, request, context, room), request)
    noted = await with_production_notes(built, request.workflow_agent_context, context, room, _project_id(job))
    return noted.told(await finish_film(job, context, room, noted.timeline))


async def _build(job: JobRecord, request: ScriptToVideoRequest, context: JobContext, room: WorkflowRoom) -> Timeline:
    project = await asyncio.to_thread(room.store.projects.get, _project_id(job))
    limits = room.settings.limits
    language = request.language or detect_language(request.script)
    style = StyleRequest(kind=StyleKind(request.visual_style.type.value), ai_style=request.visual_style.ai_style)
    plan = await context.step(
        PLAN,
        PlanRequest(script=request.script, language=language, pacing=Pacing(request.visual_pacing.value)),
        ScenePlan,
    )
    if len(plan.scenes) > limits.max_scenes:
        raise LimitError(
            f"The script makes {len(plan.scenes)} scenes; at most {limits.max_scenes} are allowed.",
            code="too_many_scenes",
            next_step="Shorten the script, choose a slower visualPacing or make several videos.",
        )
    speed = 1.0 if request.voice_speed is None else request.voice_speed
    narration = await context.step(
        SPEAK,
        SpeechRequest(
            scenes=tuple(SpokenScene(sentences=scene.sentences) for scene in plan.scenes),
            language=language,
            voice_id=request.voice_id,
            speed=speed,
        ),
        Narration,
    )
    featured = await asyncio.to_thread(_featured, request, room)
    directed = direct(picture_scenes(plan, narration), request.scenes or ())
    pictures = await context.step(
        PICTURE,
        PictureRequest(
            scenes=directed,
            language=language,
            ratio_width=project.ratio_width,
            ratio_height=project.ratio_height,
            style=style,
            featured=featured,
            title=plan.title,
        ),
        PictureSet,
    )
    return await context.step(
        ASSEMBLE,
        AssembleRequest(
            plan=plan,
            narration=narration,
            pictures=pictures,
            style=style,
            ratio_width=project.ratio_width,
            ratio_height=project.ratio_height,
            max_seconds=limits.max_duration_seconds,
            voice_speed=speed,
            featured=featured,
            directions=tuple(scene.direction for scene in directed),
        ),
        Timeline,
    )


def _featured(request: ScriptToVideoRequest, room: WorkflowRoom) -> tuple[FeaturedFile, ...]:
    """The user's files, in the order given. They were checked at the start, and may have gone since."""
    ids = request.featured_b_roll_file_ids or []
    found = room.store.files.get_many(ids)
    return tuple(users_file(file_id, found.get(file_id)) for file_id in ids)


def _project_id(job: JobRecord) -> str:
    if job.project_id is None:
        raise InternalError(f"Run {job.job_id!r} has no project.")
    return job.project_id
