"""SVG to pixels through resvg, with the given font files only."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from xml.sax.saxutils import escape

import numpy as np
import resvg_py

from videogen_engine.visuals.pixels import Pixels, decoded

_OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def escaped(text: str) -> str:
    """``text`` for use inside SVG text or a double-quoted attribute: no markup, no control characters."""
    safe = "".join(
        char for char in text if char >= " " and not 0xD800 <= ord(char) <= 0xDFFF and ord(char) not in {0xFFFE, 0xFFFF}
    )
    return escape(safe, {'"': "&quot;", "'": "&apos;"})


def raster(body: str, width: int, height: int, *, view: str | None = None, fonts: Sequence[str] = ()) -> Pixels:
    """A premultiplied BGRA layer of ``width`` × ``height`` px from SVG elements; ``view`` is the viewBox."""
    box = view or f"0 0 {width} {height}"
    svg = f'{_OPEN} width="{width}" height="{height}" viewBox="{box}">{body}</svg>'
    data = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=list(fonts))
    return decoded(data)


def document_raster(svg: str, size: int) -> Pixels:
    """A premultiplied BGRA layer of a standalone, square SVG document at ``size`` px."""
    return decoded(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, width=size, height=size))


@lru_cache(maxsize=8192)
def text_ink_width(text: str, family: str, weight: int, fonts: tuple[str, ...]) -> float:
    """Width in em of the ink of one line, found by drawing it at 24 px."""
    size = 24
    width = int(size * (1.3 * len(text) + 2))
    body = (
        f'<text x="{size}" y="{size * 1.4:.1f}" font-size="{size}" font-weight="{weight}" '
        f"font-family=\"'{escaped(family)}'\">{escaped(text)}</text>"
    )
    layer = raster(body, width, size * 2, fonts=fonts)
    columns = np.flatnonzero(layer[..., 3].max(axis=0))
    return float(columns[-1] - columns[0] + 1) / size if columns.size else 0.0
