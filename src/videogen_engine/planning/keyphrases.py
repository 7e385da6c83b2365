"""The phrases of a scene that carry its topic, with their places in the script."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from videogen_engine.planning.lexicon import Lexicon
from videogen_engine.planning.lexicon.english_verbs import BASE_FORMS, GERUNDS
from videogen_engine.planning.lexicon.model import words as vocabulary
from videogen_engine.planning.model import Phrase
from videogen_engine.planning.nouns import starts_verb
from videogen_engine.planning.tokens import Token, phrase

#: A scene shows at most this many, each of at most this many words.
MOST_PHRASES = 5
PHRASE_WORDS = 3

_KANJI_OR_KATAKANA = re.compile(r"[\u3400-\u9fff々]{2,6}|[\u30a1-\u30faー]{2,12}")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_HAN_FUNCTION = re.compile(
    r"[的了是在和与也都就不有我你他她它们这那一个上下来去着过吗呢吧把被从对为以而或但如果因为所以每]+"
)
_KANA = re.compile(r"[\u3040-\u30ff]")


def key_phrases(script: str, words: Sequence[Token], frequent: Counter[str], lexicon: Lexicon) -> tuple[Phrase, ...]:
    """Up to MOST_PHRASES runs of topic words in the order they are said.

    ``frequent`` counts words over the whole script: what returns is what the script is about.
    """
    runs = _runs(words, lexicon)
    scored: list[tuple[float, int, Sequence[Token]]] = []
    seen: set[str] = set()
    for order, run in enumerate(runs):
        name = " ".join(word.lower for word in run)
        if name in seen:
            continue
        seen.add(name)
        scored.append((_worth(run, frequent), order, run))
    chosen = sorted(sorted(scored, key=lambda item: (-item[0], item[1]))[:MOST_PHRASES], key=lambda item: item[1])
    return tuple(phrase(script, run) for _, _, run in chosen)


def key_phrases_unspaced(script: str, start: int, end: int) -> tuple[Phrase, ...]:
    """Runs of ideographs or katakana; Chinese runs are parted at function words."""
    japanese = bool(_KANA.search(script, start, end))
    found: list[tuple[int, int]] = []
    for match in (_KANJI_OR_KATAKANA if japanese else _HAN).finditer(script, start, end):
        if japanese:
            found.append(match.span())
        else:
            found.extend(_chinese_runs(script, *match.span()))
    chosen: list[tuple[int, int]] = []
    seen: set[str] = set()
    for left, right in found:
        if script[left:right] not in seen and right - left >= 2:
            seen.add(script[left:right])
            chosen.append((left, right))
    chosen = sorted(sorted(chosen, key=lambda span: (-min(span[1] - span[0], 4), span))[:MOST_PHRASES])
    return tuple(Phrase(text=script[left:right], start=left, end=right) for left, right in chosen)


def word_counts(words: Iterable[Token], lexicon: Lexicon) -> Counter[str]:
    """How often each topic word occurs."""
    return Counter(word.lower for word in words if word.lower not in lexicon.closed and len(word.text) > 1)


def _chinese_runs(script: str, start: int, end: int) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    at = start
    for match in _HAN_FUNCTION.finditer(script, start, end):
        if match.start() > at:
            runs.append((at, match.start()))
        at = match.end()
    if end > at:
        runs.append((at, end))
    return [(left, min(right, left + 6)) for left, right in runs]


def _runs(words: Sequence[Token], lexicon: Lexicon) -> list[list[Token]]:
    runs: list[list[Token]] = []
    current: list[Token] = []
    for index, word in enumerate(words):
        if _carries_topic(words, index, lexicon):
            current.append(word)
        elif current:
            runs.append(current)
            current = []
        if current and word.closes:
            runs.append(current)
            current = []
    if current:
        runs.append(current)
    cut = [run[-PHRASE_WORDS:] if lexicon.code in {"en", "de", "nl"} else run[:PHRASE_WORDS] for run in runs]
    return [run for run in map(_strip_weak(lexicon), cut) if run]


def _strip_weak(lexicon: Lexicon) -> Callable[[list[Token]], list[Token]]:
    """Weak words may stand before a topic word, not after it nor alone."""

    def strip(run: list[Token]) -> list[Token]:
        strong = run
        while strong and strong[-1].lower in lexicon.weak:
            strong = strong[:-1]
        return strong if len(strong) == len(run) or lexicon.code not in _ROMANCE else []

    return strip


def _carries_topic(words: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    word = words[index]
    lower = word.lower
    if lower in lexicon.closed or lower in lexicon.number_words or lower in lexicon.adverbs or len(lower) < 2:
        return False
    if not any(char.isalpha() for char in word.text) or lower in lexicon.ordinals:
        return False
    if lower.startswith(("http", "www.")) or (lower[1:2] == "." and len(lower) <= 5):
        return False
    if lexicon.code in _ROMANCE:
        return _romance_noun(words, index, lexicon)
    if lexicon.code == "de":
        return _german_noun(words, index, lexicon)
    if lexicon.code != "en":
        return len(lower) >= 3
    if word.capital and index:
        return True
    if lower.endswith("ly") and len(lower) > 4:
        return False
    if starts_verb(words, index, lexicon) or (lower in GERUNDS and not index and len(words) > 1):
        return False
    if lower in BASE_FORMS and index and words[index - 1].lower in lexicon.auxiliaries:
        return False
    opens = not index or words[index - 1].closes or words[index - 1].lower in _BEFORE_VERBS
    return not (lower in BASE_FORMS and opens and (not word.closes or words[index - 1].lower == "to"))


_ROMANCE = frozenset({"es", "fr", "it", "pt"})
#: Adjectives that stand before their noun.
_EARLY_ADJECTIVES = vocabulary(
    "pequeña pequeño gran grande buena buen nueva nuevo mejor primera primer petite petit grande bonne bon nouvelle "
    "nouveau belle beau vieille vieux premier première jeune"
)


def _romance_noun(words: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """Nouns follow a determiner, a preposition or a conjunction, stand in a list, or are names."""
    word = words[index]
    if index == 0:
        return False
    before = words[index - 1]
    opened = before.lower in lexicon.determiners | lexicon.prepositions
    joined = before.lower in lexicon.conjunctions and any(other.comma for other in words[max(0, index - 4) : index])
    listed = before.comma or word.comma or joined
    return opened or listed or word.capital or before.lower in _EARLY_ADJECTIVES


def _german_noun(words: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """Capitalised words, and the adjectives right before them."""
    word = words[index]
    following = words[index + 1] if index + 1 < len(words) else None
    if word.capital and index:
        return True
    if index == 0:
        return (
            following is not None
            and not following.capital
            and word.lower not in lexicon.ordinals
            and len(word.text) > 6
        )
    adjective = word.lower.endswith(("e", "en", "er", "es", "em")) and not word.closes
    opened = words[index - 1].lower in lexicon.determiners | lexicon.prepositions
    return (
        adjective and opened and following is not None and following.capital and following.lower not in lexicon.closed
    )


_BEFORE_VERBS = frozenset(
    [
        "to",
        "and",
        "or",
        "then",
        "can",
        "could",
        "will",
        "would",
        "should",
        "must",
        "may",
        "might",
        "not",
        "don't",
        "never",
        "please",
    ]
)


def _worth(run: Sequence[Token], frequent: Counter[str]) -> float:
    names = sum(1.0 for word in run if word.capital)
    length = sum(min(len(word.text), 10) for word in run) / 10
    return length + names * 0.5 + sum(min(frequent[word.lower], 4) - 1 for word in run) * 0.3
