"""One sentence, read: its words and what kind of sentence it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from videogen_engine.planning.blocks import BlockKind
from videogen_engine.planning.comparisons import find_comparison
from videogen_engine.planning.figures import Figure, find_figure
from videogen_engine.planning.fronts import without_openers
from videogen_engine.planning.keyphrases import key_phrases, key_phrases_unspaced
from videogen_engine.planning.lexicon import Lexicon
from videogen_engine.planning.lists import Listing, find_list
from videogen_engine.planning.model import Phrase, Structure
from videogen_engine.planning.quotes import Quote, find_quote
from videogen_engine.planning.steps import StepCue
from videogen_engine.planning.tokens import Token, unspaced

_QUESTION_ENDS = ("?", "？", "؟", "⁇", "⁈")
_CLOSING = "\"'”’»)]}」』）】 \u00a0\u202f*_"
#: A quotation makes the picture when it fills at least this part of its sentence.
_QUOTE_SHARE = 0.4
#: A figure makes the picture from this worth on.
_FIGURE_WORTH = 3


@dataclass(frozen=True)
class Reading:
    """``items`` are those of the list or the comparison; ``cue_words`` leading words are a step's cue."""

    start: int
    end: int
    kind: BlockKind
    words: tuple[Token, ...]
    structure: Structure
    items: tuple[Phrase, ...] = ()
    listing: Listing | None = None
    figure: Figure | None = None
    quote: Quote | None = None
    step: StepCue | None = None
    keys: tuple[Phrase, ...] = field(default_factory=tuple)

    @property
    def cue_words(self) -> int:
        return self.step.words if self.step is not None and self.structure is Structure.STEP else 0


def read(
    script: str,
    words: tuple[Token, ...],
    span: tuple[int, int],
    kind: BlockKind,
    step: StepCue | None,
    frequent: Counter[str],
    lexicon: Lexicon,
) -> Reading:
    """The strongest structure of a sentence. ``step`` is its step cue when the script really counts steps."""
    start, end = span
    topical = without_openers(words[step.words :] if step is not None else words, lexicon)
    keys = (
        key_phrases_unspaced(script, start, end)
        if unspaced(script[start:end])
        else key_phrases(script, topical, frequent, lexicon)
    )
    found = Reading(start, end, kind, words, Structure.STATEMENT, step=step, keys=keys)
    quote = find_quote(script, start, end, lexicon)
    figure = find_figure(script, words, lexicon)
    listing = find_list(script, words, lexicon)
    compared = None if listing else find_comparison(script, words, lexicon)
    parts = _Parts(quote, figure, listing, compared)
    return _with_structure(found, parts, script[start:end])


@dataclass(frozen=True)
class _Parts:
    quote: Quote | None
    figure: Figure | None
    listing: Listing | None
    compared: tuple[Phrase, Phrase] | None


def _with_structure(found: Reading, parts: _Parts, text: str) -> Reading:
    structure = Structure.STATEMENT
    items: tuple[Phrase, ...] = parts.listing.items if parts.listing else (parts.compared or ())
    if found.step is not None:
        structure = Structure.STEP
    elif parts.quote is not None and parts.quote.share >= _QUOTE_SHARE:
        structure = Structure.QUOTE
    elif text.rstrip(_CLOSING).endswith(_QUESTION_ENDS):
        structure = Structure.QUESTION
    elif parts.listing is not None:
        structure = Structure.LIST
    elif parts.compared is not None:
        structure = Structure.COMPARISON
    elif parts.figure is not None and parts.figure.worth >= _FIGURE_WORTH:
        structure = Structure.STATISTIC
    return Reading(
        start=found.start,
        end=found.end,
        kind=found.kind,
        words=found.words,
        structure=structure,
        items=items,
        listing=parts.listing,
        figure=parts.figure,
        quote=parts.quote if structure is Structure.QUOTE else None,
        step=found.step,
        keys=found.keys,
    )
