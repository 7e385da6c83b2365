"""Where a caption, or a line of one, may end: after marks gladly, after small words never gladly."""

from __future__ import annotations

import unicodedata

from videogen_engine.planning.lexicon import Lexicon

_SENTENCE = frozenset(".!?…。！？؟۔।॥")
_CLAUSE = frozenset(",;:—–،؛、，；：")
_CLOSERS = "\"'”’»)]}」』）】"
#: Marks that may not begin a line, and that may not end one (Japanese and Chinese line rules).
_NOT_FIRST = frozenset("、。，．：；？！）］｝」』】〉》ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.;:!?)]}”’»…%")
_NOT_LAST = frozenset("（［｛「『【〈《([{“‘«¿¡„")

#: Costs of a break behind a word, from best to worst.
SENTENCE, CLAUSE, PAUSE, BEFORE_SMALL, PLAIN, AFTER_SMALL, FORBIDDEN = 0.0, 0.5, 0.9, 1.1, 1.7, 3.2, 40.0


def ends_sentence(text: str) -> bool:
    """Whether a word closes a sentence; a dotted number or abbreviation of one letter does not."""
    core = text.rstrip(_CLOSERS)
    return core[-1:] in _SENTENCE and not (core.endswith(".") and len(core) <= 2)


def break_cost(word: str, following: str, gap: float, glued: bool, lexicon: Lexicon) -> float:
    """The cost of ending a cue or line behind ``word``; ``gap`` is the pause (s) before ``following``."""
    if following[:1] in _NOT_FIRST or word[-1:] in _NOT_LAST or unicodedata.category(following[:1])[0] == "M":
        return FORBIDDEN
    core = word.rstrip(_CLOSERS)
    if ends_sentence(word):
        return SENTENCE
    if core[-1:] in _CLAUSE:
        return CLAUSE
    if glued and not _written_without_spaces(word, following):
        return PLAIN + 0.6
    name = _bare(word)
    small = lexicon.articles | lexicon.determiners | lexicon.prepositions | lexicon.conjunctions | lexicon.auxiliaries
    if name in small or name.isdecimal():
        return AFTER_SMALL
    if gap > 0.25:
        return PAUSE
    after = _bare(following)
    if after in lexicon.conjunctions | lexicon.subordinators | lexicon.prepositions:
        return BEFORE_SMALL
    return PLAIN


def _bare(word: str) -> str:
    return word.strip("\"'“”‘’«»()[]{}.,;:!?…¿¡").lower()


def _written_without_spaces(word: str, following: str) -> bool:
    return word[-1:] > "\u2e80" and following[:1] > "\u2e80"
