"""The languages that espeak-ng speaks here: tag, English name, its own name for the voice, scripts.

Left out are invented languages, second spellings of a listed one, and those of which the library can only read
letters one by one or whose dictionary or numbers it lacks (Assamese, Belarusian, Burmese, Chuvash, Faroese, Konkani,
Odia, Thai, Uyghur).
"""

from __future__ import annotations

from typing import Final, NamedTuple


class EspeakLanguage(NamedTuple):
    """``scripts`` are the first words of Unicode character names; the first is the usual one."""

    tag: str
    name: str
    voice: str
    scripts: tuple[str, ...] = ("LATIN",)


_CYRILLIC: Final = ("CYRILLIC",)
_DEVANAGARI: Final = ("DEVANAGARI",)
_ARABIC: Final = ("ARABIC",)

ESPEAK_LANGUAGES: Final = (
    EspeakLanguage("af", "Afrikaans", "af"),
    EspeakLanguage("am", "Amharic", "am", ("ETHIOPIC",)),
    EspeakLanguage("an", "Aragonese", "an"),
    EspeakLanguage("ar", "Arabic", "ar", _ARABIC),
    EspeakLanguage("az", "Azerbaijani", "az", ("LATIN", "CYRILLIC")),
    EspeakLanguage("ba", "Bashkir", "ba", _CYRILLIC),
    EspeakLanguage("bg", "Bulgarian", "bg", _CYRILLIC),
    EspeakLanguage("bn", "Bengali", "bn", ("BENGALI",)),
    EspeakLanguage("bs", "Bosnian", "bs", ("LATIN", "CYRILLIC")),
    EspeakLanguage("ca", "Catalan", "ca"),
    EspeakLanguage("cs", "Czech", "cs"),
    EspeakLanguage("cy", "Welsh", "cy"),
    EspeakLanguage("da", "Danish", "da"),
    EspeakLanguage("de", "German", "de"),
    EspeakLanguage("el", "Greek", "el", ("GREEK",)),
    EspeakLanguage("en-GB", "English (United Kingdom)", "en-gb-x-rp"),
    EspeakLanguage("en-US", "English (United States)", "en-us"),
    EspeakLanguage("eo", "Esperanto", "eo"),
    EspeakLanguage("es", "Spanish", "es"),
    EspeakLanguage("es-419", "Spanish (Latin America)", "es-419"),
    EspeakLanguage("et", "Estonian", "et"),
    EspeakLanguage("eu", "Basque", "eu"),
    EspeakLanguage("fa", "Persian", "fa", _ARABIC),
    EspeakLanguage("fi", "Finnish", "fi"),
    EspeakLanguage("fr", "French", "fr"),
    EspeakLanguage("fr-BE", "French (Belgium)", "fr-be"),
    EspeakLanguage("fr-CH", "French (Switzerland)", "fr-ch"),
    EspeakLanguage("ga", "Irish", "ga"),
    EspeakLanguage("gd", "Scottish Gaelic", "gd"),
    EspeakLanguage("gn", "Guarani", "gn"),
    EspeakLanguage("gu", "Gujarati", "gu", ("GUJARATI",)),
    EspeakLanguage("haw", "Hawaiian", "haw"),
    EspeakLanguage("he", "Hebrew", "he", ("HEBREW",)),
    EspeakLanguage("hi", "Hindi", "hi", _DEVANAGARI),
    EspeakLanguage("hr", "Croatian", "hr"),
    EspeakLanguage("ht", "Haitian Creole", "ht"),
    EspeakLanguage("hu", "Hungarian", "hu"),
    EspeakLanguage("hy", "Armenian", "hy", ("ARMENIAN",)),
    EspeakLanguage("id", "Indonesian", "id"),
    EspeakLanguage("is", "Icelandic", "is"),
    EspeakLanguage("it", "Italian", "it"),
    EspeakLanguage("ja", "Japanese", "ja", ("HIRAGANA", "KATAKANA", "CJK")),
    EspeakLanguage("ka", "Georgian", "ka", ("GEORGIAN",)),
    EspeakLanguage("kk", "Kazakh", "kk", ("CYRILLIC", "LATIN")),
    EspeakLanguage("kl", "Greenlandic", "kl"),
    EspeakLanguage("kn", "Kannada", "kn", ("KANNADA",)),
    EspeakLanguage("ko", "Korean", "ko", ("HANGUL",)),
    EspeakLanguage("ku", "Kurdish", "ku"),
    EspeakLanguage("ky", "Kyrgyz", "ky", _CYRILLIC),
    EspeakLanguage("la", "Latin", "la"),
    EspeakLanguage("lb", "Luxembourgish", "lb"),
    EspeakLanguage("lt", "Lithuanian", "lt"),
    EspeakLanguage("lv", "Latvian", "lv"),
    EspeakLanguage("mi", "Māori", "mi"),
    EspeakLanguage("mk", "Macedonian", "mk", _CYRILLIC),
    EspeakLanguage("ml", "Malayalam", "ml", ("MALAYALAM",)),
    EspeakLanguage("mr", "Marathi", "mr", _DEVANAGARI),
    EspeakLanguage("ms", "Malay", "ms"),
    EspeakLanguage("mt", "Maltese", "mt"),
    EspeakLanguage("nb", "Norwegian", "nb"),
    EspeakLanguage("ne", "Nepali", "ne", _DEVANAGARI),
    EspeakLanguage("nl", "Dutch", "nl"),
    EspeakLanguage("om", "Oromo", "om"),
    EspeakLanguage("pa", "Punjabi", "pa", ("GURMUKHI",)),
    EspeakLanguage("pap", "Papiamento", "pap"),
    EspeakLanguage("pl", "Polish", "pl"),
    EspeakLanguage("pt", "Portuguese (Portugal)", "pt"),
    EspeakLanguage("pt-BR", "Portuguese (Brazil)", "pt-br"),
    EspeakLanguage("qu", "Quechua", "qu"),
    EspeakLanguage("ro", "Romanian", "ro"),
    EspeakLanguage("ru", "Russian", "ru", _CYRILLIC),
    EspeakLanguage("sd", "Sindhi", "sd", _ARABIC),
    EspeakLanguage("si", "Sinhala", "si", ("SINHALA",)),
    EspeakLanguage("sk", "Slovak", "sk"),
    EspeakLanguage("sl", "Slovenian", "sl"),
    EspeakLanguage("sq", "Albanian", "sq"),
    EspeakLanguage("sr", "Serbian", "sr", ("CYRILLIC", "LATIN")),
    EspeakLanguage("sv", "Swedish", "sv"),
    EspeakLanguage("sw", "Swahili", "sw"),
    EspeakLanguage("ta", "Tamil", "ta", ("TAMIL",)),
    EspeakLanguage("te", "Telugu", "te", ("TELUGU",)),
    EspeakLanguage("tk", "Turkmen", "tk"),
    EspeakLanguage("tn", "Setswana", "tn"),
    EspeakLanguage("tr", "Turkish", "tr"),
    EspeakLanguage("tt", "Tatar", "tt", _CYRILLIC),
    EspeakLanguage("uk", "Ukrainian", "uk", _CYRILLIC),
    EspeakLanguage("ur", "Urdu", "ur", _ARABIC),
    EspeakLanguage("uz", "Uzbek", "uz", ("LATIN", "CYRILLIC")),
    EspeakLanguage("vi", "Vietnamese", "vi"),
    EspeakLanguage("yue", "Chinese (Cantonese)", "yue", ("CJK",)),
    EspeakLanguage("zh", "Chinese (Mandarin)", "cmn", ("CJK",)),
)
