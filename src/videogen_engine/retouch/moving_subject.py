"""What of a video is its subject: before a screen of one colour, or moving before a camera that stands still."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from videogen_agents.errors import InputError
from videogen_engine.retouch.subject import Cover, guided, rim_of
from videogen_engine.visuals.pixels import Pixels

#: Makes a frame (BGR) its subject's colours and cover (0-1). Equal frames, equal results.
Cutter = Callable[[Pixels], tuple[Pixels, Cover]]

#: Share of the samples' rims that is of the screen's colour.
_SCREEN_RIM: Final = 0.7
#: Distance in colour (a, b of 8-bit CIE Lab) from which a screen counts as coloured.
_COLOURED: Final = 26.0
#: Shares of the picture that a subject has at least and at most, and by how much larger all it passes must be.
_LEAST, _MOST = 0.01, 0.55
_WANDERS: Final = 1.5
#: Codes: how still a camera's background is, and how different from it a subject.
_STILL: Final = 5.0
_APART: Final = 13.0


def find_cutter(samples: Sequence[Pixels]) -> tuple[Cutter, str]:
    """How to cut the video of which ``samples`` are frames, and a sentence about it. Raises InputError if nothing
    tells a subject from its background."""
    screen = _screen(samples)
    if screen is not None:
        return screen
    still = _still(samples)
    if still is not None:
        return still
    raise InputError(
        "No subject can be told from the background of this video: there is no screen of one colour behind it, and "
        "nothing moves through the picture of a camera that stands still.",
        code="no_clear_subject",
        next_step="Film before a green or plain wall. A matting model would find the subject: VideoGen's hosted "
        "backend has one (set VIDEOGEN_API_KEY).",
    )


def _lab(image: Pixels) -> NDArray[np.float32]:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2LAB), np.float32)


def _screen(samples: Sequence[Pixels]) -> tuple[Cutter, str] | None:
    labs = [_lab(sample) for sample in samples]
    rims = np.concatenate([rim_of(lab) for lab in labs])
    key = np.median(rims, axis=0)
    chroma = float(np.hypot(*(key[1:] - 128)))
    coloured = chroma > _COLOURED
    # A coloured screen is told by its hue, lit unevenly as it may be; a grey one by lightness as well.
    weights = np.array([0.25, 1.0, 1.0] if coloured else [1.0, 1.0, 1.0], np.float32)
    near, far = (14.0, 44.0) if coloured else (9.0, 30.0)

    def distance(lab: NDArray[np.float32]) -> Cover:
        return np.asarray(np.sqrt((((lab - key) * weights) ** 2).sum(axis=-1)), np.float32)

    if float((distance(rims) < near).mean()) < _SCREEN_RIM:
        return None
    shares = [float((distance(lab) > far * 0.6).mean()) for lab in labs]
    if not _LEAST <= float(np.median(shares)) <= 0.9:
        return None
    name = _named(key) if coloured else "plain"

    def cut(frame: Pixels) -> tuple[Pixels, Cover]:
        rough = np.asarray(np.clip((distance(_lab(frame)) - near) / (far - near), 0, 1), np.float32)
        soft = np.asarray(cv2.GaussianBlur(rough, (0, 0), 0.7), np.float32)
        alpha = np.asarray(np.clip((soft - 0.08) / 0.84, 0, 1), np.float32)
        return (_without_spill(frame, name) if name in {"green", "blue"} else frame), alpha

    return cut, f"The background is a {name} screen, which was taken out."


def _named(key: NDArray[np.float32]) -> str:
    a, b = float(key[1]) - 128, float(key[2]) - 128
    if a < -20 and abs(a) >= abs(b) * 0.6:
        return "green"
    return "blue" if b < -20 else "coloured"


def _without_spill(frame: Pixels, name: str) -> Pixels:
    """No channel of the screen's colour above the larger of the others: light that the screen threw on the subject."""
    blue, green, red = cv2.split(frame)
    if name == "green":
        green = np.minimum(green, np.maximum(blue, red))
    else:
        blue = np.minimum(blue, np.maximum(green, red))
    return np.asarray(cv2.merge([blue, green, red]), dtype=np.uint8)


def _still(samples: Sequence[Pixels]) -> tuple[Cutter, str] | None:
    if len(samples) < 6:
        return None
    stack = np.stack([np.asarray(cv2.GaussianBlur(sample, (0, 0), 0.8), np.uint8) for sample in samples])
    ground = np.asarray(np.median(stack, axis=0), np.float32)
    rims = np.concatenate([rim_of(np.abs(sample - ground)) for sample in stack]).max(axis=1)
    if float(np.percentile(rims, 80)) > _STILL:
        return None

    def rough(frame: Pixels) -> Cover:
        soft = np.asarray(cv2.GaussianBlur(frame, (0, 0), 0.8), np.float32)
        away = np.abs(soft - ground).max(axis=2)
        solid = (away > _APART).astype(np.uint8)
        side = max(3, min(away.shape) // 40) | 1
        solid = np.asarray(cv2.morphologyEx(solid, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)), np.uint8)
        solid = np.asarray(cv2.morphologyEx(solid, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8)), np.uint8)
        count, labels, stats, _ = cv2.connectedComponentsWithStats(solid)
        keep = [index for index in range(1, count) if stats[index, cv2.CC_STAT_AREA] > 0.002 * solid.size]
        return np.isin(labels, keep).astype(np.float32)

    masks = [rough(sample) for sample in samples]
    share = float(np.mean([mask.mean() for mask in masks]))
    passed = float((np.max(np.stack(masks), axis=0) > 0).mean())
    seen = sum(bool(mask.any()) for mask in masks) / len(masks)
    # What stays where it is would be part of the background, and be lost by halves.
    if not (_LEAST <= share <= _MOST and passed >= _WANDERS * share and seen >= 0.5):
        return None

    def cut(frame: Pixels) -> tuple[Pixels, Cover]:
        guide = np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY), np.float32) / 255
        fine = guided(guide, rough(frame), max(5, min(guide.shape) // 90) | 1, 4e-4)
        return frame, np.asarray(np.clip((fine - 0.15) / 0.7, 0, 1), np.float32)

    return cut, "The camera stands still, so what moves before the background that it sees was kept."
