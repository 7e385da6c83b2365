"""A data home, its store, and the trial stages where this process and its stage processes find them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

_TRIAL = str(Path(__file__).parent / "trial")
if _TRIAL not in sys.path:
    sys.path.insert(0, _TRIAL)

import trial_tools  # noqa: E402
from trial_types import StartHost  # noqa: E402

from videogen_engine.settings import EngineSettings, load_engine_settings  # noqa: E402
from videogen_engine.store.metadata import Metadata  # noqa: E402


@pytest.fixture(scope="session", autouse=True)
def _trial_path() -> Iterator[None]:
    given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    paths = [_TRIAL, *(str(Path(path).resolve()) for path in given if path)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(paths))
        yield


@pytest.fixture
def settings(tmp_path: Path) -> EngineSettings:
    """A home of the test's own."""
    return load_engine_settings(home=tmp_path / "home", environ={})


@pytest.fixture
def store(settings: EngineSettings) -> Iterator[Metadata]:
    metadata = Metadata.open(settings.database_url)
    yield metadata
    metadata.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where gated stages leave marks."""
    marks = tmp_path / "marks"
    marks.mkdir()
    return marks


@pytest.fixture
def start_host(settings: EngineSettings) -> Iterator[StartHost]:
    """Start the engine in a process of its own, on the home of ``settings`` unless another is given."""
    hosts: list[trial_tools.Host] = []

    def start(workflows: str = "WORKFLOWS", home: Path | None = None) -> trial_tools.Host:
        hosts.append(trial_tools.Host(home or settings.home, workflows))
        return hosts[-1]

    yield start
    for host in hosts:
        if host.process.returncode is None:
            host.kill()
