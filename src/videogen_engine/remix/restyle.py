"""REGENERATE_IMAGES: all pictures again, in the style that some words describe."""

from __future__ import annotations

from videogen_agents.contract import RegenerateImagesAction
from videogen_agents.errors import InputError
from videogen_engine.remix.edit import Edit, Edited
from videogen_engine.remix.pictures import Redesign, redesign, redesigned
from videogen_engine.remix.workshop import Workshop
from videogen_engine.timeline.document import Timeline
from videogen_engine.visuals.model import StyleKind, StyleRequest


def check(action: RegenerateImagesAction) -> None:
    """Raises InputError for a style without words."""
    if not action.style_prompt.strip():
        raise InputError(
            "stylePrompt is empty.", next_step="Describe the wanted look, for example “watercolour, soft colours”."
        )


async def prepare(timeline: Timeline, action: RegenerateImagesAction, workshop: Workshop) -> Redesign:
    return await redesign(timeline, _styled(timeline, action), workshop)


def apply(timeline: Timeline, action: RegenerateImagesAction, made: Redesign) -> Edited:
    """The user's own files stay. ``degraded`` says when the built-in illustrator has no such style."""
    own = sum(scene.own_picture or scene.picture.design.featured is not None for scene in timeline.scenes)
    if own == len(timeline.scenes):
        return Edited(
            timeline=timeline, notes=("Every scene shows a file of yours; there is no picture to make anew.",)
        )
    notes: list[str] = []
    if own:
        notes.append(f"{own} of {len(timeline.scenes)} scenes show your own files, which stay as they are.")
    if action.quality is not None:
        notes.append("quality had no effect: the built-in illustrator draws in one quality, at the size of the export.")
    return Edited(timeline=redesigned(_styled(timeline, action), made), notes=tuple(notes), degraded=made.news)


def _styled(timeline: Timeline, action: RegenerateImagesAction) -> Timeline:
    style = StyleRequest(kind=StyleKind.AI_IMAGE, ai_style=action.style_prompt.strip())
    scenes = tuple(scene.model_copy(update={"style": None}) for scene in timeline.scenes)
    return timeline.model_copy(update={"style": style, "scenes": scenes})


REGENERATE_IMAGES = Edit(RegenerateImagesAction, apply, prepare, check)
