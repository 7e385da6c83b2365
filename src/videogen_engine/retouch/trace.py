"""The tracing stage: a picture as an SVG of flat shapes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import resvg_py
import vtracer

from videogen_agents.errors import LimitError
from videogen_engine.retouch.model import TRACED_SIDE, Retouched, RetouchRequest
from videogen_engine.retouch.picture_file import kept, read_picture, within
from videogen_engine.stage import StageContext
from videogen_engine.visuals.pixels import Pixels

VERSION: Final = "1"
#: Bytes; a photograph that needs more is traced again with fewer shapes.
_MOST_BYTES: Final = 3_000_000
#: Speckles left out (px), bits of colour kept and least difference of layers, from fine to coarse.
_MANNERS: Final = ((4, 6, 16), (10, 6, 28), (20, 5, 44), (32, 4, 64))
_NUMBER: Final = re.compile(rb"<path ")


def trace(request: RetouchRequest, ctx: StageContext) -> Retouched:
    """Raises InputError for what is no picture, LimitError for one with too much detail for shapes."""

    def make(path: Path) -> tuple[Pixels, tuple[int, int], None, tuple[str, ...]]:
        image = within(read_picture(ctx.store.path(request.media)), TRACED_SIDE)
        height, width = image.shape[:2]
        source = cv2.imencode(".png", _calm(image), [cv2.IMWRITE_PNG_COMPRESSION, 1])[1].tobytes()
        for number, (speckle, bits, layer) in enumerate(_MANNERS):
            ctx.check()
            ctx.report(0.2 + 0.2 * number, "Tracing")
            text = vtracer.convert_raw_image_to_svg(
                source,
                img_format="png",
                colormode="color",
                hierarchical="stacked",
                mode="spline",
                filter_speckle=speckle,
                color_precision=bits,
                layer_difference=layer,
                corner_threshold=60,
                length_threshold=4.0,
                splice_threshold=45,
                path_precision=1,
            )
            data = _sized(text, width, height).encode()
            if len(data) <= _MOST_BYTES:
                path.write_bytes(data)
                shapes = len(_NUMBER.findall(data))
                return shown(text), (width, height), None, (f"{shapes} shapes.",)
        raise LimitError(
            "The picture has too much detail for shapes.",
            code="too_much_detail",
            next_step="Vectorize a drawing, a logo or a smaller picture.",
        )

    return kept("traced", VERSION, {"media": request.media.key}, ".svg", "image/svg+xml", make, ctx)


def shown(text: str) -> Pixels:
    """The SVG as a viewer shows it: BGRA, straight alpha."""
    data = resvg_py.svg_to_bytes(svg_string=text, skip_system_fonts=True)
    return np.asarray(cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED), dtype=np.uint8)


def _calm(image: Pixels) -> Pixels:
    """Without the noise of photographs and JPEG, which would become thousands of shapes. Edges stay."""
    bgr = np.ascontiguousarray(image[..., :3])
    for _ in range(2):
        bgr = np.asarray(cv2.bilateralFilter(bgr, 5, 18, 5), dtype=np.uint8)
    alpha = np.where(image[..., 3] < 128, 0, 255).astype(np.uint8)
    return np.dstack([bgr, alpha])


def _sized(text: str, width: int, height: int) -> str:
    """With a view box, so that it scales."""
    return re.sub(r"<svg ", f'<svg viewBox="0 0 {width} {height}" ', text, count=1)
