"""A film's pictures made again from its document: for another style, another shape, another arrangement."""

from __future__ import annotations

from videogen_engine.frozen import Frozen
from videogen_engine.remix.workshop import Workshop
from videogen_engine.timeline.document import Scene, Timeline
from videogen_engine.timeline.pace import words_in_scene
from videogen_engine.visuals.model import Picture, PictureRequest, PictureScene, StyleRequest


class Redesign(Frozen):
    """One picture per scene of the timeline it was asked for, and that timeline's warnings, brought up to date."""

    pictures: tuple[Picture, ...]
    warnings: tuple[str, ...]
    news: tuple[str, ...] = ()


async def redesign(before: Timeline, wanted: Timeline, workshop: Workshop) -> Redesign:
    """The pictures of ``wanted``, which is ``before`` but for what pictures are made from. Scenes whose picture is
    the user's own keep it, laid out for the wanted aspect ratio. ``news`` are the warnings that are new.

    A scene for which nothing changed gets the picture it has, so it need not be rendered again.
    """
    old = await _warnings(before, workshop)
    pictures: dict[int, Picture] = {}
    fresh: list[str] = []
    for style in dict.fromkeys(style_of(wanted, scene) for scene in wanted.scenes):
        made = await workshop.picture(picture_request(wanted, style))
        fresh += made.warnings
        for index, scene in enumerate(wanted.scenes):
            if style_of(wanted, scene) == style:
                pictures[index] = _own(wanted, scene) if scene.own_picture else made.pictures[index]
    kept = [warning for warning in wanted.warnings if warning not in old]
    return Redesign(
        pictures=tuple(pictures[index] for index in range(len(wanted.scenes))),
        warnings=tuple(dict.fromkeys((*kept, *fresh))),
        news=tuple(dict.fromkeys(warning for warning in fresh if warning not in before.warnings)),
    )


def redesigned(wanted: Timeline, made: Redesign) -> Timeline:
    """``wanted`` with the pictures that were made for it."""
    scenes = tuple(
        scene.model_copy(update={"picture": picture})
        for scene, picture in zip(wanted.scenes, made.pictures, strict=True)
    )
    return wanted.model_copy(update={"scenes": scenes, "warnings": made.warnings})


def picture_request(timeline: Timeline, style: StyleRequest) -> PictureRequest:
    """What the pictures of the film's scenes are made from, all in ``style``.

    All scenes are part of it, those in another style too: where a scene stands decides its picture as well.
    """
    return PictureRequest(
        scenes=tuple(picture_scene(timeline, scene) for scene in timeline.scenes),
        language=timeline.language,
        ratio_width=timeline.ratio_width,
        ratio_height=timeline.ratio_height,
        style=style,
        featured=timeline.featured,
        title=timeline.look_title or timeline.title,
        look_language=timeline.look_language,
    )


def picture_scene(timeline: Timeline, scene: Scene) -> PictureScene:
    """What the scene's picture is made from. A user's file stays in the scene that shows it."""
    featured = scene.picture.design.featured
    return PictureScene(
        plan=scene.plan,
        duration=scene.frames / timeline.frames_per_second,
        words=() if scene.speech is None else words_in_scene(scene.speech, scene.speech_offset),
        direction=scene.direction,
        pinned=featured,
        variant=scene.variant,
        insets=scene.picture.design.insets,
    )


def style_of(timeline: Timeline, scene: Scene) -> StyleRequest:
    return scene.style or timeline.style


async def _warnings(timeline: Timeline, workshop: Workshop) -> frozenset[str]:
    """Those of the film's warnings that came with its pictures."""
    found: set[str] = set()
    for style in dict.fromkeys(style_of(timeline, scene) for scene in timeline.scenes):
        found |= set((await workshop.picture(picture_request(timeline, style))).warnings)
    return frozenset(found)


def _own(timeline: Timeline, scene: Scene) -> Picture:
    ratio = {"ratio_width": timeline.ratio_width, "ratio_height": timeline.ratio_height}
    return scene.picture.model_copy(update={"design": scene.picture.design.model_copy(update=ratio)})
