"""A design to pixels: background, then sprites, both kept in the artifact store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from videogen_engine.slides.page_art import page_background
from videogen_engine.stage import StageContext
from videogen_engine.visuals.composer import ENTRANCE_SECONDS, Composer, Layer
from videogen_engine.visuals.featured_art import featured_background
from videogen_engine.visuals.geometry import Frame
from videogen_engine.visuals.icon_art import IconArtist
from videogen_engine.visuals.inset_art import insets_of
from videogen_engine.visuals.layouts import BY_NAME, picture_side
from videogen_engine.visuals.looks.base import Ground
from videogen_engine.visuals.looks.catalogue import look_named
from videogen_engine.visuals.model import PaintedScene, SceneDesign, Sprite
from videogen_engine.visuals.palette import palette_named
from videogen_engine.visuals.pixels import Pixels, write_background, write_sprite

#: Raised whenever painting changes, so that kept pictures of an older painter are not used.
PAINT_VERSION = "5"
#: How much larger than the frame a background is, each way.
OVERSIZE = 1.05
_RTL = {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "ug", "ur", "yi"}


@dataclass(frozen=True)
class PaintedLayers:
    """``background`` is BGR and larger than the frame; ``window`` is where the frame lies in it (x, y)."""

    background: Pixels
    window: tuple[int, int]
    layers: tuple[Layer, ...]


def is_rtl_language(language: str) -> bool:
    return language.replace("_", "-").split("-")[0].lower() in _RTL


def background_size(width: int, height: int) -> tuple[int, int]:
    """Background size in px, both even."""
    return 2 * -(-int(width * OVERSIZE) // 2), 2 * -(-int(height * OVERSIZE) // 2)


def paint_layers(
    design: SceneDesign, width: int, height: int, ctx: StageContext, *, lettering: bool = True
) -> PaintedLayers:
    """Every layer of the scene as arrays. Without ``lettering`` all but the letters is there."""
    look = look_named(design.look)
    wide, high = background_size(width, height)
    palette = palette_named(design.palette)
    scenery = design.scenery if design.scenery in look.sceneries else look.sceneries[0]
    frame = Frame(width, height, is_rtl_language(design.language))
    side = picture_side(design.layout) * (-1 if frame.rtl else 1) if frame.wide else 0
    ground = Ground(wide, high, palette, scenery, design.seed, side)
    background = None
    if design.featured is not None:
        background = featured_background(design.featured, wide, high, ctx)
    if background is None:
        background = look.background(ground)
    ctx.check()
    left, top = (wide - width) // 2, (high - height) // 2
    composer = Composer(
        design,
        frame,
        look,
        Ground(width, height, palette, scenery, design.seed, side),
        IconArtist(ctx),
        background,
        (left, top),
        lettering,
        insets_of(design, ctx),
    )
    # A design without elements is its background alone.
    if design.elements:
        BY_NAME[design.layout](composer)
    return PaintedLayers(background, (left, top), tuple(composer.layers))


def paint_scene(design: SceneDesign, width: int, height: int, ctx: StageContext) -> PaintedScene:
    """The scene painted for ``width`` × ``height`` px: from the store, or painted now.

    Equal designs and sizes give equal bytes. Raises StageCancelledError when the job was cancelled.
    """
    inputs = {"design": design.model_dump(mode="json"), "width": width, "height": height}
    return ctx.cached_model(
        "painted-scene", PAINT_VERSION, inputs, PaintedScene, lambda: _paint(design, width, height, ctx)
    )


def _paint(design: SceneDesign, width: int, height: int, ctx: StageContext) -> PaintedScene:
    ctx.check()
    if design.page is None:
        painted = paint_layers(design, width, height, ctx)
    else:
        painted = PaintedLayers(page_background(design, design.page, width, height, ctx), (0, 0), ())
    inputs = {"design": design.model_dump(mode="json"), "width": width, "height": height}

    def keep_background(path: Path) -> None:
        write_background(path, painted.background)

    background = ctx.cached_file(
        "scene-background", PAINT_VERSION, inputs, suffix=".jpg", media_type="image/jpeg", make=keep_background
    )
    sprites: list[Sprite] = []
    for number, layer in enumerate(painted.layers):
        ctx.check()

        def keep_sprite(path: Path, layer: Layer = layer) -> None:
            write_sprite(path, layer.pixels)

        image = ctx.cached_file(
            "scene-sprite",
            PAINT_VERSION,
            {**inputs, "layer": number},
            suffix=".png",
            media_type="image/png",
            make=keep_sprite,
        )
        sprites.append(
            Sprite(
                image=image,
                x=layer.x,
                y=layer.y,
                width=layer.pixels.shape[1],
                height=layer.pixels.shape[0],
                appear=layer.appear,
                entrance=layer.entrance,
                entrance_seconds=ENTRANCE_SECONDS[layer.entrance],
            )
        )
    return PaintedScene(
        background=background,
        background_width=painted.background.shape[1],
        background_height=painted.background.shape[0],
        sprites=tuple(sprites),
        clip=design.featured.media if design.featured is not None and design.featured.duration is not None else None,
    )
