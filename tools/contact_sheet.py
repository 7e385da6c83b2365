"""Paint a script's scenes, settled, onto one sheet: ``python tools/contact_sheet.py SCRIPT.txt [-o FILE]``.

Looks at pictures without speech or rendering. ``--every-look`` paints the same scenes in each look instead.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
from pathlib import Path

import cv2
import numpy as np

from videogen_engine.planning.model import PlanRequest
from videogen_engine.planning.stage import plan
from videogen_engine.stage import StageContext
from videogen_engine.store.artifact_store import MediaArtifactStore
from videogen_engine.visuals.looks.catalogue import LOOKS
from videogen_engine.visuals.model import PictureRequest, PictureScene, SceneDesign, StyleKind, StyleRequest
from videogen_engine.visuals.paint import paint_layers
from videogen_engine.visuals.pixels import Pixels, lay_over, resized
from videogen_engine.visuals.stage import picture

_SECONDS_PER_CHARACTER = 0.065


def settled(design: SceneDesign, width: int, height: int, ctx: StageContext) -> Pixels:
    """The frame as it stands once every sprite has entered."""
    painted = paint_layers(design, width, height, ctx)
    x, y = painted.window
    frame = painted.background[y : y + height, x : x + width].copy()
    for layer in painted.layers:
        lay_over(frame, layer.pixels, layer.x, layer.y)
    return frame


def designs(
    script: str, language: str, ratio: tuple[int, int], style: StyleRequest, ctx: StageContext
) -> tuple[tuple[SceneDesign, ...], tuple[str, ...]]:
    """The script's designs and, one line each, why."""
    planned = plan(PlanRequest(script=script, language=language), ctx)
    scenes = tuple(
        PictureScene(plan=scene, duration=max(2.5, len(scene.text) * _SECONDS_PER_CHARACTER))
        for scene in planned.scenes
    )
    request = PictureRequest(
        scenes=scenes,
        language=language,
        ratio_width=ratio[0],
        ratio_height=ratio[1],
        style=style,
        title=planned.title,
    )
    result = picture(request, ctx)
    lines = tuple(
        f"{i + 1:2} {p.design.layout} | {p.design.scenery} | {p.reason}" for i, p in enumerate(result.pictures)
    )
    return tuple(p.design for p in result.pictures), (*lines, *result.warnings)


def sheet(frames: list[Pixels], width: int, columns: int) -> Pixels:
    """The frames in a grid ``width`` px wide, with thin gaps."""
    gap = 6
    across = (width - gap * (columns + 1)) // columns
    down = round(across * frames[0].shape[0] / frames[0].shape[1])
    rows = math.ceil(len(frames) / columns)
    page = np.full((rows * (down + gap) + gap, width, 3), 30, dtype=np.uint8)
    for number, frame in enumerate(frames):
        x = gap + number % columns * (across + gap)
        y = gap + number // columns * (down + gap)
        page[y : y + down, x : x + across] = resized(frame, across, down)
    return page


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("script", help="a text file, or - for standard input")
    parser.add_argument("-o", "--output", type=Path, default=Path("contact_sheet.png"))
    parser.add_argument("--language", default="en")
    parser.add_argument("--style", help="style words; without them the illustrated library is used")
    parser.add_argument("--size", default="1280x720", help="size the scenes are painted at")
    parser.add_argument("--columns", type=int, default=4)
    parser.add_argument("--scenes", type=int, default=0, help="only the first so many scenes")
    parser.add_argument("--every-look", action="store_true")
    options = parser.parse_args()
    text = sys.stdin.read() if options.script == "-" else Path(options.script).read_text(encoding="utf-8")
    width, height = (int(part) for part in options.size.split("x"))
    divisor = math.gcd(width, height)
    ratio = (width // divisor, height // divisor)
    styles = [options.style] if not options.every_look else [f"{look} style" for look in LOOKS]
    frames: list[Pixels] = []
    with tempfile.TemporaryDirectory() as folder:
        ctx = StageContext(
            store=MediaArtifactStore((Path(folder) / "media").as_uri()), scratch=Path(folder) / "scratch"
        )
        for words in styles:
            kind = StyleKind.AI_IMAGE if words else StyleKind.STOCK
            chosen, lines = designs(text, options.language, ratio, StyleRequest(kind=kind, ai_style=words), ctx)
            if not options.every_look:
                sys.stdout.write("\n".join(lines) + "\n")
            frames += [settled(design, width, height, ctx) for design in chosen[: options.scenes or None]]
    cv2.imwrite(str(options.output), sheet(frames, 1584, options.columns))


if __name__ == "__main__":
    main()
