"""What every sheet of stills is drawn with: frames painted at the size they are shown, their labels, the JPEG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from threading import Event
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from videogen_agents.errors import InternalError
from videogen_engine.captions.glyphs import Hand, WordArt, measure, write
from videogen_engine.captions.typefaces import family_for, is_rtl
from videogen_engine.package.contact_sheet_model import MAX_BYTES, ContactSheet
from videogen_engine.render.film import VERSION as RENDER_VERSION
from videogen_engine.render.model import RenderRequest
from videogen_engine.render.parts import Part
from videogen_engine.render.raster import blank, decode, to_bgr
from videogen_engine.render.studio import Painters, Studio
from videogen_engine.stage import StageContext, content_key
from videogen_engine.timeline.document import Timeline

Pixels = NDArray[np.uint8]
#: A number, a word set fainter, and the words of a scene.
Label = tuple[str, str, str]

_STILL: Final = "still"
#: Pixels.
SHEET_WIDTH: Final = 1280
GAP: Final = 12
LABEL_HEIGHT: Final = 26
GROUND: Final = (24, 22, 20)
INK: Final = (240, 240, 240)
FAINT: Final = (170, 170, 170)
_TEXT_SIZE: Final = 15.0
_QUALITIES: Final = (85, 78, 70, 62, 54, 46, 38, 30)
_SMALLER: Final = 0.85


def painted(painters: Painters, request: RenderRequest, parts: Sequence[Part], ctx: StageContext) -> Iterator[Pixels]:
    """Each part's last frame as BGR, painted once while nothing in it changes. ``parts`` are of ``request``."""
    silent = replace(ctx, report=_unreported)
    studio: Studio | None = None
    for part in parts:
        key = content_key(_STILL, RENDER_VERSION, part, ".png")
        kept = ctx.store.find(key)
        if kept is not None:
            yield decode(ctx.store.path(kept).read_bytes(), "A still")
            continue
        studio = studio or Studio(painters, request, silent, workers=1, stop=Event(), drawn=_undrawn)
        target = blank(part.width, part.height)
        for _ in studio.frames(part, target):
            pass
        still = to_bgr(target)
        path = ctx.temporary(".png")
        try:
            path.write_bytes(cv2.imencode(".png", still)[1].tobytes())
            ctx.store.publish(key, path, "image/png")
        finally:
            path.unlink(missing_ok=True)
        yield still


def scene_label(timeline: Timeline, index: int) -> Label:
    """Number, start and words of a scene."""
    frames = sum(scene.frames for scene in timeline.scenes[:index])
    minutes, seconds = divmod(frames / timeline.frames_per_second, 60)
    scene = timeline.scenes[index]
    return str(index + 1), f"{int(minutes)}:{seconds:04.1f}", " ".join((scene.plan.text or scene.plan.headline).split())


def write_label(sheet: Pixels, label: Label, x: int, y: int, width: int, language: str) -> None:
    """Under a still whose lower left corner is ``x``, ``y``; words that do not fit its width are left out."""
    hand = Hand(family_for(None)[0], 600, _TEXT_SIZE, 0.0, language)
    number, start, text = label
    space = measure(" ", hand) * 1.2
    words = [number, start, *text.split()]
    art = write(words, hand)
    base = y + round(LABEL_HEIGHT * 0.68)
    end = float(x + width)
    gaps = [space * (2 if place < 2 else 1) for place in range(len(words))]
    room = list(accumulate(art[word].advance + gap for word, gap in zip(words, gaps, strict=True)))
    fitting = [place for place in range(len(words)) if x + room[place] - gaps[place] <= end]
    # Number and start stay on the left; a right-to-left text is read from its other end.
    order = [*fitting[:2], *(reversed(fitting[2:]) if is_rtl(text) else fitting[2:])]
    at = float(x)
    for place in order:
        word = art[words[place]]
        _ink(sheet, word, round(at), base, FAINT if place == 1 else INK)
        at += word.advance + gaps[place]


def _ink(sheet: Pixels, art: WordArt, x: int, y: int, colour: Sequence[int]) -> None:
    left, top = max(0, x + art.dx), max(0, y + art.dy)
    room = sheet[top : y + art.dy + art.fill.shape[0], left : x + art.dx + art.fill.shape[1]]
    mask = art.fill[top - y - art.dy :, left - x - art.dx :][: room.shape[0], : room.shape[1]]
    share = mask.astype(np.float32)[..., None] / 255
    np.copyto(room, np.rint(room * (1 - share) + np.asarray(colour, np.float32) * share).astype(np.uint8))


def encoded(sheet: Pixels) -> tuple[bytes, tuple[int, int]]:
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


def published(sheet: Pixels, key: str, ctx: StageContext) -> ContactSheet:
    """The sheet as a JPEG in the store under ``key``."""
    data, sides = encoded(sheet)
    path = ctx.temporary(".jpg")
    try:
        path.write_bytes(data)
        media = ctx.store.publish(key, path, "image/jpeg")
    finally:
        path.unlink(missing_ok=True)
    return ContactSheet(media=media, width=sides[0], height=sides[1])


def _unreported(_fraction: float, _message: str) -> None:
    return None


def _undrawn() -> None:
    return None
