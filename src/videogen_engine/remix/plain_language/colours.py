"""Colours by name, code or components."""

from __future__ import annotations

import re
from typing import Final

from videogen_agents.contract import RgbColor

_NAMED: Final = {
    "yellow": "ffd600", "white": "ffffff", "black": "000000", "red": "dc2626", "blue": "2563eb", "green": "16a34a",
    "orange": "f97316", "pink": "ec4899", "purple": "9333ea", "violet": "7c3aed", "gold": "d4a017", "golden": "d4a017",
    "cyan": "06b6d4", "turquoise": "14b8a6", "teal": "0d9488", "grey": "808080", "gray": "808080", "silver": "c0c0c0",
    "brown": "92400e", "beige": "c8ad7f", "cream": "fff4d6", "magenta": "d946ef", "lime": "84cc16", "navy": "1e3a8a",
    "maroon": "7f1d1d", "olive": "84802e", "coral": "fb7185", "amber": "f59e0b", "mint": "34d399", "crimson": "be123c",
    "lavender": "a78bfa", "indigo": "4f46e5", "rose": "f43f5e", "salmon": "fa8072", "peach": "ffcba4",
}  # fmt: skip
_TINTS: Final = {"light": 0.5, "pale": 0.6, "bright": 0.15, "dark": -0.4, "deep": -0.3}
COLOUR_WORDS: Final = (*_NAMED, *_TINTS)
#: A colour in a pattern.
COLOUR: Final = (
    rf"(?:(?:(?:{'|'.join(_TINTS)})[ -])?(?:{'|'.join(sorted(_NAMED, key=len, reverse=True))})"
    r"|#(?:[0-9a-f]{6}|[0-9a-f]{3})\b|rgb ?\( ?\d{1,3} ?, ?\d{1,3} ?, ?\d{1,3} ?\))"
)


def colour(text: str) -> RgbColor | None:
    """None for what is no colour."""
    said = text.lower().strip()
    if (code := re.fullmatch(r"#([0-9a-f]{3}|[0-9a-f]{6})", said)) is not None:
        return _of_hex(code[1] if len(code[1]) == 6 else "".join(2 * digit for digit in code[1]))
    if (parts := re.fullmatch(r"rgb ?\( ?(\d{1,3}) ?, ?(\d{1,3}) ?, ?(\d{1,3}) ?\)", said)) is not None:
        red, green, blue = (int(part) for part in parts.groups())
        return RgbColor(red=red, green=green, blue=blue) if max(red, green, blue) <= 255 else None
    tint, _, name = said.replace("-", " ").rpartition(" ")
    if name not in _NAMED or (tint and tint not in _TINTS):
        return None
    plain = _of_hex(_NAMED[name])
    shift = _TINTS.get(tint, 0.0)
    towards = 255 if shift > 0 else 0
    red, green, blue = (round(part + (towards - part) * abs(shift)) for part in (plain.red, plain.green, plain.blue))
    return RgbColor(red=red, green=green, blue=blue)


def _of_hex(code: str) -> RgbColor:
    red, green, blue = bytes.fromhex(code)
    return RgbColor(red=red, green=green, blue=blue)
