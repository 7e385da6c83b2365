"""One picture that shows what an edit did: the scenes that look different, before and after, side by side."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from videogen_engine.package.contact_sheet_model import Comparison, ComparisonRequest
from videogen_engine.package.sheet_drawing import (
    GAP,
    GROUND,
    LABEL_HEIGHT,
    SHEET_WIDTH,
    Label,
    Pixels,
    painted,
    published,
    scene_label,
    write_label,
)
from videogen_engine.render.model import RenderRequest
from videogen_engine.render.parts import Part, stills
from videogen_engine.render.size import frame_size
from videogen_engine.render.stage import engine_painters
from videogen_engine.render.studio import Painters
from videogen_engine.stage import StageContext, content_key
from videogen_engine.timeline.document import Timeline

#: Part of the sheet's key; raise it when the same edit would give another sheet.
VERSION: Final = "1"
_KIND: Final = "comparison-sheet"
#: Scenes shown at most; of more, some from all over the film.
_MOST: Final = 6
#: Pixels of a still's area, and its longest side, at most.
_LARGEST: Final = 300 * 169
_LONGEST: Final = 320
#: Mean difference of two stills, in steps of 0 to 255, from which they look different.
_SEEN: Final = 0.4


@dataclass(frozen=True)
class _Still:
    request: RenderRequest
    part: Part
    label: Label


_Pair = tuple[_Still | None, _Still | None]
_Frame = tuple[Pixels, Label]
_Shown = tuple[_Frame | None, _Frame | None]


@dataclass(frozen=True)
class _Side:
    """One of the two films, at the size of its stills in pixels."""

    timeline: Timeline
    request: RenderRequest
    parts: dict[str, Part]

    def still(self, scene_id: str, word: str) -> _Still | None:
        """None when the film does not have the scene."""
        part = self.parts.get(scene_id)
        if part is None:
            return None
        index = next(place for place, scene in enumerate(self.timeline.scenes) if scene.scene_id == scene_id)
        number, _, text = scene_label(self.timeline, index)
        return _Still(self.request, part, (number, word, text))


def comparison_sheet(request: ComparisonRequest, ctx: StageContext) -> Comparison:
    """The sheet with the engine's own painters. Raises what painting a scene raises."""
    return comparison_with(engine_painters(), request, ctx)


def comparison_with(painters: Painters, request: ComparisonRequest, ctx: StageContext) -> Comparison:
    """``comparison_sheet`` with other painters than the engine's own."""
    before, after = (_side(timeline, painters.version) for timeline in (request.before, request.after))
    changed = _spread([scene_id for scene_id in _order(before, after) if _differs(before, after, scene_id)])
    if not changed:
        return Comparison()
    pairs = [(before.still(scene_id, "before"), after.still(scene_id, "after")) for scene_id in changed]
    inputs = [
        None if still is None else (still.part.model_dump(mode="json"), still.label) for pair in pairs for still in pair
    ]
    key = content_key(_KIND, VERSION, inputs, ".jpg")

    def make() -> Comparison:
        shown = list(_painted(painters, pairs, ctx))
        return Comparison(sheet=published(_drawn(shown, request.after.language), key, ctx) if shown else None)

    made = ctx.cached_model(_KIND, VERSION, inputs, Comparison, make)
    # What is known of the sheet may outlive the sheet.
    return made if made.sheet is None or ctx.store.find(key) is not None else make()


def _side(timeline: Timeline, version: str) -> _Side:
    ratio = timeline.ratio_width / timeline.ratio_height
    width = min(math.sqrt(_LARGEST * ratio), _LONGEST, _LONGEST * ratio)
    sides = frame_size(timeline.ratio_width, timeline.ratio_height, round(min(width, width / ratio) / 2) * 2)
    request = RenderRequest(timeline=timeline, width=sides[0], height=sides[1])
    parts = zip(timeline.scenes, stills(request, version), strict=True)
    return _Side(timeline, request, {scene.scene_id: part for scene, part in parts})


def _order(before: _Side, after: _Side) -> list[str]:
    """Every scene once: those of the new film in its order, then those that are gone."""
    return list(dict.fromkeys((*after.parts, *before.parts)))


def _differs(before: _Side, after: _Side, scene_id: str) -> bool:
    return before.parts.get(scene_id) != after.parts.get(scene_id)


def _spread(scenes: list[str]) -> list[str]:
    if len(scenes) <= _MOST:
        return scenes
    return [scenes[round(place * (len(scenes) - 1) / (_MOST - 1))] for place in range(_MOST)]


def _painted(painters: Painters, pairs: Sequence[_Pair], ctx: StageContext) -> Iterator[_Shown]:
    """The pairs that look different, with their frames."""
    for place, pair in enumerate(pairs):
        ctx.report(place / len(pairs), f"scene {place + 1} of {len(pairs)}")
        first, second = (
            None if still is None else (next(painted(painters, still.request, [still.part], ctx)), still.label)
            for still in pair
        )
        if first is None or second is None or _look_different(first[0], second[0]):
            yield first, second


def _look_different(before: Pixels, after: Pixels) -> bool:
    """Another moment of the same words lights another word; that alone is no difference."""
    if before.shape != after.shape:
        return True
    moved = np.abs(before.astype(np.int16) - after.astype(np.int16))
    return float(moved.mean()) >= _SEEN


def _drawn(shown: Sequence[_Shown], language: str) -> Pixels:
    frames = [still[0] for pair in shown for still in pair if still is not None]
    width = max(frame.shape[1] for frame in frames)
    height = max(frame.shape[0] for frame in frames)
    pair_width = 2 * width + GAP
    columns = max(1, min(len(shown), SHEET_WIDTH // (pair_width + 2 * GAP)))
    rows = math.ceil(len(shown) / columns)
    # Pairs stand further apart than their two stills.
    sheet: Pixels = np.full(
        (rows * (height + LABEL_HEIGHT + GAP) + GAP, columns * (pair_width + 3 * GAP) - GAP, 3), GROUND, np.uint8
    )
    for place, still in enumerate(still for pair in shown for still in pair):
        if still is None:
            continue
        frame, label = still
        row, column = divmod(place // 2, columns)
        x = GAP + column * (pair_width + 3 * GAP) + place % 2 * (width + GAP)
        y = GAP + row * (height + LABEL_HEIGHT + GAP)
        sheet[y : y + frame.shape[0], x : x + frame.shape[1]] = frame
        write_label(sheet, label, x, y + frame.shape[0], frame.shape[1], language)
    return sheet
