"""Recordings whose words are known without times, or written down by a transcriber, made into films."""

from __future__ import annotations

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

sys.path.insert(0, str(Path(__file__).parent))

from booth import RATE, Booth, spoken, waved, word_times

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
        ("[1, 2]", "JSON object"),
        (json.dumps({"words": "many"}), "without any text"),
        (json.dumps({"text": " ", "words": []}), "heard no words"),
        (json.dumps({"text": "", "words": [{"word": "a", "start": -1, "end": "x"}, 7, {"word": 3}]}), "heard no words"),
    ],
    ids=["refused", "no object", "no text", "no words", "nonsense"],
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
