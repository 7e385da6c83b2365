"""Integrated loudness and true peak of PCM, as ITU-R BS.1770-4 and EBU R 128 define them.

Samples are ``[n]`` or ``[n, channels]``, float at full scale 1.0 or int16. Both measures walk the signal in
chunks of about a second, so a memory-mapped hour needs no more memory than a minute. Results are rounded
to 0.0001 dB, which is below any meter and above what differs between processors.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from videogen_engine.k_weighting import k_weighting

Samples: TypeAlias = NDArray[np.float32] | NDArray[np.float64] | NDArray[np.int16]
_Mono: TypeAlias = NDArray[np.float32]

#: Part of the keys of what is kept of measurements; raise it when the same sound would measure otherwise.
VERSION: Final = "2"
_HOPS_PER_BLOCK: Final = 4
#: Samples that are weighted at a time: a multiple of the filter's blocks, and little enough to stay in the cache.
_PIECE: Final = 24_000
_ABSOLUTE_GATE: Final = -70.0
_RELATIVE_GATE: Final = -10.0
_OFFSET: Final = -0.691
#: Of 5 channels L R C Ls Rs and 6 channels L R C LFE Ls Rs (BS.1770-4, table 3); all others weigh 1.
_WEIGHTS: Final = {5: (1.0, 1.0, 1.0, 1.41, 1.41), 6: (1.0, 1.0, 1.0, 0.0, 1.41, 1.41)}
_TAPS: Final = 24
#: Samples that one row of the true-peak product covers, a power of two.
_RUN: Final = 16
#: Rows of one product: few enough that the linear algebra library keeps it on the calling thread, which is
#: both cheaper and the same on every machine.
_ROWS: Final = 128


def integrated_lufs(samples: Samples, rate: int) -> float:
    """Gated programme loudness in LUFS; ``-inf`` for silence (nothing above the −70 LUFS gate).

    A signal shorter than one 400 ms block is measured as a single block of its own length. Raises
    ValueError for an array that is neither ``[n]`` nor ``[n, channels]``, or a rate below 8000 Hz.
    """
    columns = _columns(samples, rate)
    edges = _hop_edges(len(samples), rate)
    powers = np.zeros(len(edges) - 1, np.float64)
    for weight, column in _weighted(columns):
        powers += weight * _hop_energies(column, rate)
    spans = np.diff(edges).astype(np.float64)
    width = min(_HOPS_PER_BLOCK, len(spans))
    if width == 0:
        return -math.inf
    blocks = _running_sum(powers, width) / _running_sum(spans, width)
    gated = blocks[blocks > _power(_ABSOLUTE_GATE)]
    if gated.size == 0:
        return -math.inf
    gated = gated[gated > np.mean(gated) * 10 ** (_RELATIVE_GATE / 10)]
    return round(_OFFSET + 10 * math.log10(float(np.mean(gated))), 4)


def true_peak_dbtp(samples: Samples, rate: int) -> float:
    """Highest peak between and on the samples, in dBTP, by oversampling to at least 192 kHz.

    Rates under 96 kHz are oversampled four times, under 192 kHz twice. ``-inf`` for digital silence.
    Raises ValueError as ``integrated_lufs`` does.
    """
    columns = _columns(samples, rate)
    peak = max((_sample_peak(column) for column in columns), default=0.0)
    if peak == 0.0:
        return -math.inf
    between = _interpolator(4 if rate < 96_000 else 2 if rate < 192_000 else 1)
    # A filter cannot raise a value above its input's peak times the sum of its absolute taps, so runs too quiet
    # to beat what is known already are skipped without changing the answer.
    gain = float(np.abs(between).sum(axis=0).max()) if between.size else 0.0
    for column in columns:
        for chunk in _overlapping(column, 16 * _ROWS * _RUN, _TAPS):
            if _magnitude(chunk) * gain > peak:
                rows = np.lib.stride_tricks.sliding_window_view(chunk, len(between))[::_RUN]
                loud = rows[_loudest(chunk, len(between), len(rows)) * gain > peak]
                points = [loud[at : at + _ROWS] @ between for at in range(0, len(loud), _ROWS)]
                peak = max(peak, *map(_magnitude, points))
    return round(20 * math.log10(peak), 4)


def _loudest(chunk: _Mono, width: int, count: int) -> _Mono:
    """The largest magnitude around each of ``count`` windows of ``width`` samples that begin every ``_RUN``."""
    reach = -(-width // _RUN)
    sizes = np.pad(np.abs(chunk), (0, max(0, (count + reach) * _RUN - len(chunk))))[: (count + reach) * _RUN]
    # Halving is several times as fast as asking for the largest of each row.
    for _ in range(_RUN.bit_length() - 1):
        sizes = np.maximum(sizes[::2], sizes[1::2])
    loudest = sizes[:count]
    for step in range(1, reach):
        loudest = np.maximum(loudest, sizes[step : step + count])
    return loudest


def _columns(samples: Samples, rate: int) -> list[Samples]:
    if samples.ndim not in (1, 2):
        raise ValueError(f"samples must be [n] or [n, channels], not {samples.ndim}-dimensional")
    if rate < 8000:
        raise ValueError(f"rate must be at least 8000 Hz, not {rate}")
    return [samples] if samples.ndim == 1 else [samples[:, index] for index in range(samples.shape[1])]


def _weighted(columns: list[Samples]) -> Iterator[tuple[float, Samples]]:
    weights = _WEIGHTS.get(len(columns), (1.0,) * len(columns))
    return ((weight, column) for weight, column in zip(weights, columns, strict=True) if weight)


def _power(lufs: float) -> float:
    return 10 ** ((lufs - _OFFSET) / 10)


def _running_sum(values: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    return np.lib.stride_tricks.sliding_window_view(values, width).sum(axis=-1)


def _floats(part: Samples) -> _Mono:
    if part.dtype == np.int16:
        return part.astype(np.float32) / np.float32(32768)
    return part.astype(np.float32)


def _hop_edges(count: int, rate: int) -> NDArray[np.int64]:
    """Sample positions every 100 ms, whole hops only; a signal shorter than a block is one hop."""
    hops = count * 10 // rate
    if hops < _HOPS_PER_BLOCK:
        return np.array([0, count] if count else [0], np.int64)
    return (np.arange(hops + 1, dtype=np.int64) * rate + 5) // 10


def _hop_energies(column: Samples, rate: int) -> NDArray[np.float64]:
    """Sum of squares of the K-weighted signal in each hop."""
    edges = _hop_edges(len(column), rate)
    weigh = k_weighting(rate)
    energies = np.zeros(len(edges) - 1, np.float64)
    states = weigh.rest()
    done = 0
    rest: _Mono = np.zeros(0, np.float32)
    # Pieces are whole blocks of the filter; what a hop has too little of waits for the next piece.
    for start in range(0, int(edges[-1]) if len(edges) else 0, _PIECE):
        part = _floats(column[start : min(start + _PIECE, int(edges[-1]))])
        weighted, states = weigh(part, states)
        heard = np.concatenate([rest, weighted]) if rest.size else weighted
        first = start - rest.size
        behind = int(np.searchsorted(edges, first + heard.size, side="right")) - 1
        for hop in range(done, behind):
            inner = heard[edges[hop] - first : edges[hop + 1] - first]
            energies[hop] = np.dot(inner, inner)
        done = behind
        rest = heard[edges[done] - first :].copy()
    return energies


def _magnitude(values: _Mono) -> float:
    return float(max(values.max(), -values.min())) if values.size else 0.0


def _sample_peak(column: Samples) -> float:
    return max((_magnitude(chunk) for chunk in _overlapping(column, 1 << 16, 0)), default=0.0)


def _overlapping(column: Samples, size: int, overlap: int) -> Iterator[_Mono]:
    """Chunks of ``size`` samples and ``overlap`` more of the next, the ends padded with silence."""
    half = overlap // 2
    for start in range(0, len(column), size):
        low, high = start - half, start + size + overlap - half
        part = _floats(column[max(low, 0) : min(high, len(column))])
        missing = max(-low, 0), max(high - len(column), 0)
        yield np.pad(part, missing) if any(missing) else part


@lru_cache(maxsize=4)
def _interpolator(factor: int) -> NDArray[np.float32]:
    """Matrix ``[_RUN + taps - 1, _RUN * (factor - 1)]`` from a run of samples to the points between them.

    Each column is a Kaiser-windowed sinc at its place, so that one matrix product does a whole chunk.
    """
    matrix = np.zeros((_RUN + _TAPS - 1, _RUN * (factor - 1)), np.float64)
    for step in range(1, factor):
        at = np.arange(_TAPS) - (_TAPS // 2 - 1) - step / factor
        ramp = np.clip(1 - (at / (_TAPS / 2)) ** 2, 0, None)
        taps = np.sinc(at) * np.i0(8.0 * np.sqrt(ramp))
        for place in range(_RUN):
            matrix[place : place + _TAPS, place * (factor - 1) + step - 1] = taps / taps.sum()
    return matrix.astype(np.float32)
