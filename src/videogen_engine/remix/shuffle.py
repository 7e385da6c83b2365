"""SHUFFLE_STOCK_VISUALS: another arrangement, scenery and seed for every scene in the stock style."""

from __future__ import annotations

from typing import Final

from videogen_agents.contract import ShuffleStockVisualsAction
from videogen_engine.remix.edit import Edit, Edited
from videogen_engine.remix.pictures import Redesign, redesign, redesigned, style_of
from videogen_engine.remix.workshop import Workshop
from videogen_engine.timeline.document import Scene, Timeline
from videogen_engine.visuals.model import StyleKind

#: How often a scene may be dealt the layout that it had before it is left with other scenery or another seed alone.
_MOST_DEALS: Final = 4


class Dealt(Redesign):
    """``variants`` are by scene."""

    variants: tuple[int, ...]


def is_stock(timeline: Timeline, scene: Scene) -> bool:
    """Whether the engine chose the scene's picture freely."""
    own = scene.own_picture or scene.picture.design.featured is not None
    return not own and style_of(timeline, scene).kind is StyleKind.STOCK


async def prepare(timeline: Timeline, action: ShuffleStockVisualsAction, workshop: Workshop) -> Dealt | None:
    """None when no scene is eligible."""
    del action
    if not any(is_stock(timeline, scene) for scene in timeline.scenes):
        return None
    variants = tuple(scene.variant + is_stock(timeline, scene) for scene in timeline.scenes)
    for deal in range(_MOST_DEALS):
        wanted = _with_variants(timeline, variants)
        made = await redesign(timeline, wanted, workshop)
        alike = [
            is_stock(timeline, scene) and _arrangement(scene) == _arrangement(new)
            for scene, new in zip(timeline.scenes, redesigned(wanted, made).scenes, strict=True)
        ]
        if not any(alike) or deal == _MOST_DEALS - 1:
            return Dealt(pictures=made.pictures, warnings=made.warnings, news=made.news, variants=variants)
        variants = tuple(variant + again for variant, again in zip(variants, alike, strict=True))
    return None


def apply(timeline: Timeline, action: ShuffleStockVisualsAction, made: Dealt | None) -> Edited:
    del action
    if made is None:
        return Edited(timeline=timeline, notes=("No scene has a stock picture, so there was nothing to shuffle.",))
    return Edited(timeline=redesigned(_with_variants(timeline, made.variants), made), degraded=made.news)


def _with_variants(timeline: Timeline, variants: tuple[int, ...]) -> Timeline:
    scenes = tuple(
        scene.model_copy(update={"variant": variant}) for scene, variant in zip(timeline.scenes, variants, strict=True)
    )
    return timeline.model_copy(update={"scenes": scenes})


def _arrangement(scene: Scene) -> tuple[str, str]:
    """What a viewer takes for the same picture when it stays, whatever else is different."""
    return scene.picture.design.look, scene.picture.design.layout


SHUFFLE_STOCK_VISUALS = Edit(ShuffleStockVisualsAction, apply, prepare)
