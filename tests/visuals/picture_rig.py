"""Scenes to picture and frames to look at, made by the real planner and the real painter."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from videogen_engine.planning.model import PlanRequest
from videogen_engine.planning.stage import plan
from videogen_engine.speech.model import Word
from videogen_engine.stage import MediaRef, StageContext
from videogen_engine.store.artifact_store import MediaArtifactStore
from videogen_engine.visuals.model import (
    Accent,
    Element,
    FeaturedFile,
    PictureRequest,
    PictureScene,
    PictureSet,
    SceneDesign,
    Shown,
    StyleKind,
    StyleRequest,
)
from videogen_engine.visuals.paint import PaintedLayers, paint_layers
from videogen_engine.visuals.pixels import Pixels, lay_over
from videogen_engine.visuals.stage import picture

RATIOS = {"16:9": (480, 270), "9:16": (270, 480), "1:1": (360, 360), "4:5": (324, 405)}

_HEADLINE = Element(
    kind=Shown.HEADLINE,
    text="Water boosts your energy and mood",
    appear=0.1,
    accents=(Accent(word="energy", appear=1.0),),
)
_ICONS = tuple(
    Element(kind=Shown.ICON, icon=name, appear=0.3) for name in ("droplet", "high-voltage", "bullseye", "brain")
)
_CARDS = tuple(
    Element(kind=Shown.CARD, text=text, icon=icon, appear=when)
    for text, icon, when in (
        ("Energy", "high-voltage", 1.0),
        ("Better focus", "bullseye", 1.6),
        ("A brighter mood", "beaming-face-with-smiling-eyes", 2.2),
    )
)
EVERYTHING = (
    Element(kind=Shown.KICKER, text="Daily habits"),
    _HEADLINE,
    *_ICONS,
    *_CARDS,
    Element(kind=Shown.FIGURE, text="60%", share=0.6, appear=1.0),
    Element(kind=Shown.LABEL, text="of an adult's body is water", appear=1.2),
    Element(kind=Shown.QUOTE, text="Thousands have lived without love, not one without water.", appear=0.2),
    Element(kind=Shown.ATTRIBUTION, text="W. H. Auden", appear=2.0),
    Element(kind=Shown.BADGE, text="3", appear=0.1),
)


def context(folder: Path) -> StageContext:
    return StageContext(store=MediaArtifactStore((folder / "media").as_uri()), scratch=folder / "scratch")


def keep(ctx: StageContext, data: bytes, name: str, media_type: str) -> MediaRef:
    path = ctx.temporary(Path(name).suffix)
    path.write_bytes(data)
    return ctx.store.publish(name, path, media_type)


def photo(ctx: StageContext, name: str, width: int = 320, height: int = 180, grey: int = 128) -> FeaturedFile:
    pixels = np.full((height, width, 3), (grey, grey // 2, 255 - grey), np.uint8)
    data = cv2.imencode(".png", pixels)[1].tobytes()
    key = name.replace(" ", "-")
    return FeaturedFile(file_id=f"file_{name}", media=keep(ctx, data, f"up/{key}", "image/png"), display_name=name)


def design(
    look: str = "glass",
    layout: str = "split-start",
    *,
    palette: str = "ocean",
    seed: int = 1,
    elements: tuple[Element, ...] = EVERYTHING,
    scenery: str = "",
    language: str = "en",
    featured: FeaturedFile | None = None,
) -> SceneDesign:
    return SceneDesign(
        look=look,
        layout=layout,
        palette=palette,
        seed=seed,
        language=language,
        ratio_width=16,
        ratio_height=9,
        elements=elements,
        scenery=scenery,
        featured=featured,
    )


def scenes(script: str, ctx: StageContext, language: str = "en", spoken: bool = True) -> tuple[PictureScene, ...]:
    """Planned scenes with words at an even 0.3 s each."""
    planned = plan(PlanRequest(script=script, language=language), ctx)
    result: list[PictureScene] = []
    for scene in planned.scenes:
        words: list[Word] = []
        place = 0
        for text in scene.text.split():
            at = scene.text.index(text, place)
            place = at + len(text)
            begin = 0.2 + 0.3 * len(words)
            words.append(
                Word(
                    text=text,
                    char_start=scene.start + at,
                    char_end=scene.start + place,
                    start=begin,
                    end=begin + 0.25,
                )
            )
        duration = 1.2 + 0.3 * len(words)
        result.append(PictureScene(plan=scene, duration=duration, words=tuple(words) if spoken else ()))
    return tuple(result)


def chosen(
    script: str,
    ctx: StageContext,
    *,
    language: str = "en",
    style: str | None = None,
    title: str = "A film",
    featured: tuple[FeaturedFile, ...] = (),
    spoken: bool = True,
) -> PictureSet:
    kind = StyleKind.AI_IMAGE if style is not None else StyleKind.STOCK
    request = PictureRequest(
        scenes=scenes(script, ctx, language, spoken),
        language=language,
        ratio_width=16,
        ratio_height=9,
        style=StyleRequest(kind=kind, ai_style=style),
        title=title,
        featured=featured,
    )
    return picture(request, ctx)


def frame(painted: PaintedLayers, width: int, height: int) -> Pixels:
    """All layers settled over the background, BGR."""
    x, y = painted.window
    image = painted.background[y : y + height, x : x + width].copy()
    for layer in painted.layers:
        lay_over(image, layer.pixels, layer.x, layer.y)
    return image


def lettered(wanted: SceneDesign, width: int, height: int, ctx: StageContext) -> tuple[Pixels, Pixels]:
    """The frame with its letters and without."""
    with_letters = frame(paint_layers(wanted, width, height, ctx), width, height)
    without = frame(paint_layers(wanted, width, height, ctx, lettering=False), width, height)
    return with_letters, without


def ink_mask(wanted: SceneDesign, width: int, height: int, ctx: StageContext) -> np.ndarray:
    """Where letters stand."""
    with_letters, without = lettered(wanted, width, height, ctx)
    return np.abs(with_letters.astype(int) - without).max(axis=2) > 60
