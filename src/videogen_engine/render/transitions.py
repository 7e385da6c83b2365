"""How a scene enters over the one before: both pictures and how far it is, 0–1, give the frame."""

from __future__ import annotations

from typing import Final

import numpy as np

from videogen_engine.render.raster import Plane, Planes, mix, product, resized
from videogen_engine.timeline.document import TransitionKind

#: Size at which a popping scene begins.
_POP: Final = 0.86
#: Soft edge of a wipe as a share of the frame's width.
_EDGE: Final = 0.10


def enter(kind: TransitionKind, before: Planes, after: Planes, at: float, target: Planes) -> None:
    """Write the frame into ``target``, which may be neither ``before`` nor ``after``."""
    match kind:
        case TransitionKind.FADE:
            mix(before, after, _smooth(at), target)
        case TransitionKind.RISE:
            _rise(before, after, _eased(at), target)
        case TransitionKind.PAN:
            _pan(before, after, _eased(at), target)
        case TransitionKind.POP:
            _pop(before, after, at, target)
        case TransitionKind.WIPE:
            _wipe(before, after, _eased(at), target)
        case TransitionKind.NONE:
            target.copy_from(after)


def _eased(at: float) -> float:
    """Slow, fast, slow."""
    return at * at * at * (at * (6 * at - 15) + 10)


def _smooth(at: float) -> float:
    return at * at * (3 - 2 * at)


def _rise(before: Planes, after: Planes, at: float, target: Planes) -> None:
    """The new scene pushes up over the old one, which is left where it is."""
    seen = round(target.height * at / 2) * 2
    target.copy_from(before)
    if seen:
        target.crop(0, target.height - seen, target.width, seen).copy_from(after.crop(0, 0, target.width, seen))


def _pan(before: Planes, after: Planes, at: float, target: Planes) -> None:
    """The new scene pushes the old one out to the left."""
    seen = round(target.width * at / 2) * 2
    left = target.width - seen
    if left:
        target.crop(0, 0, left, target.height).copy_from(before.crop(seen, 0, left, target.height))
    if seen:
        target.crop(left, 0, seen, target.height).copy_from(after.crop(0, 0, seen, target.height))


def _pop(before: Planes, after: Planes, at: float, target: Planes) -> None:
    """The new scene grows to its size while it appears."""
    size = _POP + (1 - _POP) * (1 - (1 - at) ** 3)
    width, height = round(target.width * size / 2) * 2, round(target.height * size / 2) * 2
    target.copy_from(before)
    inner = target.crop((target.width - width) // 4 * 2, (target.height - height) // 4 * 2, width, height)
    small = resized(after, width, height) if size < 1 else after
    mix(Planes(inner.y.copy(), inner.uv.copy()), small, _smooth(min(1.0, at * 1.4)), inner)


def _wipe(before: Planes, after: Planes, at: float, target: Planes) -> None:
    """A soft edge uncovers the new scene from left to right."""
    edge = max(2, round(target.width * _EDGE / 2) * 2)
    reach = (target.width + edge) * at
    share = np.clip((reach - np.arange(target.width) - 0.5) / edge * 255, 0, 255).astype(np.uint8)
    _masked(before.y, after.y, np.ascontiguousarray(np.broadcast_to(share, target.y.shape)), target.y)
    coarse = np.ascontiguousarray(np.broadcast_to(share[::2, None], target.uv.shape))
    _masked(before.uv, after.uv, coarse, target.uv)


def _masked(before: Plane, after: Plane, share: Plane, target: Plane) -> None:
    np.copyto(target, product(before, 255 - share) + product(after, share))
