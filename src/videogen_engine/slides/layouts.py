"""The two ways in which a page may stand in the frame."""

from __future__ import annotations

from typing import Final

from videogen_engine.timeline.document import Scene, Timeline

#: The page above the captions' band, and the page as large as the frame allows.
SLIDE: Final = "slide"
SLIDE_FULL: Final = "slide-full"


def with_room_for_captions(timeline: Timeline) -> Timeline:
    """The film with all its pages above the captions, when it shows captions over any."""
    if timeline.caption_style is None or all(scene.speech is None for scene in timeline.scenes):
        return timeline
    return timeline.model_copy(update={"scenes": tuple(map(_roomy, timeline.scenes))})


def _roomy(scene: Scene) -> Scene:
    design = scene.picture.design
    if design.page is None or design.layout == SLIDE:
        return scene
    picture = scene.picture.model_copy(update={"design": design.model_copy(update={"layout": SLIDE})})
    return scene.model_copy(update={"picture": picture})
