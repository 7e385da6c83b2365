"""Words of other languages that stand for icons: our own short dictionaries, and the icons' labels and tags.

Dictionaries (``data/words.LANGUAGE.txt``) lead to English words; labels and tags (from the bundle) lead to icons.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from videogen_engine.bundled_assets import bundled_assets
from videogen_engine.visuals.english import words_of
from videogen_engine.visuals.icon_lexicon import Evidence, Named, icon_lexicon, key_of
from videogen_engine.visuals.icon_manners import by_concept_only, by_name_only, tags_count

#: Languages written without spaces between words: their words are looked for inside the text.
_UNSPACED = frozenset({"ja", "zh", "zh-hant", "th"})

#: Regular endings, the longest first; taken off when enough of the word is left.
_ENDINGS = {
    language: tuple(endings.split())
    for language, endings in {
        "de": "esten ungen ten ern est en em er es et te st e n s t",
        "es": "aciones ación iendo ando ieron aron ados adas ado ada ido ida aba amos emos imos es as os an en ar er ir"
        " a e o s",
        "fr": "issent ements ement antes ante ants ait ent ons ant ées ée és er ez ir es é e s x",
        "it": "azioni azione ando endo ano ono are ere ire ato uto ito i e o a",
        "pt": "ações ação ando endo ados ado ido aram amos ões ão am em ar er ir es as os a e o s",
        "ar": "كما هما ات ون ين ها هم نا ية ه ي ك",
    }.items()
}
_ARABIC_BEGINNINGS = ("وال", "بال", "كال", "فال", "ال", "لل", "و", "ب", "ل", "ف")
_ARABIC_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه"})

#: Two letters off the end, for languages whose many endings are not listed above.
_PLAIN_CUT = 2
_LEAST_LEFT = 4
_COMPOUND_TAIL = 4
#: A word of this length that has no ending to take off may still be the stem of a known one ("nach" is not "Nacht").
_SURE = 6
_LONGEST = 3
_TELLING = 0.9
#: German writes its nouns with a capital, and pictures show nouns.
_NO_NOUN = 0.75
#: A lone Chinese character is often part of a word.
_ONE_CHARACTER = 0.4
_PHRASE_BONUS = 0.3
_LABEL, _TAG, _SHARED = 0.85, 0.5, 0.22

Key = tuple[str, ...]


@dataclass(frozen=True)
class Meaning:
    """What a foreign word means: English words, or icons by their own names in that language."""

    english: tuple[str, ...] = ()
    icons: tuple[Named, ...] = ()


class ForeignWords:
    """The words of one language."""

    def __init__(self, language: str, dictionary: str, names: Mapping[str, tuple[str, ...]]) -> None:
        self.language = language
        self._exact: dict[Key, Meaning] = {}
        self._loose: dict[Key, Meaning] = {}
        self._substrings: list[str] = []
        for phrase, icons in _named_icons(names).items():
            self._add(phrase, Meaning(icons=tuple(icons)))
        for english, phrases in _parse(dictionary):
            for phrase in phrases:
                self._add(phrase, Meaning(english=(english,)))
        if language in _UNSPACED:
            self._substrings = sorted(("".join(key) for key in self._exact), key=lambda word: (-len(word), word))

    def __bool__(self) -> bool:
        return bool(self._exact)

    def evidence(self, text: str) -> tuple[list[Evidence], list[str]]:
        """What in ``text`` speaks for which icon, and the English words found, for the context."""
        found: list[Evidence] = []
        english: list[str] = []
        for written, meaning, length in self._meanings(text):
            named = list(meaning.icons)
            for phrase in meaning.english:
                named += icon_lexicon().find(key_of(phrase))
                english += [word.folded for word in words_of(phrase)]
            factor = self._telling(written) + (_PHRASE_BONUS if length > 1 else 0.0)
            found += [Evidence(item.icon, item.strength * factor, written, item.by) for item in named]
        return found, english

    def _telling(self, written: str) -> float:
        if self.language == "de" and written[:1].islower():
            return _NO_NOUN
        return _ONE_CHARACTER if self.language in _UNSPACED and len(written) == 1 else _TELLING

    def _meanings(self, text: str) -> Iterable[tuple[str, Meaning, int]]:
        if self._substrings:
            yield from self._inside(unicodedata.normalize("NFC", text))
            return
        words = _split(unicodedata.normalize("NFC", text))
        at = 0
        while at < len(words):
            for length in range(min(_LONGEST, len(words) - at), 0, -1):
                span = words[at : at + length]
                meaning = self._look_up(tuple(word.casefold() for word in span))
                if meaning is not None:
                    yield " ".join(span), meaning, length
                    at += length
                    break
            else:
                at += 1

    def _inside(self, text: str) -> Iterable[tuple[str, Meaning, int]]:
        folded = text.casefold()
        taken = [False] * len(folded)
        for word in self._substrings:
            at = folded.find(word)
            if at >= 0 and not any(taken[at : at + len(word)]):
                taken[at : at + len(word)] = [True] * len(word)
                yield word, self._exact[(word,)], 1

    def _look_up(self, words: Key) -> Meaning | None:
        exact = tuple(self._plain(word) for word in words)
        loose = tuple(self._stripped(word) for word in exact)
        found = self._exact.get(exact)
        if found is None and (loose != exact or len(exact[0]) >= _SURE):
            found = self._loose.get(loose)
        if found is None and self.language == "de" and len(exact) == 1:
            found = self._tail(exact[0])
        return found

    def _tail(self, word: str) -> Meaning | None:
        """A German compound means a kind of its last part."""
        for start in range(3, len(word) - _COMPOUND_TAIL + 1):
            tail = word[start:]
            found = self._exact.get((tail,)) or (
                self._loose.get((self._stripped(tail),)) if len(tail) > _COMPOUND_TAIL + 1 else None
            )
            if found is not None:
                return found
        return None

    def _add(self, phrase: str, meaning: Meaning) -> None:
        if self.language in _UNSPACED:
            if len(phrase) > 1 or _is_chinese(phrase):
                self._exact[(phrase.casefold(),)] = meaning
            return
        key = tuple(self._plain(word) for word in _split(phrase.casefold()))
        if key and len(key) <= _LONGEST:
            self._exact[key] = meaning
            self._loose[tuple(self._stripped(word) for word in key)] = meaning

    def _plain(self, word: str) -> str:
        if self.language != "ar":
            return unicodedata.normalize("NFC", word)
        bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c) or c in "ٕٓٔ")
        bare = unicodedata.normalize("NFC", bare).translate(_ARABIC_LETTERS)
        for beginning in _ARABIC_BEGINNINGS:
            if bare.startswith(beginning) and len(bare) - len(beginning) >= 3:
                return bare[len(beginning) :]
        return bare

    def _stripped(self, word: str) -> str:
        endings = _ENDINGS.get(self.language)
        least = 3 if self.language == "ar" else _LEAST_LEFT
        if endings is None:
            return word[: max(_LEAST_LEFT, len(word) - _PLAIN_CUT)]
        for ending in endings:
            if word.endswith(ending) and len(word) - len(ending) >= least:
                return word[: -len(ending)]
        return word


@cache
def foreign_words(language: str) -> ForeignWords:
    """The words of a language (a tag such as ``de`` or ``zh-TW``); false when none are known."""
    code = _code(language)
    source = files("videogen_engine.visuals").joinpath("data", f"words.{code}.txt")
    dictionary = source.read_text(encoding="utf-8") if source.is_file() else ""
    return ForeignWords(code, dictionary, bundled_assets().icon_words_in(code))


def _code(language: str) -> str:
    tag = language.lower().replace("_", "-")
    if tag.startswith(("zh-hant", "zh-tw", "zh-hk", "zh-mo")):
        return "zh-hant"
    base = tag.partition("-")[0]
    return {"no": "nb", "nn": "nb"}.get(base, base)


def _named_icons(names: Mapping[str, tuple[str, ...]]) -> dict[str, list[Named]]:
    described = bundled_assets().icon_words
    by_tag: dict[str, list[str]] = defaultdict(list)
    found: dict[str, list[Named]] = defaultdict(list)
    for icon, words in names.items():
        if by_concept_only(icon, described[icon]):
            continue
        label, *tags = words
        found[label.casefold()].append(Named(icon, _LABEL, "label"))
        if not by_name_only(icon) and tags_count(described[icon]):
            for tag in tags:
                by_tag[tag.casefold()].append(icon)
    for tag, icons in by_tag.items():
        known = {named.icon for named in found.get(tag, ())}
        strength = _TAG / (1 + _SHARED * (len(icons) - 1))
        found[tag] += [Named(icon, strength, "tag") for icon in icons if icon not in known]
    return found


def _split(text: str) -> list[str]:
    """The words of a text; vowel signs belong to words."""
    spaced = "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in text)
    return spaced.split()


def _is_chinese(text: str) -> bool:
    return all("一" <= character <= "鿿" for character in text)


def _parse(dictionary: str) -> Iterable[tuple[str, tuple[str, ...]]]:
    for line in dictionary.splitlines():
        if line.strip() and not line.startswith("#"):
            english, _, phrases = line.partition(" : ")
            yield english.strip(), tuple(phrase.strip().casefold() for phrase in phrases.split(","))
