"""Edits of what is heard: music, the narrator, and what should not have been said."""

from __future__ import annotations

import io
import wave
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np
import pytest
from pydantic import BaseModel

from videogen_agents.contract import (
    ChangeNarratorAction,
    CleanUpTranscriptAction,
    GenerateMusicAction,
    SetBackgroundMusicAction,
)
from videogen_agents.errors import InputError, LimitError, NotFoundError, UnavailableError
from videogen_engine.package.manifest import Manifest
from videogen_engine.package.model import PackageRequest
from videogen_engine.package.stage import package
from videogen_engine.remix.clean_up import CLEAN_UP_TRANSCRIPT
from videogen_engine.remix.edit import Edited
from videogen_engine.remix.music import DEFAULT_VOLUME, GENERATE_MUSIC, SET_BACKGROUND_MUSIC
from videogen_engine.remix.narrator import CHANGE_NARRATOR
from videogen_engine.render.cost import rendered_anew
from videogen_engine.render.model import Encoding, RenderRequest
from videogen_engine.render.stage import render
from videogen_engine.runtime.stage_registry import STAGES
from videogen_engine.settings import Limits
from videogen_engine.speech.clean_model import CleanUpRequest
from videogen_engine.speech.clean_up import clean_up
from videogen_engine.speech.fillers import filler_indices, filler_phrases, tidied
from videogen_engine.speech.model import Narration, SceneSpeech, SpeechRequest, Word
from videogen_engine.speech.stage import speak
from videogen_engine.speech.wave_file import read_wave
from videogen_engine.stage import MediaRef, StageContext
from videogen_engine.timeline.document import Timeline
from videogen_engine.visuals.model import FeaturedFile
from videogen_engine.workflows.export_film import made_by

from .conftest import Bench, made

ResultT = TypeVar("ResultT", bound=BaseModel)
RATE = 48_000


@dataclass
class SoundBench(Bench):
    """A workshop that speaks, and runs every stage of the registry where the test runs."""

    async def speak(self, request: SpeechRequest) -> Narration:
        return speak(request, self.ctx)

    async def step(self, name: str, request: BaseModel, result: type[ResultT]) -> ResultT:
        found = STAGES[name].load()(request, self.ctx)
        assert isinstance(found, result)
        return found


@pytest.fixture
def sound(bench: Bench) -> SoundBench:
    return SoundBench(bench.ctx)


def keep(ctx: StageContext, samples: np.ndarray, name: str, rate: int = RATE) -> MediaRef:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    path = ctx.temporary(".wav")
    path.write_bytes(buffer.getvalue())
    return ctx.store.publish(name, path, "audio/wav")


def song(sound: SoundBench, file_id: str = "song", level: float = 0.3) -> FeaturedFile:
    samples = level * np.sin(2 * np.pi * 330 * np.arange(3 * RATE) / RATE)
    media = keep(sound.ctx, samples, f"{file_id}.wav")
    file = FeaturedFile(file_id=file_id, media=media, display_name="My song.wav", duration=3.0)
    sound.files[file_id] = file
    return file


async def test_the_users_music_is_set_made_louder_replaced_and_removed(film: Timeline, sound: SoundBench) -> None:
    song(sound)
    song(sound, "other", 0.1)
    first = (await SET_BACKGROUND_MUSIC.run(film, SetBackgroundMusicAction(file_id="song"), sound)).timeline
    assert first.music is not None
    assert (first.music.volume, first.music.licence, first.music.name) == (DEFAULT_VOLUME, "user", "My song.wav")
    louder = (await SET_BACKGROUND_MUSIC.run(first, SetBackgroundMusicAction(volume=0.8), sound)).timeline
    assert louder.music == first.music.model_copy(update={"volume": 0.8})
    action = SetBackgroundMusicAction(file_id="other")
    other = (await SET_BACKGROUND_MUSIC.run(louder, action, sound)).timeline
    assert other.music is not None
    assert (other.music.media, other.music.volume) == (sound.files["other"].media, 0.8)
    for removal in (SetBackgroundMusicAction(file_id=None), SetBackgroundMusicAction(file_id=None, volume=0.5)):
        assert (await SET_BACKGROUND_MUSIC.run(other, removal, sound)).timeline == film
    assert (await SET_BACKGROUND_MUSIC.run(other, SetBackgroundMusicAction(), sound)).timeline == film


async def test_no_music_change_renders_a_frame(film: Timeline, sound: SoundBench) -> None:
    song(sound)
    with_song = (await SET_BACKGROUND_MUSIC.run(film, SetBackgroundMusicAction(file_id="song"), sound)).timeline
    louder = (await SET_BACKGROUND_MUSIC.run(with_song, SetBackgroundMusicAction(volume=1), sound)).timeline
    composed = (await GENERATE_MUSIC.run(louder, GenerateMusicAction(prompt="calm"), sound)).timeline
    for before, after in pairwise((film, with_song, louder, composed, film)):
        assert before != after
        assert rendered_anew(before, after).frames == 0


async def test_removing_or_turning_up_music_that_is_not_there_changes_nothing(
    film: Timeline, sound: SoundBench
) -> None:
    for action in (SetBackgroundMusicAction(file_id=None), SetBackgroundMusicAction(volume=0.4)):
        edited = await SET_BACKGROUND_MUSIC.run(film, action, sound)
        assert edited == Edited(timeline=film, notes=("The film had no music.",))


async def test_files_that_are_gone_or_have_no_sound_are_refused(film: Timeline, sound: SoundBench) -> None:
    with pytest.raises(NotFoundError):
        await SET_BACKGROUND_MUSIC.run(film, SetBackgroundMusicAction(file_id="gone"), sound)
    song(sound, "silence", 0.0)
    path = sound.ctx.temporary(".png")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 60)
    media = sound.ctx.store.publish("picture.png", path, "image/png")
    sound.files["picture"] = FeaturedFile(file_id="picture", media=media, display_name="picture.png")
    for file_id in ("silence", "picture"):
        with pytest.raises(InputError, match="no sound"):
            await SET_BACKGROUND_MUSIC.run(film, SetBackgroundMusicAction(file_id=file_id), sound)


async def test_music_is_composed_to_the_films_length_and_keeps_the_volume(film: Timeline, sound: SoundBench) -> None:
    edited = await GENERATE_MUSIC.run(film, GenerateMusicAction(prompt="calm piano"), sound)
    track = edited.timeline.music
    assert track is not None
    assert track.form is not None
    assert track.form.seconds == pytest.approx(film.duration, abs=0.001)
    assert (track.volume, track.licence, track.made_by) == (DEFAULT_VOLUME, "CC0-1.0", "built-in composer")
    assert "Calm music" in edited.notes[0]
    assert edited.timeline.model_copy(update={"music": None}) == film
    louder = (await SET_BACKGROUND_MUSIC.run(edited.timeline, SetBackgroundMusicAction(volume=0.7), sound)).timeline
    again = (await GENERATE_MUSIC.run(louder, GenerateMusicAction(prompt="epic"), sound)).timeline
    assert again.music is not None
    assert again.music.volume == 0.7
    assert again.music.media != track.media


async def test_a_spoken_film_with_composed_music_is_as_loud_as_without_and_renders_nothing_again(
    sound: SoundBench,
) -> None:
    silent = made("Water keeps you sharp. It is cheap. Drink two litres every day.", sound)
    film = (await CHANGE_NARRATOR.run(silent, ChangeNarratorAction(voice_id="Flite SLT"), sound)).timeline
    edited = (await GENERATE_MUSIC.run(film, GenerateMusicAction(prompt="warm acoustic"), sound)).timeline
    packaged = []
    for timeline in (film, edited):
        request = RenderRequest(timeline=timeline, width=160, height=90, encoding=Encoding.DRAFT)
        rendered = render(request, sound.ctx)
        packaged.append(package(PackageRequest(timeline=timeline, film=rendered), sound.ctx))
    plain, with_music = packaged
    assert (with_music.scenes_rendered, with_music.scenes_reused) == (0, len(film.scenes))
    for one in packaged:
        assert one.loudness is not None
        assert one.loudness.integrated_lufs == pytest.approx(-16, abs=0.5)
        assert one.loudness.true_peak_dbtp <= -1
    assert plain.video != with_music.video
    manifest = Manifest.model_validate_json(sound.ctx.store.path(with_music.manifest).read_bytes())
    assert manifest.music is not None
    assert (manifest.music.made_by, manifest.music.licence) == ("built-in composer", "CC0-1.0")
    assert any(text.startswith("music: built-in composer") for text in made_by(edited))
    assert not any(text.startswith("music") for text in made_by(film))


async def test_words_the_composer_does_not_know_are_reported_as_degraded(film: Timeline, sound: SoundBench) -> None:
    edited = await GENERATE_MUSIC.run(film, GenerateMusicAction(prompt="blorptastic"), sound)
    assert edited.timeline.music is not None
    assert any("blorptastic" in text for text in edited.degraded)


@pytest.mark.parametrize("prompt", ["", "  \n", "x" * 2001])
def test_an_impossible_prompt_is_refused_at_once(prompt: str) -> None:
    with pytest.raises(InputError, match="prompt"):
        GENERATE_MUSIC.check(GenerateMusicAction(prompt=prompt))


async def test_another_narrator_speaks_every_scene_and_all_that_is_seen_follows(
    film: Timeline, sound: SoundBench
) -> None:
    edited = (await CHANGE_NARRATOR.run(film, ChangeNarratorAction(voice_id="Flite RMS"), sound)).timeline
    assert (edited.voice_id, edited.voice_provider) == ("vg_voic_flite_rms", "flite")
    for old, new in zip(film.scenes, edited.scenes, strict=True):
        assert old.speech is not None and new.speech is not None
        assert len(read_wave(sound.ctx.store.path(new.speech.clip))) == round(new.speech.duration * RATE)
        assert [word.text for word in new.speech.words] == [word.text for word in old.speech.words]
        assert new.frames / 30 >= new.speech.duration
        assert new.frames / 30 <= new.speech.duration + 1.5
        times = {"elements": (), "seed": 0}
        assert new.picture.design.model_copy(update=times) == old.picture.design.model_copy(update=times)
        for was, now in zip(old.picture.design.elements, new.picture.design.elements, strict=True):
            assert (was.kind, was.text, was.icon) == (now.kind, now.text, now.icon)
            assert 0 <= now.appear < new.frames / 30
            said = _word_at(old.speech, was.appear + 0.12 - old.speech_offset)
            if said is not None and now.appear < new.frames / 30 - 0.95:
                start = new.speech.words[said].start + new.speech_offset
                assert now.appear == pytest.approx(start - 0.12, abs=0.01)


def _word_at(speech: SceneSpeech, time: float) -> int | None:
    """The word that begins at that time, or None."""
    return next((index for index, word in enumerate(speech.words) if abs(word.start - time) < 0.002), None)


async def test_the_same_voice_at_another_speed_and_back_is_the_same_film(film: Timeline, sound: SoundBench) -> None:
    slt = ChangeNarratorAction(voice_id="vg_voic_flite_slt")
    first = (await CHANGE_NARRATOR.run(film, slt, sound)).timeline
    fast = (await CHANGE_NARRATOR.run(first, slt.model_copy(update={"voice_speed": 1.5}), sound)).timeline
    assert fast.voice_speed == 1.5
    assert fast.duration < 0.8 * first.duration
    kept = (await CHANGE_NARRATOR.run(fast, slt, sound)).timeline
    assert kept == fast
    back = (await CHANGE_NARRATOR.run(fast, slt.model_copy(update={"voice_speed": 1.0}), sound)).timeline
    assert [scene.frames for scene in back.scenes] == [scene.frames for scene in first.scenes]
    assert [scene.speech for scene in back.scenes] == [scene.speech for scene in first.scenes]


def test_actors_and_unknown_voices_are_refused_at_once() -> None:
    with pytest.raises(UnavailableError, match="actor") as refused:
        CHANGE_NARRATOR.check(ChangeNarratorAction(voice_id="Flite SLT", actor_entity_id="vg_enti_1"))
    assert refused.value.next_step
    with pytest.raises(NotFoundError, match="no voice"):
        CHANGE_NARRATOR.check(ChangeNarratorAction(voice_id="Nobody At All"))


async def test_a_voice_that_makes_the_film_too_long_is_refused(film: Timeline, sound: SoundBench) -> None:
    sound.limits = Limits(max_duration_seconds=5)
    with pytest.raises(LimitError, match="would last"):
        await CHANGE_NARRATOR.run(film, ChangeNarratorAction(voice_id="Flite SLT", voice_speed=0.5), sound)


async def test_a_film_in_which_nobody_speaks_has_no_narrator(film: Timeline, sound: SoundBench) -> None:
    silent = film.model_copy(
        update={"scenes": tuple(scene.model_copy(update={"speech": None}) for scene in film.scenes)}
    )
    for edit, action in (
        (CHANGE_NARRATOR, ChangeNarratorAction(voice_id="Flite SLT")),
        (CLEAN_UP_TRANSCRIPT, CleanUpTranscriptAction()),
    ):
        edited = await edit.run(silent, action, sound)
        assert edited.timeline == silent
        assert edited.notes


#: A recording by its words and the pause (s) before each. Every word is a tone of its own for 0.3 s.
TALK = (
    ("Um,", 0.2), ("water", 0.3), ("is", 0.05), ("uh", 0.4), ("very", 0.1), ("good", 0.0), ("for", 0.0), ("you,", 0.05),
    ("hmm", 1.6), ("and", 1.3), ("you", 0.1), ("know", 0.02), ("me.", 1.0),
)  # fmt: skip


def pitch(index: int) -> float:
    return 400.0 + 170 * index


def recording(ctx: StageContext, *, noise: float = 0.0005, hum: tuple[float, float] | None = None) -> SceneSpeech:
    """``TALK`` spoken in tones over a little noise, with 1.5 s of silence at its end."""
    at, offset = 0.0, 0
    words: list[Word] = []
    for text, pause in TALK:
        at = round(at + pause, 4)
        words.append(Word(text=text, char_start=offset, char_end=offset + len(text), start=at, end=round(at + 0.3, 4)))
        at = round(at + 0.3, 4)
        offset += len(text) + 1
    count = round((at + 1.5) * RATE)
    samples = np.random.default_rng(2).normal(0, noise, count)
    for index, word in enumerate(words):
        first, last = round(word.start * RATE), round(word.end * RATE)
        time = np.arange(last - first) / RATE
        samples[first:last] += 0.3 * np.sin(2 * np.pi * pitch(index) * time) * np.sin(np.pi * time / 0.3) ** 0.3
    if hum is not None:
        first, last = (round(edge * RATE) for edge in hum)
        samples[first:last] += 0.1 * np.sin(2 * np.pi * 90 * np.arange(last - first) / RATE)
    clip = keep(ctx, samples, f"talk-{noise}-{hum is not None}.wav")
    return SceneSpeech(clip=clip, duration=count / RATE, words=tuple(words))


def loudness_of_tone(samples: np.ndarray, start: float, end: float, hertz: float) -> float:
    part = samples[round(start * RATE) : round(end * RATE)].astype(float) / 32768
    turn = np.exp(-2j * np.pi * hertz * np.arange(len(part)) / RATE)
    return 2 * abs((part * turn * np.hanning(len(part))).sum()) / np.hanning(len(part)).sum()


def test_fillers_and_long_pauses_go_and_every_other_word_is_heard_at_its_new_time(sound: SoundBench) -> None:
    speech = recording(sound.ctx)
    cleaned = clean_up(CleanUpRequest(scenes=(speech,), language="en"), sound.ctx).scenes[0]
    kept = [
        (index, word) for index, (word, _) in enumerate(TALK) if word.strip(",.").lower() not in {"um", "uh", "hmm"}
    ]
    assert cleaned.removed == (0, 3, 8)
    assert " ".join(word.text for word in cleaned.speech.words) == "Water is very good for you, and you know me."
    samples = read_wave(sound.ctx.store.path(cleaned.speech.clip))
    assert len(samples) / RATE == pytest.approx(cleaned.speech.duration, abs=1e-6)
    assert speech.duration - cleaned.speech.duration == pytest.approx(cleaned.seconds, abs=1e-3)
    for (index, _), word in zip(kept, cleaned.speech.words, strict=True):
        assert word.end - word.start == pytest.approx(0.3, abs=2e-4)
        assert loudness_of_tone(samples, word.start, word.end, pitch(index)) > 0.2
        before = samples[max(0, round((word.start - 0.03) * RATE)) : round((word.start - 0.002) * RATE)]
        if speech.words[index].start - (speech.words[index - 1].end if index else 0) > 0.06:
            assert np.abs(before).max(initial=0) < 200
    for index in cleaned.removed:
        whole = [
            loudness_of_tone(samples, at, at + 0.3, pitch(index)) for at in np.arange(0, len(samples) / RATE - 0.3, 0.1)
        ]
        assert max(whole) < 0.03
    gaps = [after.start - before.end for before, after in pairwise(cleaned.speech.words)]
    assert max(gaps) <= 0.81
    assert cleaned.speech.words[0].start <= 0.35
    assert cleaned.speech.duration - cleaned.speech.words[-1].end <= 0.35


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Um, it works.", "It works."),
        ("it keeps you, uh, sharp", "it keeps you sharp"),
        ("Fine, um. Uh, next one", "Fine. Next one"),
        ("That is right um. Now go", "That is right. Now go"),
        ("Is it, uh? Yes", "Is it? Yes"),
        ("well, uh hm we go", "well, we go"),
        ("So um what", "So what"),
        ("uh the end", "the end"),
        ("“Um, no”", "no”"),
    ],
)
def test_what_is_left_is_written_as_a_sentence(said: str, left: str) -> None:
    words, place = [], 0
    for text in said.split():
        words.append(Word(text=text, char_start=place, char_end=place + len(text), start=place, end=place + 1))
        place += len(text) + 1
    gone = set(filler_indices([word.text for word in words], filler_phrases("en", None)))
    found = tidied(words, gone)
    assert " ".join(word.text for word in found) == left
    assert all(word.char_end - word.char_start == len(word.text) for word in found)


def test_cuts_cannot_be_heard_as_clicks(sound: SoundBench) -> None:
    speech = recording(sound.ctx)
    cleaned = clean_up(CleanUpRequest(scenes=(speech,), language="en"), sound.ctx).scenes[0]
    before, after = (
        np.abs(np.diff(read_wave(sound.ctx.store.path(one.clip)).astype(float), n=2))
        for one in (speech, cleaned.speech)
    )
    assert after.max() <= 1.05 * before.max()


def test_kept_words_keep_every_sample_but_for_four_milliseconds_at_a_seam(sound: SoundBench) -> None:
    speech = recording(sound.ctx)
    cleaned = clean_up(CleanUpRequest(scenes=(speech,), language="en"), sound.ctx).scenes[0]
    old, new = (read_wave(sound.ctx.store.path(one.clip)) for one in (speech, cleaned.speech))
    kept = [word for index, word in enumerate(speech.words) if index not in cleaned.removed]
    for was, now in zip(kept, cleaned.speech.words, strict=True):
        first, there = round((was.start + 0.005) * RATE), round((now.start + 0.005) * RATE)
        size = round(0.29 * RATE)
        shifts = [
            np.abs(old[first : first + size].astype(int) - new[there + move : there + move + size]).max()
            for move in range(-4, 5)
        ]
        assert min(shifts) == 0


@pytest.mark.parametrize(
    ("changes", "removed", "pauses"),
    [
        ({"remove_fillers": False}, (), 4),
        ({"remove_pauses": False}, (0, 3, 8), 0),
        ({"fillers": ("you know", "very")}, (4, 10, 11), None),
        ({"fillers": ()}, (), 4),
        ({"fillers": ("", "…")}, (), 4),
        ({"min_pause": 100.0}, (0, 3, 8), 0),
        ({"language": "de"}, (8,), None),
    ],
)
def test_only_what_was_asked_for_goes(
    sound: SoundBench, changes: dict[str, object], removed: tuple[int, ...], pauses: int | None
) -> None:
    request = CleanUpRequest(scenes=(recording(sound.ctx),), language="en").model_copy(update=changes)
    cleaned = clean_up(request, sound.ctx).scenes[0]
    assert cleaned.removed == removed
    assert pauses is None or cleaned.pauses == pauses


def test_a_pause_in_which_something_sounds_is_left_alone(sound: SoundBench) -> None:
    quiet = recording(sound.ctx)
    start, end = quiet.words[7].end, quiet.words[8].start
    loud = recording(sound.ctx, hum=(start, end))
    request = CleanUpRequest(scenes=(loud,), language="en", remove_fillers=False)
    cleaned = clean_up(request, sound.ctx).scenes[0]
    gap = cleaned.speech.words[8].start - cleaned.speech.words[7].end
    assert gap == pytest.approx(end - start, abs=1e-3)


def test_silences_go_from_a_recording_without_a_transcript(sound: SoundBench) -> None:
    speech = recording(sound.ctx)
    request = CleanUpRequest(scenes=(speech.model_copy(update={"words": ()}),), language="en")
    cleaned = clean_up(request, sound.ctx).scenes[0]
    assert cleaned.pauses == 4
    samples = read_wave(sound.ctx.store.path(cleaned.speech.clip))
    assert len(samples) / RATE == pytest.approx(speech.duration - cleaned.seconds, abs=1e-3)
    for index in range(len(TALK)):
        heard = [
            loudness_of_tone(samples, at, at + 0.3, pitch(index)) for at in np.arange(0, len(samples) / RATE, 0.05)
        ]
        assert max(heard) > 0.15
    silent = keep(sound.ctx, np.zeros(3 * RATE), "silent.wav")
    nothing = SceneSpeech(clip=silent, duration=3.0, words=())
    assert clean_up(CleanUpRequest(scenes=(nothing,), language="en"), sound.ctx).scenes[0].seconds < 3


def test_no_pause_at_all_leaves_words_apart(sound: SoundBench) -> None:
    request = CleanUpRequest(scenes=(recording(sound.ctx),), language="en", min_pause=0.0)
    cleaned = clean_up(request, sound.ctx).scenes[0]
    gaps = [after.start - before.end for before, after in pairwise(cleaned.speech.words)]
    assert all(-1e-3 <= gap <= 0.2 for gap in gaps)


def test_a_scene_of_nothing_but_fillers_stays(sound: SoundBench) -> None:
    speech = recording(sound.ctx)
    only = speech.model_copy(update={"words": (speech.words[0], speech.words[3])})
    cleaned = clean_up(CleanUpRequest(scenes=(only,), language="en", remove_pauses=False), sound.ctx)
    assert cleaned.scenes[0].speech == only
    assert cleaned.kept_whole == 1


async def test_a_cleaned_film_is_shorter_and_shows_and_says_the_same_words(sound: SoundBench) -> None:
    script = " ".join(text for text, _ in TALK)
    film = made(script, sound)
    assert len(film.scenes) == 1
    scene = film.scenes[0]
    speech = recording(sound.ctx)
    spoken = film.model_copy(update={"scenes": (scene.model_copy(update={"speech": speech, "frames": 400}),)})
    edited = await CLEAN_UP_TRANSCRIPT.run(spoken, CleanUpTranscriptAction(), sound)
    after = edited.timeline.scenes[0]
    assert after.speech is not None
    assert spoken.scenes[0].frames - after.frames == pytest.approx(
        (speech.duration - after.speech.duration) * 30, abs=12
    )
    assert "Cut 3 filler words" in edited.notes[0]
    assert after.plan.text.split() == [word.text for word in after.speech.words]
    for word in after.speech.words:
        assert script[word.char_start : word.char_end].lower() == word.text.lower()
    assert all(0 <= element.appear < after.frames / 30 for element in after.picture.design.elements)
    again = await CLEAN_UP_TRANSCRIPT.run(edited.timeline, CleanUpTranscriptAction(), sound)
    assert again.timeline == edited.timeline
    assert again.notes == ("No filler word and no long pause was found.",)
    fewer = await CHANGE_NARRATOR.run(edited.timeline, ChangeNarratorAction(voice_id="Flite SLT"), sound)
    said = fewer.timeline.scenes[0].speech
    assert said is not None
    assert [word.text for word in said.words] == [word.text for word in after.speech.words]


async def test_a_synthetic_narration_has_nothing_to_clean(film: Timeline, sound: SoundBench) -> None:
    spoken = (await CHANGE_NARRATOR.run(film, ChangeNarratorAction(voice_id="Flite SLT"), sound)).timeline
    edited = await CLEAN_UP_TRANSCRIPT.run(spoken, CleanUpTranscriptAction(), sound)
    assert edited.timeline == spoken
