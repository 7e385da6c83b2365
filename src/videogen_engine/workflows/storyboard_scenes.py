"""A storyboard's scenes with their mentions put into words, looks and pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from videogen_agents.contract import EntityType, SceneGeneration, StoryboardScene
from videogen_engine.frozen import Frozen
from videogen_engine.planning.language import detect_language
from videogen_engine.planning.speakable import speakable
from videogen_engine.storyboard.mentions import mentions_in, pictured, spoken
from videogen_engine.workflows.storyboard_cast import CastMember, StoryboardRun


class StoryScene(Frozen):
    """``prompt``, ``said`` and ``title`` are plain words; the latter two may be empty.

    ``style`` are the words of the look, None for the film's. ``people`` and ``products`` are entity ids, in the
    order in which they are named; each of them has a picture. ``seconds`` None is automatic.
    """

    prompt: str
    said: str
    title: str
    style: str | None
    seconds: int | None
    people: tuple[str, ...]
    products: tuple[str, ...]


def story_scenes(run: StoryboardRun) -> tuple[StoryScene, ...]:
    cast = {member.entity_id: member for member in run.cast}
    return tuple(_scene(run, scene, cast) for scene in run.scenes)


def film_style(run: StoryboardRun) -> str | None:
    """The words of the look of all scenes that have none of their own."""
    return _words(run.default_generation)


def language_of(scenes: Sequence[StoryScene]) -> str:
    """The language of what is said; where nobody speaks, of what is to be seen."""
    said = "\n".join(scene.said for scene in scenes if scene.said)
    return detect_language(said or "\n".join(f"{scene.title}\n{scene.prompt}" for scene in scenes))


def in_no_scene(run: StoryboardRun, scenes: Sequence[StoryScene]) -> tuple[CastMember, ...]:
    """The people and products that are registered and shown nowhere, although there are pictures of them."""
    shown = {entity_id for scene in scenes for entity_id in (*scene.people, *scene.products)}
    return tuple(one for one in run.cast if one.is_seen and one.entity_id not in shown)


def _scene(run: StoryboardRun, scene: StoryboardScene, cast: Mapping[str, CastMember]) -> StoryScene:
    named = tuple(dict.fromkeys(_named(scene)))
    of_type = {kind: [id_ for id_ in named if id_ in cast and cast[id_].entity_type is kind] for kind in EntityType}
    pictures = {id_ for id_ in named if id_ in cast and cast[id_].is_seen}
    people = tuple(id_ for id_ in of_type[EntityType.ACTOR] if id_ in pictures)
    products = tuple(id_ for id_ in of_type[EntityType.PRODUCT] if id_ in pictures)
    styles = of_type[EntityType.VISUAL_STYLE]
    # A style that is set goes before one that is mentioned, and both before words.
    style = cast[styles[0]].style if styles else _words(scene.generation)
    names = {member.entity_id: member.name for member in cast.values()}
    said = speakable(spoken(scene.voiceover_script or "", names))
    return StoryScene(
        prompt=pictured(scene.prompt, names, pictures) or " ".join(spoken(scene.prompt, names).split()),
        said=said,
        title=" ".join(spoken(scene.title or "", names).split()),
        style=style,
        seconds=scene.duration_seconds or run.default_duration_seconds,
        people=people,
        products=products,
    )


def _named(scene: StoryboardScene) -> Iterator[str]:
    if scene.visual_style_entity_id:
        yield scene.visual_style_entity_id
    for text in (scene.prompt, scene.voiceover_script, scene.title):
        for mention in mentions_in(text or "", "prompt"):
            yield mention.entity_id
    yield from scene.actor_entity_ids or ()
    yield from scene.product_entity_ids or ()


def _words(generation: SceneGeneration | None) -> str | None:
    words = "" if generation is None else (generation.ai_style or "").strip()
    return words or None
