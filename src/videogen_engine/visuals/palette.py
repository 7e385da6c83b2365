"""Palettes: a few hues from which every look takes the tones it needs."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from videogen_engine.visuals.colour import Rgb, oklch, to_oklch

_HEX = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True)
class Palette:
    """Hues in degrees (OKLCH): ``main`` carries, ``second`` accompanies, ``accent`` points. ``chroma`` scales."""

    name: str
    main: float
    second: float
    accent: float
    chroma: float = 1.0
    warm_paper: bool = True
    dark: bool = False
    pastel: bool = False

    def tone(self, lightness: float, chroma: float, hue: str = "main", turn: float = 0.0) -> Rgb:
        """A tone of ``main``, ``second``, ``accent`` or ``spark``, the hue turned by some degrees."""
        base = {"main": self.main, "second": self.second, "accent": self.accent, "spark": self.spark}[hue]
        return oklch(round(lightness, 4), round(chroma * self.chroma, 4), round((base + turn) % 360, 2))

    @property
    def spark(self) -> float:
        """The hue that stands out against ``main``: warm beside cold, cold beside warm."""
        return 82.0 if 120 <= self.main <= 340 else 205.0

    @property
    def ink(self) -> Rgb:
        return self.tone(0.245, 0.035)

    @property
    def paper(self) -> Rgb:
        return oklch(0.965, 0.012, 85.0) if self.warm_paper else self.tone(0.968, 0.008)

    @property
    def bright(self) -> Rgb:
        """The accent for dark grounds."""
        return self.tone(0.88, 0.12, "accent")

    @property
    def strong(self) -> Rgb:
        """The accent for light grounds."""
        return self.tone(0.52, 0.19, "accent")


PALETTES: dict[str, Palette] = {
    palette.name: palette
    for palette in (
        Palette("ocean", 255, 205, 215, 1.0),
        Palette("violet", 290, 255, 330, 1.0),
        Palette("sunset", 300, 20, 70, 1.0),
        Palette("forest", 155, 190, 110, 0.9),
        Palette("ember", 35, 15, 80, 1.0),
        Palette("teal", 195, 235, 75, 0.9),
        Palette("rose", 355, 320, 40, 0.95),
        Palette("indigo", 270, 230, 85, 1.05),
        Palette("gold", 85, 55, 260, 0.9),
        Palette("berry", 330, 290, 190, 1.0),
        Palette("slate", 255, 240, 60, 0.35, warm_paper=False),
        Palette("mono", 260, 260, 25, 0.06, warm_paper=False),
    )
}


def palette_named(name: str) -> Palette:
    """A palette by name or made of hex codes, with modifiers: ``ocean``, ``#1a2b3c#ffcc00``, ``rose+pastel+dark``.

    Of two codes the second is the accent; of three the second accompanies and the third is the accent.
    """
    base, *extras = name.lower().split("+")
    palette = PALETTES.get(base) or _from_codes(base)
    if "pastel" in extras:
        palette = replace(palette, chroma=palette.chroma * 0.72, pastel=True)
    if "muted" in extras:
        palette = replace(palette, chroma=palette.chroma * 0.5)
    if "vivid" in extras:
        palette = replace(palette, chroma=palette.chroma * 1.25)
    return replace(palette, name=name, dark="dark" in extras)


def _from_codes(text: str) -> Palette:
    codes = _HEX.findall(text)
    if not codes:
        return PALETTES["ocean"]
    colours = [to_oklch((int(c[1:3], 16), int(c[3:5], 16), int(c[5:7], 16))) for c in codes[:3]]
    main = colours[0][2]
    second = colours[1][2] if len(colours) > 2 else (main - 12) % 360
    accent = colours[-1][2] if len(colours) > 1 else (main + 150) % 360
    strength = min(1.15, max(0.06, colours[0][1] / 0.14))
    return Palette(text, main, second, accent, strength, warm_paper=strength > 0.5)
