"""One picture that shows the whole film: a still of each scene with its number, its start and its first words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from videogen_engine.package.contact_sheet_model import ContactSheet, SheetRequest
from videogen_engine.package.sheet_drawing import (
    GAP,
    GROUND,
    LABEL_HEIGHT,
    SHEET_WIDTH,
    Pixels,
    painted,
    published,
    scene_label,
    write_label,
)
from videogen_engine.render.model import RenderRequest
from videogen_engine.render.parts import stills
from videogen_engine.render.size import frame_size
from videogen_engine.render.stage import engine_painters
from videogen_engine.render.studio import Painters
from videogen_engine.stage import StageContext, content_key
from videogen_engine.timeline.document import Timeline

#: Part of the sheet's key; raise it when the same film would give another sheet.
VERSION: Final = "1"
_KIND: Final = "contact-sheet"
#: Pixels of a still's area at most; few scenes are not blown up.
_LARGEST: Final = 410 * 231


@dataclass(frozen=True)
class _Grid:
    columns: int
    rows: int
    width: int
    height: int

    @property
    def sides(self) -> tuple[int, int]:
        """Width and height of the sheet."""
        return (
            self.columns * (self.width + GAP) + GAP,
            self.rows * (self.height + LABEL_HEIGHT + GAP) + GAP,
        )


def contact_sheet(request: SheetRequest, ctx: StageContext) -> ContactSheet:
    """The sheet of the film with the engine's own painters. Raises what painting a scene raises."""
    return sheet_with(engine_painters(), request.timeline, ctx)


def sheet_with(painters: Painters, timeline: Timeline, ctx: StageContext) -> ContactSheet:
    """``contact_sheet`` with other painters than the engine's own."""
    grid = _grid(len(timeline.scenes), timeline.ratio_width, timeline.ratio_height)

    def make() -> ContactSheet:
        return _made(painters, timeline, grid, ctx, key)

    shown = [part.model_dump(mode="json") for part in stills(_request(timeline, grid), painters.version)]
    inputs = [shown, [scene_label(timeline, index) for index in range(len(timeline.scenes))]]
    key = content_key(_KIND, VERSION, inputs, ".jpg")
    sheet = ctx.cached_model(_KIND, VERSION, inputs, ContactSheet, make)
    # What is known of the sheet may outlive the sheet.
    return sheet if ctx.store.find(key) is not None else make()


def _made(painters: Painters, timeline: Timeline, grid: _Grid, ctx: StageContext, key: str) -> ContactSheet:
    width, height = grid.sides
    sheet: Pixels = np.full((height, width, 3), GROUND, np.uint8)
    request = _request(timeline, grid)
    scenes = len(timeline.scenes)
    for index, still in enumerate(painted(painters, request, stills(request, painters.version), ctx)):
        ctx.report(index / scenes, f"still {index + 1} of {scenes}")
        row, column = divmod(index, grid.columns)
        x = GAP + column * (grid.width + GAP)
        y = GAP + row * (grid.height + LABEL_HEIGHT + GAP)
        sheet[y : y + grid.height, x : x + grid.width] = still
        write_label(sheet, scene_label(timeline, index), x, y + grid.height, grid.width, timeline.language)
    return published(sheet, key, ctx)


def _request(timeline: Timeline, grid: _Grid) -> RenderRequest:
    return RenderRequest(timeline=timeline, width=grid.width, height=grid.height)


def _grid(scenes: int, ratio_width: int, ratio_height: int) -> _Grid:
    """Columns so that the sheet is about as wide as it is high, or wider."""
    columns = max(1, min(scenes, math.ceil(math.sqrt(scenes * ratio_height / ratio_width * 1.4))))
    columns = max(columns, min(scenes, 3))
    width = (SHEET_WIDTH - GAP) / columns - GAP
    width = min(width, math.sqrt(_LARGEST * ratio_width / ratio_height))
    lines = max(64, min(width, width * ratio_height / ratio_width))
    still_width, still_height = frame_size(ratio_width, ratio_height, round(lines / 2) * 2)
    return _Grid(columns, math.ceil(scenes / columns), still_width, still_height)
