"""Makes script text fit to be shown: no characters that cannot be drawn, no stray spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from videogen_engine.bundled_assets import font_for
from videogen_engine.visuals.faces import unwritable
from videogen_engine.visuals.text_art import bare

_SYMBOLS = {"So", "Sk", "Sm", "Sc", "Po", "No"}
_NEVER = {"Cc", "Cs", "Co", "Cn"}
_SCRIPTS = re.compile(r"^([A-Z]+(?: [A-Z]+)?)")


def showable(text: str) -> str:
    """``text`` without controls, lone surrogates, and symbols (emoji) that lettering has no glyph for."""
    inter = font_for("Inter", 700)
    kept: list[str] = []
    for char in unicodedata.normalize("NFC", text[:2000]):
        kind = unicodedata.category(char)
        if char.isspace():
            kept.append(" ")
        elif (
            kind in _NEVER
            or 0xFE00 <= ord(char) <= 0xFE0F
            or 0x1F000 <= ord(char) <= 0x1FAFF
            or (kind in _SYMBOLS and ord(char) > 0x2000 and not inter.covers(char))
        ):
            continue
        else:
            kept.append(char)
    return " ".join("".join(kept).split())


def missing_scripts(texts: Iterable[str]) -> tuple[str, ...]:
    """Names of scripts in ``texts`` that no bundled font can write, in order of appearance."""
    names: dict[str, None] = {}
    for char in unwritable("".join(texts)[:20000]):
        name = unicodedata.name(char, "UNKNOWN CHARACTER")
        names[name.split(" LETTER")[0].split(" SYLLABLE")[0].split(" IDEOGRAPH")[0].title()] = None
    return tuple(names)


def accent_words(headline: str, phrases: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Words of the headline to point out: those of the key phrases' ends, at most ``most``, never all of them."""
    words = [bare(word) for word in headline.split()]
    distinct = [word for word in dict.fromkeys(words) if len(word) > 2 or not word.isascii()]
    limit = min(most, max(1, (len(words) + 1) // 2) if len(words) > 1 else 0)
    found: list[str] = []
    for phrase in phrases:
        parts = [bare(part) for part in phrase.split()]
        hit = next((part for part in reversed(parts) if part in distinct and part not in found), None)
        if hit is not None:
            found.append(hit)
        if len(found) >= limit:
            break
    if not found and limit:
        found = sorted(distinct, key=len, reverse=True)[:1]
    return tuple(found)
