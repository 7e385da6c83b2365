"""What makes a synthetic voice sit in a film: trimmed, equalised, compressed, at 48 kHz and −16 LUFS.

Everything is numpy in single precision and depends on the samples alone, so the same take gives the same bytes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from videogen_engine.loudness import integrated_lufs
from videogen_engine.speech.model import SAMPLE_RATE

Mono: TypeAlias = NDArray[np.float32]

#: LUFS of every utterance, and dBFS that no sample exceeds.
TARGET_LUFS: Final = -16.0
CEILING_DBFS: Final = -2.0
#: Seconds kept before the first and after the last sound, inside which the edges fade.
LEAD: Final = 0.02
TAIL: Final = 0.06
_FADE: Final = 0.012
_FRAME: Final = 0.005
#: Relative to the mean power of the frames that hold speech.
_THRESHOLD_DB: Final = -4.0
_RATIO: Final = 2.5
_ATTACK: Final = 0.008
_RELEASE: Final = 0.12


@dataclass(frozen=True)
class Filter:
    """One second-order section: ``kind`` is high_pass, low_shelf, high_shelf, peak or all_pass; ``gain`` in dB.

    An all-pass changes no level; it spreads the sharp pulses of a robotic voice, which then need less limiting.
    """

    kind: str
    hertz: float
    gain: float = 0.0
    q: float = 0.707


def shaped(take: Mono, rate: int, start: float, end: float, curve: tuple[Filter, ...]) -> tuple[Mono, float]:
    """The sound between ``start`` and ``end`` seconds, ready to join, and where it begins in the take (s).

    Samples are at ``SAMPLE_RATE``, peak at most ``CEILING_DBFS``. A silent take stays silent.
    """
    first = max(0, round((start - LEAD) * rate))
    last = min(len(take), round((end + TAIL) * rate))
    cut = _faded(take[first:last].astype(np.float32), rate)
    if cut.size < rate // 50 or not cut.any():
        return np.zeros(round(cut.size * SAMPLE_RATE / rate), np.float32), first / rate
    loud = _compressed(_filtered(cut, rate, curve), rate)
    loudness = integrated_lufs(loud, rate)
    if loudness == -math.inf:
        return np.zeros(round(cut.size * SAMPLE_RATE / rate), np.float32), first / rate
    loud *= np.float32(10 ** ((TARGET_LUFS - loudness) / 20))
    even = _limited(loud, rate)
    # Limiting costs loudness, which is given back; the second pass catches what that and the finer sampling
    # raise above the ceiling.
    even = even * np.float32(math.sqrt(_energy(loud) / _energy(even)))
    return _limited(resampled(even, rate), SAMPLE_RATE), first / rate


def active_span(take: Mono, rate: int) -> tuple[float, float]:
    """Seconds from the first to the last frame that is not silent: within 45 dB of the loud ones."""
    size = max(1, round(_FRAME * rate))
    power = _frame_power(take, size)
    if not power.size or power.max() <= 0:
        return 0.0, 0.0
    loud = np.nonzero(power > np.percentile(power[power > 0], 95) * 10**-4.5)[0]
    return float(loud[0]) * size / rate, min(float(loud[-1] + 1) * size, len(take)) / rate


def resampled(sound: Mono, rate: int) -> Mono:
    """The same sound at ``SAMPLE_RATE``, band-limited exactly: its spectrum is padded or cut."""
    if rate == SAMPLE_RATE:
        return sound
    common = math.gcd(rate, SAMPLE_RATE)
    down, up = rate // common, SAMPLE_RATE // common
    margin = rate // 50
    blocks = _even_fast(-(-(len(sound) + 2 * margin) // down))
    padded = np.zeros(blocks * down, np.float32)
    padded[margin : margin + len(sound)] = sound
    spectrum = np.fft.rfft(padded)
    wide = np.zeros(blocks * up // 2 + 1, np.complex64)
    shared = min(len(spectrum), len(wide)) - 1
    wide[:shared] = spectrum[:shared] * np.float32(up / down)
    count = round(len(sound) * up / down)
    begin = round(margin * up / down)
    return np.fft.irfft(wide, blocks * up).astype(np.float32)[begin : begin + count]


def to_pcm16(sound: Mono) -> NDArray[np.int16]:
    """Full scale 1.0 to 16 bits, rounded, clipped."""
    return np.clip(np.rint(sound * np.float32(32767)), -32768, 32767).astype(np.int16)


def _faded(sound: Mono, rate: int) -> Mono:
    count = min(round(_FADE * rate), len(sound) // 2)
    ramp = (0.5 - 0.5 * np.cos(np.pi * (np.arange(count) + 0.5) / max(count, 1))).astype(np.float32)
    out = sound.copy()
    out[:count] *= ramp
    if count:
        out[-count:] *= ramp[::-1]
    return out


def _filtered(sound: Mono, rate: int, curve: tuple[Filter, ...]) -> Mono:
    if not curve:
        return sound
    # Few sizes, so that the response is found in the cache.
    size = 1 << (len(sound) + rate // 10 - 1).bit_length()
    size = size * 3 // 4 if len(sound) + rate // 10 <= size * 3 // 4 else size
    spectrum = np.fft.rfft(sound, size) * _response(size, rate, curve)
    return np.fft.irfft(spectrum, size).astype(np.float32)[: len(sound)]


@lru_cache(maxsize=16)
def _response(size: int, rate: int, curve: tuple[Filter, ...]) -> NDArray[np.complex64]:
    z = np.exp(-2j * math.pi * np.arange(size // 2 + 1) / size)
    total = np.ones(len(z), np.complex128)
    for section in curve:
        b, a = _section(section, rate)
        total *= (b[0] + b[1] * z + b[2] * z * z) / (a[0] + a[1] * z + a[2] * z * z)
    return total.astype(np.complex64)


def _section(section: Filter, rate: int) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """Numerator and denominator of the section, by the bilinear transform of its analogue prototype."""
    omega = 2 * math.pi * min(section.hertz, 0.45 * rate) / rate
    cosine, alpha = math.cos(omega), math.sin(omega) / (2 * section.q)
    gain = 10 ** (section.gain / 40)
    if section.kind == "high_pass":
        edge = (1 + cosine) / 2
        return (edge, -2 * edge, edge), (1 + alpha, -2 * cosine, 1 - alpha)
    if section.kind == "all_pass":
        return (1 - alpha, -2 * cosine, 1 + alpha), (1 + alpha, -2 * cosine, 1 - alpha)
    if section.kind == "peak":
        return (1 + alpha * gain, -2 * cosine, 1 - alpha * gain), (1 + alpha / gain, -2 * cosine, 1 - alpha / gain)
    side = 1 if section.kind == "low_shelf" else -1
    root = 2 * math.sqrt(gain) * alpha
    plus, minus = gain + 1, gain - 1
    tilt = side * minus * cosine
    return (
        (gain * (plus - tilt + root), 2 * side * gain * (minus - side * plus * cosine), gain * (plus - tilt - root)),
        (plus + tilt + root, -2 * side * (minus + side * plus * cosine), plus + tilt - root),
    )


def _compressed(sound: Mono, rate: int) -> Mono:
    """Loud frames turned down, ``_RATIO`` to 1 above a threshold a little under the level of speech itself."""
    size = max(1, round(_FRAME * rate))
    power = _frame_power(sound, size)
    speech = power[power > power.max() * 10**-3.5]
    level = 10 * np.log10(np.maximum(power, 1e-12))
    threshold = 10 * math.log10(float(speech.mean())) + _THRESHOLD_DB
    wanted = np.minimum(0.0, (threshold - level) * (1 - 1 / _RATIO))
    rise, fall = (1 - math.exp(-_FRAME / seconds) for seconds in (_ATTACK, _RELEASE))
    gain, gains = 0.0, list[float]()
    for target in wanted.tolist():
        gain += (target - gain) * (rise if target < gain else fall)
        gains.append(gain)
    return sound * _ramps(np.power(10.0, np.array(gains) / 20), size, len(sound))


def _limited(sound: Mono, rate: int) -> Mono:
    """Peaks held under the ceiling by a gain that dips smoothly around them."""
    ceiling = 10 ** (CEILING_DBFS / 20)
    size = max(1, rate // 1000)
    count = -(-len(sound) // size)
    padded = np.zeros(count * size, np.float32)
    np.abs(sound, out=padded[: len(sound)])
    peaks = padded.reshape(count, size).max(axis=1)
    if peaks.max() <= ceiling:
        return sound
    wanted = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
    reach = 4
    lowest = np.lib.stride_tricks.sliding_window_view(np.pad(wanted, 2 * reach, mode="edge"), 2 * reach + 1)
    weights = np.hanning(2 * reach + 3)[1:-1]
    smooth = np.convolve(lowest.min(axis=1), weights / weights.sum(), mode="valid")
    return np.clip(sound * _ramps(smooth, size, len(sound)), -ceiling, ceiling)


def _ramps(gains: NDArray[np.float64], size: int, count: int) -> Mono:
    """``count`` factors that pass through ``gains`` at the middle of each block of ``size`` samples."""
    at = np.concatenate([gains[:1], gains, gains[-1:]]).astype(np.float32)
    slope = ((np.arange(size) + 0.5) / size).astype(np.float32)
    lines = at[:-1, None] + (at[1:] - at[:-1])[:, None] * slope
    line = lines.astype(np.float32, copy=False).ravel()[(size + 1) // 2 :][:count]
    return line if len(line) == count else np.pad(line, (0, count - len(line)), mode="edge")


def _energy(sound: Mono) -> float:
    # Not a dot product: its rounding depends on how many threads share it.
    return float(np.square(sound).sum(dtype=np.float64))


def _frame_power(sound: Mono, size: int) -> NDArray[np.float64]:
    count = len(sound) // size
    frames = sound[: count * size].reshape(count, size).astype(np.float64)
    return np.einsum("ij,ij->i", frames, frames) / size


def _even_fast(least: int) -> int:
    """The next even product of 2, 3 and 5."""
    best = 1 << max(1, (least - 1).bit_length())
    for odd in (3, 5, 9, 15, 25, 27, 45, 75, 81):
        size = odd * 2
        while size < least:
            size *= 2
        best = min(best, size)
    return best
