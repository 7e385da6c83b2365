"""Scenes that say something else: planned, spoken and drawn again, alone."""

from __future__ import annotations

from typing import Final

from videogen_agents.errors import InputError, LimitError, NotFoundError, UnavailableError
from videogen_engine.listening.model import RECORDING
from videogen_engine.planning.model import Pacing, PlannedScene, PlanRequest, ScenePlan
from videogen_engine.remix.pictures import picture_request, style_of
from videogen_engine.remix.plain_language.scene_edits import fresh_id, with_scenes
from videogen_engine.remix.plain_language.word_rules import words_pattern
from videogen_engine.remix.workshop import Workshop
from videogen_engine.remix.zoom import zoom_for
from videogen_engine.speech.model import SceneSpeech, SpeechRequest, SpokenScene
from videogen_engine.speech.voices import find_voice
from videogen_engine.timeline.document import Scene, Timeline
from videogen_engine.timeline.pace import lead_seconds, scene_frames
from videogen_engine.timeline.staging import motion_for, transition_for

#: The stage's name in the registry, which edits do not import.
_PLAN: Final = "plan"


async def reworded(
    timeline: Timeline, scene_id: str, text: str, workshop: Workshop
) -> tuple[Timeline, tuple[str, ...]]:
    """The film with a scene that says ``text`` instead, and the ids of the scenes it became (long texts become
    several). Direction, style and the user's own picture stay.

    Raises InputError without anything to say, and UnavailableError where the voice is a recording.
    """
    place = [scene.scene_id for scene in timeline.scenes].index(scene_id)
    return await _put(timeline, place, timeline.scenes[place], text, workshop)


async def with_added(timeline: Timeline, place: int, text: str, workshop: Workshop) -> Timeline:
    """The film with scenes that say ``text`` at ``place``, from 0. Raises as ``reworded``."""
    return (await _put(timeline, place, None, text, workshop))[0]


async def _put(
    timeline: Timeline, place: int, old: Scene | None, text: str, workshop: Workshop
) -> tuple[Timeline, tuple[str, ...]]:
    voice = _voice(timeline)
    if len(timeline.script) + len(text) > workshop.limits.max_script_chars:
        raise LimitError(
            f"A script has at most {workshop.limits.max_script_chars} characters.", next_step="Use fewer words."
        )
    plan = await workshop.step(
        _PLAN, PlanRequest(script=text, language=timeline.language, pacing=Pacing.SLOW), ScenePlan
    )
    if len(timeline.scenes) + len(plan.scenes) > workshop.limits.max_scenes:
        raise LimitError(f"A film has at most {workshop.limits.max_scenes} scenes.", next_step="Use fewer words.")
    narration = await workshop.speak(
        SpeechRequest(
            scenes=tuple(SpokenScene(sentences=scene.sentences) for scene in plan.scenes),
            language=timeline.language,
            voice_id=voice,
            speed=timeline.voice_speed,
        )
    )
    taken = [scene.scene_id for scene in timeline.scenes]
    made: list[Scene] = []
    for planned, speech in zip(plan.scenes, narration.scenes, strict=True):
        identity = fresh_id(planned.text, taken)
        taken.append(identity)
        made.append(_scene(timeline, planned, speech, old, identity, first=not made))
    after = [*timeline.scenes]
    after[place : place + (old is not None)] = made
    wanted = with_scenes(timeline, after)
    if wanted.duration > workshop.limits.max_duration_seconds:
        raise LimitError(
            f"The film would last {wanted.duration:.0f} s; at most {workshop.limits.max_duration_seconds:.0f} s "
            "are allowed.",
            code="film_too_long",
            next_step="Use fewer words.",
        )
    ids = tuple(scene.scene_id for scene in made)
    own = old is not None and old.own_picture
    return (wanted if own else await drawn(wanted, ids, workshop)), ids


def _scene(
    timeline: Timeline, planned: PlannedScene, speech: SceneSpeech, old: Scene | None, identity: str, *, first: bool
) -> Scene:
    frames = scene_frames(speech, last=False)
    if old is None:
        near = timeline.scenes[-1]
        return Scene(
            scene_id=identity,
            plan=planned,
            frames=frames,
            speech=speech,
            speech_offset=lead_seconds(),
            picture=near.picture,
            motion=zoom_for(identity) if timeline.zoom else motion_for(identity),
            transition=transition_for(1, frames),
        )
    return old.model_copy(
        update={
            "scene_id": identity,
            "plan": planned.model_copy(update={"kicker": planned.kicker or old.plan.kicker}),
            "speech": speech,
            "speech_offset": lead_seconds(),
            "frames": frames,
            "transition": old.transition if first else transition_for(1, frames),
        }
    )


async def drawn(wanted: Timeline, ids: tuple[str, ...], workshop: Workshop) -> Timeline:
    """New pictures for these scenes; all others keep theirs."""
    scenes = list(wanted.scenes)
    for style in dict.fromkeys(style_of(wanted, scene) for scene in scenes if scene.scene_id in ids):
        made = await workshop.picture(picture_request(wanted, style))
        for place, scene in enumerate(wanted.scenes):
            if scene.scene_id in ids and style_of(wanted, scene) == style:
                scenes[place] = scene.model_copy(update={"picture": made.pictures[place]})
    return wanted.model_copy(update={"scenes": tuple(scenes)})


def replaced_words(text: str, old: str, new: str) -> str:
    """``old`` by ``new`` as whole words, capital letters as they were; gaps that are left close up."""

    def cased(found: str) -> str:
        return new[:1].upper() + new[1:] if found[:1].isupper() and new else new

    changed = words_pattern(old).sub(lambda found: cased(found[0]), text)
    if new:
        return changed
    closed = " ".join(changed.split())
    for mark in ",.;:!?":
        closed = closed.replace(f" {mark}", mark)
    closed = closed.replace(",,", ",").replace(",.", ".").lstrip(" ,;:")
    return closed[:1].upper() + closed[1:]


def shortened_text(scene: Scene, seconds: float | None, rate: int) -> str:
    """The scene's first sentences, as many as last no longer than ``seconds``; without ``seconds`` all but the last.

    Raises InputError when there is nothing to leave out, or when the first sentence alone is too long.
    """
    sentences = scene.plan.sentences
    number = scene.plan.index + 1
    if len(sentences) < 2:
        raise InputError(
            f"Scene {number} is one sentence, so nothing can be left out of it.",
            code="edit_impossible",
            next_step=f'Say what it shall say instead: change scene {number} to "…"',
        )
    if seconds is None:
        return " ".join(sentence.text for sentence in sentences[:-1])
    words = scene.speech.words if scene.speech is not None else ()
    kept = 0
    for sentence in sentences:
        end = max((word.end for word in words if word.char_start < sentence.end), default=0.0)
        if scene.speech_offset + end + 0.3 > seconds:
            break
        kept += 1
    if kept == 0:
        raise InputError(
            f"The first sentence of scene {number} alone lasts longer than {seconds:g} s.",
            code="edit_impossible",
            next_step=f"Ask for more; the scene lasts {scene.frames / rate:.1f} s now.",
        )
    return " ".join(sentence.text for sentence in sentences[:kept])


def _voice(timeline: Timeline) -> str:
    """Raises UnavailableError for a recording: one sentence by another voice among the speaker's own would be no edit
    that anybody asked for."""
    try:
        if timeline.voice_provider != RECORDING:
            return find_voice(timeline.voice_id).voice_id
    except NotFoundError:
        pass
    raise UnavailableError(
        "The film speaks with a recording, which cannot say other words.",
        code="not_available",
        requirement="synthetic_voice",
        next_step="Change the narrator first (CHANGE_NARRATOR), or record the words and start a new film.",
    )


async def recut(film: Timeline, plan: ScenePlan, workshop: Workshop) -> Timeline:
    """The film cut into the scenes of ``plan``, a plan of its script. Scenes that say the same stay as they are."""
    voice = _voice(film)
    narration = await workshop.speak(
        SpeechRequest(
            scenes=tuple(SpokenScene(sentences=scene.sentences) for scene in plan.scenes),
            language=film.language,
            voice_id=voice,
            speed=film.voice_speed,
        )
    )
    kept: dict[str, list[Scene]] = {}
    for scene in film.scenes:
        kept.setdefault(scene.plan.text, []).append(scene)
    taken = [scene.scene_id for scene in film.scenes]
    scenes: list[Scene] = []
    fresh: list[str] = []
    for planned, speech in zip(plan.scenes, narration.scenes, strict=True):
        if kept.get(planned.text):
            scenes.append(kept[planned.text].pop(0))
            continue
        identity = fresh_id(planned.text, taken)
        taken.append(identity)
        fresh.append(identity)
        scenes.append(_scene(film, planned, speech, None, identity, first=False))
    if not fresh and len(scenes) == len(film.scenes):
        return film
    return await drawn(with_scenes(film, scenes), tuple(fresh), workshop)
