"""Recordings of all kinds, listened to and cut into scenes."""

from __future__ import annotations

import wave
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from videogen_agents.contract import TranscriptWord
from videogen_agents.errors import InputError, LimitError
from videogen_engine.listening.cutting import cut
from videogen_engine.listening.model import CutRecording, CutRequest, HeardRecording, ListenRequest
from videogen_engine.listening.stage import listen, read_slice
from videogen_engine.listening.transcript import written
from videogen_engine.planning.model import Pacing, PlanRequest
from videogen_engine.planning.stage import plan
from videogen_engine.stage import StageContext
from videogen_engine.store.artifact_store import MediaArtifactStore

RATE = 48_000
Samples = NDArray[np.int16]


@pytest.fixture
def ctx(tmp_path: Path) -> StageContext:
    return StageContext(store=MediaArtifactStore((tmp_path / "media").as_uri()), scratch=tmp_path / "scratch")


def sound(*stretches: tuple[float, float], room: float = 0.0, rate: int = RATE) -> Samples:
    """Noise like a voice for each ``(seconds, silence after)``, over the noise of a room."""
    rng = np.random.default_rng(7)
    parts: list[NDArray[np.float64]] = []
    for seconds, pause in stretches:
        parts += [rng.normal(0, 0.1, round(seconds * rate)), np.zeros(round(pause * rate))]
    whole = np.concatenate(parts)
    whole += rng.normal(0, room, len(whole)) if room else 0.0
    return np.asarray(np.clip(whole * 32767, -32768, 32767), np.int16)


def encoded(path: Path, samples: Samples, codec: str, *, picture: bool = False, rate: int = RATE) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout="mono")
        film = container.add_stream("mpeg4", rate=10, width=64, height=48, pix_fmt="yuv420p") if picture else None
        if film is not None:
            frame = av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8), format="rgb24")
            container.mux(film.encode(frame))
            container.mux(film.encode(None))
        frame = av.AudioFrame.from_ndarray(samples[None, :], format="s16", layout="mono")
        frame.sample_rate = rate
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def waved(path: Path, samples: Samples, rate: int = RATE) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return path


def heard(ctx: StageContext, file: Path, longest: float = 600.0) -> HeardRecording:
    media = ctx.store.publish("upload/recording", file, "application/octet-stream")
    return listen(ListenRequest(media=media, max_seconds=longest), ctx)


def whole(ctx: StageContext, found: HeardRecording) -> Samples:
    return read_slice(ctx.store.path(found.sound), 0, found.samples)


def joined(ctx: StageContext, made: CutRecording) -> Samples:
    clips = [ctx.store.path(scene.clip) for scene in made.narration.scenes]
    return np.concatenate([read_slice(clip, 0, RATE * 600) for clip in clips])


@pytest.mark.parametrize(
    ("name", "codec", "picture"),
    [
        ("a.mp3", "libmp3lame", False),
        ("a.flac", "flac", False),
        ("a.ogg", "libopus", False),
        ("a.m4a", "aac", False),
        ("a.mkv", "aac", True),
    ],
)
def test_sound_of_every_kind_is_decoded_with_its_pauses(
    ctx: StageContext, tmp_path: Path, name: str, codec: str, picture: bool
) -> None:
    samples = sound((1.0, 0.5), (1.0, 0.0))
    found = heard(ctx, encoded(tmp_path / name, samples, codec, picture=picture))
    assert found.samples == pytest.approx(len(samples), abs=0.1 * RATE)
    (pause,) = [silence for silence in found.silences if 0.5 * RATE < silence.start < 2 * RATE]
    assert pause.start == pytest.approx(1.0 * RATE, abs=0.1 * RATE)
    assert pause.end == pytest.approx(1.5 * RATE, abs=0.1 * RATE)


def test_a_recording_at_48_khz_is_kept_sample_for_sample(ctx: StageContext, tmp_path: Path) -> None:
    samples = sound((1.0, 0.4), (0.8, 0.1))
    assert np.array_equal(whole(ctx, heard(ctx, waved(tmp_path / "a.wav", samples))), samples)


@pytest.mark.parametrize("room", [0.0, 0.003, 0.01])
def test_pauses_are_found_in_quiet_and_in_noisy_rooms(ctx: StageContext, tmp_path: Path, room: float) -> None:
    found = heard(ctx, waved(tmp_path / "a.wav", sound((1.5, 0.5), (1.5, 0.6), (1.5, 0.0), room=room)))
    assert [round(silence.start / RATE, 1) for silence in found.silences] == [1.5, 3.5]
    assert [round(silence.end / RATE, 1) for silence in found.silences] == [2.0, 4.1]


def test_a_voice_without_pauses_has_none(ctx: StageContext, tmp_path: Path) -> None:
    assert heard(ctx, waved(tmp_path / "a.wav", sound((3.0, 0.0)))).silences == ()


@pytest.mark.parametrize(
    ("samples", "code"),
    [
        (np.zeros(RATE * 2, np.int16), "silent_recording"),
        (sound((0.2, 0.0)), "recording_too_short"),
        (np.zeros(0, np.int16), "recording_too_short"),
    ],
    ids=["silent", "tiny", "empty"],
)
def test_a_recording_of_no_use_says_why(ctx: StageContext, tmp_path: Path, samples: Samples, code: str) -> None:
    with pytest.raises(InputError) as caught:
        heard(ctx, waved(tmp_path / "a.wav", samples))
    assert caught.value.code == code


def test_too_long_a_recording_is_refused(ctx: StageContext, tmp_path: Path) -> None:
    with pytest.raises(LimitError, match="longer than 2 s"):
        heard(ctx, waved(tmp_path / "a.wav", sound((3.0, 0.0))), longest=2.0)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"fLaC" + b"\x00\x11broken" * 200, "damaged_media"),
        (b"\x1a\x45\xdf\xa3" + b"nothing" * 200, "damaged_media"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "no_sound"),
        (b"Only words.", "no_sound"),
    ],
)
def test_a_file_without_readable_sound_says_so(ctx: StageContext, tmp_path: Path, data: bytes, code: str) -> None:
    (tmp_path / "bad").write_bytes(data)
    with pytest.raises(InputError) as caught:
        heard(ctx, tmp_path / "bad")
    assert caught.value.code == code


def test_a_film_without_sound_is_refused(ctx: StageContext, tmp_path: Path) -> None:
    with av.open(str(tmp_path / "mute.mp4"), "w") as container:
        stream = container.add_stream("mpeg4", rate=10, width=64, height=48, pix_fmt="yuv420p")
        picture = av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8), format="rgb24")
        container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    with pytest.raises(InputError) as caught:
        heard(ctx, tmp_path / "mute.mp4")
    assert caught.value.code == "no_sound"


SENTENCES = ("Most people drink too little.", "Water is sixty percent of your body.", "So drink a glass now.")


def spoken() -> tuple[Samples, list[TranscriptWord]]:
    """A sentence every three seconds: two seconds of voice, one of pause."""
    words: list[TranscriptWord] = []
    for index, sentence in enumerate(SENTENCES):
        parts = sentence.split()
        step = 2.0 / len(parts)
        words += [
            TranscriptWord(
                word=word, start_seconds=index * 3 + place * step, end_seconds=index * 3 + (place + 1) * step
            )
            for place, word in enumerate(parts)
        ]
    return sound(*((2.0, 1.0) for _ in SENTENCES)), words


def cut_by_words(ctx: StageContext, found: HeardRecording, words: list[TranscriptWord]) -> CutRecording:
    script, timed = written(words, "en")
    planned = plan(PlanRequest(script=script, pacing=Pacing.FAST), ctx)
    request = CutRequest(recording=found, language="en", voice_id="v", name="n", plan=planned, words=timed)
    return cut(request, ctx)


def test_scenes_meet_in_the_pauses_and_their_clips_are_the_recording(ctx: StageContext, tmp_path: Path) -> None:
    samples, words = spoken()
    made = cut_by_words(ctx, heard(ctx, waved(tmp_path / "a.wav", samples[:-777])), words)
    assert np.array_equal(joined(ctx, made), samples[:-777])
    assert len(made.plan.scenes) == 3
    assert sum(made.frames) == 270
    starts = [sum(made.frames[:index]) / 30 for index in range(3)]
    assert starts == pytest.approx([0.0, 2.8, 5.8], abs=0.05)


def test_every_word_keeps_its_time_in_the_recording_and_its_place_in_the_script(
    ctx: StageContext, tmp_path: Path
) -> None:
    samples, words = spoken()
    made = cut_by_words(ctx, heard(ctx, waved(tmp_path / "a.wav", samples)), words)
    at = 0.0
    found: list[tuple[str, float, float]] = []
    for speech, frames in zip(made.narration.scenes, made.frames, strict=True):
        for word in speech.words:
            assert made.plan.script[word.char_start : word.char_end] == word.text
            found.append((word.text, round(word.start + at, 4), round(word.end + at, 4)))
        at += frames / 30
    assert found == [(word.word, round(word.start_seconds, 4), round(word.end_seconds, 4)) for word in words]


def test_a_transcript_of_something_longer_is_refused(ctx: StageContext, tmp_path: Path) -> None:
    samples, words = spoken()
    with pytest.raises(InputError) as caught:
        cut_by_words(ctx, heard(ctx, waved(tmp_path / "a.wav", samples[: RATE * 3])), words)
    assert caught.value.code == "transcript_mismatch"


def test_words_without_full_stops_are_parted_where_the_speaker_breathes() -> None:
    _, words = spoken()
    bare = [word.model_copy(update={"word": word.word.strip(".").lower()}) for word in words]
    script, _ = written(bare, "en")
    assert script.split("\n\n") == [sentence.strip(".").lower() for sentence in SENTENCES]


def test_without_words_scenes_meet_in_pauses_and_nothing_of_the_sound_is_lost(
    ctx: StageContext, tmp_path: Path
) -> None:
    samples = sound(*((2.5, 0.5) for _ in range(8)))
    found = heard(ctx, waved(tmp_path / "a.wav", samples))
    made = cut(CutRequest(recording=found, language="en", voice_id="v", name="Talk", pacing=Pacing.FAST), ctx)
    assert np.array_equal(joined(ctx, made), samples)
    starts = np.cumsum((0, *made.frames[:-1])) * 1600
    assert len(starts) > 3
    assert all(any(pause.start <= start <= pause.end for pause in found.silences) for start in starts[1:])


def test_a_voice_that_never_pauses_still_changes_pictures(ctx: StageContext, tmp_path: Path) -> None:
    samples = sound((30.0, 0.0))
    found = heard(ctx, waved(tmp_path / "a.wav", samples))
    made = cut(CutRequest(recording=found, language="en", voice_id="v", name="Talk", pacing=Pacing.FAST), ctx)
    assert len(made.frames) > 2
    assert np.array_equal(joined(ctx, made), samples)
