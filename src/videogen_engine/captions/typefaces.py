"""Which bundled font writes which characters of a caption, and which characters none of them can write."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from videogen_engine.bundled_assets import FontFile, font_files, font_for, font_for_text

DEFAULT_FAMILY = "Inter"

#: Words in a font's name that tell what kind of letters it has.
_KINDS = (
    (("mono", "code", "courier", "consol"), "JetBrains Mono"),
    (("serif", "times", "georgia", "garamond", "playfair", "baskerville", "merriweather", "bodoni"), "Fraunces"),
    (("hand", "script", "marker", "comic", "brush"), "Caveat"),
    (("condensed", "impact", "oswald", "bebas", "league"), "Bebas Neue"),
)
#: Ranges of scripts whose letters join, stack or reorder, and of scripts written right to left.
_COMPLEX = ((0x0590, 0x08FF), (0x0900, 0x109F), (0x1780, 0x17FF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFF))
#: Words of a character's Unicode name that follow the name of its script.
_KINDS_OF_LETTER = frozenset(
    {"LETTER", "SYLLABLE", "SYLLABICS", "CAPITAL", "SMALL", "SIGN", "VOWEL", "DIGIT", "IDEOGRAPH"}
)
#: Categories of signs that belong to no script of their own.
_SIGNS = frozenset({"So", "Sk", "Sm", "Cn", "Co"})


@dataclass(frozen=True)
class Run:
    """Characters that one font writes."""

    font: FontFile
    text: str


def family_for(name: str | None) -> tuple[str, str | None]:
    """The bundled family for a wanted one, and a warning when it is another."""
    families = _families()
    if name is None or not name.strip():
        return DEFAULT_FAMILY, None
    wanted = name.strip()
    exact = families.get(_key(wanted))
    if exact is not None:
        return exact, None
    close = get_close_matches(_key(wanted), list(families), n=1, cutoff=0.82)
    kind = next((family for words, family in _KINDS if any(word in wanted.lower() for word in words)), None)
    if "sans" in wanted.lower() and kind == "Fraunces":
        kind = None
    chosen = DEFAULT_FAMILY
    if close:
        chosen = families[close[0]]
    elif kind is not None and kind in families.values():
        chosen = kind
    shown = wanted if len(wanted) <= 40 else wanted[:39] + "…"
    return chosen, f"The font {shown!r} is not bundled; captions are set in {chosen}."


def is_complex(text: str) -> bool:
    """Whether the text needs shaping: joined or stacked letters, combining marks, right to left."""
    return any(
        any(low <= ord(char) <= high for low, high in _COMPLEX) or unicodedata.category(char)[0] == "M" for char in text
    )


def is_rtl(text: str) -> bool:
    """Whether the first strong character runs right to left."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in {"R", "AL"}:
            return True
        if kind == "L":
            return False
    return False


def has_ltr(text: str) -> bool:
    """Whether the first strong character runs left to right."""
    return any(unicodedata.bidirectional(char) in {"L", "R", "AL"} for char in text) and not is_rtl(text)


def runs(text: str, family: str, weight: int, language: str) -> list[Run]:
    """The text cut where the font changes. Characters that no font has are left out."""
    found: list[Run] = []
    for char in text:
        font = _font_of(char, family, weight, language)
        if font is None:
            continue
        if found and found[-1].font is font:
            found[-1] = Run(font, found[-1].text + char)
        else:
            found.append(Run(font, char))
    return found


@lru_cache(maxsize=4096)
def lettering(text: str, family: str, weight: int, language: str) -> tuple[FontFile, ...]:
    """The fonts for a text that must be shaped whole: the best one first, then what it lacks."""
    letters = "".join(char for char in dict.fromkeys(text) if char.isalnum()) or text
    lead = font_for_text(letters, family=family, weight=weight, language=language)
    fonts = [lead]
    for char in lead.missing(text):
        helper = _font_of(char, family, weight, language)
        if helper is not None and helper not in fonts:
            fonts.append(helper)
    return tuple(fonts)


def missing_scripts(texts: Iterable[str], family: str, weight: int, language: str) -> tuple[str, ...]:
    """One sentence for each script of which no bundled font has the glyphs, naming the font to add."""
    lacking: dict[str, str] = {}
    for char in dict.fromkeys(char for text in texts for char in text):
        if _font_of(char, family, weight, language) is None:
            script = _script_name(char)
            lacking.setdefault(script, "")
            if len(lacking[script]) < 5:
                lacking[script] += char
    return tuple(_sentence(script, sample) for script, sample in lacking.items())


def _sentence(script: str, sample: str) -> str:
    if script == "Emoji":
        return (
            f"Captions leave out emoji and signs that no bundled font has ({sample}); add the font Noto Emoji to "
            "show them."
        )
    return (
        f"No bundled font has {script} letters ({sample}), so captions leave them out; add the font Noto Sans {script}."
    )


def _script_name(char: str) -> str:
    """The script of a character, from its Unicode name ("CHEROKEE LETTER A" → "Cherokee")."""
    if unicodedata.category(char) in _SIGNS:
        return "Emoji"
    name = unicodedata.name(char, "UNKNOWN")
    head: list[str] = []
    for word in name.split():
        if (
            word in {"LETTER", "SYLLABLE", "CAPITAL", "SMALL", "SIGN", "VOWEL", "DIGIT", "IDEOGRAPH", "SYLLABICS"}
            or "-" in word
        ):
            break
        head.append(word)
    return " ".join(part.capitalize() for part in head) or "unknown"


@lru_cache(maxsize=4096)
def _font_of(char: str, family: str, weight: int, language: str) -> FontFile | None:
    first = font_for(family, weight)
    if first.covers(char):
        return first
    helper = font_for_text(char, family=family, weight=weight, language=language)
    return helper if helper.covers(char) else None


@lru_cache(maxsize=1)
def _families() -> dict[str, str]:
    return {_key(font.family): font.family for font in font_files()}


def _key(name: str) -> str:
    return "".join(char for char in name.lower() if char.isalnum())
