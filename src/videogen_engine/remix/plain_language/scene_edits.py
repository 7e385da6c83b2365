"""Scenes taken out, put elsewhere, put in: timeline in, timeline out.

What stays keeps its id, picture and sound, so it need not be rendered again; the script follows the scenes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from videogen_agents.errors import InputError
from videogen_engine.planning.model import PlannedScene, Structure
from videogen_engine.planning.moved import moved_scene
from videogen_engine.speech.model import SceneSpeech
from videogen_engine.timeline.document import Scene, Timeline, Transition, TransitionKind
from videogen_engine.timeline.pace import scene_frames
from videogen_engine.timeline.staging import scene_ids, transition_for

#: How much a scene tells, by what it is; among equals the earlier one stays.
_WORTH: Final = {
    Structure.STATISTIC: 4, Structure.LIST: 3, Structure.COMPARISON: 3, Structure.STEP: 3, Structure.QUESTION: 2,
    Structure.QUOTE: 2, Structure.STATEMENT: 1,
}  # fmt: skip
_FIRST_WORTH: Final = 10
_LAST_WORTH: Final = 6


def with_scenes(timeline: Timeline, scenes: Sequence[Scene]) -> Timeline:
    """The film of these scenes, in this order: numbered, with entrances, closing time and script set right.

    Raises InputError when there is none.
    """
    if not scenes:
        raise InputError("That would leave no scene.", code="edit_impossible", next_step="Keep at least one scene.")
    first_before, last_before = timeline.scenes[0].scene_id, timeline.scenes[-1].scene_id
    kind = _usual_entrance(timeline)
    placed: list[Scene] = []
    script, ended = "", False
    for index, scene in enumerate(scenes):
        frames = _frames(scene, was_last=scene.scene_id == last_before, is_last=index == len(scenes) - 1)
        entrance = scene.transition
        if index == 0:
            entrance = Transition(kind=TransitionKind.NONE, frames=0)
        elif scene.scene_id == first_before:
            entrance = kind
        entrance = entrance.model_copy(update={"frames": min(entrance.frames, frames // 3)})
        if script:
            script += "\n\n" if ended else " "
        plan, speech = _at(scene.plan, scene.speech, len(script), index)
        script += scene.plan.text
        ended = any(sentence.ends_paragraph for sentence in scene.plan.sentences[-1:])
        placed.append(
            scene.model_copy(update={"plan": plan, "speech": speech, "frames": frames, "transition": entrance})
        )
    return timeline.model_copy(update={"scenes": tuple(placed), "script": script})


def _usual_entrance(timeline: Timeline) -> Transition:
    """How a scene that was the first enters once it is not."""
    for second in timeline.scenes[1:2]:
        return second.transition
    return transition_for(1, timeline.scenes[0].frames)


def _frames(scene: Scene, *, was_last: bool, is_last: bool) -> int:
    """The film's last picture stays a little longer. Time that an edit gave the scene beyond its speech stays."""
    if was_last == is_last or scene.speech is None:
        return scene.frames
    spare = scene.frames - scene_frames(scene.speech, last=was_last)
    return scene_frames(scene.speech, last=is_last) + max(0, spare)


def _at(
    plan: PlannedScene, speech: SceneSpeech | None, start: int, index: int
) -> tuple[PlannedScene, SceneSpeech | None]:
    """The scene's words, from character ``start`` of the script on."""
    by = start - plan.start
    if by == 0 and plan.index == index:
        return plan, speech

    there = moved_scene(plan, start, index)
    if speech is None or by == 0:
        return there, speech
    words = tuple(
        word.model_copy(update={"char_start": word.char_start + by, "char_end": word.char_end + by})
        for word in speech.words
    )
    return there, speech.model_copy(update={"words": words})


def removed(timeline: Timeline, gone: Collection[str]) -> Timeline:
    """Without the scenes of these ids. Raises InputError when that leaves none."""
    return with_scenes(timeline, [scene for scene in timeline.scenes if scene.scene_id not in gone])


def moved(timeline: Timeline, ids: Sequence[str], before: str | None) -> Timeline:
    """The scenes of ``ids`` before the scene ``before``, or at the end."""
    by_id = {scene.scene_id: scene for scene in timeline.scenes}
    rest = [scene for scene in timeline.scenes if scene.scene_id not in ids]
    place = len(rest) if before is None else [scene.scene_id for scene in rest].index(before)
    return with_scenes(timeline, [*rest[:place], *(by_id[one] for one in ids), *rest[place:]])


def swapped(timeline: Timeline, first: str, second: str) -> Timeline:
    ids = [scene.scene_id for scene in timeline.scenes]
    scenes = list(timeline.scenes)
    one, other = ids.index(first), ids.index(second)
    scenes[one], scenes[other] = scenes[other], scenes[one]
    return with_scenes(timeline, scenes)


def kept_to(timeline: Timeline, seconds: float) -> Timeline:
    """Scenes left out until the film lasts no longer than ``seconds``: the least telling first, the opening last.

    Then those that fit after all come back. Raises InputError when no scene is short enough.
    """
    worth = _worths(timeline)
    order = sorted(range(len(timeline.scenes)), key=lambda place: (worth[place], -place))
    out: list[int] = []
    film = timeline
    for place in order:
        if film.duration <= seconds:
            break
        out.append(place)
        if len(out) == len(order):
            shortest = min(scene.frames for scene in timeline.scenes) / timeline.frames_per_second
            raise InputError(
                f"No scene lasts {seconds:g} s or less; the shortest lasts {shortest:.0f} s.",
                code="edit_impossible",
                next_step=f"Ask for {shortest + 1:.0f} seconds or more, or shorten single scenes.",
            )
        film = _without(timeline, out)
    for place in reversed(out.copy()):
        fuller = [other for other in out if other != place]
        if (film_with := _without(timeline, fuller)).duration <= seconds:
            out, film = fuller, film_with
    return film


def _worths(timeline: Timeline) -> list[int]:
    last = len(timeline.scenes) - 1
    return [
        _WORTH[scene.plan.structure] + (_FIRST_WORTH if place == 0 else _LAST_WORTH if place == last else 0)
        for place, scene in enumerate(timeline.scenes)
    ]


def _without(timeline: Timeline, places: Collection[int]) -> Timeline:
    return with_scenes(timeline, [scene for place, scene in enumerate(timeline.scenes) if place not in places])


def fresh_id(text: str, taken: Collection[str]) -> str:
    """An id for a scene that says ``text``, unlike all that are taken."""
    count = 1
    while (found := scene_ids([text] * count)[-1]) in taken:
        count += 1
    return found
