"""CHANGE_NARRATOR: every scene spoken again by another voice, at another speed, or by an actor who is seen."""

from __future__ import annotations

from videogen_agents.contract import ChangeNarratorAction
from videogen_agents.errors import LimitError
from videogen_engine.listening.model import RECORDING
from videogen_engine.presenters.people import person_of
from videogen_engine.presenters.refusal import DRAWN_NOTE, cannot_speak
from videogen_engine.remix.edit import Edit, Edited
from videogen_engine.remix.workshop import Workshop
from videogen_engine.speech.model import Narration, SpeechRequest, SpokenScene
from videogen_engine.speech.voices import find_voice
from videogen_engine.timeline.document import Scene, Timeline
from videogen_engine.timeline.pace import lead_seconds
from videogen_engine.timeline.retime import respoken


def check(action: ChangeNarratorAction) -> None:
    """Raises NotFoundError for an unknown voice, UnavailableError for an actor who cannot be seen speaking."""
    if action.actor_entity_id and person_of(action.actor_entity_id) is None:
        raise cannot_speak(action.actor_entity_id)
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
    """Scenes last as long as the new voice needs. Captions, what appears with a word, and a presenter follow it."""
    if made is None:
        return Edited(timeline=timeline, notes=("Nobody speaks in this film, so there is no narrator to change.",))
    edited = _respoken(timeline, action, made)
    notes: tuple[str, ...] = ()
    if edited.duration != timeline.duration:
        notes = (f"The film lasts {edited.duration:.1f} s instead of {timeline.duration:.1f} s.",)
    drawn = (DRAWN_NOTE,) if edited.presenter not in {None, timeline.presenter} else ()
    return Edited(timeline=edited, notes=notes, degraded=(*made.warnings, *drawn))


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
            "presenter": _presenter(timeline, action),
            "warnings": tuple(dict.fromkeys((*timeline.warnings, *made.warnings))),
        }
    )


def speaks(scene: Scene) -> bool:
    """Whether a narrator says something in it."""
    return scene.speech is not None and bool(scene.plan.sentences)


def _presenter(timeline: Timeline, action: ChangeNarratorAction) -> str | None:
    """Who is seen speaking. An actor that is left out stays as it was; null is nobody."""
    if "actor_entity_id" not in action.model_fields_set:
        return timeline.presenter
    person = person_of(action.actor_entity_id or "")
    return None if person is None else person.key


def _speed(timeline: Timeline, action: ChangeNarratorAction) -> float:
    return timeline.voice_speed if action.voice_speed is None else action.voice_speed


CHANGE_NARRATOR = Edit(ChangeNarratorAction, apply, prepare, check)
