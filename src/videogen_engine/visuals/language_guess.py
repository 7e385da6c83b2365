"""Which language a text is probably in, when nobody says: by its script, then by its commonest small words."""

from __future__ import annotations

from collections import Counter

from videogen_engine.visuals.english import words_of

_SCRIPTS = (
    (0x0370, 0x03FF, "el"),
    (0x0400, 0x04FF, "ru"),
    (0x0590, 0x05FF, "he"),
    (0x0600, 0x06FF, "ar"),
    (0x0900, 0x097F, "hi"),
    (0x0980, 0x09FF, "bn"),
    (0x0E00, 0x0E7F, "th"),
    (0x3040, 0x30FF, "ja"),
    (0x4E00, 0x9FFF, "zh"),
    (0xAC00, 0xD7AF, "ko"),
)

#: No single letters and no word that is common English as well.
_SMALL_WORDS = {
    "en": "the of and to in is that it for on with as are was this be by at from have not you your we our they when a",
    "de": "der das und ist nicht ein eine einen dem den des zu mit auf für von im sich auch wird sie wir ihr bei aus",
    "es": "el la los las de del que en un una es por con para se lo su al más como pero son está muy nuestro",
    "fr": "le la les des du de et est une un que qui dans pour pas sur avec ce cette vous nous sont au aux plus votre",
    "it": "il lo la gli le di del della che è un una per con non si sono nel alla al più dei questo come anche da",
    "pt": "os de da que em um uma é por com para se não na dos mais como são seu sua ao está você nós pelo pela",
    "nl": "de het een en van dat niet op te zijn met voor er aan ook bij wordt naar uit om je",
    "sv": "och att det som är på för av den till inte ett har vi du kan från",
    "pl": "na że się nie jest od przez dla są jak po oraz tym ale czy już tylko bardzo",
}
_WORDS = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}


def likely_languages(text: str) -> tuple[str, ...]:
    """Language codes (``en``, ``de``, ``ja`` …) that fit equally well; ``en`` alone when nothing speaks for others."""
    scripts = Counter(_script_language(character) for character in text[:2_000] if character.isalpha())
    if scripts:
        # Japanese is written with Chinese characters too, but never without kana for long.
        if scripts["ja"] and scripts["zh"]:
            return ("ja",)
        language, _ = min(scripts.items(), key=lambda item: (-item[1], item[0]))
        if language:
            return (language,)
    words = {word.folded for word in words_of(text[:2_000])}
    hits = {language: len(words & small) for language, small in _WORDS.items()}
    best = max(hits.values())
    if hits["en"] == best:
        return ("en",)
    return tuple(language for language, count in sorted(hits.items()) if count == best)


def _script_language(character: str) -> str:
    point = ord(character)
    if point < 0x370:
        return ""
    return next((language for first, last, language in _SCRIPTS if first <= point <= last), "")
