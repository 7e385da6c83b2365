"""ADD_ZOOM: a slow zoom over every still."""

from __future__ import annotations

import hashlib
from typing import Final

from videogen_agents.contract import AddZoomAction
from videogen_engine.remix.edit import Edited, simple_edit
from videogen_engine.timeline.document import Motion, Scene, Timeline

#: Zoom factors: clear of the picture's very edge, and close enough to be seen as a zoom.
_WIDE: Final = 1.012
_CLOSE: Final = 1.11


def is_still(scene: Scene) -> bool:
    """Whether the scene's ground is a picture that may move: clips do so by themselves, and a page is read."""
    featured, page = scene.picture.design.featured, scene.picture.design.page
    return page is None and (featured is None or featured.duration is None)


def zoom_for(scene_id: str) -> Motion:
    """Towards the viewer in two of three scenes, away in the third, by the scene's own id."""
    away = int(hashlib.sha256(f"zoom {scene_id}".encode()).hexdigest()[:8], 16) % 3 == 0
    return Motion(zoom_from=_CLOSE, zoom_to=_WIDE) if away else Motion(zoom_from=_WIDE, zoom_to=_CLOSE)


def add_zoom(timeline: Timeline, action: AddZoomAction) -> Edited:
    """Scenes added by later edits zoom as well. A film of clips alone stays as it is."""
    del action
    stills = [scene for scene in timeline.scenes if is_still(scene)]
    if not stills:
        return Edited(timeline=timeline, notes=("Every scene shows a clip or a page; there is no still to zoom into.",))
    scenes = tuple(
        scene.model_copy(update={"motion": zoom_for(scene.scene_id)}) if is_still(scene) else scene
        for scene in timeline.scenes
    )
    return Edited(timeline=timeline.model_copy(update={"scenes": scenes, "zoom": True}))


ADD_ZOOM = simple_edit(AddZoomAction, add_zoom)
