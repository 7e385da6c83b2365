"""Which voice speaks a script: by the voice asked for, the language asked for, and the letters it is written in."""

from __future__ import annotations

import difflib
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from videogen_agents.errors import InputError
from videogen_engine.speech.espeak_languages import ESPEAK_LANGUAGES
from videogen_engine.speech.voices import Voice, find_voice, languages, voices

#: Tags that mean a listed one.
_SAME: Final = {
    "no": "nb", "nn": "nb", "iw": "he", "in": "id", "ji": "yi", "cmn": "zh", "zh-cn": "zh", "zh-hans": "zh",
    "zh-hant": "zh", "zh-tw": "zh", "zh-sg": "zh", "zh-hk": "yue", "zh-mo": "yue", "zh-yue": "yue", "pt-pt": "pt",
    "en-uk": "en-gb", "en-ie": "en-gb", "en-au": "en-gb", "en-nz": "en-gb", "es-es": "es", "sh": "sr", "mo": "ro",
    "fr-fr": "fr", "de-de": "de",
}  # fmt: skip
_LATIN_AMERICA: Final = frozenset("ar bo cl co cr cu do ec gt hn mx ni pa pe pr py sv us uy ve 419".split())  # noqa: SIM905  # a table
#: The language that a script is read in when the one asked for is not written in it.
_SCRIPT_LANGUAGE: Final = {
    "LATIN": "en", "ARABIC": "ar", "CYRILLIC": "ru", "DEVANAGARI": "hi", "BENGALI": "bn", "CJK": "zh",
    "HIRAGANA": "ja", "KATAKANA": "ja",
}  # fmt: skip
_LANGUAGE_SCRIPTS: Final = {language.tag.lower(): language.scripts for language in ESPEAK_LANGUAGES}
_SCRIPT_NAMES: Final = {"CJK": "Chinese", "HANGUL": "Korean", "HIRAGANA": "Japanese", "KATAKANA": "Japanese"}


@dataclass(frozen=True)
class Choice:
    """``language`` is the tag that is spoken; ``warnings`` are sentences for the user."""

    voice: Voice
    language: str
    warnings: tuple[str, ...] = ()


def choose_voice(texts: Iterable[str], language: str, voice_id: str | None) -> Choice:
    """The voice for these texts.

    A voice that was asked for wins over the default language. A script in other letters than the language is
    written in is spoken in a language that uses them, with a warning. Raises NotFoundError for an unknown
    voice and InputError for a language or a script that no voice speaks, naming the nearest.
    """
    script = _dominant_script(texts)
    asked = _resolve(language)
    if voice_id is not None:
        voice = find_voice(voice_id)
        if _fits(voice.language_code, script):
            if _base(voice.language_code) == _base(asked) or _base(asked) == "en":
                return Choice(voice, voice.language_code if _base(asked) == "en" else asked)
            other = _default_voice(asked, script)
            return Choice(
                other,
                asked,
                (f"{voice.display_name} does not speak {_name(asked)}; {other.display_name} was used instead.",),
            )
        spoken = asked if _fits(asked, script) else _language_of(script)
        other = _default_voice(spoken, script)
        return Choice(
            other,
            spoken,
            (
                f"{voice.display_name} cannot read {_script_name(script)} letters; "
                f"{other.display_name} was used instead.",
            ),
        )
    if _fits(asked, script):
        return Choice(_default_voice(asked, script), asked)
    spoken = _language_of(script)
    return Choice(
        _default_voice(spoken, script),
        spoken,
        (
            f"The script is written in {_script_name(script)} letters, so it is spoken in {_name(spoken)} "
            f"and not in {_name(asked)}.",
        ),
    )


def _resolve(tag: str) -> str:
    """A listed tag for what was asked. Raises InputError naming the nearest languages."""
    wanted = tag.strip().replace("_", "-").lower()
    listed = {language.language_code.lower(): language.language_code for language in languages()}
    names = {language.name.lower(): language.language_code for language in languages()}
    wanted = _SAME.get(wanted, names.get(wanted, wanted)).lower()
    parts = wanted.split("-")
    if parts[0] == "es" and len(parts) > 1 and parts[-1] in _LATIN_AMERICA:
        return "es-419"
    while parts:
        joined = "-".join(parts)
        if (known := listed.get(_SAME.get(joined, joined))) is not None:
            return known
        parts.pop()
    near = difflib.get_close_matches(wanted, [*listed, *names], n=3, cutoff=0.5)
    shown = list(dict.fromkeys(listed.get(n) or names[n] for n in near)) or ["en", "de", "es", "fr"]
    raise InputError(
        f"No voice speaks the language {tag[:40]!r}.",
        code="language_not_supported",
        next_step=f"Use a listed language, for example {', '.join(shown)}.",
    )


def _default_voice(tag: str, script: str) -> Voice:
    exact = [voice for voice in voices() if voice.is_default and voice.language_code == tag]
    near = [voice for voice in voices() if voice.is_default and _base(voice.language_code) == _base(tag)]
    found = exact or near
    if not found:
        raise _unreadable(script)
    return found[0]


def _language_of(script: str) -> str:
    if (tag := _SCRIPT_LANGUAGE.get(script)) is not None:
        return tag
    for language in ESPEAK_LANGUAGES:
        if script in language.scripts:
            return language.tag
    raise _unreadable(script)


def _unreadable(script: str) -> InputError:
    return InputError(
        f"No voice reads {_script_name(script)} letters.",
        code="language_not_supported",
        next_step="Write the script in a listed language, or add a voice provider that speaks this one.",
    )


def _fits(tag: str, script: str) -> bool:
    return not script or script in _scripts_of(tag)


def _scripts_of(tag: str) -> tuple[str, ...]:
    return _LANGUAGE_SCRIPTS.get(tag.lower()) or _LANGUAGE_SCRIPTS.get(_base(tag)) or ("LATIN",)


def _base(tag: str) -> str:
    return tag.split("-")[0].lower()


def _name(tag: str) -> str:
    return next((language.name for language in languages() if language.language_code == tag), tag)


def _script_name(script: str) -> str:
    return _SCRIPT_NAMES.get(script, script.title())


def _dominant_script(texts: Iterable[str]) -> str:
    """The script of most letters; empty when there are none. Kana decide for Japanese over Han."""
    counts: Counter[str] = Counter()
    for text in texts:
        for char, times in Counter(text).items():
            if char.isalpha():
                counts[script_of(char)] += times
    counts.pop("", None)
    if not counts:
        return ""
    kana = counts["HIRAGANA"] + counts["KATAKANA"]
    if kana and kana * 10 >= counts["CJK"]:
        counts["HIRAGANA"] = kana + counts.pop("CJK", 0)
    return max(counts, key=lambda script: (counts[script], script))


@lru_cache(maxsize=8192)
def script_of(char: str) -> str:
    """The first word of the character's name, which names its script; empty for letters of no script."""
    name = unicodedata.name(char, "").split(" ")[0]
    return (
        "" if name in {"MODIFIER", "FEMININE", "MASCULINE", "MICRO", "HALFWIDTH", "FULLWIDTH", "MATHEMATICAL"} else name
    )
