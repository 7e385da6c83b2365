"""CHANGE_NARRATOR: every scene spoken again by another voice, or at another speed."""

from __future__ import annotations

from typing import Final

from videogen_agents.contract import ChangeNarratorAction
from videogen_agents.errors import LimitError, UnavailableError
from videogen_engine.listening.model import RECORDING
from videogen_engine.remix.edit import Edit, Edited
from videogen_engine.remix.workshop import Workshop
from videogen_engine.speech.model import Narration, SpeechRequest, SpokenScene
from videogen_engine.speech.voices import find_voice
from videogen_engine.timeline.document import Scene, Timeline
from videogen_engine.timeline.pace import lead_seconds
from videogen_engine.timeline.retime import respoken

_ENTITY: Final = "actor_avatar"


def check(action: ChangeNarratorAction) -> None:
    """Raises NotFoundError for an unknown voice, UnavailableError for an actor: none can be seen speaking yet."""
    if action.actor_entity_id is not None:
        raise UnavailableError(
            "No avatar of an actor can be made here, so an actor cannot narrate.",
            code="not_available",
            requirement=_ENTITY,
            next_step="Leave actorEntityId out to change the voice alone, or use VideoGen's hosted backend.",
        )
    find_voice(action.voice_id)


async def prepare(timeline: Timeline, action: ChangeNarratorAction, workshop: Workshop) -> Narration | None:
    """The narration of every scene that says something; None when none does. Raises LimitError for too long a film."""
    check(action)
    spoken = [scene for scene in timeline.scenes if speaks(scene)]
    if not spoken:
        return None
    narration = await workshop.speak(
        SpeechRequest(
            scenes=tuple(SpokenScene(sentences=scene.plan.sentences) for scene in spoken),
            language=timeline.language,
            voice_id=find_voice(action.voice_id).voice_id,
            speed=_speed(timeline, action),
        )
    )
    longest = workshop.limits.max_duration_seconds
    seconds = _respoken(timeline, action, narration).duration
    if seconds > longest:
        raise LimitError(
            f"With that voice the film would last {seconds:.0f} s; at most {longest:.0f} s are allowed.",
            code="film_too_long",
            next_step="Choose a higher voiceSpeed, or shorten the film first.",
        )
    return narration


def apply(timeline: Timeline, action: ChangeNarratorAction, made: Narration | None) -> Edited:
    """Scenes last as long as the new voice needs. Captions, and what appears with a word, follow it."""
    if made is None:
        return Edited(timeline=timeline, notes=("Nobody speaks in this film, so there is no narrator to change.",))
    edited = _respoken(timeline, action, made)
    notes: tuple[str, ...] = ()
    if edited.duration != timeline.duration:
        notes = (f"The film lasts {edited.duration:.1f} s instead of {timeline.duration:.1f} s.",)
    return Edited(timeline=edited, notes=notes, degraded=made.warnings)


def _respoken(timeline: Timeline, action: ChangeNarratorAction, made: Narration) -> Timeline:
    speeches = iter(made.scenes)
    last = len(timeline.scenes) - 1
    # A slice of a recording begins with its scene; a voice sets in when the transition is half over.
    offset = lead_seconds() if timeline.voice_provider == RECORDING else None
    scenes = tuple(
        respoken(scene, next(speeches), last=index == last, rate=timeline.frames_per_second, offset=offset)
        if speaks(scene)
        else scene
        for index, scene in enumerate(timeline.scenes)
    )
    return timeline.model_copy(
        update={
            "scenes": scenes,
            "voice_id": made.voice_id,
            "voice_provider": made.provider,
            "voice_speed": _speed(timeline, action),
            "warnings": tuple(dict.fromkeys((*timeline.warnings, *made.warnings))),
        }
    )


def speaks(scene: Scene) -> bool:
    """Whether a narrator says something in it."""
    return scene.speech is not None and bool(scene.plan.sentences)


def _speed(timeline: Timeline, action: ChangeNarratorAction) -> float:
    return timeline.voice_speed if action.voice_speed is None else action.voice_speed


CHANGE_NARRATOR = Edit(ChangeNarratorAction, apply, prepare, check)
