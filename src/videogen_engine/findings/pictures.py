"""Black, frozen and blank pictures, and pictures of the wrong shape or number."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np

from videogen_engine.findings.film_file import FilmFile, Gray, key_pictures, look_at
from videogen_engine.findings.mends import EXPORT_AGAIN, asked, resized
from videogen_engine.findings.model import Finding, FindingKind
from videogen_engine.stage import StageContext
from videogen_engine.timeline.document import Motion, Scene, Timeline

Keys: TypeAlias = Sequence[tuple[int, Gray]]

#: Luma (16–235) below which a whole picture is black.
_BLACK: Final = 30
#: Seconds of black, and of a picture that should move and does not, that are a fault.
_BLACK_SECONDS: Final = 0.3
_FROZEN_SECONDS: Final = 1.5
#: A coded picture this much smaller than the film's usual one may show nothing new.
_SMALL: Final = 0.35
_SMALL_BYTES: Final = 200
#: Mean difference of luma between two looks at a picture that stands still: coded as no change, it has none.
_SAME: Final = 0.02
#: The same over a key picture, which is coded anew.
_SAME_ANEW: Final = 3.0
#: Frames into a run of small pictures from which on nothing may change.
_INTO: Final = 4
#: A picture is blank when this share of it is within ``_FLAT`` of one luma.
_BLANK_SHARE: Final = 0.985
_FLAT: Final = 3
#: Bars wider than this share of the frame are blank edges.
_BAR: Final = 0.04
_RATIO_SLACK: Final = 0.02
_SETTLED_SECONDS: Final = 0.7


def picture_findings(timeline: Timeline, film: FilmFile, path: Path, ctx: StageContext) -> Iterator[Finding]:
    rate = timeline.frames_per_second
    keys = key_pictures(path, film, rate, ctx)
    yield from _shape(timeline, film, keys)
    if abs(len(film.sizes) - timeline.frames) > rate // 5:
        yield Finding(
            kind=FindingKind.LENGTH,
            start=0,
            end=timeline.duration,
            scene=None,
            sentence=f"The film lasts {len(film.sizes) / rate:.1f} s, its scenes {timeline.duration:.1f} s.",
            mend=EXPORT_AGAIN,
        )
    black = _black_spans(film, keys, path, rate, ctx)
    for start, end in black:
        yield _span(FindingKind.BLACK, timeline, start, end, "The picture is black", EXPORT_AGAIN)
    for start, end in _frozen_spans(timeline, film, keys, path, ctx):
        if not any(first < end and start < last for first, last in black):
            yield _span(FindingKind.FROZEN, timeline, start, end, "The picture stands still", EXPORT_AGAIN)
    yield from _blank_scenes(timeline, film, keys, path, black, ctx)


def picture_inputs(timeline: Timeline, film: FilmFile) -> object:
    """All that ``picture_findings`` depends on."""
    scenes = [
        [
            scene.frames,
            scene.own_picture,
            scene.motion.model_dump(mode="json"),
            scene.transition.model_dump(mode="json"),
            scene.picture.design.model_dump(mode="json"),
        ]
        for scene in timeline.scenes
    ]
    shape = [film.width, film.height, str(film.shape), timeline.ratio_width, timeline.ratio_height]
    return [film.pictures, shape, timeline.frames_per_second, scenes]


def scene_at(timeline: Timeline, frame: float) -> int:
    """Number of the scene, from 1, that is shown at a frame of the film."""
    ends = accumulate(scene.frames for scene in timeline.scenes)
    return next((number for number, end in enumerate(ends, 1) if frame < end), len(timeline.scenes))


def _span(kind: FindingKind, timeline: Timeline, start: int, end: int, what: str, mend: object) -> Finding:
    rate = timeline.frames_per_second
    number = scene_at(timeline, (start + end) / 2)
    return Finding.model_validate(
        {
            "kind": kind,
            "start": round(start / rate, 3),
            "end": round(end / rate, 3),
            "scene": number,
            "sentence": f"{what} from {start / rate:.1f} s to {end / rate:.1f} s, in scene {number}.",
            "mend": mend,
        }
    )


def _shape(timeline: Timeline, film: FilmFile, keys: Keys) -> Iterator[Finding]:
    wanted = timeline.ratio_width / timeline.ratio_height
    seen = film.width / film.height * float(film.shape)
    mend = resized(timeline.ratio_width, timeline.ratio_height)
    if abs(seen / wanted - 1) > _RATIO_SLACK:
        yield Finding(
            kind=FindingKind.ASPECT,
            start=0,
            end=timeline.duration,
            scene=None,
            sentence=f"The picture is {seen:.2f} times as wide as high instead of {wanted:.2f}.",
            mend=mend,
        )
    pictures = [picture for _, picture in keys if not _is_black(picture)]
    if len(pictures) < 2:
        return
    brightest = np.maximum.reduce(pictures)
    for axis, name in ((1, "top and bottom"), (0, "left and right")):
        lines = brightest.max(axis=axis)
        seen_lines = np.flatnonzero(lines > _BLACK)
        if not seen_lines.size:
            continue
        first, last = int(seen_lines[0]), len(lines) - 1 - int(seen_lines[-1])
        if min(first, last) >= _BAR * len(lines):
            yield Finding(
                kind=FindingKind.BARS,
                start=0,
                end=timeline.duration,
                scene=None,
                sentence=f"The {name} {100 * (first + last) / len(lines):.0f} % of the picture stay black throughout.",
                mend=mend,
            )


def _is_black(picture: Gray) -> bool:
    return float(np.percentile(picture, 99.5)) < _BLACK


def _black_spans(film: FilmFile, keys: Keys, path: Path, rate: int, ctx: StageContext) -> list[tuple[int, int]]:
    """Frames from the first black one up to the next that is not, as far as key pictures and quiet runs show."""
    looks = dict(keys)
    runs = list(_quiet_runs(film, looks, round(_BLACK_SECONDS * rate)))
    inside = [(start + end) // 2 for start, end in runs if not any(start <= key < end for key in looks)]
    looks |= look_at(path, film, inside, rate, ctx) if inside else {}
    black = {number for number, picture in looks.items() if _is_black(picture)}
    spans: list[tuple[int, int]] = []
    for start, end in runs:
        if any(start <= number < end for number in black):
            spans.append((start, end))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start - merged[-1][1] <= 2:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return [(start, end) for start, end in merged if end - start >= _BLACK_SECONDS * rate]


def _quiet_runs(film: FilmFile, keys: Container[int], least: int) -> Iterator[tuple[int, int]]:
    """Runs of frames whose coded pictures are small; key pictures are large whatever they show."""
    limit = max(_SMALL_BYTES, _SMALL * float(np.median(film.sizes))) if len(film.sizes) else 0.0
    start: int | None = None
    for number, size in enumerate([*film.sizes.tolist(), 1 << 40]):
        quiet = size <= limit or (number in keys and start is not None)
        if quiet and start is None:
            # What a run shows came with the picture before it.
            start = max(0, number - 1)
        elif not quiet and start is not None:
            if number - start >= least:
                yield start, number
            start = None


def _frozen_spans(
    timeline: Timeline, film: FilmFile, keys: Keys, path: Path, ctx: StageContext
) -> list[tuple[int, int]]:
    """Runs in which nothing at all moves although the scene's design does."""
    rate = timeline.frames_per_second
    found: list[tuple[int, int]] = []
    for start, end in _quiet_runs(film, dict(keys), round(_FROZEN_SECONDS * rate)):
        for first, last in _moving_parts(timeline, start, end):
            if last - first < _FROZEN_SECONDS * rate:
                continue
            # The run's first pictures may still be the ones before it.
            begin = first + _INTO
            within = [number for number, _ in keys if begin + 2 < number < last - 2]
            bounds = [begin, *(place for key in within for place in (key - 1, key)), last - 1]
            looks = look_at(path, film, bounds, rate, ctx)
            pairs = list(pairwise(bounds))
            if len(looks) == len(set(bounds)) and all(
                _apart(looks[one], looks[two]) < (_SAME_ANEW if place % 2 else _SAME)
                for place, (one, two) in enumerate(pairs)
            ):
                found.append((first, last))
    return found


def _moving_parts(timeline: Timeline, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a span, each as long as it gets, that belong to scenes whose picture is meant to move."""
    at, begun = 0, None
    for scene in timeline.scenes:
        first, last = max(start, at), min(end, at + scene.frames)
        at += scene.frames
        if first < last and _moves(scene):
            begun = first if begun is None else begun
        elif begun is not None:
            yield begun, first
            begun = None
    if begun is not None:
        yield begun, min(end, at)


def _moves(scene: Scene) -> bool:
    motion = scene.motion
    same = motion.zoom_from == motion.zoom_to and motion.focus_from == motion.focus_to
    return motion != Motion() and not same and not scene.own_picture and scene.picture.design.featured is None


def _apart(one: Gray, two: Gray) -> float:
    """Mean difference of luma."""
    return float(np.abs(one.astype(np.int16) - two).mean())


def _blank_scenes(
    timeline: Timeline, film: FilmFile, keys: Keys, path: Path, black: list[tuple[int, int]], ctx: StageContext
) -> Iterator[Finding]:
    """Scenes of which nothing is seen but one colour, even when all of them should have appeared."""
    rate = timeline.frames_per_second
    suspects: dict[int, tuple[int, int, int]] = {}
    at = 0
    for number, scene in enumerate(timeline.scenes, 1):
        start, at = at, at + scene.frames
        entered = start + min(scene.transition.frames, scene.frames // 2)
        seen = [picture for key, picture in keys if entered <= key < at]
        appears = max((element.appear for element in scene.picture.design.elements), default=0.0)
        settled = min(at - 2, max(start + scene.frames // 2, start + round((appears + _SETTLED_SECONDS) * rate)))
        if not scene.own_picture and all(map(_is_blank, seen)):
            suspects[settled] = (number, start, at)
    looks = look_at(path, film, suspects, rate, ctx) if suspects else {}
    for settled, picture in looks.items():
        number, start, end = suspects[settled]
        if _is_blank(picture) and not any(first < end and start < last for first, last in black):
            mend = asked(f"show another picture in scene {number}")
            yield _span(FindingKind.BLANK, timeline, start, end, "Nothing but one colour is seen", mend)


def _is_blank(picture: Gray) -> bool:
    """Captions aside: only what lies above the lowest third counts."""
    upper = picture[: picture.shape[0] * 2 // 3]
    return float((np.abs(upper.astype(np.int16) - float(np.median(upper))) <= _FLAT).mean()) >= _BLANK_SHARE
