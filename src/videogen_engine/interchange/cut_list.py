"""The timeline document as a cut list: whole frames for pictures and captions, whole samples for sounds."""

from __future__ import annotations

from collections.abc import Callable

from videogen_agents.errors import InternalError
from videogen_engine.captions.model import CaptionCue
from videogen_engine.captions.stage import caption_track
from videogen_engine.captions.subtitle_files import line_text, moved
from videogen_engine.interchange.model import CaptionCut, CutList, InterchangeMedia, SceneCut, SoundCut
from videogen_engine.interchange.plates import handles
from videogen_engine.package.mix import CHANNELS, sound_inputs
from videogen_engine.render.parts import entering_frames, subtitle_request
from videogen_engine.speech.model import SAMPLE_RATE
from videogen_engine.stage import MediaRef
from videogen_engine.timeline.document import Timeline, TransitionKind

_NAME_CHARS = 60


def cues_by_scene(timeline: Timeline, width: int, height: int) -> list[list[CaptionCue]]:
    """Every scene's cues in film time, lines broken for a frame of these pixels."""
    found: list[list[CaptionCue]] = []
    frame = 0
    for scene in timeline.scenes:
        request = subtitle_request(timeline, scene, width, height)
        start = frame / timeline.frames_per_second
        found.append([moved(cue, start) for cue in caption_track(request).cues] if request is not None else [])
        frame += scene.frames
    return found


def cut_list(timeline: Timeline, media: InterchangeMedia, locate: Callable[[MediaRef, str], str]) -> CutList:
    """``locate(media, name)`` gives the URL of a file that a bundle would call ``name``.

    Raises InternalError when there is not one file for each scene.
    """
    if len(media.scenes) != len(timeline.scenes):
        raise InternalError(f"{len(timeline.scenes)} scenes have {len(media.scenes)} files.")
    scenes: list[SceneCut] = []
    speech: list[SoundCut] = []
    inputs = sound_inputs(timeline)
    starts, sounds = iter(inputs.clips), iter(inputs.sounds)
    frame = 0
    for index, (scene, file, handle) in enumerate(zip(timeline.scenes, media.scenes, handles(timeline), strict=True)):
        number = index + 1
        before = timeline.scenes[index - 1] if index else None
        entering = entering_frames(scene, before)
        scenes.append(
            SceneCut(
                number=number,
                scene_id=scene.scene_id,
                name=f"Scene {number}: {scene.plan.headline}"[:_NAME_CHARS],
                text=scene.plan.text,
                url=locate(file, f"scene_{number:03d}.mp4"),
                start=frame,
                frames=scene.frames,
                media_frames=scene.frames + handle,
                transition=scene.transition.kind if entering else TransitionKind.NONE,
                transition_frames=entering,
            )
        )
        if scene.speech is not None:
            speech.append(
                SoundCut(
                    name=f"Speech {number}",
                    url=locate(scene.speech.clip, f"speech_{number:03d}.wav"),
                    start=next(starts).at,
                    samples=round(scene.speech.duration * SAMPLE_RATE),
                    channels=1,
                )
            )
        if scene.sound is not None:
            sound = next(sounds)
            speech.append(
                SoundCut(
                    name=f"Sound {number}",
                    url=locate(scene.sound.media, f"sound_{number:03d}.wav"),
                    start=sound.at,
                    samples=sound.samples,
                    channels=sound.channels,
                )
            )
        frame += scene.frames
    music = None
    if media.music is not None:
        music = SoundCut(
            name="Music", url=locate(media.music, "music.wav"), start=0, samples=inputs.samples, channels=CHANNELS
        )
    return CutList(
        title=timeline.title,
        language=timeline.language,
        rate=timeline.frames_per_second,
        width=media.width,
        height=media.height,
        scenes=tuple(scenes),
        speech=tuple(speech),
        music=music,
        captions=tuple(_captions(timeline, media)),
    )


def _captions(timeline: Timeline, media: InterchangeMedia) -> list[CaptionCut]:
    """On the nearest frames, one after the other, each at least a frame long and inside its scene."""
    cuts: list[CaptionCut] = []
    first = 0
    for index, cues in enumerate(cues_by_scene(timeline, media.width, media.height)):
        behind = first + timeline.scenes[index].frames
        for cue in cues:
            start = max(round(cue.start * timeline.frames_per_second), first, cuts[-1].end if cuts else 0)
            end = min(round(cue.end * timeline.frames_per_second), behind)
            text = "\n".join(line for line in map(line_text, cue.lines) if line)
            if text and end > start:
                cuts.append(CaptionCut(start=start, end=end, text=text, scene=index))
        first = behind
    return cuts
