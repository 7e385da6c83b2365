"""What can be heard in a piece of music, measured: its key, its tempo, its clicks and how its sections differ.

Run as a program it prints the table of ``docs/music.md``.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np

from videogen_engine.loudness import integrated_lufs, true_peak_dbtp
from videogen_engine.music.model import MusicBed, MusicRequest
from videogen_engine.music.stage import make_music
from videogen_engine.music.theory import MODES, NOTE_NAMES
from videogen_engine.stage import StageContext
from videogen_engine.store.artifact_store import MediaArtifactStore

RATE = 48_000
PROMPTS = (
    "calm piano for a nature film",
    "ambient dreamy pads, no drums",
    "upbeat happy pop",
    "corporate technology explainer",
    "cinematic emotional strings",
    "lo-fi beats to study to",
    "dark mysterious",
    "playful marimba for kids",
    "acoustic guitar folk",
    "epic orchestral trailer",
)
#: Krumhansl and Kessler's profiles: how well each step of the scale is felt to fit the key.
_MAJOR = np.array([6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88])
_MINOR = np.array([6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17])


def context(folder: Path) -> StageContext:
    return StageContext(store=MediaArtifactStore((folder / "media").as_uri()), scratch=folder / "scratch")


def samples(ctx: StageContext, bed: MusicBed) -> np.ndarray:
    """``[n, 2]``, full scale 1."""
    with av.open(str(ctx.store.path(bed.media))) as container:
        assert container.streams.audio[0].rate == RATE
        parts = [frame.to_ndarray().reshape(-1, 2) for frame in container.decode(audio=0)]
    return np.concatenate(parts).astype(np.float32) / 32768


def spectrogram(mono: np.ndarray, size: int = 8192, hop: int = 2048) -> np.ndarray:
    frames = np.lib.stride_tricks.sliding_window_view(mono, size)[::hop]
    return np.abs(np.fft.rfft(frames * np.hanning(size).astype(np.float32), axis=1))


def chroma(mono: np.ndarray) -> np.ndarray:
    """Energy by pitch class (0 is C), of sum 1: the spectral peaks between 60 Hz and 2 kHz."""
    power = spectrogram(mono, 16_384, 8192) ** 2
    at = np.fft.rfftfreq(16_384, 1 / RATE)
    inner = (power[:, 1:-1] > power[:, :-2]) & (power[:, 1:-1] > power[:, 2:])
    peaks = np.zeros_like(power)
    peaks[:, 1:-1] = power[:, 1:-1] * inner
    peaks = np.sqrt(peaks[:, (at > 60) & (at < 2000)])
    pitch = np.rint(12 * np.log2(at[(at > 60) & (at < 2000)] / 440) + 69).astype(int) % 12
    found = np.array([peaks[:, pitch == one].sum() for one in range(12)])
    return found / found.sum()


def intended(key: str) -> tuple[int, tuple[int, ...]]:
    """Tonic and pitch classes of ``D minor``."""
    name, mode = key.split()
    tonic = NOTE_NAMES.index(name)
    return tonic, tuple((tonic + step) % 12 for step in MODES[mode])


def in_scale(heard: np.ndarray, key: str) -> float:
    """The share of the chroma that is in the scale of ``key``."""
    return float(heard[list(intended(key)[1])].sum())


def best_transposition(heard: np.ndarray, key: str) -> int:
    """By how many semitones the scale of ``key`` would have to move to hold most of what is heard."""
    _, scale = intended(key)
    shares = [float(heard[[(step + shift) % 12 for step in scale]].sum()) for shift in range(12)]
    return int(np.argmax(shares))


def key_correlations(heard: np.ndarray) -> dict[str, float]:
    """The 24 keys, best first."""
    found = {}
    for tonic, name in enumerate(NOTE_NAMES):
        for mode, profile in (("major", _MAJOR), ("minor", _MINOR)):
            found[f"{name} {mode}"] = float(np.corrcoef(heard, np.roll(profile, tonic))[0, 1])
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def onset_curve(mono: np.ndarray) -> tuple[np.ndarray, float]:
    """Rise of the spectrum over time, and frames a second."""
    hop = 512
    spectrum = np.log1p(200 * spectrogram(mono, 2048, hop))
    flux = np.maximum(0, np.diff(spectrum, axis=0)).sum(axis=1)
    smooth = np.convolve(flux, np.hanning(9) / np.hanning(9).sum(), mode="same")
    return np.maximum(0, smooth - np.convolve(smooth, np.ones(87) / 87, mode="same")), RATE / hop


def tempo(mono: np.ndarray, near: float) -> float:
    """Beats a minute within an octave of ``near``: where a comb of beats fits the onsets best."""
    curve, rate = onset_curve(mono)
    size = 1 << (2 * len(curve) - 1).bit_length()
    spectrum = np.abs(np.fft.rfft(curve - curve.mean(), size)) ** 2
    likeness = np.fft.irfft(spectrum)[: size // 2]
    best = (0.0, 0.0)
    for candidate in np.arange(near * 0.7, near * 1.42, 0.1):
        lags = np.arange(1, 9) * 60 / candidate * rate
        fit = float(np.interp(lags, np.arange(len(likeness)), likeness).sum())
        best = max(best, (fit, float(candidate)))
    return best[1]


def onsets(mono: np.ndarray) -> int:
    curve, _ = onset_curve(mono)
    edge = 0.18 * np.percentile(curve, 98)
    return int(((curve[1:-1] > edge) & (curve[1:-1] >= curve[:-2]) & (curve[1:-1] > curve[2:])).sum())


def clicks(sound: np.ndarray) -> int:
    """Single steps far out of what surrounds them: the second difference against its own half millisecond."""
    jump = np.abs(np.diff(sound, n=2, axis=0)).max(axis=1)
    around = np.convolve(jump, np.ones(97) / 97, mode="same")
    return int(((jump > 12 * around) & (jump > 0.004)).sum())


def centroid(mono: np.ndarray) -> float:
    """Hz."""
    power = (spectrogram(mono) ** 2).sum(axis=0)
    return float((power * np.fft.rfftfreq(8192, 1 / RATE)).sum() / power.sum())


@dataclass(frozen=True)
class Heard:
    """``crest`` in dB, ``width`` 0 is mono, ``quiet`` the longest stretch (s) under −60 dBFS."""

    lufs: float
    dbtp: float
    crest: float
    centroid: float
    offset: float
    width: float
    quiet: float
    clicks: int
    in_scale: float
    best_key: str
    best_transposition: int
    tempo: float
    onsets_per_bar: float


def listen(sound: np.ndarray, bed: MusicBed) -> Heard:
    mono = sound.mean(axis=1)
    heard = chroma(mono)
    blocks = np.sqrt((mono[: len(mono) // 2400 * 2400].reshape(-1, 2400) ** 2).mean(axis=1))
    side = (sound[:, 0] - sound[:, 1]) / 2
    return Heard(
        lufs=integrated_lufs(sound, RATE),
        dbtp=true_peak_dbtp(sound, RATE),
        crest=20 * float(np.log10(np.abs(sound).max() / np.sqrt((sound**2).mean()))),
        centroid=centroid(mono),
        offset=float(np.abs(sound.mean(axis=0)).max()),
        width=float(np.sqrt((side**2).mean() / (mono**2).mean())),
        quiet=longest(blocks < 1e-3) * 0.05,
        clicks=clicks(sound),
        in_scale=in_scale(heard, bed.key),
        best_key=next(iter(key_correlations(heard))),
        best_transposition=best_transposition(heard, bed.key),
        tempo=tempo(mono, bed.tempo),
        onsets_per_bar=onsets(mono) / (bed.seconds / bed.form.bar),
    )


def longest(flags: np.ndarray) -> int:
    best = run = 0
    for flag in flags:
        run = run + 1 if flag else 0
        best = max(best, run)
    return best


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 30.0
    titles = ("prompt", "key, tempo asked", "key heard", "in scale", "tempo heard", "LUFS", "dBTP", "crest dB")
    titles += ("centroid Hz", "width", "onsets/bar", "clicks", "CPU s")
    sys.stdout.write(f"| {' | '.join(titles)} |\n|{'---|' * len(titles)}\n")
    with tempfile.TemporaryDirectory() as folder:
        ctx = context(Path(folder))
        for prompt in sys.argv[2:] or PROMPTS:
            before = time.process_time()
            bed = make_music(MusicRequest(prompt=prompt, seconds=seconds), ctx)
            spent = time.process_time() - before
            one = listen(samples(ctx, bed), bed)
            sys.stdout.write(
                f"| {prompt} | {bed.key}, {bed.tempo:.1f} | {one.best_key} | {one.in_scale:.0%} | {one.tempo:.1f} "
                f"| {one.lufs:.1f} | {one.dbtp:.1f} | {one.crest:.1f} | {one.centroid:.0f} | {one.width:.2f} "
                f"| {one.onsets_per_bar:.1f} | {one.clicks} | {spent:.1f} |\n"
            )


if __name__ == "__main__":
    main()
