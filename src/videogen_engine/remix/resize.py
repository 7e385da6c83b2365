"""RESIZE_PROJECT: every scene laid out anew for another shape of the frame. Words and times stay as they are."""

from __future__ import annotations

from videogen_agents.contract import ResizeProjectAction
from videogen_engine.remix.edit import Edit, Edited
from videogen_engine.remix.pictures import Redesign, redesign, redesigned
from videogen_engine.remix.workshop import Workshop
from videogen_engine.timeline.document import Timeline


async def prepare(timeline: Timeline, action: ResizeProjectAction, workshop: Workshop) -> Redesign | None:
    """None when the film has that shape already."""
    wanted = _reshaped(timeline, action)
    return None if wanted == timeline else await redesign(timeline, wanted, workshop)


def apply(timeline: Timeline, action: ResizeProjectAction, made: Redesign | None) -> Edited:
    if made is None:
        ratio = f"{action.aspect_ratio.width}:{action.aspect_ratio.height}"
        return Edited(timeline=timeline, notes=(f"The film is {ratio} already.",))
    return Edited(timeline=redesigned(_reshaped(timeline, action), made), degraded=made.news)


def _reshaped(timeline: Timeline, action: ResizeProjectAction) -> Timeline:
    ratio = action.aspect_ratio
    return timeline.model_copy(update={"ratio_width": ratio.width, "ratio_height": ratio.height})


RESIZE_PROJECT = Edit(ResizeProjectAction, apply, prepare)
