"""The built-in themes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from videogen_engine.visuals.model import SlideTheme

#: By name: what they look like in words, and the theme.
BUILT_IN_THEMES: Final[Mapping[str, tuple[str, SlideTheme]]] = {
    theme.name.lower(): (words, theme)
    for words, theme in (
        (
            "White slides, deep blue and orange, clear sans serif letters.",
            SlideTheme(
                name="Daylight",
                paper="#ffffff",
                ink="#1d2433",
                accents=("#1f5fbf", "#d9661f", "#1c8a6a", "#8a4fb8"),
                ground="#1b2c4f",
            ),
        ),
        (
            "Dark blue slides, light letters, cyan and coral.",
            SlideTheme(
                name="Midnight",
                paper="#101727",
                ink="#eef2fb",
                accents=("#4fc3f7", "#ff8a70", "#a5e075", "#c9a2ff"),
                ground="#2d4272",
                title_family="Space Grotesk",
            ),
        ),
        (
            "Warm paper, brown ink, terracotta and olive, serif headings.",
            SlideTheme(
                name="Parchment",
                paper="#f7f1e6",
                ink="#38291f",
                accents=("#a8492b", "#5e6e2f", "#2f6675", "#8c5a8a"),
                ground="#4a3325",
                title_family="Fraunces",
            ),
        ),
        (
            "Pale green slides, forest green and gold.",
            SlideTheme(
                name="Meadow",
                paper="#f4f8f1",
                ink="#1e3024",
                accents=("#2b7a4b", "#b0780f", "#356fa8", "#a04a6a"),
                ground="#1d3f2b",
            ),
        ),
        (
            "Black slides, large condensed headings, yellow.",
            SlideTheme(
                name="Marquee",
                paper="#141414",
                ink="#f6f6f2",
                accents=("#ffd23f", "#ff6b5e", "#5cc8ff", "#7fe0a0"),
                ground="#3d3a33",
                title_family="Bebas Neue",
            ),
        ),
        (
            "White slides, plum and rose, elegant serif headings.",
            SlideTheme(
                name="Gallery",
                paper="#fdfbfc",
                ink="#2c1f2b",
                accents=("#8a2f6b", "#b8562f", "#2f6f8a", "#6a7a2a"),
                ground="#45203a",
                title_family="Playfair",
            ),
        ),
    )
}
