"""Slides drawn exactly, by LibreOffice where it is installed: a PDF of the deck, made in a process of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

from videogen_engine.stage import MediaRef, StageContext

VERSION: Final = "1"
#: KiB of address space and seconds of processor time; LibreOffice reserves far more than it uses.
_MEMORY_KIB: Final = 6 * 1024**2
_CPU_SECONDS: Final = 300
_LOOK_EVERY: Final = 0.2


def find_office() -> str | None:
    """The program's path, or None."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def pdf_of(media: MediaRef, office: str, seconds: float, ctx: StageContext) -> MediaRef | None:
    """The deck as PDF, from the store or made now; None when the program did not make one in ``seconds``."""

    class Failed(Exception):
        pass

    def make(path: Path) -> None:
        if not _convert(ctx.store.path(media), path, office, seconds, ctx):
            raise Failed

    try:
        return ctx.cached_file(
            "deck-pdf", VERSION, {"source": media.key}, suffix=".pdf", media_type="application/pdf", make=make
        )
    except Failed:
        return None


def _convert(source: Path, target: Path, office: str, seconds: float, ctx: StageContext) -> bool:
    folder = ctx.temporary("")
    folder.mkdir(parents=True)
    deck = folder / "deck.pptx"
    shutil.copyfile(source, deck)
    command = [
        office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--convert-to", "pdf"),
        *("--outdir", str(folder), str(deck)),
    ]
    if sys.platform != "win32":
        # The limits end it even when this process is killed and can no longer do so.
        limits = f'ulimit -t {_CPU_SECONDS}; ulimit -v {_MEMORY_KIB} 2>/dev/null; exec "$@"'
        command = ["/bin/sh", "-c", limits, "soffice", *command]
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR", "SYSTEMROOT") if name in os.environ}
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**kept, "HOME": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=sys.platform != "win32",
        )
    except OSError:
        return False
    try:
        waited = 0.0
        while process.poll() is None and waited < seconds:
            ctx.check()
            ctx.report(min(0.5, waited / seconds), "LibreOffice draws the slides")
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_LOOK_EVERY)
            waited += _LOOK_EVERY
    finally:
        _end(process)
    made = folder / "deck.pdf"
    if process.returncode != 0 or not made.is_file():
        return False
    made.replace(target)
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of it, and everything it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
