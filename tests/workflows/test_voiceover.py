"""Recordings made into films over the contract, on the real engine, at the size of a thumbnail."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from videogen_engine.store.records import Rendition

sys.path.insert(0, str(Path(__file__).parent))

from recording_booth import RATE, Booth, sound, waved, word_times

SENTENCES = ("Most people drink too little water.", "Um so take a glass in the morning.", "A tree needs rain.")


def words() -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for index, sentence in enumerate(SENTENCES):
        parts = sentence.split()
        step = 2.0 / len(parts)
        for place, word in enumerate(parts):
            start = round(index * 3 + place * step, 3)
            found.append({"word": word, "startSeconds": start, "endSeconds": round(start + step, 3)})
    return found


@pytest.fixture(scope="module")
def booth(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Booth]:
    opened = Booth(tmp_path_factory.mktemp("home"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def worded(booth: Booth) -> str:
    """A recording with its transcript."""
    return booth.upload(waved(sound()), "Water talk.wav", transcript={"languageCode": "en", "words": words()})


@pytest.fixture(scope="module")
def bare(booth: Booth) -> str:
    """A recording alone."""
    return booth.upload(waved(sound(18.0)), "mountain_walk.wav")


def test_a_film_lasts_as_long_as_its_recording_and_sounds_as_it(booth: Booth, worded: str) -> None:
    run, film = booth.film(worded, autoExport=True)
    assert run["status"] == "succeeded", run
    assert film is not None
    assert film.frames == 270
    assert np.array_equal(booth.sound_of(film), sound())
    assert film.script == " ".join(SENTENCES)
    assert "speech: your recording" in str(run)
    subtitles = booth.export_file(run, Rendition.SRT).decode()
    assert subtitles.startswith("1\n00:00:00,000 --> ")
    assert "drink too little" in subtitles
    assert len(booth.export_file(run, Rendition.DOWNLOAD)) > 10_000


def test_words_are_shown_at_the_times_the_transcript_gives(booth: Booth, worded: str) -> None:
    _, film = booth.film(worded)
    assert film is not None
    shown = word_times(film)
    assert [text for text, _ in shown] == [str(word["word"]) for word in words()]
    assert [start for _, start in shown] == pytest.approx([word["startSeconds"] for word in words()], abs=0.001)


def test_what_is_asked_for_is_in_the_film(booth: Booth, worded: str) -> None:
    picture = cv2.imencode(".png", np.full((20, 40, 3), 200, np.uint8))[1].tobytes()
    _, film = booth.film(
        worded,
        logoFileId=booth.upload(picture, "logo.png"),
        captionStyle=None,
        visualStyle={"type": "AI_IMAGE", "aiStyle": "watercolour"},
        aspectRatio={"width": 9, "height": 16},
        scenes=[{"startSeconds": 0, "endSeconds": 2.5, "description": "a rocket"}],
        actorEntityId="vg_enti_actor_scarf",
    )
    assert film is not None
    assert film.logo is not None
    assert film.caption_style is None
    assert film.presenter == "scarf"
    assert film.style.ai_style == "watercolour"
    assert (film.ratio_width, film.ratio_height) == (9, 16)
    assert film.scenes[0].direction == "a rocket"


def test_without_a_transcript_there_are_pictures_and_a_word_on_how_to_get_captions(booth: Booth, bare: str) -> None:
    run, film = booth.film(bare, workflowAgentContext="A mountain. A tent.", autoExport=True)
    assert run["status"] == "succeeded", run
    assert film is not None
    assert "has no transcript" in str(run["warnings"])
    assert film.caption_style is None
    assert film.title == "mountain walk"
    assert len(film.scenes) > 2
    assert film.frames == 540
    assert np.array_equal(booth.sound_of(film), sound(18.0))
    assert [scene.direction for scene in film.scenes[:3]] == ["A mountain.", "A tent.", "A mountain."]
    assert {scene.picture.design.elements[0].text for scene in film.scenes} == {"mountain walk"}
    assert any(element.icon for scene in film.scenes for element in scene.picture.design.elements)


def test_a_new_narrator_reads_the_transcript_and_a_clean_up_cuts_the_recording(booth: Booth, worded: str) -> None:
    cleaned_run, cleaned = booth.film(worded, remixActions=[{"type": "CLEAN_UP_TRANSCRIPT"}])
    assert cleaned_run["status"] == "succeeded", cleaned_run
    assert not cleaned_run["degraded"]
    assert cleaned is not None
    said = [word.text for scene in cleaned.scenes if scene.speech for word in scene.speech.words]
    assert "Um" not in said
    assert "morning." in said
    action = {"type": "CHANGE_NARRATOR", "voiceId": "vg_voic_flite_rms"}
    _, read = booth.film(worded, remixActions=[action])
    assert read is not None
    assert read.voice_provider == "flite"
    assert read.voice_id == "vg_voic_flite_rms"


def test_nobody_can_narrate_a_recording_of_which_no_words_are_known(booth: Booth, bare: str) -> None:
    run, film = booth.film(bare, remixActions=[{"type": "CHANGE_NARRATOR", "voiceId": "vg_voic_flite_rms"}])
    assert run["status"] == "succeeded", run
    assert film is not None
    assert film.voice_provider == "recording"


def test_a_silent_recording_fails_and_says_so(booth: Booth) -> None:
    run, film = booth.film(booth.upload(waved(np.zeros(RATE * 2, np.int16)), "silence.wav"))
    assert film is None
    assert "silent_recording" in str(run["error"])


@pytest.mark.parametrize(
    ("fields", "status", "says"),
    [
        ({"actorEntityId": "vg_ent_1"}, 404, "actorEntityId"),
        ({"visualStyle": {"type": "AI_IMAGE", "entityId": "vg_enti_none"}}, 404, "vg_enti_none"),
        ({"logoFileId": "vg_file_none"}, 404, "logoFileId"),
    ],
)
def test_what_cannot_be_honoured_is_refused_at_the_start(
    booth: Booth, worded: str, fields: dict[str, object], status: int, says: str
) -> None:
    answered, error = booth.start(worded, **fields)
    assert (answered, says in str(error)) == (status, True), error


def test_only_what_sounds_is_a_recording(booth: Booth) -> None:
    status, error = booth.start(booth.upload(b"Just words.", "words.txt"))
    assert status == 400
    assert "neither AUDIO nor VIDEO" in str(error)
    assert booth.start("vg_file_unknown")[0] == 404
