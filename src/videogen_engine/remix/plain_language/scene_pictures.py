"""Single scenes drawn anew: of something else, arranged in another way, in another style."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from videogen_agents.errors import InputError
from videogen_engine.remix.edit import Edited
from videogen_engine.remix.pictures import picture_request
from videogen_engine.remix.plain_language.scene_words import drawn
from videogen_engine.remix.workshop import Workshop
from videogen_engine.timeline.document import Scene, Timeline
from videogen_engine.visuals.model import Picture, Shown, StyleRequest

#: How often another arrangement is dealt until it is one.
_MOST_DEALS: Final = 6


async def replaced_picture(film: Timeline, ids: Sequence[str], direction: str, workshop: Workshop) -> Timeline:
    """These scenes with a picture of what ``direction`` names, in place of any file of the user's.

    Raises InputError when nothing that can be drawn answers to it.
    """
    scenes = tuple(_directed(scene, direction) if scene.scene_id in ids else scene for scene in film.scenes)
    shown = [scene.picture.design.featured for scene in scenes]
    wanted = film.model_copy(
        update={"scenes": scenes, "featured": tuple(file for file in film.featured if file in shown)}
    )
    after = await drawn(wanted, tuple(ids), workshop)
    for scene, old in zip(after.scenes, film.scenes, strict=True):
        if scene.scene_id in ids and not _answers(scene.picture, old.picture, direction):
            raise InputError(
                f"There is no picture of “{direction}” among those that can be drawn here.",
                code="picture_not_found",
                next_step="Use a simpler word for it, or upload a picture of your own.",
            )
    return after


def _directed(scene: Scene, direction: str) -> Scene:
    design = scene.picture.design.model_copy(update={"featured": None, "insets": ()})
    picture = scene.picture.model_copy(update={"design": design})
    return scene.model_copy(update={"direction": direction, "picture": picture, "own_picture": False})


def _answers(new: Picture, old: Picture, direction: str) -> bool:
    """Whether the picture shows something for the words that were given."""
    words = [word for word in re.findall(r"\w{3,}", direction.lower()) if word not in {"the", "and", "with"}]
    reason = new.reason.lower()
    return any(word in reason or word.removesuffix("s") in reason for word in words) or _icons(new) != _icons(old)


def _icons(picture: Picture) -> tuple[str | None, ...]:
    return tuple(element.icon for element in picture.design.elements if element.kind is Shown.ICON)


async def another_picture(film: Timeline, ids: Collection[str], workshop: Workshop) -> Timeline:
    """These scenes in another arrangement. Raises InputError for a scene that shows the user's own file."""
    _refuse_own(film, ids)
    for deal in range(1, _MOST_DEALS + 1):
        scenes = tuple(
            scene.model_copy(update={"variant": scene.variant + deal}) if scene.scene_id in ids else scene
            for scene in film.scenes
        )
        after = await drawn(film.model_copy(update={"scenes": scenes}), tuple(ids), workshop)
        pairs = [(old, new) for old, new in zip(film.scenes, after.scenes, strict=True) if old.scene_id in ids]
        if deal == _MOST_DEALS or all(_arrangement(old) != _arrangement(new) for old, new in pairs):
            return after
    return film


async def restyled(film: Timeline, ids: Collection[str], style: StyleRequest, workshop: Workshop) -> Edited:
    """These scenes in a style of their own. Raises InputError for a scene that shows the user's own file."""
    _refuse_own(film, ids)
    scenes = tuple(
        scene.model_copy(update={"style": style}) if scene.scene_id in ids else scene for scene in film.scenes
    )
    wanted = film.model_copy(update={"scenes": scenes})
    made = await workshop.picture(picture_request(wanted, style))
    after = await drawn(wanted, tuple(ids), workshop)
    news = tuple(warning for warning in made.warnings if warning not in film.warnings)
    return Edited(timeline=after, degraded=news)


def _refuse_own(film: Timeline, ids: Collection[str]) -> None:
    for number, scene in enumerate(film.scenes, 1):
        if scene.scene_id in ids and (scene.own_picture or scene.picture.design.featured is not None):
            raise InputError(
                f"Scene {number} shows a file of yours, which is not redrawn.",
                code="edit_impossible",
                next_step=f"Say what it shall show instead, for example “use a mountain for scene {number}”.",
            )


def _arrangement(scene: Scene) -> tuple[str, str, str]:
    design = scene.picture.design
    return design.look, design.layout, design.scenery
