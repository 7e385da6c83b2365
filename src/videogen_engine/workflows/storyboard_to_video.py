"""A storyboard becomes a project and, when asked for, a film: a section for each of its scenes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from videogen_agents.contract import EntityType
from videogen_agents.errors import InternalError
from videogen_engine.runtime.port import JobContext
from videogen_engine.runtime.stage_registry import ASSEMBLE_STORYBOARD, PICTURE, PLAN_STORYBOARD, SPEAK
from videogen_engine.speech.model import Narration, SpeechRequest, SpokenScene
from videogen_engine.store.records import JobOutcome, JobRecord
from videogen_engine.storyboard.model import StoryLine, StoryPlan, StoryPlanRequest, StoryTimelineRequest
from videogen_engine.storyboard.pace import pictured_scenes
from videogen_engine.timeline.document import Timeline
from videogen_engine.visuals.design import MOST_INSETS
from videogen_engine.visuals.model import (
    FeaturedFile,
    Inset,
    Picture,
    PictureRequest,
    PictureScene,
    PictureSet,
    StyleKind,
    StyleRequest,
)
from videogen_engine.workflows.film_tail import finish_film, tail_steps
from videogen_engine.workflows.film_voice import silent_films_voice
from videogen_engine.workflows.production_notes import with_production_notes
from videogen_engine.workflows.remix_workshop import users_file
from videogen_engine.workflows.room import WorkflowRoom
from videogen_engine.workflows.storyboard_cast import CastMember, StoryboardRun
from videogen_engine.workflows.storyboard_scenes import StoryScene, film_style, in_no_scene, language_of, story_scenes


async def storyboard_to_video(job: JobRecord, context: JobContext, room: WorkflowRoom) -> JobOutcome:
    """Plan, speak, design, assemble; then what every workflow ends with.

    Raises NotFoundError for a picture that is gone, LimitError for too long a film, and what the stages raise.
    """
    run = StoryboardRun.model_validate_json(job.request_json)
    scenes = story_scenes(run)
    styles = [_style(scene.style or film_style(run)) for scene in scenes]
    speaks = (SPEAK,) if any(scene.said for scene in scenes) else ()
    looks = (PICTURE,) * len(set(styles))
    context.expect(PLAN_STORYBOARD, *speaks, *looks, ASSEMBLE_STORYBOARD, *await tail_steps(job, room))
    timeline = await _build(job, run, scenes, styles, context, room)
    noted = await with_production_notes(timeline, run.workflow_agent_context, context, room, job.project_id or "")
    outcome = noted.told(await finish_film(job, context, room, noted.timeline))
    return outcome.model_copy(
        update={
            "degraded": (*_unseen(run.cast), *outcome.degraded),
            "notes": (*_unused(run, scenes), *outcome.notes),
        }
    )


async def _build(
    job: JobRecord,
    run: StoryboardRun,
    scenes: Sequence[StoryScene],
    styles: Sequence[StyleRequest],
    context: JobContext,
    room: WorkflowRoom,
) -> Timeline:
    if job.project_id is None:
        raise InternalError(f"Run {job.job_id!r} has no project.")
    project = await asyncio.to_thread(room.store.projects.get, job.project_id)
    files = await asyncio.to_thread(_files, run.cast, room)
    drawn = {member.entity_id: member.drawn for member in run.cast if member.drawn is not None}
    language = language_of(scenes)
    lines = tuple(
        StoryLine(
            prompt=scene.prompt,
            said=scene.said,
            title=scene.title,
            seconds=scene.seconds,
            shows=bool(scene.people or scene.products),
        )
        for scene in scenes
    )
    story = await context.step(PLAN_STORYBOARD, StoryPlanRequest(lines=lines, language=language), StoryPlan)
    spoken = tuple(SpokenScene(sentences=scene.sentences) for scene in story.plan.scenes if scene.sentences)
    narration = None
    if spoken:
        narration = await context.step(SPEAK, SpeechRequest(scenes=spoken, language=language), Narration)
    request = PictureRequest(
        scenes=tuple(
            _with_files(picture, scene, files, drawn)
            for picture, scene in zip(pictured_scenes(story, narration), scenes, strict=True)
        ),
        language=language,
        ratio_width=project.ratio_width,
        ratio_height=project.ratio_height,
        title=story.plan.title,
    )
    usual = _style(film_style(run))
    return await context.step(
        ASSEMBLE_STORYBOARD,
        StoryTimelineRequest(
            story=story,
            narration=narration,
            pictures=await _pictures(request, styles, context),
            style=usual,
            styles=tuple(None if style == usual else style for style in styles),
            voice_id=silent_films_voice(language),
            ratio_width=project.ratio_width,
            ratio_height=project.ratio_height,
            max_seconds=room.settings.limits.max_duration_seconds,
        ),
        Timeline,
    )


async def _pictures(request: PictureRequest, styles: Sequence[StyleRequest], context: JobContext) -> PictureSet:
    """Each scene's picture in its own style. All scenes are part of every request, as they are of later edits:
    where a scene stands decides its picture as well.
    """
    pictures: dict[int, Picture] = {}
    warnings: list[str] = []
    for style in dict.fromkeys(styles):
        made = await context.step(PICTURE, request.model_copy(update={"style": style}), PictureSet)
        warnings += made.warnings
        pictures |= {index: made.pictures[index] for index, wanted in enumerate(styles) if wanted == style}
    return PictureSet(
        pictures=tuple(pictures[index] for index in range(len(styles))), warnings=tuple(dict.fromkeys(warnings))
    )


def _with_files(
    picture: PictureScene, scene: StoryScene, files: Mapping[str, FeaturedFile], drawn: Mapping[str, str]
) -> PictureScene:
    people = tuple(
        Inset(person=True, drawn=drawn[person]) if person in drawn else Inset(file=files[person], person=True)
        for person in scene.people
    )
    products = tuple(Inset(file=files[product]) for product in scene.products)
    return picture.model_copy(update={"insets": (*people, *products)})


def _files(cast: Sequence[CastMember], room: WorkflowRoom) -> dict[str, FeaturedFile]:
    """The pictures of people and products, by entity. They were there at the start, and may have gone since."""
    wanted = {member.entity_id: member for member in cast if member.file_id is not None}
    found = room.store.files.get_many([member.file_id for member in wanted.values() if member.file_id is not None])
    return {
        entity_id: users_file(member.file_id or "", found.get(member.file_id or "")).model_copy(
            update={"display_name": member.name}
        )
        for entity_id, member in wanted.items()
    }


def _style(words: str | None) -> StyleRequest:
    return StyleRequest() if words is None else StyleRequest(kind=StyleKind.AI_IMAGE, ai_style=words)


def _unseen(cast: Sequence[CastMember]) -> tuple[str, ...]:
    return tuple(
        f"{'The actor' if member.entity_type is EntityType.ACTOR else 'The product'} “{member.name}” has no reference "
        "image, so it is not shown; add one to the entity and start again."
        for member in cast
        if not member.is_seen and member.style is None
    )


def _unused(run: StoryboardRun, scenes: Sequence[StoryScene]) -> tuple[str, ...]:
    """What is in the cast with a picture and yet on screen nowhere."""
    notes = [f"“{member.name}” is registered, and shown in no scene." for member in in_no_scene(run, scenes)]
    names = {member.entity_id: member.name for member in run.cast}
    for number, scene in enumerate(scenes, 1):
        if left := (*scene.people, *scene.products)[MOST_INSETS:]:
            others = ", ".join(f"“{names[entity_id]}”" for entity_id in left)
            notes.append(f"Scene {number} does not show {others}: a scene shows {MOST_INSETS} people and products.")
    return tuple(notes)
