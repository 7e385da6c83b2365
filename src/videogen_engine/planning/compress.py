"""A clause is shortened until it fits a headline, losing first what matters least."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from videogen_engine.planning.lexicon import Lexicon
from videogen_engine.planning.lexicon.english_verbs import BASE_FORMS, GERUNDS, INTRANSITIVE, PAST_FORMS
from videogen_engine.planning.nouns import starts_verb, verb_index
from videogen_engine.planning.tokens import Token

HEADLINE_WORDS = 6

Words = tuple[Token, ...]

_KEPT_LY = frozenset(
    [
        "only",
        "early",
        "family",
        "supply",
        "reply",
        "apply",
        "july",
        "italy",
        "friendly",
        "likely",
        "lovely",
        "elderly",
        "weekly",
        "daily",
        "monthly",
        "yearly",
        "hourly",
        "fly",
        "rely",
        "multiply",
        "imply",
        "curly",
    ]
)
_COPULAS = frozenset(["is", "are", "was", "were"])


def shortened(words: Words, lexicon: Lexicon) -> Words | None:
    """At most six words that still make a complete phrase, or None. Tried from the mildest cut on."""
    if fits(words, lexicon):
        return words
    current = words
    for cut in _CUTS:
        for _ in range(6):
            shorter = cut(current, lexicon)
            if len(shorter) == len(current) or len(shorter) < 2:
                break
            current = shorter
            if fits(current, lexicon):
                return current
    return None


def fits(words: Sequence[Token], lexicon: Lexicon) -> bool:
    return 1 <= len(words) <= HEADLINE_WORDS and complete(words, lexicon)


def complete(words: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether a phrase can stand alone: it ends in a word of substance and its verb has what it needs."""
    last = words[-1].lower
    if last in lexicon.closed and last not in lexicon.finals:
        return False
    if lexicon.code != "en":
        return True
    index = verb_index(words, lexicon)
    dangling = index is not None and index == len(words) - 1 and len(words) > 1
    if dangling and last not in INTRANSITIVE and words[-2].lower not in lexicon.negations:
        return False
    return not (len(words) > 2 and last in _NEEDY)


_NEEDY = frozenset(
    [
        "make",
        "makes",
        "made",
        "need",
        "needs",
        "want",
        "wants",
        "become",
        "becomes",
        "called",
        "known",
        "expected",
        "likely",
    ]
)


def main_clause(words: Words, lexicon: Lexicon) -> Words:
    """Up to the first mark or subordinator that ends the first clause."""
    for index, word in enumerate(words):
        if index >= 1 and word.lower in lexicon.subordinators and _subordinates(words, index, lexicon):
            return words[:index]
        if word.ends_list:
            return words[: index + 1]
        if word.comma and index >= 1 and not _list_comma(words, index, lexicon):
            return words[: index + 1]
    return words


def _subordinates(words: Words, index: int, lexicon: Lexicon) -> bool:
    lower = words[index].lower
    before = words[index - 1]
    following = words[index + 1].lower if index + 1 < len(words) else ""
    if lexicon.code == "en":
        if lower == "that":
            return before.lower not in _OPINIONS
        if lower == "as" and following in {"soon", "long", "far"}:
            return True
        if lower == "as":
            paired = any(
                word.lower == "as" for word in (*words[max(0, index - 4) : index], *words[index + 1 : index + 4])
            )
            return not paired and before.lower not in lexicon.multiples
        if lower in {"how", "so", "once", "like"}:
            return lower != "how" and before.lower != "at" and (before.comma or lower != "so")
        if lower == "than":
            return False
    if lower in {"die", "der", "das", "como", "wie", "als"}:
        return before.comma
    if lower in {"before", "after", "since", "until", "till", "que", "qui", "bis"}:
        return True
    return before.lower not in lexicon.prepositions


_OPINIONS = frozenset(
    [
        "believe",
        "believed",
        "believes",
        "think",
        "thought",
        "thinks",
        "hope",
        "hoped",
        "fear",
        "feared",
        "said",
        "say",
        "says",
    ]
)


def _list_comma(words: Words, index: int, lexicon: Lexicon) -> bool:
    """Whether the comma stands between members: a conjunction follows within a few short members."""
    for place in range(index + 1, min(len(words), index + 7)):
        word = words[place]
        if word.lower in lexicon.conjoiners:
            following = words[place + 1 : place + 2]
            opens_clause = bool(following) and following[0].lower in lexicon.pronouns | lexicon.determiners
            return not (place == index + 1 and opens_clause)
        if word.ends_list:
            return False
    return False


def _drop_fillers(words: Words, lexicon: Lexicon) -> Words:
    for index, word in enumerate(words):
        filler = word.lower in lexicon.fillers or (lexicon.code == "en" and _is_ly(word))
        if words[index - 1].lower in {"as", "more", "most", "less", "least", "not"}:
            continue
        if filler and index and not word.closes and index + 1 < len(words):
            return words[:index] + words[index + 1 :]
    for index, word in enumerate(words[:-1]):
        amount = words[index + 1]
        if word.lower in lexicon.articles:
            continue
        if word.lower in lexicon.approximations and amount.numeric and ":" not in amount.text and index:
            return words[:index] + words[index + 1 :]
    return words


def _is_ly(word: Token) -> bool:
    return word.lower.endswith("ly") and len(word.lower) > 4 and word.lower not in _KEPT_LY


def _drop_complementizer(words: Words, lexicon: Lexicon) -> Words:
    for index in range(2, len(words) - 2):
        if lexicon.code == "en" and words[index].lower == "that" and words[index - 1].lower in _OPINIONS:
            return words[:index] + words[index + 1 :]
    return words


def _drop_last_qualifier(words: Words, lexicon: Lexicon) -> Words:
    """Without the last prepositional phrase, "of" and "per" phrases excepted."""
    for index in range(len(words) - 1, 1, -1):
        lower = words[index].lower
        if lower not in lexicon.prepositions or lower in lexicon.of or lower == "per":
            continue
        if words[index].after or index == len(words) - 1:
            continue
        infinitive = lower == "to" and words[index + 1].lower in BASE_FORMS
        if infinitive or (lower == "as" and words[index - 1].lower in lexicon.multiples):
            continue
        kept = _trimmed(words[:index], lexicon)
        verb_last = verb_index(kept, lexicon) == len(kept) - 1 and kept[-1].lower not in INTRANSITIVE
        if len(kept) >= 2 and not verb_last and kept[-1].lower not in lexicon.closed - lexicon.finals:
            return kept
    return words


def _trimmed(words: Words, lexicon: Lexicon) -> Words:
    while len(words) > 2 and words[-1].lower in lexicon.prepositions | lexicon.conjunctions | {"as", "just", "even"}:
        words = words[:-1]
    return words


def _drop_conjunct(words: Words, lexicon: Lexicon) -> Words:
    """Without "and …" at the end."""
    for index in range(len(words) - 1, 1, -1):
        if words[index - 1].lower in ROUND_NUMBERS:
            return words
        if words[index].lower in lexicon.conjoiners and words[index - 1].lower not in lexicon.closed:
            before = words[:index]
            return before if not any(word.comma for word in before[-3:-1]) else words
    return words


def _drop_trailing_adjunct(words: Words, lexicon: Lexicon) -> Words:
    """Without a closing "every day", "a few days later", or a gerund clause."""
    tail = [word.lower for word in words[-2:]]
    if len(words) > 4 and tail[-1] in lexicon.times | lexicon.months and tail[0] in _EACH:
        return words[:-2]
    if len(words) > 5 and tail[-1] in {"later", "ago", "später", "después"} and tail[0] in lexicon.times:
        size = 4 if words[-4].lower in {"a", "vor"} else 3
        return words[:-size] if len(words) - size >= 2 else words
    for index in range(len(words) - 1, 2, -1):
        if lexicon.code == "en" and words[index].lower in GERUNDS and words[index - 1].comma:
            return words[:index]
    return words


#: "A hundred and twelve" is one number.
ROUND_NUMBERS = frozenset(["hundred", "thousand", "million"])
_EACH = frozenset(["every", "each", "last", "next", "this", "chaque", "cada", "jeden", "jede", "jedes", "am", "on"])


def _drop_copula(words: Words, lexicon: Lexicon) -> Words:
    """ "Repairs are expected to …" → "Repairs expected to …"; before an article the copula becomes a colon."""
    if lexicon.code != "en":
        return words
    for index in range(1, len(words) - 1):
        if words[index].lower not in _COPULAS:
            continue
        following = words[index + 1].lower
        if following in PAST_FORMS:
            return words[:index] + words[index + 1 :]
        if following in lexicon.articles and words[0].lower not in lexicon.pronouns and not words[index - 1].after:
            last = words[index - 1]
            return (*words[: index - 1], replace(last, after=":"), *words[index + 1 :])
        return words
    return words


def _drop_last_of(words: Words, lexicon: Lexicon) -> Words:
    """Without a closing "of …", unless it says what is really meant or how much."""
    for index in range(len(words) - 1, 1, -1):
        lower = words[index].lower
        if lower in lexicon.of:
            tail = words[index + 1 :]
            kept = words[index - 1].lower in lexicon.containers or any(word.numeric for word in tail)
            return words if kept or index < 2 else words[:index]
        if starts_verb(words, index, lexicon):
            return words
    return words


def _drop_inner_articles(words: Words, lexicon: Lexicon) -> Words:
    if lexicon.code != "en":
        return words
    kept = tuple(
        word
        for index, word in enumerate(words)
        if word.lower not in lexicon.articles or not index or words[index - 1].numeric
    )
    if len(kept) < len(words):
        return kept
    return words[1:] if words[0].lower in lexicon.articles | {"many", "most", "some"} else words


def _drop_rate(words: Words, lexicon: Lexicon) -> Words:
    """Without "per share" behind an amount of money."""
    if len(words) > 3 and words[-2].lower == "per" and any(char in "$€£¥₹" for char in words[-3].text):
        return words[:-2]
    return words


def _drop_inner_qualifier(words: Words, lexicon: Lexicon) -> Words:
    """German keeps its verb at the end, so what goes is a short phrase in the middle: "im Herbst"."""
    if lexicon.code != "de":
        return words
    for index in range(len(words) - 3, 0, -1):
        if words[index].lower in lexicon.prepositions and words[index + 1].capital and not words[index + 1].after:
            return words[:index] + words[index + 2 :]
    return words


_CUTS: tuple[Callable[[Words, Lexicon], Words], ...] = (
    _drop_fillers,
    _drop_inner_qualifier,
    _drop_complementizer,
    _drop_trailing_adjunct,
    _drop_last_qualifier,
    _drop_conjunct,
    _drop_copula,
    _drop_last_of,
    _drop_inner_articles,
    _drop_rate,
)
