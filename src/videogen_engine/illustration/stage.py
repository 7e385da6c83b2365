"""The illustration stage: scenery of a look, things from the bundled drawings, the user's pictures, one JPEG."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from videogen_agents.errors import InputError
from videogen_engine.bundled_assets import IconSet, licence_of
from videogen_engine.illustration.model import LONGEST_PROMPT, Illustration, IllustrationRequest
from videogen_engine.illustration.reading import Reading, read_illustration
from videogen_engine.illustration.scene import Placed, placed
from videogen_engine.probe_model import Thumbnail
from videogen_engine.stage import StageContext, content_key
from videogen_engine.visuals.colour import BLACK, mix
from videogen_engine.visuals.featured_art import read_picture
from videogen_engine.visuals.icon_art import IconArtist
from videogen_engine.visuals.inset_art import InsetPicture, inset_art
from videogen_engine.visuals.looks.base import Ground, IconKind, Look
from videogen_engine.visuals.looks.catalogue import look_named
from videogen_engine.visuals.palette import palette_named
from videogen_engine.visuals.pixels import Mask, Pixels, lay_over, resized, straight, tinted, write_background

#: Part of the picture's key; raise it when the same request would look different.
VERSION: Final = "2"
_KIND: Final = "illustration"
_THUMBNAIL_KIND: Final = "illustration-thumbnail"
_THUMBNAIL: Final = 640
_SHADOW: Final = 0.30


def illustrate(request: IllustrationRequest, ctx: StageContext) -> Illustration:
    """The picture. Equal requests give equal bytes.

    Raises InputError for an empty or overlong prompt, StageCancelledError.
    """
    if not request.prompt.strip() or len(request.prompt) > LONGEST_PROMPT:
        raise InputError(f"prompt must have 1 to {LONGEST_PROMPT} characters.", next_step="Say what is to be seen.")

    def make() -> Illustration:
        reading = read_illustration(request.prompt, request.style, request.variant)
        canvas = _painted(request, reading, ctx)
        scale = min(1.0, _THUMBNAIL / max(request.width, request.height))
        small = resized(canvas, max(1, round(request.width * scale)), max(1, round(request.height * scale)))

        media = ctx.cached_file(
            _KIND,
            VERSION,
            body,
            suffix=".jpg",
            media_type="image/jpeg",
            make=lambda path: write_background(path, canvas),
        )
        thumbnail = ctx.cached_file(
            _THUMBNAIL_KIND,
            VERSION,
            body,
            suffix=".jpg",
            media_type="image/jpeg",
            make=lambda path: write_background(path, small),
        )
        icons = _icon_set(look_named(reading.look))
        licence = licence_of(icons.value)
        return Illustration(
            media=media,
            thumbnail=Thumbnail(media=thumbnail, width=small.shape[1], height=small.shape[0]),
            look=reading.look,
            things=tuple(f"{thing.icon} for “{thing.word}”" for thing in reading.things),
            sources=(f"{icons.value} ({licence.licence})",) if reading.things else (),
            notes=reading.notes,
        )

    body = {"request": request.model_dump(mode="json")}
    made = ctx.cached_model(_KIND, VERSION, request, Illustration, make)
    # What is known about the picture may outlive the picture itself, which is the larger file.
    keys = (content_key(kind, VERSION, body, ".jpg") for kind in (_KIND, _THUMBNAIL_KIND))
    return made if all(ctx.store.find(key) is not None for key in keys) else make()


def _icon_set(look: Look) -> IconSet:
    return IconSet.EMOJI if look.icon_kind is IconKind.SHADED else IconSet.EMOJI_FLAT


def _painted(request: IllustrationRequest, reading: Reading, ctx: StageContext) -> Pixels:
    """BGR of the request's size."""
    look = look_named(reading.look)
    ground = Ground(request.width, request.height, palette_named(reading.palette), reading.scenery, reading.seed)
    canvas = np.ascontiguousarray(look.background(ground))
    ctx.report(0.4, "drawing")
    artist = IconArtist(ctx)
    pictures = [
        InsetPicture(pixels, own.person)
        for own in request.pictures
        if (pixels := read_picture(ctx.store.path(own.media))) is not None
    ]
    scene = placed(reading.things, min(3, len(pictures)), request.width, request.height, request.variant, reading.seed)
    for index, one in enumerate(scene):
        ctx.check()
        size = max(8, round(one.box.w))
        if one.thing is None:
            art = inset_art(pictures[one.picture], size, ground)
        else:
            ink = look.icon_ink(ground, index)
            layer = artist.draw(one.thing.icon, size, look.icon_kind, ink, look.icon_base(ground))
            if one.thing.colour is not None and look.icon_kind is not IconKind.LINE:
                layer = recoloured(layer, one.thing.colour)
            if one.mirrored:
                layer = np.ascontiguousarray(layer[:, ::-1])
            if one.standing:
                _shadow(canvas, one, layer, ground)
            art = look.icon(layer, ground)
        lay_over(canvas, art.pixels, round(one.box.x) - art.pad, round(one.box.y) - art.pad)
        ctx.report(0.4 + 0.5 * (index + 1) / len(scene), "drawing")
    return canvas


def _shadow(canvas: Pixels, one: Placed, layer: Pixels, ground: Ground) -> None:
    """A soft dark ellipse where the thing meets the ground."""
    rows = np.flatnonzero(layer[..., 3].max(axis=1) > 40)
    columns = np.flatnonzero(layer[..., 3].max(axis=0) > 40)
    if not rows.size or not columns.size:
        return
    wide = float(columns[-1] - columns[0] + 1) * 0.46
    flat = max(2.0, wide * 0.17)
    foot = one.box.y + float(rows[-1])
    centre = one.box.x + float(columns[0] + columns[-1]) / 2
    width, height = int(4 * wide) + 2, int(8 * flat) + 2
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    away: Mask = ((x - width / 2) / wide) ** 2 + ((y - height / 2) / flat) ** 2
    mask: Mask = np.exp(-1.6 * away)
    layer = tinted(mask, mix(ground.palette.ink, BLACK, 0.5), _SHADOW)
    lay_over(canvas, layer, round(centre - width / 2), round(foot - height / 2 - flat * 0.3))


def recoloured(layer: Pixels, colour: str) -> Pixels:
    """A premultiplied drawing in shades of ``colour`` (hex); a drawing that is mostly white is dyed."""
    whole = straight(layer)
    hsv = cv2.cvtColor(np.ascontiguousarray(whole[..., :3]), cv2.COLOR_BGR2HSV).astype(np.float32)
    hue, depth, light = hsv[..., 0], hsv[..., 1], hsv[..., 2]
    seen = whole[..., 3] / 255
    code = np.array([[[int(colour[index : index + 2], 16) for index in (5, 3, 1)]]], np.uint8)
    target = cv2.cvtColor(code, cv2.COLOR_BGR2HSV).astype(np.float32)[0, 0]
    weight = depth / 255 * seen
    angle = hue / 90 * np.pi
    leading = float(np.arctan2((np.sin(angle) * weight).sum(), (np.cos(angle) * weight).sum()) / np.pi * 90)
    away = (hue - leading + 90) % 180 - 90
    pale = float((depth * seen).sum()) < 70 * max(1.0, float(seen.sum()))
    dyed = (depth < 70) & (light > 110) if pale else np.zeros_like(depth, bool)
    hsv[..., 0] = (target[0] + np.where(dyed, 0, away * 0.22)) % 180
    hsv[..., 1] = np.where(dyed, target[1] * 0.85, depth * min(1.0, target[1] / 140))
    hsv[..., 2] = np.where(dyed, light * (0.35 + 0.65 * target[2] / 255), light)
    painted = cv2.cvtColor(hsv.astype(np.uint8), cv2.COLOR_HSV2BGR)
    share = layer[..., 3:].astype(np.float32) / 255
    return np.ascontiguousarray(np.dstack([(painted * share + 0.5).astype(np.uint8), layer[..., 3]]))
