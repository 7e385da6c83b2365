"""Loudness for listening on any device: −16 LUFS integrated, peaks below −1 dBTP with room for the codec.

Sources: EBU R 128 s2 (−16 LUFS for streaming and mobile), ITU-R BS.1770-4 (both measures).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from videogen_engine.loudness import integrated_lufs, true_peak_dbtp
from videogen_engine.package.mix import CHANNELS, Mix
from videogen_engine.speech.model import SAMPLE_RATE
from videogen_engine.stage import StageContext

TARGET_LUFS: Final = -16.0
#: Loudness this far off (LU) is corrected after limiting.
_TOLERANCE: Final = 0.3
#: More than this would make the noise of a nearly silent recording loud (dB).
_MOST_GAIN: Final = 36.0
_ROUNDS: Final = 4
#: Samples that share one gain, and how many such blocks the limiter looks ahead and takes to let go.
_BLOCK: Final = SAMPLE_RATE // 1000
_SPREAD: Final = 20
_CHUNK_BLOCKS: Final = 10_000


@dataclass(frozen=True)
class Master:
    """Sound ready for the encoder, its loudness (LUFS) and true peak (dBTP); both −inf when silent."""

    samples: NDArray[np.int16]
    lufs: float
    dbtp: float


def loudness_of(samples: NDArray[np.int16]) -> float:
    """Integrated loudness as it will be heard: one channel alone plays on both sides."""
    lufs = integrated_lufs(samples, SAMPLE_RATE)
    return lufs + 10 * math.log10(CHANNELS) if samples.ndim == 1 else lufs


def master(mix: Mix, max_dbtp: float, ctx: StageContext, path: Path) -> Master:
    """The mix at the target loudness with true peaks at or below ``max_dbtp``, written to ``path``.

    A linear gain does it when the peaks allow; otherwise a look-ahead limiter takes the peaks down.
    """
    lufs = loudness_of(mix.samples)
    if lufs == -math.inf:
        return Master(mix.samples, lufs, -math.inf)
    gain = min(TARGET_LUFS - lufs, _MOST_GAIN)
    peak = true_peak_dbtp(mix.samples, SAMPLE_RATE)
    finished: NDArray[np.int16] = np.memmap(path, np.int16, "w+", shape=mix.samples.shape)
    if peak + gain <= max_dbtp:
        _apply(mix.samples, gain, None, finished)
        return Master(finished, lufs + gain, peak + gain)
    ceiling = max_dbtp
    for _ in range(_ROUNDS):
        ctx.check()
        _apply(mix.samples, gain, ceiling, finished)
        lufs, peak = loudness_of(finished), true_peak_dbtp(finished, SAMPLE_RATE)
        short = min(TARGET_LUFS - lufs, _MOST_GAIN - gain)
        if peak <= max_dbtp and abs(short) <= _TOLERANCE:
            break
        # The limiter sees samples only; what overshoots between them has to come off its ceiling.
        ceiling -= max(0.0, peak - max_dbtp + 0.02)
        gain += short if abs(short) > _TOLERANCE else 0.0
    return Master(finished, lufs, peak)


def _apply(samples: NDArray[np.int16], gain_db: float, ceiling_db: float | None, target: NDArray[np.int16]) -> None:
    gain = 10 ** (gain_db / 20)
    curve = None if ceiling_db is None else _limiter_curve(samples, gain, 10 ** (ceiling_db / 20))
    step = _BLOCK * _CHUNK_BLOCKS
    for start in range(0, len(samples), step):
        part = samples[start : start + step].astype(np.float32) * gain
        if curve is not None:
            at = np.arange(start, start + len(part)) / _BLOCK - 0.5
            shape = np.interp(at, np.arange(len(curve)), curve).astype(np.float32)
            part *= shape if part.ndim == 1 else shape[:, None]
        np.clip(np.rint(part), -32768, 32767, out=part)
        target[start : start + step] = part.astype(np.int16)


def _limiter_curve(samples: NDArray[np.int16], gain: float, ceiling: float) -> NDArray[np.float64]:
    """A gain per block, smooth in time, that keeps every sample under the ceiling.

    Each block takes the least gain that any block within reach wants, and the average over that reach is
    then no more than any of them wants: the gain is down before the peak comes, without a jump.
    """
    peaks = _block_peaks(samples) * gain
    wanted = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
    reach = _SPREAD + 1
    padded = np.pad(wanted, reach, constant_values=1.0)
    least = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1).min(axis=-1)
    window = np.hanning(2 * _SPREAD + 3)[1:-1]
    smoothed = np.convolve(np.pad(least, _SPREAD, mode="edge"), window / window.sum(), mode="valid")
    return np.asarray(smoothed, np.float64)


def _block_peaks(samples: NDArray[np.int16]) -> NDArray[np.float64]:
    """The largest magnitude in each block, full scale being 1."""
    step = _BLOCK * _CHUNK_BLOCKS
    peaks: list[NDArray[np.float64]] = []
    for start in range(0, len(samples), step):
        part = np.abs(samples[start : start + step].astype(np.float32))
        flat = part if part.ndim == 1 else part.max(axis=1)
        blocks = np.pad(flat, (0, -len(flat) % _BLOCK)).reshape(-1, _BLOCK)
        peaks.append(blocks.max(axis=1).astype(np.float64) / 32768)
    return np.concatenate(peaks) if peaks else np.zeros(1)
