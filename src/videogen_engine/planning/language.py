"""Which language a script is in, when the request does not say: by its letters, then by its common words.

No model and no dependency. A tie, a very short text or a language that is not known here counts as English, as
in the contract.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping

from videogen_engine.planning.language_words import LANGUAGES_OF_WORD

DEFAULT_LANGUAGE = "en"

#: A script (first word of its letters' Unicode names) that stands for one language.
_BY_SCRIPT: Mapping[str, str] = {
    "ARABIC": "ar",
    "HEBREW": "he",
    "GREEK": "el",
    "CYRILLIC": "ru",
    "DEVANAGARI": "hi",
    "BENGALI": "bn",
    "GURMUKHI": "pa",
    "GUJARATI": "gu",
    "TAMIL": "ta",
    "TELUGU": "te",
    "KANNADA": "kn",
    "MALAYALAM": "ml",
    "SINHALA": "si",
    "THAI": "th",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
    "ETHIOPIC": "am",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
}
#: Letters that turn a script's usual language into another one.
_BY_LETTER: Mapping[str, tuple[str, str]] = {
    "fa": ("ar", "پچژگ"),
    "ur": ("ar", "ٹڈڑںے"),
    "uk": ("ru", "іїєґ"),
    "be": ("ru", "ў"),
    "sr": ("ru", "ђјљњћџ"),
}
#: Letters of the Latin script that hardly any other language here uses; each counts like a common word.
_TELLING: Mapping[str, str] = {
    "ß": "de",
    "ñ": "es",
    "¿": "es",
    "¡": "es",
    "ã": "pt",
    "õ": "pt",
    "œ": "fr",
    "ł": "pl",
    "ř": "cs",
    "ě": "cs",
    "ů": "cs",
    "ș": "ro",
    "ț": "ro",
    "ő": "hu",
    "ű": "hu",
    "ı": "tr",
    "ğ": "tr",
    "ơ": "vi",
    "ư": "vi",
    "đ": "vi",
}
_WORD = re.compile(r"[^\W\d_]+")
#: Less than this many words' worth of evidence is no evidence.
_LEAST = 1.0
#: English wins unless another language has this much more.
_MARGIN = 1.15


def detect_language(script: str) -> str:
    """BCP-47 language of ``script``, without region. Never raises; ``en`` when nothing tells."""
    text = unicodedata.normalize("NFC", script).casefold()
    scripts = Counter(_script(letter) for letter in text if letter.isalpha())
    if not scripts:
        return DEFAULT_LANGUAGE
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > 0.05 * scripts.total():
        return "ja"
    leading, _ = min(scripts.items(), key=lambda item: (-item[1], item[0]))
    if leading != "LATIN":
        return _refined(_BY_SCRIPT.get(leading, DEFAULT_LANGUAGE), text)
    return _by_words(text)


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _refined(language: str, text: str) -> str:
    counts = {
        other: sum(text.count(letter) for letter in letters)
        for other, (usual, letters) in _BY_LETTER.items()
        if usual == language
    }
    best = max(counts, key=lambda other: counts[other], default=None)
    # One foreign name must not turn the language; a hundredth of all letters is no name.
    return best if best is not None and counts[best] > 0.01 * len(text) else language


def _by_words(text: str) -> str:
    """A word counts for its languages in equal shares, so words that many share say little."""
    scores: defaultdict[str, float] = defaultdict(float)
    for word in _WORD.findall(text):
        languages = LANGUAGES_OF_WORD.get(word, ())
        for language in languages:
            scores[language] += 1 / len(languages)
    for letter, language in _TELLING.items():
        scores[language] += text.count(letter)
    if not scores:
        return DEFAULT_LANGUAGE
    best, score = min(scores.items(), key=lambda item: (-item[1], item[0]))
    certain = score >= _LEAST and score > _MARGIN * scores[DEFAULT_LANGUAGE]
    return best if certain else DEFAULT_LANGUAGE
