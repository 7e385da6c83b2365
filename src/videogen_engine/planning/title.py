"""A title of at most sixty characters for the project and its file."""

from __future__ import annotations

import re
from collections.abc import Sequence

from videogen_engine.planning.blocks import BlockKind
from videogen_engine.planning.lexicon import Lexicon
from videogen_engine.planning.model import PlannedScene
from videogen_engine.planning.pieces import Piece
from videogen_engine.planning.tokens import bare, capitalised, unspaced

TITLE_LENGTH = 60

_TRAILING = " .,;:!…。，、！।۔،؛\"'”’»)]-–—"


def make_title(script: str, pieces: Sequence[Piece], scenes: Sequence[PlannedScene], lexicon: Lexicon) -> str:
    """The script's own title if it has one (a heading, a short first line), else its first question or headline."""
    first = pieces[0]
    text = bare(script[first.start : first.end])
    own = first.kind is BlockKind.HEADING or (
        len(text) <= TITLE_LENGTH and len(pieces) > 1 and pieces[1].paragraph != first.paragraph and text[-1:].isalnum()
    )
    if own:
        return _fitted(text, lexicon)
    if len(text) <= TITLE_LENGTH and text.endswith(("?", "？", "؟")):
        return text
    if scenes and len(scenes[0].headline.split()) >= 2:
        return _fitted(scenes[0].headline, lexicon)
    return _fitted(text, lexicon)


def _fitted(text: str, lexicon: Lexicon) -> str:
    """Cut at a clause, else at a word, never behind a function word; a title keeps its question mark."""
    text = text.strip()
    if len(text) > TITLE_LENGTH:
        clause = re.match(rf".{{20,{TITLE_LENGTH - 1}}}(?=[,;:—–.!?،]\s)", text)
        text = clause.group() if clause else text[:TITLE_LENGTH]
        if not clause and " " in text and not unspaced(text):
            parts = text.split(" ")[:-1]
            while len(parts) > 1 and parts[-1].lower() in lexicon.closed:
                parts.pop()
            text = " ".join(parts)
    stripped = text.rstrip(_TRAILING) or text
    return capitalised(stripped[:TITLE_LENGTH])


def shortened(text: str) -> str:
    """A line of at most as many characters as a title may have, cut at a word."""
    line = " ".join(text.split())
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
