from __future__ import annotations

import sys
from pathlib import Path

import pytest

# The films that get packaged are the render tests' own.
sys.path.insert(0, str(Path(__file__).parent.parent / "render"))

import film_rig

from videogen_engine.stage import StageContext


@pytest.fixture
def ctx(tmp_path: Path) -> StageContext:
    return film_rig.context(tmp_path)
