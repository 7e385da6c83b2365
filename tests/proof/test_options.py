"""Every option of ``make`` shows in the film, and a terminal sees one live line."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path

import av
import pytest

from ..command import COMMAND, environment, run

pytestmark = pytest.mark.xdist_group("one-film")

SCRIPT = "Drink water now."


def test_options_reach_the_film_and_a_terminal_sees_a_live_line(tmp_path: Path) -> None:
    terminal, side = pty.openpty()
    options = [
        "--aspect",
        "9:16",
        "--style",
        "chalkboard",
        "--speed",
        "1.5",
        "--pacing",
        "fast",
        "--quality",
        "standard",
    ]
    with subprocess.Popen(
        [*COMMAND, "make", "-", "-o", "clips/film.mp4", "--language", "en", "--voice", "Flite RMS", *options],
        env=environment(tmp_path / "home") | {"VIDEOGEN_AGENTS_RENDER_LINES": ""},
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=side,
        text=True,
    ) as process:
        os.close(side)
        out, _ = process.communicate(SCRIPT, timeout=300)
    shown = read_all(terminal)
    assert process.returncode == 0, shown
    path = tmp_path / "clips" / "film.mp4"
    assert out.splitlines()[0] == str(path)
    assert "voice Flite RMS" in out and "look chalkboard" in out
    assert "\r" in shown and "█" in shown and "Rendering" in shown
    with av.open(str(path)) as film:
        context = film.streams.video[0].codec_context
        assert (context.width, context.height) == (480, 854)
        assert film.duration is not None and film.duration / 1e6 < 3


def read_all(terminal: int) -> str:
    """What was written to a terminal whose other side is closed."""
    parts: list[bytes] = []
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            # Linux reports the closed side of a terminal as an input error.
            break
        if not part:
            break
        parts.append(part)
    os.close(terminal)
    return b"".join(parts).decode()


def test_a_voice_that_does_not_exist_is_named_with_those_that_do(tmp_path: Path) -> None:
    refused = run("make", "-", "--voice", "Flite XYZ", home=tmp_path / "home", cwd=tmp_path, text=SCRIPT)
    assert refused.returncode == 3, refused.stderr
    assert "There is no voice 'Flite XYZ'" in refused.stderr and "Flite" in refused.stderr
    assert refused.stdout == ""
