"""ENABLE_CAPTIONS and DISABLE_CAPTIONS: shown or hidden, in a style changed field by field."""

from __future__ import annotations

from videogen_agents.contract import CaptionStyle, DisableCaptionsAction, EnableCaptionsAction
from videogen_engine.remix.edit import Edited, simple_edit
from videogen_engine.slides.layouts import with_room_for_captions
from videogen_engine.timeline.document import Timeline


def enable(timeline: Timeline, action: EnableCaptionsAction) -> Edited:
    """Captions in their current style, or in the one they were hidden in, with the given fields on top.

    A document's pages make room for them.
    """
    current = timeline.caption_style or timeline.hidden_caption_style or CaptionStyle()
    style = current if action.caption_style is None else current.overridden_by(action.caption_style)
    shown = timeline.model_copy(update={"caption_style": style, "hidden_caption_style": None})
    return Edited(timeline=with_room_for_captions(shown))


def disable(timeline: Timeline, action: DisableCaptionsAction) -> Edited:
    """Hidden captions keep their style for when they come back. Subtitle files are made all the same."""
    del action
    if timeline.caption_style is None:
        return Edited(timeline=timeline, notes=("The captions were hidden already.",))
    hidden = {"caption_style": None, "hidden_caption_style": timeline.caption_style}
    return Edited(timeline=timeline.model_copy(update=hidden))


ENABLE_CAPTIONS = simple_edit(EnableCaptionsAction, enable)
DISABLE_CAPTIONS = simple_edit(DisableCaptionsAction, disable)
