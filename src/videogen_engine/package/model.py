"""Input and output of the package stage."""

from __future__ import annotations

from videogen_engine.frozen import Frozen
from videogen_engine.render.model import RenderedFilm
from videogen_engine.stage import MediaRef
from videogen_engine.timeline.document import Timeline


class PackageRequest(Frozen):
    timeline: Timeline
    film: RenderedFilm


class Loudness(Frozen):
    """Integrated loudness (LUFS, ITU-R BS.1770) and true peak (dBTP) of the finished sound."""

    integrated_lufs: float
    true_peak_dbtp: float


class PackagedFilm(Frozen):
    """``duration`` in seconds; ``loudness`` is None for a silent film. ``manifest`` names every licence."""

    video: MediaRef
    thumbnail: MediaRef
    srt: MediaRef
    vtt: MediaRef
    manifest: MediaRef
    duration: float
    width: int
    height: int
    frames: int
    scenes_reused: int
    scenes_rendered: int
    loudness: Loudness | None
    warnings: tuple[str, ...] = ()
