"""Visual direction given for stretches of time, put to the scenes that are on screen then."""

from __future__ import annotations

from collections.abc import Sequence

from videogen_agents.contract import SceneDescriptionRange
from videogen_engine.visuals.model import PictureScene


def direct(scenes: tuple[PictureScene, ...], ranges: Sequence[SceneDescriptionRange]) -> tuple[PictureScene, ...]:
    """Each scene with the description that covers most of it; none where nothing was described.

    Seconds are counted from the start of the film, one scene after another.
    """
    directed: list[PictureScene] = []
    start = 0.0
    for scene in scenes:
        end = start + scene.duration
        overlaps = [
            (min(end, described.end_seconds) - max(start, described.start_seconds), described.description)
            for described in ranges
        ]
        longest, description = max(overlaps, key=lambda item: item[0], default=(0.0, ""))
        wanted = description.strip() if longest > 0 else ""
        directed.append(scene.model_copy(update={"direction": wanted or scene.direction}))
        start = end
    return tuple(directed)
