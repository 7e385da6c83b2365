"""Loudness for listening on any device: −16 LUFS integrated, peaks below −1 dBTP with room for the codec.

Sources: EBU R 128 s2 (−16 LUFS for streaming and mobile), ITU-R BS.1770-4 (both measures).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from videogen_engine.loudness import integrated_lufs, true_peak_dbtp
from videogen_engine.package.gain_curve import over_samples
from videogen_engine.package.mix import CHANNELS
from videogen_engine.package.pcm_file import PcmFile
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
    """What the encoder is to be given: ``samples`` times ``gain`` (linear).

    Loudness (LUFS) and true peak (dBTP) are those of the product; both are −inf when nothing sounds.
    """

    samples: PcmFile
    gain: float
    lufs: float
    dbtp: float


def loudness_of(samples: PcmFile) -> float:
    """Integrated loudness as it will be heard: one channel alone plays on both sides."""
    lufs = integrated_lufs(samples.as_array(), SAMPLE_RATE)
    return lufs + 10 * math.log10(CHANNELS) if samples.ndim == 1 else lufs


def master(mixed: PcmFile, max_dbtp: float, ctx: StageContext, room: PcmFile) -> Master:
    """The mix at the target loudness with true peaks at or below ``max_dbtp``.

    A linear gain does it when the peaks allow; otherwise a look-ahead limiter takes them down, its result
    in ``room``, which has the shape of the mix.
    """
    lufs = loudness_of(mixed)
    if lufs == -math.inf:
        return Master(mixed, 1.0, lufs, -math.inf)
    gain = min(TARGET_LUFS - lufs, _MOST_GAIN)
    peak = true_peak_dbtp(mixed.as_array(), SAMPLE_RATE)
    if peak + gain <= max_dbtp:
        return Master(mixed, 10 ** (gain / 20), lufs + gain, peak + gain)
    ceiling = max_dbtp
    for _ in range(_ROUNDS):
        ctx.check()
        _limit(mixed, 10 ** (gain / 20), 10 ** (ceiling / 20), room)
        lufs, peak = loudness_of(room), true_peak_dbtp(room.as_array(), SAMPLE_RATE)
        short = min(TARGET_LUFS - lufs, _MOST_GAIN - gain)
        if peak <= max_dbtp and abs(short) <= _TOLERANCE:
            break
        # The limiter sees samples only; what overshoots between them has to come off its ceiling.
        ceiling -= max(0.0, peak - max_dbtp + 0.02)
        gain += short if abs(short) > _TOLERANCE else 0.0
    return Master(room, 1.0, lufs, peak)


def _limit(samples: PcmFile, gain: float, ceiling: float, target: PcmFile) -> None:
    curve = _limiter_curve(samples, gain, ceiling)
    step = _BLOCK * _CHUNK_BLOCKS
    for start in range(0, len(samples), step):
        part = samples[start : start + step].astype(np.float32) * gain
        shape = over_samples(curve, _BLOCK, start, len(part))
        part *= shape if part.ndim == 1 else shape[:, None]
        target.write(start, np.clip(np.rint(part), -32768, 32767).astype(np.int16))


def _limiter_curve(samples: PcmFile, gain: float, ceiling: float) -> NDArray[np.float32]:
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
    return np.asarray(smoothed, np.float32)


def _block_peaks(samples: PcmFile) -> NDArray[np.float64]:
    """The largest magnitude in each block, full scale being 1."""
    step = _BLOCK * _CHUNK_BLOCKS
    peaks: list[NDArray[np.float64]] = []
    for start in range(0, len(samples), step):
        part = np.abs(samples[start : start + step].astype(np.float32))
        flat = part if part.ndim == 1 else part.max(axis=1)
        blocks = np.pad(flat, (0, -len(flat) % _BLOCK)).reshape(-1, _BLOCK)
        peaks.append(blocks.max(axis=1).astype(np.float64) / 32768)
    return np.concatenate(peaks) if peaks else np.zeros(1)
