"""Recordings whose words are known without times, or written down by a transcriber, made into films."""

from __future__ import annotations

import asyncio
import io
import json
import sys
import threading
from collections.abc import Iterator, Mapping
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from videogen_agents.testing import LoopbackLanguageModel
from videogen_agents.testing.language_model import HttpReply
from videogen_engine.providers.audio_transcriptions import AudioTranscriptions
from videogen_engine.providers.endpoint import Endpoint

sys.path.insert(0, str(Path(__file__).parent))

from recording_booth import RATE, Booth, spoken, waved, word_times

TEXT = "Dr. Lindqvist planted 14 apple trees in 1987. Her neighbours laughed. Today the whole street eats her fruit."
OTHER = "Glaciers forget how to hurry, and the valleys below them wait for water that will never come again."
Recording = tuple[NDArray[np.int16], list[float]]


class LoopbackTranscriber(LoopbackLanguageModel):
    """Plays ``/audio/transcriptions``. Each answer is the JSON of one; ``forms`` holds the fields that came in."""

    def __init__(self) -> None:
        self.forms: list[dict[str, bytes]] = []
        self._turn = threading.Lock()
        super().__init__(model="whisper-loopback")

    def environ(self) -> dict[str, str]:
        return {
            "VIDEOGEN_AGENTS_TRANSCRIBER_BASE_URL": self.url,
            "VIDEOGEN_AGENTS_TRANSCRIBER_MODEL": self.model,
            "VIDEOGEN_AGENTS_TRANSCRIBER_API_KEY": "sk-transcriber-secret",
        }

    def answer(self, path: str, headers: Mapping[str, str], raw: bytes) -> HttpReply:
        if not path.endswith("/audio/transcriptions"):
            return HttpReply(404, json.dumps({"error": {"message": "There is no such path."}}))
        kind = headers.get("Content-Type") or headers.get("content-type") or ""
        form = BytesParser().parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + raw)
        fields: dict[str, bytes] = {}
        for part in form.get_payload():
            assert not isinstance(part, str)
            fields[str(part.get_param("name", header="content-disposition"))] = part.get_payload(decode=True)
        with self._turn:
            self.forms.append(fields)
            self.authorizations.append(headers.get("Authorization") or headers.get("authorization"))
            found = self.answers.popleft()
        assert not callable(found)
        return found if isinstance(found, HttpReply) else HttpReply(200, found)


@pytest.fixture(scope="module")
def transcriber() -> Iterator[LoopbackTranscriber]:
    with LoopbackTranscriber() as served:
        yield served


@pytest.fixture(scope="module")
def booth(tmp_path_factory: pytest.TempPathFactory, transcriber: LoopbackTranscriber) -> Iterator[Booth]:
    opened = Booth(tmp_path_factory.mktemp("home"), **transcriber.environ())
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    return spoken(TEXT, "en", "vg_voic_flite_awb", tmp_path_factory.mktemp("voice"))


def as_text(text: str) -> dict[str, object]:
    return {"languageCode": "en", "words": [{"word": text, "startSeconds": 0, "endSeconds": 1}]}


def heard_words(recording: Recording) -> list[dict[str, Any]]:
    """As whisper gives them: bare words with times."""
    starts = recording[1]
    ends = [*starts[1:], len(recording[0]) / RATE]
    words = [word.strip(".,") for word in TEXT.split()]
    return [{"word": w, "start": a, "end": b} for w, a, b in zip(words, starts, ends, strict=True)]


def test_a_text_without_times_is_shown_when_it_is_said(booth: Booth, recording: Recording) -> None:
    samples, true = recording
    run, film = booth.film(booth.upload(waved(samples), "trees.wav", transcript=as_text(TEXT)))
    assert run["status"] == "succeeded", run
    assert film is not None
    assert film.caption_style is not None
    assert not run["degraded"]
    assert "acoustic model" in str(run["notes"])
    shown = word_times(film)
    assert [text for text, _ in shown] == TEXT.split()
    away = np.abs(np.array([start for _, start in shown]) - true)
    assert np.median(away) < 0.06
    assert np.array_equal(booth.sound_of(film), samples)


def test_a_text_of_something_else_is_not_shown_and_the_run_says_so(booth: Booth, recording: Recording) -> None:
    run, film = booth.film(booth.upload(waved(recording[0]), "trees.wav", transcript=as_text(OTHER)))
    assert run["status"] == "succeeded", run
    assert film is not None
    assert film.caption_style is None
    assert film.script == ""
    assert "does not seem to be what is said" in str(run["degraded"])
    assert np.array_equal(booth.sound_of(film), recording[0])


def test_a_transcriber_writes_down_what_nobody_did(
    booth: Booth, recording: Recording, transcriber: LoopbackTranscriber
) -> None:
    words = heard_words(recording)
    transcriber.answers.append(json.dumps({"text": TEXT, "language": "english", "words": words}))
    run, film = booth.film(booth.upload(waved(recording[0]), "trees.wav"))
    assert run["status"] == "succeeded", run
    assert film is not None
    assert f"whisper-loopback at {transcriber.url[7:-3]}" in str(run["notes"])
    assert "sk-transcriber-secret" not in str(run)
    assert film.script.split() == TEXT.split()
    assert [start for _, start in word_times(film)] == pytest.approx(recording[1], abs=0.002)
    form = transcriber.forms[-1]
    assert form["model"] == b"whisper-loopback"
    assert form["timestamp_granularities[]"] == b"word"
    assert transcriber.authorizations[-1] == "Bearer sk-transcriber-secret"
    with av.open(io.BytesIO(form["file"])) as sent:
        assert float(sent.duration or 0) / 1e6 == pytest.approx(len(recording[0]) / RATE, abs=0.2)


def test_a_transcriber_that_knows_no_times_has_its_text_aligned(
    booth: Booth, recording: Recording, transcriber: LoopbackTranscriber
) -> None:
    refusal = json.dumps({"error": {"message": "response_format verbose_json is not supported"}})
    transcriber.answers += [HttpReply(400, refusal), json.dumps({"text": TEXT})]
    samples = recording[0][: len(recording[0]) - 480]
    run, film = booth.film(booth.upload(waved(samples), "trees.wav"), language="en")
    assert run["status"] == "succeeded", run
    assert film is not None
    shown = word_times(film)
    assert np.median(np.abs(np.array([start for _, start in shown]) - recording[1])) < 0.06
    assert transcriber.forms[-1]["response_format"] == b"json"
    assert transcriber.forms[-1]["language"] == b"en"


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (HttpReply(401, json.dumps({"error": {"message": "bad key sk-transcriber-secret"}})), "TRANSCRIBER_API_KEY"),
        (json.dumps({"words": "many"}), "without any text"),
        (json.dumps({"text": " ", "words": []}), "heard no words"),
    ],
    ids=["refused", "nonsense", "no words"],
)
def test_a_transcriber_that_fails_leaves_a_film_without_captions_and_says_why(
    booth: Booth, transcriber: LoopbackTranscriber, recording: Recording, answer: HttpReply | str, says: str
) -> None:
    transcriber.answers.append(answer)
    # Another recording each time, so that no earlier answer is found.
    samples = recording[0][: len(recording[0]) // 2 - 960 * len(transcriber.forms)]
    run, film = booth.film(booth.upload(waved(samples), "trees.wav"))
    assert run["status"] == "succeeded", run
    assert film is not None
    assert film.caption_style is None
    found = str(run["degraded"]) + str(run.get("warnings"))
    assert says in found or (says == "TRANSCRIBER_API_KEY" and "HTTP 401" in found), run
    assert "sk-transcriber-secret" not in str(run)


@pytest.mark.parametrize(
    ("answer", "items"),
    [
        ({"text": "", "words": [{"word": "a", "start": -1, "end": "x"}, 7, {"word": 3, "start": 0, "end": 1}]}, []),
        ({"text": "A b.", "words": [{"word": "a", "start": 1, "end": 0}, {"word": "b", "start": 0.5, "end": 99}]},
         [("A", 1.0, 1.01), ("b.", 1.01, 5.0)]),
        ({"text": "late", "words": [{"word": "late", "start": 7, "end": 8}]}, [("late", 0.0, 5.0)]),
        ({"text": "A. B.", "segments": [{"text": " A.", "start": 0, "end": 2}, {"text": "B.", "start": 2, "end": 3}]},
         [("A.", 0.0, 2.0), ("B.", 2.0, 3.0)]),
        ({"text": "Hi there", "words": [{"word": "hi", "start": 0, "end": float("inf")}]}, [("Hi there", 0.0, 5.0)]),
    ],
    ids=["nonsense", "crossed times", "after the end", "sentences", "endless"],
)  # fmt: skip
def test_only_what_can_be_of_a_transcribers_answer_is_believed(
    transcriber: LoopbackTranscriber, answer: dict[str, object], items: list[tuple[str, float, float]]
) -> None:
    endpoint = Endpoint(setting="TEST", base_url=transcriber.url, model=transcriber.model)
    transcriber.answers.append(json.dumps(answer))
    made = asyncio.run(AudioTranscriptions(endpoint).transcribe(b"mp3", 5.0, "pt-BR"))
    assert [(item.text, item.start, item.end) for item in made.items] == [
        (text, pytest.approx(start), pytest.approx(end)) for text, start, end in items
    ]
    assert transcriber.forms[-1]["language"] == b"pt"


RAMBLE = "Um well the harbour opens at six. The boats come in slowly. Then, um, everybody eats fresh bread together."


@pytest.fixture(scope="module")
def ramble(booth: Booth, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, NDArray[np.int16]]:
    """The file of a recording in a room, with fillers and a long pause, and its sound."""
    samples, _ = spoken(RAMBLE, "en", "vg_voic_flite_rms", tmp_path_factory.mktemp("voice"))
    room = np.random.default_rng(4).normal(0, 60, 2 * RATE)
    quiet = np.asarray(np.clip(room, -32768, 32767), np.int16)
    middle = len(samples) // 2
    before = samples[max(0, middle - RATE) : middle + RATE].astype(np.int32)
    calm = middle - RATE + int(np.argmin(np.convolve(np.abs(before), np.ones(2400), "same")))
    whole = np.concatenate([samples[:calm], quiet, samples[calm:]])
    return booth.upload(waved(whole), "harbour.wav", transcript=as_text(RAMBLE)), whole


def jumps(samples: NDArray[np.int16]) -> NDArray[np.float64]:
    """How sharply the sound bends at every sample: a click is a bend that nothing around it has."""
    return np.abs(np.diff(samples.astype(np.float64), 2))


def test_a_clean_up_cuts_recording_and_captions_together_without_a_click(
    booth: Booth, ramble: tuple[str, NDArray[np.int16]]
) -> None:
    file_id, whole = ramble
    _, before = booth.film(file_id)
    run, after = booth.film(file_id, remixActions=[{"type": "CLEAN_UP_TRANSCRIPT"}])
    assert run["status"] == "succeeded", run
    assert before is not None
    assert after is not None
    said = [text for text, _ in word_times(after)]
    assert not any("um" in text.casefold().strip(",") for text in said)
    assert "bread" in said
    sound = booth.sound_of(after)
    assert len(whole) - len(sound) > 1.5 * RATE
    # Slices stand side by side: no stretch of nothing between them.
    assert after.frames == sum(-(-len(clip) // 1600) for clip in booth.clips_of(after))
    assert all(scene.speech_offset == 0 for scene in after.scenes)
    assert not any(len(clip) % 1600 for clip in booth.clips_of(after)[:-1])
    # No bend at any seam is sharper than the voice's own.
    assert jumps(sound).max() <= 1.05 * jumps(whole).max()
    quiet = np.abs(sound[: len(sound) // 1600 * 1600].reshape(-1, 1600)).max(axis=1)
    assert quiet.min() > 0


def test_a_new_narrator_sets_in_when_the_transition_is_half_over(
    booth: Booth, ramble: tuple[str, NDArray[np.int16]]
) -> None:
    action = {"type": "CHANGE_NARRATOR", "voiceId": "vg_voic_flite_slt"}
    run, film = booth.film(ramble[0], remixActions=[action])
    assert run["status"] == "succeeded", run
    assert film is not None
    assert film.voice_provider == "flite"
    for scene in film.scenes:
        assert scene.speech is not None
        assert scene.speech_offset == pytest.approx(0.2)
        assert scene.frames / 30 >= scene.speech_offset + scene.speech.words[-1].end


@pytest.mark.parametrize("wish", ['change scene 1 to "Nobody said this."', 'add a scene saying "And then we sleep."'])
def test_no_other_voice_is_put_among_the_speakers_own_words(
    booth: Booth, ramble: tuple[str, NDArray[np.int16]], wish: str
) -> None:
    action = {"type": "EDIT_WITH_AGENT", "prompt": wish, "editType": "MINOR_EDIT"}
    run, film = booth.film(ramble[0], remixActions=[action])
    assert run["status"] == "succeeded", run
    assert film is not None
    assert film.voice_provider == "recording"
    assert np.array_equal(booth.sound_of(film), ramble[1])
    assert "recording" in str(run["degraded"])
