"""Which icons to show for a text: words that name an icon, concepts that mean it, and nearness of meaning."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from videogen_engine.bundled_assets import bundled_assets
from videogen_engine.frozen import Frozen
from videogen_engine.visuals.english import STOP_WORDS, TextWord, words_of
from videogen_engine.visuals.foreign_words import foreign_words
from videogen_engine.visuals.icon_lexicon import LONGEST_PHRASE, Evidence, base_form, icon_lexicon
from videogen_engine.visuals.icon_manners import nearness_share
from videogen_engine.visuals.language_guess import likely_languages
from videogen_engine.visuals.word_vectors import word_vectors

Array = NDArray[np.float32]

#: Shown, in an order that depends on the text, when nothing in it speaks for an icon.
NEUTRAL_ICONS = ("sparkles", "light-bulb", "glowing-star", "speech-balloon", "pushpin", "compass")

#: Texts are cut here: a picture shows what is said first.
_MOST_WORDS = 120
_FLOOR = 0.3
_PHRASE_BONUS = 0.3
_KEY_PHRASE = 1.15
_INSIDE_PHRASE = 0.45
_VERB = 0.5
_SECOND_WORDS = 0.3
_SAME_WORD = 0.5
_WORTH_SHOWING = 0.5
_CANDIDATES = 24
_NEAR_COUNT = 4
_CONTEXT = 0.55
_CONTEXT_FROM = 0.12
_NEAR_FROM, _NEAR_RANGE, _NEAR_MOST = 0.30, 0.35, 0.62
_DETERMINERS = frozenset(
    {"the", "a", "an", "your", "our", "my", "their", "his", "her", "its", "every", "it", "them", "us"}
)
#: Forms that are a noun or of another verb, by their neighbours.
_VERB_READINGS = {"leaves": "leave", "rose": "rise", "lives": "live"}
_AFTER_VERBS = _DETERMINERS | {"by", "until", "again", "sharply", "slightly"}
_BEFORE_VERBS = frozenset(
    {"to", "will", "can", "must", "should", "may", "we", "you", "they", "i", "cannot", "could", "would"}
)


class IconMatch(Frozen):
    """An icon for a text: ``score`` about 0 to 2, ``word`` the words of the text that chose it, as written.

    The neutral default has score 0 and no word.
    """

    name: str
    score: float
    reason: str
    word: str | None = None


@dataclass(frozen=True)
class _Read:
    """A text ready for matching; ``keys`` are base forms, ``telling`` between 0.3 and 1.15 by word."""

    words: list[TextWord]
    keys: list[str]
    telling: list[float]


def match_icons(
    text: str,
    key_phrases: Sequence[str],
    count: int,
    exclude: Collection[str] = frozenset(),
    *,
    language: str | None = None,
) -> tuple[IconMatch, ...]:
    """At most ``count`` icons of the emoji sets for ``text``, the best first.

    Words in ``key_phrases`` count a little more. ``language`` is a tag such as ``de``; without one it is guessed.
    Only icons that something in the text speaks for are returned; when there is none, one neutral icon whose
    reason says so (unless ``exclude`` has them all).
    """
    evidence, english = _evidence(text, key_phrases, (language.lower(),) if language else likely_languages(text))
    by_icon: dict[str, list[Evidence]] = {}
    for found in evidence:
        if found.icon not in exclude:
            by_icon.setdefault(found.icon, []).append(found)
    context = _context(english) if by_icon else {}
    scored = [_score(found, context) for found in by_icon.values()]
    scored = sorted((item for item in scored if item[0] >= _FLOOR), key=lambda item: (-item[0], item[1].icon))
    return _varied(scored, count) or _neutral(text, exclude, count)


def _evidence(text: str, key_phrases: Sequence[str], languages: Sequence[str]) -> tuple[list[Evidence], list[str]]:
    """What speaks for which icon, in the language in which most does, and the text in English words."""
    if languages[0].startswith("en"):
        read = _read(text, key_phrases)
        return _collect(read), [word.folded for word in read.words if word.folded not in STOP_WORDS]
    found = [foreign_words(language).evidence(text) for language in languages]
    return max(found, key=lambda item: sum(evidence.strength for evidence in item[0]))


def _score(found: list[Evidence], context: dict[str, float]) -> tuple[float, Evidence]:
    best = max(found, key=lambda item: item.strength)
    others = {item.word: item.strength for item in found if item.word != best.word}
    score = best.strength + _SECOND_WORDS * min(sum(others.values()), 1.0) + context.get(best.icon, 0.0)
    return score, best


def _read(text: str, key_phrases: Sequence[str]) -> _Read:
    words = words_of(text)[:_MOST_WORDS]
    table = word_vectors()
    stressed = {base_form(word.folded) for phrase in key_phrases for word in words_of(phrase)}
    keys = [
        base_form(_VERB_READINGS.get(word.folded, word.folded) if _after_noun(words, at) else word.folded)
        for at, word in enumerate(words)
    ]
    # Rare words say more about the picture than frequent ones.
    telling = [
        (0.3 + 0.7 * table.weight(word.folded)) * (_KEY_PHRASE if key in stressed else 1.0)
        for word, key in zip(words, keys, strict=True)
    ]
    return _Read(words, keys, telling)


def _collect(read: _Read) -> list[Evidence]:
    lexicon = icon_lexicon()
    evidence: list[Evidence] = []
    covered: set[int] = set()
    for length in range(LONGEST_PHRASE, 0, -1):
        for at in range(len(read.words) - length + 1):
            found = lexicon.find(tuple(read.keys[at : at + length]))
            if not found:
                continue
            written = " ".join(word.written for word in read.words[at : at + length])
            factor = max(read.telling[at : at + length])
            if length > 1:
                factor += _PHRASE_BONUS
                covered.update(range(at, at + length))
            elif at in covered:
                factor *= _INSIDE_PHRASE
            for named in found:
                strength = named.strength * factor
                if length == 1 and named.by != "concept":
                    if read.words[at].folded in STOP_WORDS:
                        continue
                    if _is_verb(read.words, at, inflected=read.keys[at] != read.words[at].folded):
                        strength *= _VERB
                evidence.append(Evidence(named.icon, strength, written, named.by))
    _add_near(read, covered, evidence)
    return evidence


def _add_near(read: _Read, covered: set[int], evidence: list[Evidence]) -> None:
    for at, word in enumerate(read.words):
        if at not in covered and word.folded not in STOP_WORDS:
            for icon, strength in _near_word(word.folded):
                evidence.append(Evidence(icon, strength * read.telling[at], word.written, "near"))


@lru_cache(maxsize=8192)
def _near_word(word: str) -> tuple[tuple[str, float], ...]:
    """The icons nearest in meaning to a word, with what that nearness is worth."""
    table = word_vectors()
    vector = table.vector(word)
    if vector is None:
        return ()
    nearness = table.near_icons(vector)
    strengths = np.clip((nearness - _NEAR_FROM) / _NEAR_RANGE, 0, 1) * _shares() * np.float32(_NEAR_MOST)
    columns = np.flatnonzero(strengths)
    best = columns[np.argsort(-strengths[columns], kind="stable")][:_NEAR_COUNT]
    return tuple((table.icon_names[column], float(strengths[column])) for column in map(int, best))


def _context(english: list[str]) -> dict[str, float]:
    """How near each icon is to the whole text; what tells two meanings of a word apart."""
    table = word_vectors()
    nearness = table.near_icons(table.embed([word for word in english if word in table]))
    near = np.flatnonzero(nearness > _CONTEXT_FROM)
    gains = (_CONTEXT * (nearness[near] - np.float32(_CONTEXT_FROM))).tolist()
    return {table.icon_names[column]: gain for column, gain in zip(near.tolist(), gains, strict=True)}


@cache
def _shares() -> Array:
    described = bundled_assets().icon_words
    names = word_vectors().icon_names
    shares = [nearness_share(name, described[name]) if name in described else 0.0 for name in names]
    return np.array(shares, dtype=np.float32)


def _after_noun(words: list[TextWord], at: int) -> bool:
    """Whether an ambiguous form is more likely the verb: "prices rose by", "the ferry leaves every hour"."""
    before = words[at - 1].folded if at else ""
    after = words[at + 1].folded if at + 1 < len(words) else ""
    return bool(before) and before not in _DETERMINERS and after in _AFTER_VERBS | {"for", "to", "from", "in", "at"}


def _is_verb(words: list[TextWord], at: int, *, inflected: bool = False) -> bool:
    """Whether the word looks like a verb by its neighbours and ending: "train the team", "to book", "stored"."""
    before = words[at - 1].folded if at else ""
    after = words[at + 1].folded if at + 1 < len(words) else ""
    if before in _BEFORE_VERBS or (inflected and words[at].folded.endswith(("ed", "ing"))):
        return True
    return after in _AFTER_VERBS and before not in _DETERMINERS


def _varied(scored: list[tuple[float, Evidence]], count: int) -> tuple[IconMatch, ...]:
    """The best, then others worth showing; one that shows the same word of the text again counts half."""
    chosen: list[tuple[float, Evidence]] = []
    waiting = scored[:_CANDIDATES]
    shown: set[str] = set()
    while waiting and len(chosen) < count:
        values = [score * (_SAME_WORD if found.word in shown else 1.0) for score, found in waiting]
        if chosen and max(values) < _WORTH_SHOWING * chosen[0][0]:
            break
        score, found = waiting.pop(values.index(max(values)))
        shown.add(found.word)
        chosen.append((score, found))
    return tuple(
        IconMatch(name=found.icon, score=round(score, 3), reason=_reason(found), word=found.word)
        for score, found in chosen
    )


def _reason(found: Evidence) -> str:
    label = bundled_assets().icon_words[found.icon].label
    if found.how in {"concept", "thing"}:
        return f"“{found.word}” is shown as {label}"
    if found.how == "label":
        return f"“{found.word}” names it"
    if found.how == "tag":
        return f"“{found.word}” is a keyword of {label}"
    return f"“{found.word}” is near in meaning to {label}"


def _neutral(text: str, exclude: Collection[str], count: int) -> tuple[IconMatch, ...]:
    if count < 1:
        return ()
    first = sha256(text.encode("utf-8", "surrogatepass")).digest()[0] % len(NEUTRAL_ICONS)
    for name in NEUTRAL_ICONS[first:] + NEUTRAL_ICONS[:first]:
        if name not in exclude:
            return (IconMatch(name=name, score=0.0, reason="nothing in the text names a picture: a neutral one"),)
    return ()
