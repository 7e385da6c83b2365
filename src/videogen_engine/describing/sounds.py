"""What samples tell of a sound: speech or music by how it comes and goes, how loud, how much of it is pauses."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Final

import av
import numpy as np
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from videogen_engine.describing.model import SoundKind, SoundLook
from videogen_engine.loudness import integrated_lufs
from videogen_engine.stage import StageContext

RATE: Final = 16_000
#: Seconds that are listened to: the first ones.
HEARD: Final = 600.0
_FRAME: Final = RATE // 50
_SILENT_DB: Final = -60.0
#: Frames this many dB under the loud ones are pauses.
_DEEP: Final = 30.0
#: Frames in a second.
_SECOND: Final = 50
#: With more pauses than this, what is left is a noise now and then.
_MOSTLY: Final = 0.8
_SHORTEST_MUSIC: Final = 3.0
_SPAN: Final = 2048
#: Of the spectrum's flatness.
_NOISE: Final = 0.3


def sound_of(path: Path, reader: str, ctx: StageContext) -> NDArray[np.float32] | None:
    """The first ten minutes as 16 kHz mono; None for a file without sound."""
    parts: list[NDArray[np.float32]] = []
    count = 0
    # Opened as the one format its first bytes name, which keeps playlists of other files out.
    with av.open(str(path), "r", format=reader, metadata_errors="ignore") as container:
        if not container.streams.audio:
            return None
        resampler = AudioResampler(format="s16", layout="mono", rate=RATE)
        for decoded in container.decode(container.streams.audio[0]):
            ctx.check()
            for frame in resampler.resample(decoded):
                samples = np.asarray(frame.to_ndarray(), np.int16).reshape(-1)
                parts.append(np.asarray(samples / 32768, np.float32))
                count += len(samples)
            if count >= HEARD * RATE:
                break
    return np.concatenate(parts) if parts else None


def listen_to(samples: NDArray[np.float32]) -> SoundLook:
    """``samples`` at 16 kHz."""
    levels = _levels(samples)
    loud = float(np.percentile(levels, 95)) if levels.size else -120.0
    if loud < _SILENT_DB:
        return SoundLook(kind=SoundKind.SILENCE, lufs=None, pauses=1.0)
    pauses = float(np.mean(levels < max(loud - _DEEP, _SILENT_DB)))
    lufs = integrated_lufs(samples, RATE)
    return SoundLook(kind=_kind(samples, levels, pauses), lufs=_finite(lufs), pauses=round(pauses, 3))


def _finite(lufs: float) -> float | None:
    return lufs if math.isfinite(lufs) else None


def _levels(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """dBFS of each frame of 20 ms."""
    count = len(samples) // _FRAME
    power = np.mean(samples[: count * _FRAME].reshape(count, _FRAME).astype(np.float64) ** 2, axis=1)
    return np.asarray(10 * np.log10(power + 1e-12), np.float64)


def features(samples: NDArray[np.float32], levels: NDArray[np.float64]) -> tuple[float, float, float]:
    """What tells speech from music, as medians over the seconds in which something sounds.

    The share of a second's frames with less than half its mean power; how much the energy moves from frame to frame
    (dB); how far the zero crossings of its frames vary.
    """
    count = len(levels) // _SECOND
    if not count:
        return 0.0, 0.0, 0.0
    power = 10 ** (levels[: count * _SECOND].reshape(count, _SECOND) / 10)
    signs = np.signbit(samples[: count * _SECOND * _FRAME]).reshape(count, _SECOND, _FRAME)
    crossings = np.mean(np.diff(signs.astype(np.int8), axis=2) != 0, axis=2)
    mean = power.mean(axis=1, keepdims=True)
    low = (power < 0.25 * mean).mean(axis=1)
    moves = np.abs(np.diff(10 * np.log10(power + 1e-9), axis=1)).mean(axis=1)
    varied = crossings.std(axis=1)
    heard = mean[:, 0] > 10 ** (np.percentile(levels, 95) / 10 - 3)
    if not heard.any():
        return 0.0, 0.0, 0.0
    return float(np.median(low[heard])), float(np.median(moves[heard])), float(np.median(varied[heard]))


def _kind(samples: NDArray[np.float32], levels: NDArray[np.float64], pauses: float) -> SoundKind:
    low, moves, varied = features(samples, levels)
    seconds = len(samples) / RATE
    if low > 0.2 and moves > 2.2 and varied > 0.05 and pauses < _MOSTLY and seconds > 1:
        return SoundKind.SPEECH
    steady = moves < 2.2 and varied < 0.05 and pauses < 0.5 and seconds > _SHORTEST_MUSIC
    return SoundKind.MUSIC if steady and _flatness(samples) < _NOISE else SoundKind.SOUND


def _flatness(samples: NDArray[np.float32]) -> float:
    """0 for pure tones, near 1 for noise: the spectrum's geometric mean by its mean, of spans over the whole."""
    window = np.hanning(_SPAN).astype(np.float64)
    power = np.zeros(_SPAN // 2 + 1, np.float64)
    for start in np.linspace(0, max(0, len(samples) - _SPAN), 64).astype(int).tolist():
        spectrum = np.fft.rfft(samples[start : start + _SPAN] * window)
        power += spectrum.real**2 + spectrum.imag**2
    heard = power[8:] + 1e-9
    return float(np.exp(np.mean(np.log(heard))) / np.mean(heard))
