"""Other languages: who speaks them, that every word has its time, and how a script finds its language."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from videogen_agents.errors import InputError, NotFoundError
from videogen_engine.loudness import integrated_lufs
from videogen_engine.speech.espeak import EspeakSpeech
from videogen_engine.speech.language_choice import choose_voice
from videogen_engine.speech.model import Pronunciation
from videogen_engine.speech.plain_reading import read_plain
from videogen_engine.speech.voices import ESPEAK, Gender, find_voice, languages, voices

SCRIPTS = {
    "de": ["Dr. Müller zahlte 1999 etwa 4,5 Millionen Euro – das sind 30 % mehr!", "Am 5. Mai war es so weit."],
    "es": ["¿Cuánto cuesta? Cuesta 1.500 euros.", "El agua es vida."],
    "fr": ["L'homme qu'on a vu, c'était lui."],
    "ar": ["مرحبا بالعالم، هذا 25 كتاب.", "الماء حياة."],
    "hi": ["नमस्ते दुनिया, यह 25 है।"],
    "ru": ["Вода нужна каждому, 24 часа в сутки."],
    "zh": ["你好世界，今天是2024年。"],
    "ko": ["물은 생명입니다."],
}


@pytest.mark.parametrize("language", SCRIPTS)
def test_every_visible_token_has_a_time_in_order(say, language: str) -> None:
    heard = say(SCRIPTS[language], language=language)
    assert heard.narration.provider == ESPEAK
    assert heard.narration.language == language
    assert heard.narration.warnings == ()
    covered = "".join(heard.script[word.char_start : word.char_end] for word in heard.words)
    assert "".join(covered.split()) == "".join(heard.script.split())
    for word in heard.words:
        assert 0 <= word.start < word.end <= heard.narration.scenes[0].duration
    for before, after in pairwise(heard.words):
        assert before.end <= after.start
    assert integrated_lufs(heard.samples, 48_000) == pytest.approx(-16, abs=1.5)
    assert heard.narration.scenes[0].phones


def test_a_long_number_takes_the_time_its_words_take(say) -> None:
    words = {word.text: word.end - word.start for word in say(SCRIPTS["de"], language="de").words}
    assert words["1999"] > 4 * words["etwa"]


def test_speed_scales_other_languages_too(say) -> None:
    def spoken(speed: float) -> float:
        loud = np.nonzero(
            np.abs(say("Wasser ist für alle Menschen lebenswichtig.", language="de", speed=speed).samples) > 0.01
        )
        return float(loud[0][-1] - loud[0][0])

    for speed in (0.5, 1.5, 2.0):
        assert spoken(1.0) / spoken(speed) == pytest.approx(speed, rel=0.06)


def test_the_same_text_gives_the_same_bytes_after_others_were_spoken(say, fresh_ctx) -> None:
    first = say("Guten Tag.", ctx=next(fresh_ctx), language="de")
    second = say("Ein anderer Satz zuerst.", "Guten Tag.", ctx=next(fresh_ctx), language="de")
    assert first.scenes[0].tobytes() == second.scenes[1].tobytes()


def test_arabic_letters_are_spoken_in_arabic_whatever_the_language_says(say) -> None:
    narration = say("الماء حياة.", language="en").narration
    assert (narration.voice_id, narration.language) == ("vg_voic_espeak_ar", "ar")
    assert narration.warnings == (
        "The script is written in Arabic letters, so it is spoken in Arabic and not in English.",
    )


@pytest.mark.parametrize(
    ("text", "language", "voice", "expected"),
    [
        ("Hello", "en", None, ("vg_voic_flite_slt", "en")),
        ("Hello", "en-US", None, ("vg_voic_flite_slt", "en-US")),
        ("Hallo", "de-AT", None, ("vg_voic_espeak_de", "de")),
        ("Hallo", "German", None, ("vg_voic_espeak_de", "de")),
        ("Hola", "es-MX", None, ("vg_voic_espeak_es_419", "es-419")),
        ("Olá", "pt_BR", None, ("vg_voic_espeak_pt_br", "pt-BR")),
        ("Hei", "no", None, ("vg_voic_espeak_nb", "nb")),
        ("你好", "zh-CN", None, ("vg_voic_espeak_zh", "zh")),
        ("Здраво", "sr", None, ("vg_voic_espeak_sr", "sr")),
        ("Zdravo", "sr", None, ("vg_voic_espeak_sr", "sr")),
        ("こんにちは世界", "en", None, ("vg_voic_espeak_ja", "ja")),
        ("Hello", "ar", None, ("vg_voic_flite_slt", "en")),
        ("123", "ar", None, ("vg_voic_espeak_ar", "ar")),
        ("Hallo", "en", "vg_voic_espeak_de", ("vg_voic_espeak_de", "de")),
        ("Hallo", "de", "Flite SLT", ("vg_voic_espeak_de", "de")),
        ("مرحبا", "en", "Flite SLT", ("vg_voic_espeak_ar", "ar")),
    ],
)
def test_a_script_finds_its_voice(text: str, language: str, voice: str | None, expected: tuple[str, str]) -> None:
    choice = choose_voice([text], language, voice)
    assert (choice.voice.voice_id, choice.language) == expected


def test_a_voice_that_was_not_used_is_named_in_a_warning() -> None:
    choice = choose_voice(["Hallo"], "de", "Flite SLT")
    assert choice.warnings == ("Flite SLT does not speak German; Espeak German was used instead.",)


@pytest.mark.parametrize(("language", "near"), [("germn", "de"), ("xx", "en"), ("", "en"), ("frenche", "fr")])
def test_a_language_without_a_voice_is_refused_with_the_nearest(language: str, near: str) -> None:
    with pytest.raises(InputError, match="No voice speaks") as caught:
        choose_voice(["text"], language, None)
    assert near in (caught.value.next_step or "")


def test_letters_that_no_voice_reads_are_refused_by_name() -> None:
    with pytest.raises(InputError, match="No voice reads Thai letters"):
        choose_voice(["สวัสดี"], "en", None)


def test_kanji_stay_silent_and_are_reported(say) -> None:
    heard = say("水はたいせつです。", language="ja")
    assert heard.narration.warnings == ("1 word(s) in letters that Espeak Japanese cannot read are silent.",)
    assert heard.words[0].text == "水は"


def test_abbreviations_units_and_ordinals_are_read_as_people_say_them() -> None:
    reading = read_plain("Am 5. Mai fuhr Dr. Ott z. B. 5 km weit.", "de")
    assert reading.text == "Am 5. mai fuhr Dr Ott zum Beispiel 5 Kilometer weit."


def test_a_users_pronunciation_comes_before_the_tables_own() -> None:
    wanted = [Pronunciation(original="km", replacement="Kamele")]
    assert read_plain("5 km", "de", wanted).text == "5 Kamele"


def test_voices_have_unique_stable_ids_and_say_that_they_are_basic() -> None:
    listed = voices()
    assert len({voice.voice_id for voice in listed}) == len({voice.display_name for voice in listed}) == len(listed)
    assert {"vg_voic_flite_slt", "vg_voic_flite_rms", "vg_voic_espeak_de", "vg_voic_espeak_de_female"} <= {
        voice.voice_id for voice in listed
    }
    assert all("asic" in voice.description or "obotic" in voice.description for voice in listed)
    assert {voice.gender for voice in listed} == {Gender.MALE, Gender.FEMALE}


def test_every_language_has_a_default_voice_and_every_voice_a_language() -> None:
    tags = {language.language_code for language in languages()}
    assert {voice.language_code for voice in voices()} <= tags
    for tag in tags:
        assert choose_voice([""], tag, None).voice.is_default


@pytest.mark.parametrize("wanted", ["vg_voic_flite_awb", "VG_VOIC_FLITE_AWB", "Flite AWB", " flite awb "])
def test_a_voice_is_found_by_id_or_name_in_any_case(wanted: str) -> None:
    assert find_voice(wanted).engine_voice == "awb"


def test_a_name_unlike_any_voice_still_gets_examples() -> None:
    with pytest.raises(NotFoundError, match="no voice '☃'") as caught:
        find_voice("☃")
    assert "vg_voic_flite_slt" in (caught.value.next_step or "")


def test_every_espeak_voice_in_the_catalogue_makes_a_sound() -> None:
    engine = EspeakSpeech()
    try:
        for voice in voices():
            if voice.provider == ESPEAK:
                spoken = engine.synthesize("1 2 3", voice, 1.0)
                assert np.abs(spoken.pcm).max() > 0.05, voice.voice_id
                assert spoken.phones, voice.voice_id
    finally:
        engine.close()
