"""A document becomes a project and, when asked for, a film: a scene for each of its pages."""

from __future__ import annotations

import asyncio

from videogen_agents.contract import CaptionStyle, SlideshowToVideoRequest
from videogen_agents.errors import InternalError, LimitError
from videogen_engine.planning.language import detect_language
from videogen_engine.runtime.port import JobContext
from videogen_engine.runtime.stage_registry import ASSEMBLE_SLIDES, DECK, PLAN_SLIDES, SPEAK
from videogen_engine.slides.model import Deck, DeckRequest, SlidePlan, SlidePlanRequest, SlideTimelineRequest
from videogen_engine.slides.office import find_office
from videogen_engine.slides.plan import spoken_texts
from videogen_engine.speech.model import Narration, SpeechRequest, SpokenScene
from videogen_engine.store.records import JobOutcome, JobRecord
from videogen_engine.timeline.document import Logo, Timeline
from videogen_engine.visuals.model import FeaturedFile, SlideTheme
from videogen_engine.workflows.film_presenter import with_presenter
from videogen_engine.workflows.film_tail import finish_film, tail_steps
from videogen_engine.workflows.film_voice import silent_films_voice
from videogen_engine.workflows.remix_workshop import users_file
from videogen_engine.workflows.room import WorkflowRoom
from videogen_engine.workflows.slideshow_theme import SlideshowRun, theme_of, theme_steps, untouched

BUILD_STEPS = (DECK, PLAN_SLIDES, SPEAK, ASSEMBLE_SLIDES)
#: A logo's place and its width in percent, unless a remix action says otherwise.
_LOGO = ("TOP_RIGHT", 12.0)


async def slideshow_to_video(job: JobRecord, context: JobContext, room: WorkflowRoom) -> JobOutcome:
    """Read the document, speak, assemble; then what every workflow ends with.

    Raises NotFoundError for a file that is gone, InputError for a document that cannot be read, LimitError for
    too many pages, too many words or too long a film, and what the stages raise.
    """
    request = SlideshowRun.model_validate_json(job.request_json)
    context.expect(*theme_steps(request.theme), *BUILD_STEPS, *await tail_steps(job, room))
    reading = await theme_of(request.theme, context, room)
    timeline, degraded = await _build(job, request, reading.theme, context, room)
    outcome = await finish_film(job, context, room, with_presenter(timeline, request))
    return outcome.model_copy(update={"degraded": (*reading.warnings, *degraded, *outcome.degraded)})


async def _build(
    job: JobRecord, request: SlideshowRun, theme: SlideTheme | None, context: JobContext, room: WorkflowRoom
) -> tuple[Timeline, tuple[str, ...]]:
    """The timeline, and what of the theme it could not take."""
    if job.project_id is None:
        raise InternalError(f"Run {job.job_id!r} has no project.")
    project = await asyncio.to_thread(room.store.projects.get, job.project_id)
    limits = room.settings.limits
    file, logo = await asyncio.to_thread(_files, request, room)
    deck = await context.step(
        DECK,
        DeckRequest(media=file.media, max_slides=limits.max_slides, office=find_office()),
        Deck,
    )
    texts = spoken_texts(deck, request.slide_scripts)
    said = "\n\n".join(text for text in texts if text)
    if len(said) > limits.max_script_chars:
        raise LimitError(
            f"The slides' notes have {len(said)} characters; at most {limits.max_script_chars} are accepted.",
            code="script_too_long",
            next_step="Shorten the speaker notes, or give slideScripts.",
        )
    language = request.language or detect_language(said or "\n".join(page.text for page in deck.pages))
    slides = await context.step(
        PLAN_SLIDES,
        SlidePlanRequest(deck=deck, texts=texts, language=language, name=file.display_name),
        SlidePlan,
    )
    speed = 1.0 if request.voice_speed is None else request.voice_speed
    spoken = tuple(SpokenScene(sentences=scene.sentences) for scene in slides.plan.scenes if scene.sentences)
    narration = None
    if spoken:
        narration = await context.step(
            SPEAK,
            SpeechRequest(scenes=spoken, language=language, voice_id=request.voice_id, speed=speed),
            Narration,
        )
    captions = request.caption_style if "caption_style" in request.model_fields_set else CaptionStyle()
    timeline = await context.step(
        ASSEMBLE_SLIDES,
        SlideTimelineRequest(
            deck=deck,
            slides=slides,
            narration=narration,
            file_id=request.file_id,
            display_name=file.display_name,
            voice_id=silent_films_voice(language, request.voice_id),
            voice_speed=speed,
            caption_style=captions,
            ratio_width=project.ratio_width,
            ratio_height=project.ratio_height,
            logo=logo,
            max_seconds=limits.max_duration_seconds,
            theme=theme,
        ),
        Timeline,
    )
    return timeline, untouched(theme, deck)


def _files(request: SlideshowToVideoRequest, room: WorkflowRoom) -> tuple[FeaturedFile, Logo | None]:
    """The document and the logo. They were checked at the start, and may have gone since."""
    ids = [request.file_id, *([request.logo_file_id] if request.logo_file_id else [])]
    found = room.store.files.get_many(ids)
    file = users_file(request.file_id, found.get(request.file_id))
    if not request.logo_file_id:
        return file, None
    logo = users_file(request.logo_file_id, found.get(request.logo_file_id))
    return file, Logo(media=logo.media, position=_LOGO[0], size_percent=_LOGO[1])
