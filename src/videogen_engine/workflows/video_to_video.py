"""A video becomes a project of the same length, every frame of it restyled by filters."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from videogen_agents.contract import FileType, ModelQuality, VideoToVideoAudio, VideoToVideoRequest
from videogen_agents.errors import InputError, InternalError
from videogen_engine.music.model import LONGEST_SECONDS, SHORTEST_SECONDS, MusicBed, MusicRequest
from videogen_engine.music.prompt import read_prompt as read_music
from videogen_engine.planning.language import detect_language
from videogen_engine.render.size import frame_size
from videogen_engine.restyle.model import RestyledTimelineRequest, RestyleRequest, StyledVideo
from videogen_engine.restyle.words import ReadPrompt, read_prompt
from videogen_engine.runtime.port import JobContext
from videogen_engine.runtime.stage_registry import ASSEMBLE_RESTYLED, MUSIC, RESTYLE
from videogen_engine.stage import MediaRef
from videogen_engine.store.records import JobOutcome, JobRecord
from videogen_engine.timeline.document import Timeline
from videogen_engine.workflows.film_tail import finish_film, tail_steps
from videogen_engine.workflows.film_voice import silent_films_voice
from videogen_engine.workflows.remix_workshop import users_file
from videogen_engine.workflows.room import WorkflowRoom
from videogen_engine.workflows.url_media import URL_STEPS, media_from_url

#: Most lines on the short side of what is restyled. A smaller video keeps its size.
LINES: Final[Mapping[ModelQuality, int]] = {
    ModelQuality.LOW: 480,
    ModelQuality.STANDARD: 720,
    ModelQuality.HIGH: 1080,
    ModelQuality.MAX: 1440,
}
#: The longest side of a film may be this many times its shortest.
_MOST_ELONGATED: Final = 4
#: What is composed for a style when the prompt names no mood of its own.
_MUSIC: Final[Mapping[str, str]] = {
    "cartoon": "playful happy",
    "comic": "energetic heroic",
    "anime": "dreamy hopeful",
    "pixel art": "playful electronic",
    "pop art": "funky upbeat",
    "neon": "dark electronic",
    "vhs": "electronic retro",
    "noir": "dark mysterious",
    "black and white": "calm piano",
    "sepia": "nostalgic piano",
    "vintage film": "nostalgic warm",
    "cinematic": "epic cinematic",
    "night": "mysterious calm",
    "dream": "dreamy ambient",
    "high contrast": "dramatic",
}
_LONGEST_TITLE: Final = 60


@dataclass(frozen=True)
class _Source:
    file_id: str
    media: MediaRef
    name: str


async def video_to_video(job: JobRecord, context: JobContext, room: WorkflowRoom) -> JobOutcome:
    """Fetch if need be, restyle, assemble; then what every workflow ends with.

    Raises InputError for a prompt that names no style and for a video that cannot be decoded, NotFoundError for a
    file that is gone, LimitError for a video that is too long, and what the stages raise.
    """
    request = VideoToVideoRequest.model_validate_json(job.request_json)
    asked = read_prompt(request.prompt)
    composed = (MUSIC,) if request.audio is VideoToVideoAudio.GENERATE else ()
    fetched = URL_STEPS if request.video_url else ()
    context.expect(*fetched, RESTYLE, *composed, ASSEMBLE_RESTYLED, *await tail_steps(job, room))
    source = await _source(request, context, room)
    timeline = await _build(job, request, asked, source, context, room)
    outcome = await finish_film(job, context, room, timeline)
    return outcome.model_copy(
        update={
            "degraded": (_by_filters(asked), *outcome.degraded),
            "notes": (*_notes(request, asked), *outcome.notes),
        }
    )


async def _source(request: VideoToVideoRequest, context: JobContext, room: WorkflowRoom) -> _Source:
    if request.video_url:
        got = await media_from_url(str(request.video_url), context, room, declared=FileType.VIDEO)
        return _Source("", got.media, _title(got.name))
    file_id = request.video_file_id or ""
    found = await asyncio.to_thread(room.store.files.get_many, [file_id])
    file = users_file(file_id, found.get(file_id))
    return _Source(file_id, file.media, _title(file.display_name))


async def _build(
    job: JobRecord,
    request: VideoToVideoRequest,
    asked: ReadPrompt,
    source: _Source,
    context: JobContext,
    room: WorkflowRoom,
) -> Timeline:
    if job.project_id is None:
        raise InternalError(f"Run {job.job_id!r} has no project.")
    keep = request.audio is VideoToVideoAudio.KEEP_ORIGINAL
    lines = LINES[request.quality]
    video = await context.step(
        RESTYLE,
        RestyleRequest(
            media=source.media,
            treatments=asked.treatments,
            # More lines than any export here will have would be work for nothing.
            lines=min(lines, room.settings.render_lines or lines),
            with_sound=keep,
        ),
        StyledVideo,
    )
    ratio = await _ratio(job, request, video, room)
    bed = None if keep else await context.step(MUSIC, _music(request, asked, video), MusicBed)
    language = detect_language(request.prompt)
    return await context.step(
        ASSEMBLE_RESTYLED,
        RestyledTimelineRequest(
            video=video,
            file_id=source.file_id,
            display_name=source.name,
            told=asked.told,
            language=language,
            voice_id=silent_films_voice(language),
            ratio_width=ratio[0],
            ratio_height=ratio[1],
            music=bed,
        ),
        Timeline,
    )


async def _ratio(
    job: JobRecord, request: VideoToVideoRequest, video: StyledVideo, room: WorkflowRoom
) -> tuple[int, int]:
    """What was asked for, else the video's own shape; an export that was sized before anybody knew follows it."""
    if request.aspect_ratio is not None:
        return request.aspect_ratio.width, request.aspect_ratio.height
    ratio = video.ratio_width, video.ratio_height
    if max(ratio) > _MOST_ELONGATED * min(ratio):
        raise InputError(
            f"The video is more elongated than {_MOST_ELONGATED}:1.",
            code="aspect_ratio_too_narrow",
            next_step="Give an aspectRatio that the video shall be cut to.",
        )
    exports = await asyncio.to_thread(room.store.exports.of_runs, [job.job_id])
    if (export := exports.get(job.job_id)) is not None:
        size = frame_size(*ratio, min(export.width, export.height))
        await asyncio.to_thread(room.store.exports.resize, export.export_id, *size)
    return ratio


def _music(request: VideoToVideoRequest, asked: ReadPrompt, video: StyledVideo) -> MusicRequest:
    mood = next((_MUSIC[one.style] for one in asked.treatments if one.style in _MUSIC), "calm")
    prompt = request.prompt if read_music(request.prompt.casefold()).mood_named else mood
    return MusicRequest(prompt=prompt, seconds=min(LONGEST_SECONDS, max(SHORTEST_SECONDS, round(video.seconds, 3))))


def _by_filters(asked: ReadPrompt) -> str:
    return (
        f"Restyled by filters on every frame ({asked.told}), not by a video model: what is seen and how it moves stays "
        "as it was. VideoGen's hosted backend restyles by a model (set VIDEOGEN_API_KEY)."
    )


def _notes(request: VideoToVideoRequest, asked: ReadPrompt) -> tuple[str, ...]:
    notes: list[str] = []
    if asked.in_vain:
        words = ", ".join(f"“{word}”" for word in asked.in_vain[:8])
        notes.append(f"These words of the prompt name no style and changed nothing: {words}.")
    if asked.left_out:
        notes.append(f"Too many styles at once; left out: {', '.join(asked.left_out)}.")
    if request.audio is VideoToVideoAudio.GENERATE:
        notes.append("The original sound was replaced by music composed here; no sounds of the scene were made.")
    return tuple(notes)


def _title(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    line = " ".join((stem if dot and stem and suffix.isalnum() else name).replace("_", " ").split())
    return line[:_LONGEST_TITLE].rstrip() or "Video"
