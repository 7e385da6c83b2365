"""One film, made once for each way in, each in a process and a data home of its own."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from videogen import VideoGen

from ..command import COMMAND, environment, run

SCRIPT = "Water keeps you sharp. A can of soda holds nine teaspoons of sugar. So drink a glass now."


@dataclass(frozen=True)
class CommandFilm:
    """What ``make`` left: the film, what was printed, and the home it was made in."""

    path: Path
    out: str
    err: str
    home: Path


@dataclass(frozen=True)
class Served:
    """A ``serve`` process: what a client pastes."""

    url: str
    key: str
    home: Path


@dataclass(frozen=True)
class VendorFilm:
    """A film made through the vendor's SDK, with what the SDK returned."""

    run: dict[str, Any]
    path: Path


@pytest.fixture(scope="session")
def command_film(tmp_path_factory: pytest.TempPathFactory) -> CommandFilm:
    folder = tmp_path_factory.mktemp("command")
    script = folder / "water.txt"
    script.write_text(SCRIPT, encoding="utf-8")
    home = folder / "home"
    result = run("make", str(script), "--sidecars", home=home, cwd=folder)
    assert result.returncode == 0, result.stderr
    return CommandFilm(folder / "water.mp4", result.stdout, result.stderr, home)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("serve") / "home"
    with subprocess.Popen(
        [*COMMAND, "serve", "--port", "0"],
        # The one may be told of by webhook, the other imported from: both are this machine.
        env=environment(home, VIDEOGEN_AGENTS_LOOPBACK_HOSTS="127.0.0.1", VIDEOGEN_AGENTS_IMPORT_HOSTS="127.0.0.1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        pasted = dict(process.stdout.readline().strip().split("=", 1) for _ in range(2))
        yield Served(pasted["VIDEOGEN_BASE_URL"], pasted["VIDEOGEN_API_KEY"], home)
        process.send_signal(signal.SIGTERM)
        rest, logged = process.communicate(timeout=60)
    assert process.returncode == 0
    assert rest == ""
    assert "Traceback" not in logged


@pytest.fixture(scope="session")
def vendor(served: Served) -> Iterator[VideoGen]:
    assert "VIDEOGEN_API_KEY" not in os.environ
    with VideoGen(api_key=served.key, base_url=served.url) as sdk:
        yield sdk


@pytest.fixture(scope="session")
def vendor_film(vendor: VideoGen, tmp_path_factory: pytest.TempPathFactory) -> VendorFilm:
    finished = vendor.workflows.script_to_video_and_wait(
        script=SCRIPT, visual_style={"type": "STOCK"}, auto_export=True, poll_interval_ms=200
    )
    path = tmp_path_factory.mktemp("vendor") / "film.mp4"
    vendor.download_file(finished["export_file_id"], output_path=path)
    return VendorFilm(finished, path)
