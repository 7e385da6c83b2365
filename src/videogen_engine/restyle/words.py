"""A prompt read for styles: which of the catalogue's it names, how strongly, and what it says in vain."""

from __future__ import annotations

import re
from typing import Final

from videogen_agents.errors import InputError
from videogen_engine.frozen import Frozen
from videogen_engine.restyle.catalogue import STYLES
from videogen_engine.restyle.model import Treatment

LONGEST_PROMPT: Final = 4000
#: Styles beyond this many are left out: each is another pass over every frame.
MOST_STYLES: Final = 5
_STRENGTHS: Final = {
    0.55: "subtle slight slightly light lightly gentle gently mild mildly hint touch bit little faint faintly softly",
    1.5: "strong strongly heavy heavily very extreme extremely intense intensely bold boldly deep deeply super really",
}
_BY_WORD: Final = {word: strength for strength, words in _STRENGTHS.items() for word in words.split()}
#: A word of strength counts for a style at most this many words behind it.
_REACH: Final = 3
_NOT: Final = frozenset(["no", "not", "without", "never", "non", "avoid", "minus", "less", "isnt", "dont"])
_JOINS: Final = frozenset(["and", "with", "plus", "but", "then", ",", ";", "."])
#: What says no more than that the video shall be restyled.
_PLAIN: Final = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "it",
        "its",
        "my",
        "our",
        "your",
        "of",
        "in",
        "into",
        "to",
        "as",
        "like",
        "look",
        "looks",
        "looking",
        "style",
        "styled",
        "style",
        "stylise",
        "stylize",
        "stylised",
        "stylized",
        "restyle",
        "make",
        "made",
        "turn",
        "transform",
        "convert",
        "change",
        "give",
        "video",
        "clip",
        "footage",
        "film",
        "movie",
        "scene",
        "picture",
        "effect",
        "effects",
        "filter",
        "filters",
        "feel",
        "vibe",
        "mood",
        "colours",
        "colors",
        "colour",
        "color",
        "tones",
        "tone",
        "grade",
        "grading",
        "add",
        "apply",
        "use",
        "please",
        "want",
        "would",
        "should",
        "be",
        "is",
        "if",
        "from",
        "all",
        "whole",
        "entire",
        "everything",
        "and",
        "with",
        "some",
        "more",
        "on",
        "at",
        "by",
        "for",
        "art",
        "version",
        "were",
        "was",
        "i",
        "me",
        "we",
        "so",
        "just",
        "look-alike",
    ]
)
_TOKEN: Final = re.compile(r"[a-z0-9]+(?:[&'’][a-z0-9]+)*|[,;.]|&")


class ReadPrompt(Frozen):
    """``treatments`` in the order in which their filters run. ``in_vain`` are words that changed nothing."""

    treatments: tuple[Treatment, ...]
    in_vain: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """The styles as people say them."""
        return ", ".join(map(_told, self.treatments))


def read_prompt(prompt: str) -> ReadPrompt:
    """Raises InputError for a prompt that names no style, saying which there are."""
    tokens = [token.replace("'", "").replace("’", "") for token in _TOKEN.findall(prompt.casefold().replace("-", " "))]
    found: dict[str, float] = {}
    refused: set[str] = set()
    spent: set[int] = set()
    at = 0
    while at < len(tokens):
        hit = _longest(tokens, at)
        if hit is None:
            at += 1
            continue
        name, length = hit
        behind = _before(tokens, at, spent)
        spent.update(range(at, at + length))
        spent.update(place for place in behind if tokens[place] in _BY_WORD or tokens[place] in _NOT)
        words = [tokens[place] for place in behind]
        if any(word in _NOT for word in words):
            refused.add(name)
        else:
            strengths = [_BY_WORD[word] for word in words if word in _BY_WORD]
            strength = min(strengths) if 0.55 in strengths else max(strengths, default=1.0)
            found[name] = max(strength, found.get(name, 0.0))
        at += length
    wanted = [name for name in found if name not in refused]
    if not wanted:
        raise _unknown(prompt)
    left_out = tuple(wanted[MOST_STYLES:])
    treatments = sorted(
        (Treatment(style=name, strength=found[name]) for name in wanted[:MOST_STYLES]),
        key=lambda treatment: STYLES[treatment.style].turn,
    )
    vain = [
        token
        for place, token in enumerate(tokens)
        if place not in spent and token not in _PLAIN and token not in _BY_WORD and token not in _NOT and len(token) > 1
    ]
    return ReadPrompt(treatments=tuple(treatments), in_vain=tuple(dict.fromkeys(vain)), left_out=left_out)


def _longest(tokens: list[str], at: int) -> tuple[str, int] | None:
    """The style whose phrase begins at ``at``, and how many words it has: the longest of all."""
    best: tuple[str, int] | None = None
    for name, phrases in _PHRASES.items():
        for phrase in phrases:
            length = len(phrase)
            if tuple(tokens[at : at + length]) == phrase and (best is None or length > best[1]):
                best = name, length
    return best


def _before(tokens: list[str], at: int, spent: set[int]) -> list[int]:
    """Places of the words in front of a style that may say how much of it is wanted."""
    places: list[int] = []
    for place in range(at - 1, max(-1, at - 1 - _REACH), -1):
        if tokens[place] in _JOINS or place in spent:
            break
        places.append(place)
    return places


def _told(treatment: Treatment) -> str:
    how = "subtle " if treatment.strength < 1 else "strong " if treatment.strength > 1 else ""
    return f"{how}{treatment.style}"


def _unknown(prompt: str) -> InputError:
    shown = " ".join(prompt.split())
    shown = shown if len(shown) <= 80 else shown[:79].rstrip() + "…"
    return InputError(
        f"The prompt “{shown}” names no style that can be made here. Videos are restyled by filters, which are: "
        f"{', '.join(STYLES)}.",
        code="unknown_style",
        next_step="Name one or several of these styles, for example “subtle watercolour, warm”. Any other restyling "
        "needs a video model: VideoGen's hosted backend has one (set VIDEOGEN_API_KEY).",
    )


_PHRASES: Final = {
    style.name: tuple(tuple(_TOKEN.findall(phrase)) for phrase in style.words) for style in STYLES.values()
}
