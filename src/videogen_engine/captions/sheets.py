"""Tiles are stacked into sheets: one file holds the states of a scene."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from videogen_engine.captions.model import MAX_SHEET_HEIGHT

Pixels = npt.NDArray[np.uint8]

#: PNG: no filter and little compression suit flat pictures, and cost a third of the defaults' time.
_PNG = (cv2.IMWRITE_PNG_COMPRESSION, 1, cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_NONE)


@dataclass(frozen=True)
class Spot:
    """Where a tile lies: which sheet, and the place of its top left there."""

    sheet: int
    x: int
    y: int


def arrange(groups: Sequence[Sequence[Pixels]]) -> tuple[list[list[Spot]], list[Pixels]]:
    """Tiles on RGBA sheets no higher than MAX_SHEET_HEIGHT, each group whole on one sheet.

    A group's first tile gets a row of its own, the others fill rows below it in order. A group may not be
    higher than a sheet; all tiles together are as wide as the widest.
    """
    width = max((tile.shape[1] for group in groups for tile in group), default=1)
    spots: list[list[Spot]] = []
    sheets: list[tuple[int, list[tuple[Spot, Pixels]]]] = []
    for group in groups:
        places, height = _rows([(tile.shape[1], tile.shape[0]) for tile in group], width)
        if not sheets or sheets[-1][0] + height > MAX_SHEET_HEIGHT:
            sheets.append((0, []))
        base, placed = sheets[-1]
        own = [Spot(len(sheets) - 1, x, base + y) for x, y in places]
        placed.extend(zip(own, group, strict=True))
        sheets[-1] = (base + height, placed)
        spots.append(own)
    return spots, [_sheet(placed, width, height) for height, placed in sheets]


def _rows(sizes: Sequence[tuple[int, int]], width: int) -> tuple[list[tuple[int, int]], int]:
    """Places (x, y) of boxes in rows, the first box alone in its row, and the height of all rows."""
    places: list[tuple[int, int]] = []
    x = y = tallest = 0
    for number, (wide, high) in enumerate(sizes):
        if number == 1 or (x and x + wide > width):
            x, y, tallest = 0, y + tallest, 0
        places.append((x, y))
        x += wide
        tallest = max(tallest, high)
    return places, y + tallest


def encoded(sheet: Pixels) -> bytes:
    """A straight-alpha RGBA sheet as PNG. Equal sheets give equal bytes."""
    ok, data = cv2.imencode(".png", cv2.cvtColor(sheet, cv2.COLOR_RGBA2BGRA), _PNG)
    if not ok:
        raise ValueError("A caption sheet could not be encoded as PNG.")
    return data.tobytes()


def _sheet(placed: Sequence[tuple[Spot, Pixels]], width: int, height: int) -> Pixels:
    sheet = np.zeros((height, width, 4), np.uint8)
    for spot, tile in placed:
        sheet[spot.y : spot.y + tile.shape[0], spot.x : spot.x + tile.shape[1]] = tile
    return sheet
