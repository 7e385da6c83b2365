"""The whole film against the encoder alone, by stage, and against MoviePy making the same layers."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from benchmarks.processes import ROOT, Cost, median, module, run
from benchmarks.report import Options, Row

#: Most processor time of a whole film against its encoding alone, and least speed against MoviePy.
MOST_OVER_ENCODING = 1.35
LEAST_OVER_MOVIEPY = 20.0
MOST_MEMORY_MB = 700
_SLICE_SECONDS = 15.0
_STAGES = ("start", "import", "plan", "speak", "picture", "assemble", "render", "package")


def rows(options: Options) -> list[Row]:
    """Films and limits take turns, so that a busy machine slows both."""
    films: list[Cost] = []
    limits: list[Cost] = []
    edits: list[Cost] = []
    slices: list[Cost] = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for number in range(options.repeats):
            home = folder / str(number)
            home.mkdir()
            films.append(module("stages", str(home), str(options.lines), "1"))
            limits.append(module("encode_only", str(home), str(options.lines)))
            if not options.quick:
                slices.append(_moviepy(home, options))
            edits.append(module("stages", str(home), str(options.lines), "1", "edited"))
    return _rows(films, limits, edits, slices)


def _rows(films: list[Cost], limits: list[Cost], edits: list[Cost], slices: list[Cost]) -> list[Row]:
    cpu, wall, peak = (median(films, what) for what in ("cpu", "wall", "peak_mb"))
    duration, encode = median(films, "duration"), median(limits, "encode")
    ratio = cpu / encode
    found = [
        Row("film", f"{duration:.1f} s, 12 scenes, captions, {median(films, 'megabytes'):.1f} MB"),
        Row("whole film, processor time", f"{cpu:.1f} s"),
        Row("whole film, wall time", f"{wall:.1f} s ({duration / wall:.1f}× real time)"),
        Row("encoding alone, processor time", f"{encode:.1f} s"),
        Row(
            "whole film / encoding alone",
            f"{ratio:.2f}×",
            f"≤ {MOST_OVER_ENCODING}×",
            ratio <= MOST_OVER_ENCODING,
        ),
        Row("peak memory", f"{peak:.0f} MB", f"≤ {MOST_MEMORY_MB} MB", peak <= MOST_MEMORY_MB),
    ]
    found += [Row(f"stage: {stage}", f"{median(films, stage):.2f} s") for stage in _STAGES]
    found += [
        Row(
            "one sentence changed, processor time",
            f"{median(edits, 'cpu'):.1f} s, {median(edits, 'wall'):.1f} s on the clock",
        ),
        Row("one sentence changed, scenes rendered", f"{median(edits, 'scenes_rendered'):.0f} of 12"),
    ]
    found.append(Row("rendering besides x264", f"{median(films, 'render') - encode:.2f} s"))
    if slices:
        spent, seconds = median(slices, "wall"), median(slices, "seconds")
        faster = (spent / seconds) / (wall / duration)
        found += [
            Row(f"MoviePy 2.2.1, {seconds:.0f} s of it, wall time", f"{spent:.0f} s"),
            Row("MoviePy, processor time", f"{median(slices, 'cpu'):.0f} s"),
            Row(
                "whole film / MoviePy, speed",
                f"{faster:.0f}×",
                f"≥ {LEAST_OVER_MOVIEPY:.0f}×",
                faster >= LEAST_OVER_MOVIEPY,
            ),
        ]
    return found


def _moviepy(home: Path, options: Options) -> Cost:
    python = _moviepy_python()
    layers = module("moviepy_layers", str(home), str(options.lines), str(_SLICE_SECONDS))
    script = str(ROOT / "benchmarks" / "moviepy_film.py")
    # MoviePy leaves its sound in the working folder when it is interrupted.
    cost = run([str(python), script, str(home / "layers"), str(home / "moviepy.mp4")], folder=home)
    return Cost(cost.cpu, cost.wall, cost.peak_mb, layers.said)


def _moviepy_python() -> Path:
    """MoviePy's own environment, made once: it asks for an older Pillow than the engine has."""
    home = ROOT / "out" / "moviepy-environment"
    python = home / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not (home / ".ready").exists():
        venv.create(home, with_pip=True)
        subprocess.run(
            [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--group", "bench"],
            cwd=ROOT,
            check=True,
        )
        (home / ".ready").touch()
    return python
