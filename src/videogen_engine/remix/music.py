"""SET_BACKGROUND_MUSIC and GENERATE_MUSIC: a track under the film, the user's own or composed for it."""

from __future__ import annotations

from typing import Final

from videogen_agents.contract import GenerateMusicAction, SetBackgroundMusicAction
from videogen_agents.errors import InputError
from videogen_engine.music.model import (
    LONGEST_PROMPT,
    LONGEST_SECONDS,
    SHORTEST_SECONDS,
    MusicBed,
    MusicRequest,
    Recording,
    RecordingRequest,
)
from videogen_engine.remix.edit import Edit, Edited
from videogen_engine.remix.workshop import Workshop
from videogen_engine.timeline.document import MusicTrack, Timeline
from videogen_engine.visuals.model import FeaturedFile

#: 9 dB under the narration in pauses and 21 dB under it while someone speaks.
DEFAULT_VOLUME: Final = 0.35
#: The stages' names in the registry, which edits do not import.
_MUSIC: Final = "music"
_RECORDING: Final = "recording"


async def prepare_file(timeline: Timeline, action: SetBackgroundMusicAction, workshop: Workshop) -> FeaturedFile | None:
    """The user's file, listened to. Raises InputError for one without sound, NotFoundError for one that is gone."""
    del timeline
    if action.file_id is None:
        return None
    file = await workshop.file(action.file_id)
    await workshop.step(_RECORDING, RecordingRequest(media=file.media, name=file.display_name), Recording)
    return file


def set_music(timeline: Timeline, action: SetBackgroundMusicAction, made: FeaturedFile | None) -> Edited:
    """A null file removes the music; one that is left out keeps it when a volume is given. A null volume keeps it."""
    old = timeline.music
    if made is not None:
        volume = action.volume if action.volume is not None else old.volume if old is not None else DEFAULT_VOLUME
        track = MusicTrack(media=made.media, volume=volume, name=made.display_name, licence="user")
        return Edited(timeline=timeline.model_copy(update={"music": track}), notes=_quiet(track))
    if old is None:
        return Edited(timeline=timeline, notes=("The film had no music.",))
    if "file_id" not in action.model_fields_set and action.volume is not None:
        track = old.model_copy(update={"volume": action.volume})
        return Edited(timeline=timeline.model_copy(update={"music": track}), notes=_quiet(track))
    return Edited(timeline=timeline.model_copy(update={"music": None}))


def _quiet(track: MusicTrack) -> tuple[str, ...]:
    return ("At a volume of 0 the music is silent.",) if track.volume == 0 else ()


def check_prompt(action: GenerateMusicAction) -> None:
    """Raises InputError for a prompt that is empty or too long."""
    if not action.prompt.strip() or len(action.prompt) > LONGEST_PROMPT:
        raise InputError(
            f"A music prompt has 1 to {LONGEST_PROMPT} characters.",
            code="invalid_prompt",
            next_step="Say in a few words how the music should sound, such as “calm piano” or “upbeat, no drums”.",
        )


async def prepare_bed(timeline: Timeline, action: GenerateMusicAction, workshop: Workshop) -> MusicBed:
    """Music as long as the film. For a longer film than is composed in one piece, its middle repeats."""
    seconds = min(LONGEST_SECONDS, max(SHORTEST_SECONDS, round(timeline.duration, 3)))
    return await workshop.step(_MUSIC, MusicRequest(prompt=action.prompt, seconds=seconds), MusicBed)


def add_bed(timeline: Timeline, action: GenerateMusicAction, made: MusicBed) -> Edited:
    """The composed music instead of what there was, at the volume that was set."""
    del action
    old = timeline.music
    track = MusicTrack(
        media=made.media,
        volume=DEFAULT_VOLUME if old is None else old.volume,
        name=made.name,
        licence=made.licence,
        form=made.form,
        made_by=made.made_by,
    )
    note = f"{made.name}, with {', '.join(made.instruments)}, at volume {track.volume:g}."
    edited = timeline.model_copy(update={"music": track})
    return Edited(timeline=edited, notes=(note,), degraded=made.warnings)


SET_BACKGROUND_MUSIC = Edit(SetBackgroundMusicAction, set_music, prepare_file)
GENERATE_MUSIC = Edit(GenerateMusicAction, add_bed, prepare_bed, check_prompt)
