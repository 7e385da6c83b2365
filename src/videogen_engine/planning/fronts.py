"""What may be taken from the front of a sentence before a headline is made of it."""

from __future__ import annotations

from functools import lru_cache

from videogen_engine.planning.compress import Words
from videogen_engine.planning.lexicon import Lexicon
from videogen_engine.planning.tokens import Token

_SOURCES = frozenset(
    [
        "researchers",
        "scientists",
        "experts",
        "officials",
        "engineers",
        "doctors",
        "studies",
        "study",
        "research",
        "report",
        "reports",
        "data",
        "survey",
        "surveys",
        "evidence",
        "findings",
        "analysts",
        "economists",
        "historians",
    ]
)
_FOUND = frozenset(
    [
        "say",
        "says",
        "said",
        "show",
        "shows",
        "showed",
        "find",
        "finds",
        "found",
        "report",
        "reports",
        "reported",
        "believe",
        "suggests",
        "suggest",
    ]
)


def without_label(words: Words, lexicon: Lexicon) -> Words:
    """Without "Warning:" at the front."""
    if len(words) > 2 and words[0].lower in lexicon.labels and words[0].after[:1] in {":", "!", "—", "–"}:
        return words[1:]
    return words


def without_asides(words: Words) -> Words:
    """Without what stands in brackets."""
    kept: list[Token] = []
    depth = 0
    for word in words:
        depth += sum(char in "([" for char in word.before)
        if depth <= 0:
            kept.append(word)
        depth = max(0, depth - sum(char in ")]" for char in word.after))
    return tuple(kept) or words


def without_openers(words: Words, lexicon: Lexicon) -> Words:
    """Without "So", "However,", "In fact," and the like, as often as they occur."""
    for _ in range(4):
        shorter = _without_phrase(words, lexicon.openers, lexicon)
        if len(shorter) == len(words) or len(shorter) < 2:
            break
        words = shorter
    return words


def without_claims(words: Words, lexicon: Lexicon) -> Words:
    """Without "scientists say that"; what people merely believe keeps its "people believe"."""
    shorter = _without_phrase(words, lexicon.claims, lexicon)
    if len(shorter) == len(words) and lexicon.code == "en":
        for index, word in enumerate(words[1:5], 1):
            following = words[index + 1].lower if index + 1 < len(words) else ""
            if word.lower in _FOUND and words[index - 1].lower in _SOURCES and following == "that":
                shorter = words[index + 2 :]
    return shorter if len(shorter) >= 2 else words


def without_duty(words: Words, lexicon: Lexicon) -> tuple[Words, bool]:
    """Without "you should", and whether it was there: what remains is a call to act."""
    shorter = _without_phrase(words, lexicon.duties, lexicon, alone=True)
    if 2 <= len(shorter) < len(words) and shorter[0].lower not in lexicon.negations:
        return shorter, True
    return words, False


def forbidden(words: Words, lexicon: Lexicon) -> Words:
    """What follows "you must not", "you cannot"; empty when nothing is forbidden."""
    if lexicon.code != "en" or len(words) < 4 or words[0].lower not in {"you", "we", "visitors", "people"}:
        return ()
    if words[1].lower in {"must", "should", "may", "can"} and words[2].lower == "not":
        return words[3:]
    if words[1].lower in {"cannot", "can't", "mustn't", "shouldn't"}:
        return words[2:]
    return ()


def introduction(words: Words, lexicon: Lexicon) -> tuple[Words, Words]:
    """The opening "When it is hot," or "In spring," or "Next year", and the rest."""
    taken: Words = ()
    for _ in range(3):
        first = words[0].lower if words else ""
        if first in {"next", "last", "this", "every"} and len(words) > 3 and words[1].lower in lexicon.times:
            taken, words = (*taken, *words[:2]), words[2:]
            continue
        if first not in lexicon.subordinators | lexicon.prepositions | lexicon.conjunctions:
            break
        if first in lexicon.question_words and words and words[-1].after[:1] in tuple("?？؟"):
            break
        comma = next((index for index, word in enumerate(words[:12]) if word.comma), None)
        if comma is None or len(words) - comma - 1 < 2:
            break
        if lexicon.code == "de" and not words[comma + 1].capital and first not in lexicon.conjunctions:
            break
        taken, words = (*taken, *words[: comma + 1]), words[comma + 1 :]
    return taken, words


def greets(words: Words, lexicon: Lexicon) -> bool:
    """Whether a sentence only says hello."""
    return bool(words) and len(words) <= 5 and all(word.lower in lexicon.greetings for word in words)


def _without_phrase(words: Words, phrases: tuple[str, ...], lexicon: Lexicon, *, alone: bool = False) -> Words:
    """Without the first phrase that ``words`` begin with; single words need a comma unless ``alone``."""
    if not words:
        return words
    for parts in _by_first_word(phrases).get(words[0].lower, ()):
        if tuple(word.lower for word in words[: len(parts)]) != parts:
            continue
        single = not alone and len(parts) == 1 and parts[0] not in lexicon.conjunctions
        if single and not words[0].after and parts[0] not in lexicon.fillers | _COMMALESS:
            continue
        return words[len(parts) :]
    return words


_COMMALESS = frozenset({"please", "bitte", "imagine", "suppose"})


@lru_cache(maxsize=64)
def _by_first_word(phrases: tuple[str, ...]) -> dict[str, list[tuple[str, ...]]]:
    """The phrases' words, by their first, in the given order."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        parts = tuple(phrase.replace(",", "").split())
        found.setdefault(parts[0], []).append(parts)
    return found
