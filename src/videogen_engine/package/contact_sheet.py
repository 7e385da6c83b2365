"""One picture that shows the whole film: a still of each scene with its number, its start and its first words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from threading import Event
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from videogen_agents.errors import InternalError
from videogen_engine.captions.glyphs import Hand, WordArt, measure, write
from videogen_engine.captions.typefaces import family_for, is_rtl
from videogen_engine.package.contact_sheet_model import MAX_BYTES, ContactSheet, SheetRequest
from videogen_engine.render.model import RenderRequest
from videogen_engine.render.parts import stills
from videogen_engine.render.raster import blank, to_bgr
from videogen_engine.render.size import frame_size
from videogen_engine.render.stage import engine_painters
from videogen_engine.render.studio import Painters, Studio
from videogen_engine.stage import StageContext, content_key
from videogen_engine.timeline.document import Timeline

Pixels = NDArray[np.uint8]

#: Part of the sheet's key; raise it when the same film would give another sheet.
VERSION: Final = "1"
_KIND: Final = "contact-sheet"
_WIDTH: Final = 1280
_GAP: Final = 12
#: Pixels of a still's area at most; few scenes are not blown up.
_LARGEST: Final = 410 * 231
_GROUND: Final = (24, 22, 20)
_INK: Final = (240, 240, 240)
_FAINT: Final = (170, 170, 170)
_TEXT_SIZE: Final = 15.0
_LABEL_HEIGHT: Final = 26
_QUALITIES: Final = (85, 78, 70, 62, 54, 46, 38, 30)
_SMALLER: Final = 0.85


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
            self.columns * (self.width + _GAP) + _GAP,
            self.rows * (self.height + _LABEL_HEIGHT + _GAP) + _GAP,
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
    inputs = [shown, [_label(timeline, index) for index in range(len(timeline.scenes))]]
    key = content_key(_KIND, VERSION, inputs, ".jpg")
    sheet = ctx.cached_model(_KIND, VERSION, inputs, ContactSheet, make)
    # What is known of the sheet may outlive the sheet.
    return sheet if ctx.store.find(key) is not None else make()


def _made(painters: Painters, timeline: Timeline, grid: _Grid, ctx: StageContext, key: str) -> ContactSheet:
    width, height = grid.sides
    sheet: Pixels = np.full((height, width, 3), _GROUND, np.uint8)
    labels = [_label(timeline, index) for index in range(len(timeline.scenes))]
    for index, still in enumerate(_stills(painters, timeline, grid, ctx)):
        ctx.report(index / len(labels), f"still {index + 1} of {len(labels)}")
        row, column = divmod(index, grid.columns)
        x = _GAP + column * (grid.width + _GAP)
        y = _GAP + row * (grid.height + _LABEL_HEIGHT + _GAP)
        sheet[y : y + grid.height, x : x + grid.width] = still
        _write_label(sheet, labels[index], x, y + grid.height, grid.width, timeline.language)
    data, sides = _encoded(sheet)
    path = ctx.temporary(".jpg")
    try:
        path.write_bytes(data)
        media = ctx.store.publish(key, path, "image/jpeg")
    finally:
        path.unlink(missing_ok=True)
    return ContactSheet(media=media, width=sides[0], height=sides[1])


def _stills(painters: Painters, timeline: Timeline, grid: _Grid, ctx: StageContext) -> list[Pixels]:
    """Each scene's frame at the size at which it is shown, painted for that size."""
    request = _request(timeline, grid)
    silent = replace(ctx, report=_unreported)
    studio = Studio(painters, request, silent, workers=1, stop=Event(), drawn=_undrawn)
    found: list[Pixels] = []
    for part in stills(request, painters.version):
        target = blank(part.width, part.height)
        for _ in studio.frames(part, target):
            pass
        found.append(to_bgr(target))
    return found


def _request(timeline: Timeline, grid: _Grid) -> RenderRequest:
    return RenderRequest(timeline=timeline, width=grid.width, height=grid.height)


def _grid(scenes: int, ratio_width: int, ratio_height: int) -> _Grid:
    """Columns so that the sheet is about as wide as it is high, or wider."""
    columns = max(1, min(scenes, math.ceil(math.sqrt(scenes * ratio_height / ratio_width * 1.4))))
    columns = max(columns, min(scenes, 3))
    width = (_WIDTH - _GAP) / columns - _GAP
    width = min(width, math.sqrt(_LARGEST * ratio_width / ratio_height))
    lines = max(64, min(width, width * ratio_height / ratio_width))
    still_width, still_height = frame_size(ratio_width, ratio_height, round(lines / 2) * 2)
    return _Grid(columns, math.ceil(scenes / columns), still_width, still_height)


def _label(timeline: Timeline, index: int) -> tuple[str, str, str]:
    """Number, start and words of a scene."""
    frames = sum(scene.frames for scene in timeline.scenes[:index])
    minutes, seconds = divmod(frames / timeline.frames_per_second, 60)
    scene = timeline.scenes[index]
    return str(index + 1), f"{int(minutes)}:{seconds:04.1f}", " ".join((scene.plan.text or scene.plan.headline).split())


def _write_label(sheet: Pixels, label: tuple[str, str, str], x: int, y: int, width: int, language: str) -> None:
    hand = Hand(family_for(None)[0], 600, _TEXT_SIZE, 0.0, language)
    number, start, text = label
    space = measure(" ", hand) * 1.2
    words = [number, start, *text.split()]
    art = write(words, hand)
    base = y + round(_LABEL_HEIGHT * 0.68)
    end = float(x + width)
    gaps = [space * (2 if place < 2 else 1) for place in range(len(words))]
    room = list(accumulate(art[word].advance + gap for word, gap in zip(words, gaps, strict=True)))
    fitting = [place for place in range(len(words)) if x + room[place] - gaps[place] <= end]
    # Number and start stay on the left; a right-to-left text is read from its other end.
    order = [*fitting[:2], *(reversed(fitting[2:]) if is_rtl(text) else fitting[2:])]
    at = float(x)
    for place in order:
        word = art[words[place]]
        _ink(sheet, word, round(at), base, _FAINT if place == 1 else _INK)
        at += word.advance + gaps[place]


def _ink(sheet: Pixels, art: WordArt, x: int, y: int, colour: Sequence[int]) -> None:
    left, top = max(0, x + art.dx), max(0, y + art.dy)
    room = sheet[top : y + art.dy + art.fill.shape[0], left : x + art.dx + art.fill.shape[1]]
    mask = art.fill[top - y - art.dy :, left - x - art.dx :][: room.shape[0], : room.shape[1]]
    share = mask.astype(np.float32)[..., None] / 255
    np.copyto(room, np.rint(room * (1 - share) + np.asarray(colour, np.float32) * share).astype(np.uint8))


def _encoded(sheet: Pixels) -> tuple[bytes, tuple[int, int]]:
    """As good as the limit allows; made smaller when even the lowest quality is too much."""
    while True:
        for quality in _QUALITIES:
            done, data = cv2.imencode(".jpg", sheet, [cv2.IMWRITE_JPEG_QUALITY, quality])
            if not done:
                raise InternalError("The contact sheet could not be encoded.")
            if data.size <= MAX_BYTES:
                return np.asarray(data, np.uint8).tobytes(), (sheet.shape[1], sheet.shape[0])
        height, width = (max(16, round(side * _SMALLER)) for side in sheet.shape[:2])
        sheet = np.asarray(cv2.resize(sheet, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _unreported(_fraction: float, _message: str) -> None:
    return None


def _undrawn() -> None:
    return None
