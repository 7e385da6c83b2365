"""Which words are fillers: sounds that mean nothing, by language, or what the user names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence, Set
from typing import Final

from videogen_engine.speech.model import Word

#: Only sounds that are never a word of the sentence: "like", "you know" and "so" may be meant, and have to be
#: named to be cut.
_FILLERS: Final = {
    "en": "um umm ummm uh uhh uhm erm er err hmm hm mmm mm mhm ah",
    "de": "äh ähm ähh öh öhm hm hmm mhm äm",
    "fr": "euh heu hum hmm mmm",
    "es": "eh ehh em emm mmm hmm",
    "pt": "hum hmm ahn hã éé",
    "it": "ehm uhm mmm hmm mh",
    "nl": "eh ehm uh uhm hmm",
    "sv": "eh ehm öh hmm",
    "da": "øh øhm hmm",
    "nb": "eh ehm øh hmm",
    "fi": "öö ööm hmm",
    "pl": "yyy eee ehm hmm",
    "cs": "ehm eee hmm",
    "ru": "ээ эээ эм мм ммм хм",
    "uk": "ее еее ем мм хм",
    "tr": "ııı eee hmm",
    "ar": "امم ممم إيه",
    "hi": "उम हम्म अं",
    "ja": "えーと えっと ええと うーん",
    "ko": "음 어 으음",
    "zh": "呃 嗯 额",
}
_OTHERS: Final = "um uh uhm hmm mmm"
_OUTER: Final = re.compile(r"^\W+|\W+$")
_LONGEST_PHRASE: Final = 6
_CLOSERS: Final = "\"'”’)»"


def filler_phrases(language: str, named: Sequence[str] | None) -> frozenset[tuple[str, ...]]:
    """Each filler as its words, in the form that ``plain`` gives; those the user named replace the language's own."""
    texts = _FILLERS.get(language.split("-")[0].lower(), _OTHERS).split() if named is None else named
    phrases = (tuple(word for part in text.split() if (word := plain(part))) for text in texts)
    return frozenset(phrase for phrase in phrases if 0 < len(phrase) <= _LONGEST_PHRASE)


def plain(word: str) -> str:
    """The word without case, outer punctuation and different ways of writing the same letters."""
    return _OUTER.sub("", unicodedata.normalize("NFKC", word).casefold().replace("’", "'"))


def filler_indices(words: Sequence[str], phrases: frozenset[tuple[str, ...]]) -> tuple[int, ...]:
    """Which words belong to a filler. Of two that overlap, the longer one that begins first."""
    said = [plain(word) for word in words]
    found: list[int] = []
    at = 0
    while at < len(said):
        longest = max(
            (
                size
                for size in range(1, min(_LONGEST_PHRASE, len(said) - at) + 1)
                if tuple(said[at : at + size]) in phrases
            ),
            default=0,
        )
        found += range(at, at + longest)
        at += max(1, longest)
    return tuple(found)


def tidied(words: Sequence[Word], gone: Set[int]) -> list[Word]:
    """The words that stay, as they are written without the others.

    “keeps you, uh, sharp” loses the comma that set the filler off. The end of a sentence, and the capital that
    begins one, go from a filler to its neighbour.
    """
    kept: list[Word] = []
    before: list[str] = []
    for index, word in enumerate(words):
        if index in gone:
            before.append(word.text)
            continue
        behind = [words[at].text for at in _run(index + 1, gone)]
        text = _ended(word.text, behind)
        ahead = words[index - len(before) - 1].text if index > len(before) else "."
        begins = any(map(_ends_sentence, [ahead, *before]))
        if before and begins and any(one[:1].isupper() for one in before) and len(text[:1].upper()) == 1:
            text = text[:1].upper() + text[1:]
        kept.append(word.model_copy(update={"text": text, "char_end": word.char_start + len(text)}))
        before = []
    return kept


def _run(first: int, gone: Set[int]) -> range:
    last = first
    while last in gone:
        last += 1
    return range(first, last)


def _ended(text: str, behind: Sequence[str]) -> str:
    """A word before fillers: with the end of their sentence, or without the comma before them."""
    mark = next((one.rstrip(_CLOSERS)[-1] for one in behind if _ends_sentence(one)), "")
    bare = text.rstrip(",;:")
    if mark and bare and not _ends_sentence(text):
        return bare + mark
    if behind and text.endswith(",") and behind[-1].endswith(",") and bare:
        return bare
    return text


def _ends_sentence(text: str) -> bool:
    return text.rstrip(_CLOSERS).endswith((".", "!", "?", "…"))
