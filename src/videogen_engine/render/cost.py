"""What an edit costs: the frames of the new film that the old one's cannot stand for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from videogen_engine.render.model import RenderRequest
from videogen_engine.render.parts import PlacedPart, cut
from videogen_engine.render.size import frame_size
from videogen_engine.timeline.document import Timeline

#: Any size tells the same, since both films are compared at it.
_LINES: Final = 1080


@dataclass(frozen=True)
class Cost:
    """``scenes`` are those with frames of their own to render; ``frames`` count transitions as well."""

    scenes: int
    frames: int


def rendered_anew(before: Timeline, after: Timeline) -> Cost:
    """What an export of ``after`` renders when one of ``before`` has been made at the same size. Renders nothing."""
    known = {placed.part.model_dump_json() for placed in _parts(before)}
    new = [placed for placed in _parts(after) if placed.part.model_dump_json() not in known]
    return Cost(
        scenes=len({placed.scene_id for placed in new if placed.part.before is None}),
        frames=sum(placed.part.frames for placed in new),
    )


def _parts(timeline: Timeline) -> list[PlacedPart]:
    width, height = frame_size(timeline.ratio_width, timeline.ratio_height, _LINES)
    return cut(RenderRequest(timeline=timeline, width=width, height=height), "")
