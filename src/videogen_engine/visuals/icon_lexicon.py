"""Which words name which icons: the hand-made concept list, and the icons' own labels and tags.

Keys are tuples of base forms, so that a phrase is one key; values are icons with a strength between 0 and 1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from videogen_engine.bundled_assets import IconWords, bundled_assets
from videogen_engine.visuals.english import STOP_WORDS, base_forms, words_of
from videogen_engine.visuals.icon_manners import UNTELLING, by_concept_only, by_name_only, tags_count
from videogen_engine.visuals.word_vectors import word_vectors

Key = tuple[str, ...]

LONGEST_PHRASE = 4
#: Strength of the first, second and third icon of a concept.
_CONCEPT_RANKS = (1.0, 0.86, 0.78)
_WEAK = 0.45
_LABEL = 0.95
_NAME_PART = 0.62
_TAG = 0.55
#: A tag that many icons share says little of each.
_SHARED = 0.22


@dataclass(frozen=True)
class Named:
    """An icon that a word names: how strongly, and by what (``concept``, ``label`` or ``tag``;
    ``thing`` is a concept whose word must be a noun)."""

    icon: str
    strength: float
    by: str


@dataclass(frozen=True)
class Evidence:
    """What speaks for an icon: the words as written, how strongly, and ``how`` (as Named.by, or ``near``)."""

    icon: str
    strength: float
    word: str
    how: str


class IconLexicon:
    """Icons by word or phrase. The strongest naming of each icon by a key wins."""

    def __init__(self, concepts: str, described: Mapping[str, IconWords]) -> None:
        self._entries: dict[Key, dict[str, Named]] = defaultdict(dict)
        self._add_labels(described)
        for icons, phrases in parse_concepts(concepts):
            for phrase in phrases:
                factor = _WEAK if phrase.startswith("~") else 1.0
                for icon, rank in zip(icons, _CONCEPT_RANKS, strict=False):
                    if icon in described:
                        by = "thing" if phrase.startswith("=") else "concept"
                        self._add(phrase.lstrip("~="), Named(icon, factor * rank, by))

    def find(self, key: Key) -> tuple[Named, ...]:
        """The icons that the word or phrase names."""
        return tuple(self._entries.get(key, {}).values())

    def _add_labels(self, described: Mapping[str, IconWords]) -> None:
        tags: dict[str, list[str]] = defaultdict(list)
        parts: dict[str, list[str]] = defaultdict(list)
        for icon, about in described.items():
            if by_concept_only(icon, about):
                continue
            label = about.label.replace(":", " ")
            for phrase in {label, icon.replace("-", " ")}:
                self._add(phrase, Named(icon, _LABEL, "label"))
            if by_name_only(icon):
                continue
            if tags_count(about):
                for tag in sorted({*about.tags} - UNTELLING):
                    tags[tag].append(icon)
            for word in {word.folded for word in words_of(label)} - STOP_WORDS - UNTELLING:
                parts[word].append(icon)
        for strength, shared in ((_NAME_PART, parts), (_TAG, tags)):
            for phrase, icons in shared.items():
                for icon in icons:
                    self._add(phrase, Named(icon, strength / (1 + _SHARED * (len(icons) - 1)), "tag"))

    def _add(self, phrase: str, named: Named) -> None:
        key = key_of(phrase)
        if not key or len(key) > LONGEST_PHRASE:
            return
        known = self._entries[key].get(named.icon)
        if known is None or known.strength < named.strength:
            self._entries[key][named.icon] = named


def key_of(phrase: str) -> Key:
    """The base forms of the words of ``phrase``."""
    return tuple(base_form(word.folded) for word in words_of(phrase))


@lru_cache(maxsize=16_384)
def base_form(word: str) -> str:
    """The known word that ``word`` is a regular form of (``planes``: ``plane``), or itself."""
    table = word_vectors()
    for form in base_forms(word):
        if table.has(form):
            return base_form(form)
    return word


def parse_concepts(text: str) -> Iterable[tuple[tuple[str, ...], tuple[str, ...]]]:
    """(icons, phrases) of every line ``icon icon : phrase, ~weak phrase, =noun``; ``#`` starts a comment line."""
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            icons, _, phrases = line.partition(" : ")
            yield tuple(icons.split()), tuple(phrase.strip() for phrase in phrases.split(","))


@cache
def icon_lexicon() -> IconLexicon:
    """The lexicon of this installation."""
    concepts = files("videogen_engine.visuals").joinpath("data", "concepts.txt").read_text(encoding="utf-8")
    return IconLexicon(concepts, bundled_assets().icon_words)
