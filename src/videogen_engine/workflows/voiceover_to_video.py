"""A recording becomes a project and, when asked for, a film around it: its sound stays as it is."""

from __future__ import annotations

import asyncio
import re
from pathlib import PurePath
from typing import Final

from videogen_agents.contract import CaptionStyle, TranscriptWord, VoiceoverToVideoRequest
from videogen_agents.errors import InternalError, LimitError
from videogen_engine.listening.model import (
    CutRecording,
    CutRequest,
    HeardRecording,
    ListenRequest,
    VoiceoverTimelineRequest,
)
from videogen_engine.planning.language import detect_language
from videogen_engine.planning.model import Pacing
from videogen_engine.runtime.port import JobContext
from videogen_engine.runtime.stage_registry import ASSEMBLE_VOICEOVER, CUT_RECORDING, LISTEN, PICTURE
from videogen_engine.store.records import FileRecord, JobOutcome, JobRecord
from videogen_engine.timeline.document import FRAMES_PER_SECOND, Logo, Timeline
from videogen_engine.visuals.model import PictureRequest, PictureScene, PictureSet, StyleKind, StyleRequest
from videogen_engine.workflows.film_presenter import with_presenter
from videogen_engine.workflows.film_tail import finish_film, tail_steps
from videogen_engine.workflows.film_voice import silent_films_voice
from videogen_engine.workflows.production_notes import with_production_notes
from videogen_engine.workflows.recording_words import RecordingWords, word_steps, words_of_recording
from videogen_engine.workflows.remix_workshop import users_file
from videogen_engine.workflows.room import WorkflowRoom
from videogen_engine.workflows.scene_directions import direct

#: A logo's place and its width in percent, unless a remix action says otherwise.
_LOGO: Final = ("TOP_RIGHT", 12.0)
_LONGEST_TITLE: Final = 60
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?;\n])\s+")


async def voiceover_to_video(job: JobRecord, context: JobContext, room: WorkflowRoom) -> JobOutcome:
    """Listen, plan what is said, cut, design, assemble; then what every workflow ends with.

    Raises NotFoundError for a file that is gone, InputError for one without sound and for a transcript that does
    not fit, LimitError for too many scenes or too long a recording, and what the stages raise.
    """
    request = VoiceoverToVideoRequest.model_validate_json(job.request_json)
    record = await asyncio.to_thread(room.store.files.get, request.file_id)
    steps = word_steps(spoken_words(record), room.settings.transcriber)
    context.expect(LISTEN, *steps, CUT_RECORDING, PICTURE, ASSEMBLE_VOICEOVER, *await tail_steps(job, room))
    timeline, known = await _build(job, request, record, context, room)
    # Where no words are known, the notes are what the pictures are of.
    notes = request.workflow_agent_context if known.plan is not None else None
    noted = await with_production_notes(with_presenter(timeline, request), notes, context, room, job.project_id or "")
    outcome = noted.told(await finish_film(job, context, room, noted.timeline))
    return outcome.model_copy(
        update={
            "degraded": tuple(dict.fromkeys((*known.degraded, *outcome.degraded))),
            "notes": tuple(dict.fromkeys((*known.notes, *outcome.notes))),
        }
    )


def spoken_words(record: FileRecord) -> list[TranscriptWord]:
    """The transcript's words, when it says anything at all."""
    words = [] if record.transcript is None else record.transcript.words
    return words if any(char.isalnum() for word in words for char in word.word) else []


def asked_language(request: VoiceoverToVideoRequest, record: FileRecord) -> str | None:
    """As asked for, else the transcript's."""
    code = None if record.transcript is None else record.transcript.language_code
    return request.language or (code if code is not None and _LANGUAGE.fullmatch(code) else None)


def language_of(request: VoiceoverToVideoRequest, record: FileRecord) -> str:
    """As asked for, else the transcript's, else that of its words."""
    said = " ".join(word.word for word in spoken_words(record))
    return asked_language(request, record) or detect_language(said or record.display_name)


async def _build(
    job: JobRecord, request: VoiceoverToVideoRequest, record: FileRecord, context: JobContext, room: WorkflowRoom
) -> tuple[Timeline, RecordingWords]:
    if job.project_id is None:
        raise InternalError(f"Run {job.job_id!r} has no project.")
    project = await asyncio.to_thread(room.store.projects.get, job.project_id)
    limits = room.settings.limits
    file = users_file(request.file_id, record)
    logo = await asyncio.to_thread(_logo, request, room)
    language = language_of(request, record)
    heard = await context.step(
        LISTEN, ListenRequest(media=file.media, max_seconds=limits.max_duration_seconds), HeardRecording
    )
    pacing = Pacing(request.visual_pacing.value)
    known = await words_of_recording(
        spoken_words(record),
        heard,
        language,
        asked=asked_language(request, record),
        pacing=pacing,
        transcriber=room.settings.transcriber,
        context=context,
    )
    language = known.language
    name = _title(record.display_name)
    cut = await context.step(
        CUT_RECORDING,
        CutRequest(
            recording=heard,
            language=language,
            voice_id=silent_films_voice(language),
            name=name,
            pacing=pacing,
            plan=known.plan,
            words=known.words,
        ),
        CutRecording,
    )
    if len(cut.frames) > limits.max_scenes:
        raise LimitError(
            f"The recording makes {len(cut.frames)} scenes; at most {limits.max_scenes} are allowed.",
            code="too_many_scenes",
            next_step="Choose a slower visualPacing, or cut the recording and make several videos.",
        )
    style = StyleRequest(kind=StyleKind(request.visual_style.type.value), ai_style=request.visual_style.ai_style)
    guides = () if known.plan is not None else _guides(request.workflow_agent_context, name)
    directed = direct(_picture_scenes(cut, guides), request.scenes or ())
    pictures = await context.step(
        PICTURE,
        PictureRequest(
            scenes=directed,
            language=language,
            ratio_width=project.ratio_width,
            ratio_height=project.ratio_height,
            style=style,
            title=cut.plan.title,
        ),
        PictureSet,
    )
    captions = request.caption_style if "caption_style" in request.model_fields_set else CaptionStyle()
    timeline = await context.step(
        ASSEMBLE_VOICEOVER,
        VoiceoverTimelineRequest(
            cut=cut,
            pictures=pictures,
            style=style,
            caption_style=captions,
            ratio_width=project.ratio_width,
            ratio_height=project.ratio_height,
            logo=logo,
            directions=tuple(scene.direction for scene in directed),
            warnings=known.warnings,
        ),
        Timeline,
    )
    return timeline, known


def _picture_scenes(cut: CutRecording, guides: tuple[str, ...]) -> tuple[PictureScene, ...]:
    """With ``guides``, one after the other directs the scenes, which have no words of their own."""
    return tuple(
        PictureScene(
            plan=scene,
            duration=frames / FRAMES_PER_SECOND,
            words=speech.words,
            direction=guides[index % len(guides)] if guides else None,
            variant=index if guides else 0,
        )
        for index, (scene, speech, frames) in enumerate(
            zip(cut.plan.scenes, cut.narration.scenes, cut.frames, strict=True)
        )
    )


def _guides(context: str | None, name: str) -> tuple[str, ...]:
    sentences = [part.strip() for part in _SENTENCE_END.split(context or "")]
    return tuple(part for part in sentences if part) or (name,)


def _title(display_name: str) -> str:
    path = PurePath(display_name)
    stem = path.stem if path.suffix[1:].isalnum() else display_name
    line = " ".join(stem.replace("_", " ").split())
    return line[:_LONGEST_TITLE].rstrip() or "Recording"


def _logo(request: VoiceoverToVideoRequest, room: WorkflowRoom) -> Logo | None:
    if not request.logo_file_id:
        return None
    found = room.store.files.get_many([request.logo_file_id])
    logo = users_file(request.logo_file_id, found.get(request.logo_file_id))
    return Logo(media=logo.media, position=_LOGO[0], size_percent=_LOGO[1])
