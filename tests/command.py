"""The installed command as another program starts it: its own process, its own data home."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(sys.executable).with_name("videogen-agents")
#: A checkout that was not installed runs the module instead.
COMMAND = [str(SCRIPT)] if SCRIPT.exists() else [sys.executable, "-m", "videogen_agents"]
#: Small pictures, quickly encoded: what tests look at is in them all the same.
SMALL = {"VIDEOGEN_AGENTS_RENDER_LINES": "144", "VIDEOGEN_AGENTS_RENDER_ENCODING": "draft"}
_KEPT = ("PATH", "HOME", "LANG", "PYTHONPATH", "SYSTEMROOT", "TMPDIR", "TEMP")


def environment(home: Path, **variables: str) -> dict[str, str]:
    """What a process is given that works in ``home``, and nothing else of ours."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    path = os.pathsep.join((str(SCRIPT.parent), kept.pop("PATH", "")))
    return {**kept, "PATH": path, "VIDEOGEN_AGENTS_HOME": str(home), **SMALL, **variables}


def run(
    *arguments: str, home: Path, cwd: Path | None = None, text: str | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    """The command's whole run."""
    return subprocess.run(
        [*COMMAND, *arguments],
        env=environment(home, **variables),
        cwd=cwd,
        input=text,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
