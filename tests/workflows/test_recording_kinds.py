"""Recordings in every container that is accepted, from upload to export, and how little of them changes on the way."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from videogen_engine.store.records import Rendition

sys.path.insert(0, str(Path(__file__).parent))

from recording_booth import RATE, Booth, spoken, waved

TEXT = "The harbour opens at six."
Samples = NDArray[np.int16]


@pytest.fixture(scope="module")
def booth(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Booth]:
    opened = Booth(tmp_path_factory.mktemp("home"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    return spoken(TEXT, "en", "vg_voic_flite_slt", tmp_path_factory.mktemp("voice"))[0]


def encoded(path: Path, samples: Samples, codec: str, rate: int, picture: str | None) -> bytes:
    resampler = AudioResampler(format="fltp" if codec in {"aac", "libmp3lame"} else "s16", layout="mono", rate=rate)
    with av.open(str(path), "w") as container:
        film = container.add_stream(picture, rate=10, width=64, height=48, pix_fmt="yuv420p") if picture else None
        stream = container.add_stream(codec, rate=rate, layout="mono")
        for _ in range(round(10 * len(samples) / RATE) if film else 0):
            frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), 90, np.uint8), format="rgb24")
            container.mux(film.encode(frame))
        if film is not None:
            container.mux(film.encode(None))
        sound = av.AudioFrame.from_ndarray(samples[None, :], format="s16", layout="mono")
        sound.sample_rate = RATE
        for piece in (sound, None):
            for part in resampler.resample(piece):
                container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    return path.read_bytes()


def likeness(heard: NDArray[np.float64], true: Samples) -> float:
    """The correlation of the two where they fit best, within a tenth of a second."""
    length = min(len(heard), len(true)) - RATE // 5
    middle = true[RATE // 10 : RATE // 10 + length].astype(np.float64)
    size = 1 << (len(heard) + length).bit_length()
    found = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(middle, size)), size)[: RATE // 5]
    best = int(np.argmax(found))
    part = heard[best : best + length]
    return float(np.corrcoef(part, middle[: len(part)])[0, 1])


@pytest.mark.parametrize(
    ("name", "codec", "rate", "picture", "least"),
    [
        ("a.mp3", "libmp3lame", 44_100, None, 0.98),
        ("a.m4a", "aac", 44_100, None, 0.98),
        ("a.ogg", "libopus", 48_000, None, 0.95),
        ("a.flac", "flac", 48_000, None, 0.9999),
        ("a.webm", "libopus", 48_000, None, 0.95),
        ("a.mp4", "aac", 48_000, "mpeg4", 0.98),
        ("a.webm", "libopus", 48_000, "libvpx", 0.95),
        ("a.mov", "pcm_s16le", 48_000, "mpeg4", 0.9999),
    ],
)
def test_recordings_of_every_kind_become_films_that_sound_as_they_do(
    booth: Booth, samples: Samples, tmp_path: Path, name: str, codec: str, rate: int, picture: str | None, least: float
) -> None:
    data = encoded(tmp_path / name, samples, codec, rate, picture)
    said = enumerate(TEXT.split())
    words = [{"word": word, "startSeconds": at / 4, "endSeconds": at / 4 + 0.2} for at, word in said]
    file_id = booth.upload(data, name, transcript={"languageCode": "en", "words": words})
    run, film = booth.film(file_id)
    assert run["status"] == "succeeded", run
    assert film is not None
    assert film.script == TEXT
    assert film.duration == pytest.approx(len(samples) / RATE, abs=0.15)
    assert likeness(booth.sound_of(film).astype(np.float64), samples) >= least


def test_only_the_loudness_of_a_recording_changes_in_the_export(booth: Booth, samples: Samples, tmp_path: Path) -> None:
    run, film = booth.film(booth.upload(waved(samples), "a.wav"), autoExport=True)
    assert run["status"] == "succeeded", run
    assert film is not None
    assert np.array_equal(booth.sound_of(film), samples)
    (tmp_path / "film.mp4").write_bytes(booth.export_file(run, Rendition.DOWNLOAD))
    parts: list[NDArray[np.float64]] = []
    with av.open(str(tmp_path / "film.mp4")) as container:
        resampler = AudioResampler(format="flt", layout="mono", rate=RATE)
        for frame in container.decode(container.streams.audio[0]):
            parts += [part.to_ndarray().reshape(-1).astype(np.float64) for part in resampler.resample(frame)]
    assert likeness(np.concatenate(parts), samples) > 0.99
