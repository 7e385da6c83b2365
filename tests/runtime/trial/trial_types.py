"""Types of the fixtures in this room's conftest."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from trial_tools import Host


class StartHost(Protocol):
    def __call__(self, workflows: str = "WORKFLOWS", home: Path | None = None) -> Host: ...
