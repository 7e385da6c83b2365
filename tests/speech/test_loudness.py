"""Loudness and true peak against FFmpeg's own meter, on signals whose answer is also known by the rules."""

from __future__ import annotations

import math
import re

import av
import av.logging
import numpy as np
import pytest
from av.filter import Graph
from numpy.typing import NDArray

from videogen_engine.loudness import integrated_lufs, true_peak_dbtp


def _sine(hertz: float, seconds: float, rate: int, peak_dbfs: float, phase: float = 0.0) -> NDArray[np.float32]:
    time = np.arange(round(seconds * rate)) / rate
    return (10 ** (peak_dbfs / 20) * np.sin(2 * math.pi * hertz * time + phase)).astype(np.float32)


def _noise(seconds: float, rate: int, channels: int, seed: int) -> NDArray[np.float32]:
    source = np.random.default_rng(seed)
    count = round(seconds * rate)
    white = source.standard_normal((count, channels))
    envelope = 10 ** (np.repeat(source.uniform(-45, -12, size=-(-count // (rate // 2))), rate // 2)[:count] / 20)
    return np.clip(white * envelope[:, None] * 0.3, -1, 1).astype(np.float32)


def _ffmpeg(samples: NDArray[np.float32], rate: int) -> tuple[float, float]:
    """(LUFS, dBTP) by the ``ebur128`` filter, read from what it logs at the end."""
    planar = np.ascontiguousarray(samples.reshape(len(samples), -1).T)
    layout = {1: "mono", 2: "stereo"}[planar.shape[0]]
    graph = Graph()
    source = graph.add_abuffer(format="fltp", sample_rate=rate, layout=layout)
    meter = graph.add("ebur128", "peak=true:framelog=quiet:metadata=1")
    sink = graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    integrated, peak = -math.inf, 0.0
    for start in range(0, planar.shape[1], rate // 10):
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(planar[:, start : start + rate // 10]), format="fltp", layout=layout
        )
        frame.sample_rate = rate
        frame.pts = start
        source.push(frame)
        while True:
            try:
                metadata = sink.pull().metadata
            except (av.BlockingIOError, av.EOFError):
                break
            integrated = float(metadata["lavfi.r128.I"])
            peak = max([peak, *(float(v) for k, v in metadata.items() if re.search(r"true_peaks_ch\d", k))])
    return integrated, 20 * math.log10(peak) if peak else -math.inf


@pytest.mark.parametrize(("rate", "channels"), [(48_000, 1), (48_000, 2), (44_100, 2), (16_000, 1)])
def test_noise_measures_as_ffmpeg_measures_it(rate: int, channels: int) -> None:
    samples = _noise(12, rate, channels, seed=rate + channels)
    lufs, peak = _ffmpeg(samples, rate)
    assert integrated_lufs(samples, rate) == pytest.approx(lufs, abs=0.1)
    assert true_peak_dbtp(samples, rate) == pytest.approx(peak, abs=0.25)


def test_a_full_scale_sine_in_one_channel_is_minus_3_lufs_and_in_two_is_0() -> None:
    sine = _sine(997, 3, 48_000, peak_dbfs=0)
    assert integrated_lufs(sine, 48_000) == pytest.approx(-3.01, abs=0.02)
    assert integrated_lufs(np.stack([sine, sine], axis=1), 48_000) == pytest.approx(0.0, abs=0.02)


def test_long_pauses_are_gated_out() -> None:
    tone = _sine(997, 4, 48_000, peak_dbfs=-20)
    film = np.concatenate([tone, np.zeros(48_000 * 20, np.float32), tone])
    assert integrated_lufs(film, 48_000) == pytest.approx(integrated_lufs(tone, 48_000), abs=0.35)


def test_the_peak_between_samples_is_found() -> None:
    """A sine at a quarter of the rate, sampled 45° off its crest, shows 3 dB less than it has."""
    sine = _sine(12_000, 1, 48_000, peak_dbfs=-6, phase=math.pi / 4)
    fade = np.minimum(1, np.arange(48_000) / 4800).astype(np.float32)
    smooth = sine * fade * fade[::-1]
    assert 20 * math.log10(float(np.abs(smooth).max())) == pytest.approx(-9.01, abs=0.05)
    assert true_peak_dbtp(smooth, 48_000) == pytest.approx(-6.0, abs=0.05)


def test_int16_and_float_of_the_same_signal_measure_the_same() -> None:
    floats = _noise(3, 48_000, 2, seed=5)
    shorts = np.round(floats * 32767).astype(np.int16)
    assert integrated_lufs(shorts, 48_000) == pytest.approx(integrated_lufs(floats, 48_000), abs=0.01)
    assert true_peak_dbtp(shorts, 48_000) == pytest.approx(true_peak_dbtp(floats, 48_000), abs=0.01)


@pytest.mark.parametrize("count", [0, 1, 100, 4_800, 96_000])
def test_silence_of_any_length_is_minus_infinity(count: int) -> None:
    assert integrated_lufs(np.zeros(count, np.float32), 48_000) == -math.inf
    assert true_peak_dbtp(np.zeros((count, 2), np.float32), 48_000) == -math.inf


def test_a_signal_shorter_than_a_block_is_measured_as_one_block() -> None:
    tone = _sine(997, 0.25, 48_000, peak_dbfs=-20)
    assert integrated_lufs(tone, 48_000) == pytest.approx(-23.0, abs=0.3)


def test_wrong_shapes_and_rates_are_refused() -> None:
    with pytest.raises(ValueError, match="3-dimensional"):
        integrated_lufs(np.zeros((2, 2, 2), np.float32), 48_000)
    with pytest.raises(ValueError, match="8000 Hz"):
        true_peak_dbtp(np.zeros(10, np.float32), 100)
