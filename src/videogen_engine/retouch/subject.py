"""What of a picture is its subject: before a flat ground, or by colours that the middle has and the rim has not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from videogen_agents.errors import InputError
from videogen_engine.visuals.pixels import Pixels, resized

Cover = NDArray[np.floating]

#: Longest side at which a subject is looked for.
_SIDE: Final = 400
#: CIE Lab distance (8-bit codes) up to which a place is ground, and from which on it is not.
_GROUND, _NOT_GROUND = 7.0, 26.0
#: Share of the rim that must have the ground's colour for it to count as flat.
_FLAT_RIM: Final = 0.9
#: Distance (codes) of a rim's places from the ground that runs through them, and how much of what is cut out may be
#: neither subject nor ground.
_SAME: Final = 8.0
_UNCLEAR: Final = 0.3
#: Shares of the picture that a subject has at least and at most.
_LEAST, _MOST = 0.015, 0.9
#: Of 0-1: how different in colour a subject and what is around it must be for the cut to be worth anything.
_APART: Final = 0.42
#: Percentiles that guesses begin with, and how alike (0-1) what comes of them must be.
_GUESSES: Final = ((70.0, 93.0), (52.0, 90.0), (82.0, 96.0))
_ALIKE: Final = 0.79
#: Share of colours that a subject may have in common with the picture's rim.
_LIKE_RIM: Final = 0.45
#: Distance (codes) under which both sides of the cut look the same, and how much of the cut may be like that.
_SAME_SIDES: Final = 12.0
_MOST_BLIND: Final = 0.15
#: Of 0-1: how sharp the edge under the cut must be against the rest of the picture.
_EDGE: Final = 1.25


@dataclass(frozen=True)
class Subject:
    """``alpha`` (0-1) has the picture's size. ``how`` is a sentence."""

    alpha: Cover
    how: str


def find_subject(image: Pixels) -> Subject:
    """``image`` is BGR. Raises InputError when no subject can be told from its surroundings."""
    flat = _on_flat_ground(image)
    if flat is not None:
        return flat
    height, width = image.shape[:2]
    scale = min(1.0, _SIDE / max(height, width))
    small = resized(image, max(8, round(width * scale)), max(8, round(height * scale)))
    mask = _agreed(small)
    if mask is None or not _worth(small, mask):
        raise InputError(
            "No subject can be told from its surroundings in this picture.",
            code="no_clear_subject",
            next_step="Use a picture with one subject before a plain or clearly different background. A matting model "
            "would find it: VideoGen's hosted backend has one (set VIDEOGEN_API_KEY).",
        )
    return Subject(_refined(image, mask), "The subject was found by colour against its surroundings.")


def rim_of(lab: NDArray[np.float32]) -> NDArray[np.float32]:
    """The colours of the picture's outermost pixels, [n, 3]."""
    depth = max(1, min(lab.shape[:2]) // 60)
    parts = (lab[:depth], lab[-depth:], lab[:, :depth], lab[:, -depth:])
    return np.concatenate([part.reshape(-1, 3) for part in parts])


def _lab(image: Pixels) -> NDArray[np.float32]:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2LAB), np.float32)


def _on_flat_ground(image: Pixels) -> Subject | None:
    """The subject before one colour, a smooth run of colours included; None when the rim has several."""
    lab = _lab(image)
    height, width = lab.shape[:2]
    scale = min(1.0, _SIDE / max(height, width))
    small = np.asarray(cv2.resize(lab, (max(8, round(width * scale)), max(8, round(height * scale)))), np.float32)
    ground = _smooth_ground(small)
    if ground is None:
        return None
    full = np.asarray(cv2.resize(ground, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
    away = np.sqrt(((lab - full) ** 2).sum(axis=2))
    alpha = np.asarray(np.clip((away - _GROUND) / (_NOT_GROUND - _GROUND), 0, 1), np.float32)
    alpha = _filled(alpha)
    share = float((alpha > 0.5).mean())
    unclear = float(((alpha > 0.15) & (alpha < 0.85)).mean())
    if not _LEAST <= share <= _MOST or unclear > _UNCLEAR * share:
        return None
    return Subject(alpha, "The background is one plain colour, which was taken out.")


def _smooth_ground(lab: NDArray[np.float32]) -> NDArray[np.float32] | None:
    """The ground as a plane through the rim's colours; None when the rim does not lie in one."""
    height, width = lab.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    terms = np.stack([np.ones_like(rows), rows / height, columns / width], axis=-1)
    depth = max(1, min(height, width) // 60)
    rim = np.zeros((height, width), bool)
    rim[:depth] = rim[-depth:] = rim[:, :depth] = rim[:, -depth:] = True
    known, colours = terms[rim], lab[rim]
    inside = np.ones(len(colours), bool)
    plane = np.zeros((3, 3), np.float32)
    for _ in range(5):
        if inside.sum() < 0.5 * len(colours):
            return None
        plane = np.asarray(np.linalg.lstsq(known[inside], colours[inside], rcond=None)[0], np.float32)
        off = np.sqrt(((known @ plane - colours) ** 2).sum(axis=1))
        inside = off < max(10.0, float(np.percentile(off, 60)))
    off = np.sqrt(((known @ plane - colours) ** 2).sum(axis=1))
    # A subject may be cut off by the lower edge, and by little of the others.
    low = rows[rim] >= height - depth
    flat = float((off < _SAME)[~low].mean())
    return np.asarray(terms @ plane, np.float32) if flat >= _FLAT_RIM else None


def _filled(alpha: Cover) -> Cover:
    """Without specks, and without holes that the ground does not reach from the rim."""
    solid = (alpha > 0.5).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(solid)
    if count > 1:
        largest = int(stats[1:, cv2.CC_STAT_AREA].max())
        small = [index for index in range(1, count) if stats[index, cv2.CC_STAT_AREA] < 0.01 * largest]
        if small:
            specks = np.isin(labels, small).astype(np.uint8)
            alpha = np.where(cv2.dilate(specks, np.ones((5, 5), np.uint8)) > 0, 0, alpha).astype(np.float32)
    holes, labels, stats, _ = cv2.connectedComponentsWithStats((alpha < 0.5).astype(np.uint8))
    rims = set(np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])).tolist())
    for index in range(1, holes):
        # Small closed places are spots of the ground's colour on the subject; large ones are seen through.
        if index not in rims and stats[index, cv2.CC_STAT_AREA] < 0.002 * alpha.size:
            alpha = np.where(labels == index, 1.0, alpha).astype(np.float32)
    return alpha


def _agreed(small: Pixels) -> NDArray[np.uint8] | None:
    """What comes out of several first guesses alike; None when it depends on the guess, so that none can be trusted."""
    found: list[NDArray[np.uint8]] = []
    for wide, sure in _GUESSES:
        mask = _grabbed(small, wide, sure)
        if mask is None or not _worth(small, mask):
            return None
        found.append(mask)
    votes = np.sum(np.stack(found), axis=0)
    common = (votes * 2 > len(found)).astype(np.uint8)
    alike = min(_likeness(mask, common) for mask in found)
    return common if alike >= _ALIKE else None


def _likeness(one: NDArray[np.uint8], two: NDArray[np.uint8]) -> float:
    """Intersection over union."""
    return float((one & two).sum()) / max(1.0, float((one | two).sum()))


def _grabbed(small: Pixels, wide: float, sure: float) -> NDArray[np.uint8] | None:
    """GrabCut from a guess: what is unlike the rim, and nearer the middle than the rim.

    ``wide`` and ``sure`` are the percentiles of that from which on a place may be, and is, the subject.
    """
    height, width = small.shape[:2]
    lab = _lab(small)
    rim = rim_of(lab)
    cv2.setRNGSeed(11)
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 20, 0.5)
    least = min(5, len(np.unique(rim, axis=0)))
    _, _, centres = cv2.kmeans(np.ascontiguousarray(rim), least, np.zeros((len(rim), 1), np.int32), stop, 2, 2)
    away = np.min(np.sqrt(((lab[:, :, None, :] - np.asarray(centres)[None, None]) ** 2).sum(axis=3)), axis=2)
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    middle = np.exp(-(((rows / height - 0.52) / 0.36) ** 2 + ((columns / width - 0.5) / 0.36) ** 2))
    salient = cv2.GaussianBlur(np.asarray(away * (0.35 + 0.65 * middle), np.float32), (0, 0), max(height, width) / 90)
    level = max(12.0, float(np.percentile(salient, wide)))
    guess = np.where(salient > level, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    guess[salient > max(20.0, float(np.percentile(salient, sure)))] = cv2.GC_FGD
    edge = max(2, min(height, width) // 50)
    guess[:edge] = cv2.GC_BGD
    guess[:, :edge] = guess[:, -edge:] = np.where(guess[:, :edge] == cv2.GC_FGD, cv2.GC_PR_FGD, cv2.GC_BGD)
    if not (guess == cv2.GC_FGD).any():
        return None
    try:
        cv2.setRNGSeed(11)
        cv2.grabCut(small, guess, (0, 0, 1, 1), np.zeros((1, 65)), np.zeros((1, 65)), 4, cv2.GC_INIT_WITH_MASK)
    except cv2.error:
        return None
    solid = np.isin(guess, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.uint8)
    solid = np.asarray(cv2.morphologyEx(solid, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)), np.uint8)
    solid = np.asarray(cv2.morphologyEx(solid, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8)), np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(solid)
    if count < 2:
        return None
    areas = stats[1:, cv2.CC_STAT_AREA]
    keep = [index + 1 for index in range(count - 1) if areas[index] >= 0.2 * areas.max()]
    return np.isin(labels, keep).astype(np.uint8)


def _worth(small: Pixels, mask: NDArray[np.uint8]) -> bool:
    """Whether the cut is of one thing that differs from what is around it, along an edge of the picture."""
    share = float(mask.mean())
    if not 0.03 <= share <= 0.75:
        return False
    border = np.concatenate([mask[0], mask[:, 0], mask[:, -1]])
    if float(border.mean()) > 0.12:
        return False
    lab = _lab(small)
    size = max(5, round(min(mask.shape) * 0.09))
    near = cv2.dilate(mask, np.ones((size, size), np.uint8)) - mask
    inside, around = lab[mask > 0], lab[near > 0]
    if not len(inside) or not len(around):
        return False
    # What is at the rim of the picture as well is hardly the subject.
    if _overlap(inside, rim_of(lab)) > _LIKE_RIM:
        return False
    overlap = _overlap(inside, around)
    light = cv2.GaussianBlur(small, (0, 0), 1.2)
    slope = np.abs(cv2.Laplacian(cv2.cvtColor(light, cv2.COLOR_BGR2GRAY), cv2.CV_32F))
    steep = np.hypot(cv2.Sobel(lab[..., 0], cv2.CV_32F, 1, 0), cv2.Sobel(lab[..., 0], cv2.CV_32F, 0, 1)) + np.asarray(
        slope
    )
    line = cv2.morphologyEx(mask, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > 0
    sharp = float(steep[line].mean()) / max(1e-6, float(steep.mean()))
    whole = cv2.connectedComponents(mask)[0] - 1
    return 1 - overlap >= _APART and sharp >= _EDGE and whole <= 3 and _blind(lab, mask, line) <= _MOST_BLIND


def _blind(lab: NDArray[np.float32], mask: NDArray[np.uint8], line: NDArray[np.bool_]) -> float:
    """Share of the cut that runs where both sides have the same colour: through the subject, most likely."""
    inside, outside = mask.astype(np.float32), 1 - mask.astype(np.float32)
    means = [
        np.asarray(cv2.GaussianBlur(lab * part[..., None], (0, 0), 2.5), np.float32)
        / np.maximum(np.asarray(cv2.GaussianBlur(part, (0, 0), 2.5), np.float32), 1e-3)[..., None]
        for part in (inside, outside)
    ]
    apart = np.sqrt(((means[0] - means[1]) ** 2).sum(axis=2))
    return float((apart[line] < _SAME_SIDES).mean())


def _overlap(one: NDArray[np.float32], two: NDArray[np.float32]) -> float:
    """How much of their colours two sets of pixels share (0-1)."""
    edges = np.linspace(0, 256, 13)
    parts = [np.histogramdd(part, bins=(edges, edges, edges))[0] / len(part) for part in (one, two)]
    return float(np.minimum(*parts).sum())


def _refined(image: Pixels, mask: NDArray[np.uint8]) -> Cover:
    """The mask at full size with a soft edge that follows the picture's own (a guided filter)."""
    height, width = image.shape[:2]
    rough = np.asarray(cv2.resize(mask.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
    guide = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.float32) / 255
    side = max(3, round(max(height, width) / 110)) | 1
    fine = guided(guide, rough, side, 2e-4)
    return np.asarray(np.clip((fine - 0.12) / 0.76, 0, 1), np.float32)


def guided(guide: Cover, rough: Cover, side: int, softness: float) -> Cover:
    """``rough`` smoothed along the edges of ``guide``. After He, Sun, Tang: Guided Image Filtering, 2010."""

    def mean(field: Cover) -> Cover:
        return np.asarray(cv2.boxFilter(field, -1, (side, side)), np.float32)

    of_guide, of_rough = mean(guide), mean(rough)
    slope = (mean(guide * rough) - of_guide * of_rough) / (mean(guide * guide) - of_guide * of_guide + softness)
    offset = of_rough - slope * of_guide
    return np.asarray(mean(slope) * guide + mean(offset), np.float32)
