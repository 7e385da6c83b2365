"""UPSCALE_ASSETS: nothing here gains from it, and the result says why."""

from __future__ import annotations

from videogen_agents.contract import UpscaleAssetsAction
from videogen_engine.remix.edit import Edited, simple_edit
from videogen_engine.timeline.document import Timeline


def upscale(timeline: Timeline, action: UpscaleAssetsAction) -> Edited:
    """The film as it is. Pictures are painted at the export's size; the user's files are fitted to it by a
    high-quality filter when they are rendered, and enlarging them beforehand would add no detail.
    """
    del action
    files = sum(scene.own_picture or scene.picture.design.featured is not None for scene in timeline.scenes)
    notes = ["The pictures are painted afresh at the size of each export, up to 2160 lines: nothing was upscaled."]
    if files:
        notes.append(
            f"{files} scene{'s show' if files > 1 else ' shows'} your own files. Detail that they lack can only be "
            "invented by an upscaling model, and none is configured."
        )
    return Edited(timeline=timeline, notes=tuple(notes))


UPSCALE_ASSETS = simple_edit(UpscaleAssetsAction, upscale)
