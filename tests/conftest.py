"""Every test runs with a clean environment and a data home of its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith("VIDEOGEN_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("VIDEOGEN_AGENTS_HOME", str(tmp_path / "home"))
