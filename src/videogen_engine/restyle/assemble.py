"""The timeline of a restyled video: a scene for each shot, cut as hard as the video was."""

from __future__ import annotations

from typing import Final

from videogen_agents.errors import InternalError
from videogen_engine.planning.model import PlannedScene
from videogen_engine.restyle.model import RestyledTimelineRequest, StyledShot
from videogen_engine.stage import StageContext
from videogen_engine.timeline.document import MusicTrack, Scene, Timeline, Transition, TransitionKind
from videogen_engine.timeline.staging import FADE_FRAMES, scene_ids
from videogen_engine.visuals.model import FeaturedFile, Picture, SceneDesign, Source, StyleRequest

#: Whom nobody hears.
NOBODY: Final = "none"
#: Of composed music that is all there is to hear.
_MUSIC_VOLUME: Final = 1.0


def assemble_restyled(request: RestyledTimelineRequest, ctx: StageContext) -> Timeline:
    """Raises InternalError for a video without shots."""
    del ctx
    video = request.video
    if not video.shots:
        raise InternalError("The restyled video has no shots.")
    ids = scene_ids(f"shot {index}" for index in range(len(video.shots)))
    bed = request.music
    music = None
    if bed is not None:
        music = MusicTrack(
            media=bed.media,
            volume=_MUSIC_VOLUME,
            name=bed.name,
            licence=bed.licence,
            form=bed.form,
            made_by=bed.made_by,
        )
    return Timeline(
        title=request.display_name,
        language=request.language,
        script="",
        ratio_width=request.ratio_width,
        ratio_height=request.ratio_height,
        frames_per_second=video.frames_per_second,
        style=StyleRequest(),
        caption_style=None,
        voice_id=request.voice_id,
        voice_provider=NOBODY,
        scenes=tuple(_scene(request, ids[index], index, shot) for index, shot in enumerate(video.shots)),
        music=music,
        warnings=tuple(dict.fromkeys((*request.warnings, *video.warnings))),
    )


def _scene(request: RestyledTimelineRequest, scene_id: str, index: int, shot: StyledShot) -> Scene:
    video = request.video
    number, of = index + 1, len(video.shots)
    end = shot.start + shot.frames / video.frames_per_second
    part = f"{shot.start:.1f} s to {end:.1f} s of your video “{request.display_name}”"
    design = SceneDesign(
        look="minimal",
        layout="clip",
        palette="#20242c",
        seed=0,
        language=request.language,
        ratio_width=request.ratio_width,
        ratio_height=request.ratio_height,
        elements=(),
        featured=FeaturedFile(
            file_id=request.file_id,
            media=shot.media,
            display_name=request.display_name,
            duration=shot.frames / video.frames_per_second,
        ),
    )
    # A place for a transition of the length that edits give them; until then shots just follow each other.
    entrance = Transition(kind=TransitionKind.NONE, frames=0 if index == 0 else min(FADE_FRAMES, shot.frames // 3))
    return Scene(
        scene_id=scene_id,
        plan=PlannedScene(
            index=index,
            text="",
            start=0,
            end=0,
            sentences=(),
            headline=request.display_name if of == 1 else f"{request.display_name}, shot {number}",
        ),
        frames=shot.frames,
        speech=None,
        picture=Picture(
            design=design,
            reason=f"{part}, restyled by filters: {request.told}",
            sources=(Source(name=request.display_name, licence="user"),),
        ),
        transition=entrance,
        own_picture=True,
        sound=shot.sound,
    )
