"""The voices that need no download and no key, under ids that never change. All are basic, and say so."""

from __future__ import annotations

import difflib
from enum import StrEnum
from functools import cache

from videogen_agents.errors import NotFoundError
from videogen_engine.frozen import Frozen
from videogen_engine.speech.espeak_languages import ESPEAK_LANGUAGES

FLITE = "flite"
ESPEAK = "espeak-ng"


class Gender(StrEnum):
    """How a voice sounds; the contract's displayGender."""

    MALE = "MALE"
    FEMALE = "FEMALE"
    NEUTRAL = "NEUTRAL"


class Voice(Frozen):
    """``language_code`` is a BCP 47 tag; ``engine_voice`` is the provider's own name for the voice.

    ``pace`` is the provider's setting for speed 1: a stretch of durations (flite), words a minute (espeak-ng).
    ``is_default`` marks the voice that its language gets when none is asked for.
    """

    voice_id: str
    display_name: str
    language_code: str
    gender: Gender
    provider: str
    engine_voice: str
    accent: str | None = None
    description: str
    pace: float = 1.0
    is_default: bool = False


class Language(Frozen):
    """A language that can be spoken: BCP 47 tag and English name."""

    language_code: str
    name: str


@cache
def voices() -> tuple[Voice, ...]:
    """Every voice: the English ones of Flite first, then a male and a female one of espeak-ng by language."""
    found = list(_FLITE_VOICES)
    english = {"en-US", "en-GB"}
    for language in ESPEAK_LANGUAGES:
        tag = language.tag
        plain = f"vg_voic_espeak_{tag.lower().replace('-', '_')}"
        text = f"Basic robotic {language.name} voice by espeak-ng, made on this machine."
        found.append(
            Voice(
                voice_id=plain,
                display_name=f"Espeak {language.name}",
                language_code=tag,
                gender=Gender.MALE,
                provider=ESPEAK,
                engine_voice=language.voice,
                description=text,
                pace=155,
                is_default=tag not in english,
            )
        )
        found.append(
            Voice(
                voice_id=f"{plain}_female",
                display_name=f"Espeak {language.name} (female)",
                language_code=tag,
                gender=Gender.FEMALE,
                provider=ESPEAK,
                engine_voice=f"{language.voice}+f2",
                description=text,
                pace=155,
            )
        )
    return tuple(found)


@cache
def languages() -> tuple[Language, ...]:
    """Every language that some voice speaks, by name."""
    names = {language.tag: language.name for language in ESPEAK_LANGUAGES}
    found = [Language(language_code="en", name="English")]
    found += [Language(language_code=tag, name=name) for tag, name in names.items()]
    return tuple(sorted(found, key=lambda language: language.name))


def find_voice(wanted: str) -> Voice:
    """The voice with this id or display name, whatever its case.

    Raises NotFoundError that names the nearest voices.
    """
    key = wanted.strip().casefold()
    known = {name.casefold(): voice for voice in voices() for name in (voice.display_name, voice.voice_id)}
    if (voice := known.get(key)) is not None:
        return voice
    near = difflib.get_close_matches(key, list(known), n=6, cutoff=0.4)
    named = list(dict.fromkeys(f"{known[name].display_name} ({known[name].voice_id})" for name in near))[:3]
    shown = named or [f"{voice.display_name} ({voice.voice_id})" for voice in _FLITE_VOICES[:3]]
    raise NotFoundError(
        f"There is no voice {wanted[:80]!r}.",
        code="voice_not_found",
        next_step=f"Use one of the listed voices, for example {', '.join(shown)}.",
    )


_FLITE_VOICES = (
    Voice(
        voice_id="vg_voic_flite_slt",
        display_name="Flite SLT",
        language_code="en-US",
        gender=Gender.FEMALE,
        provider=FLITE,
        engine_voice="slt",
        accent="american",
        description="Basic clear American voice by CMU Flite, made on this machine.",
        is_default=True,
    ),
    Voice(
        voice_id="vg_voic_flite_rms",
        display_name="Flite RMS",
        language_code="en-US",
        gender=Gender.MALE,
        provider=FLITE,
        engine_voice="rms",
        accent="american",
        description="Basic calm American voice by CMU Flite, made on this machine.",
    ),
    Voice(
        voice_id="vg_voic_flite_awb",
        display_name="Flite AWB",
        language_code="en-GB",
        gender=Gender.MALE,
        provider=FLITE,
        engine_voice="awb",
        accent="scottish",
        description="Basic Scottish voice by CMU Flite, made on this machine.",
        is_default=True,
    ),
    Voice(
        voice_id="vg_voic_flite_kal",
        display_name="Flite KAL",
        language_code="en-US",
        gender=Gender.MALE,
        provider=FLITE,
        engine_voice="kal16",
        accent="american",
        description="Robotic American voice by CMU Flite, made on this machine.",
    ),
)
