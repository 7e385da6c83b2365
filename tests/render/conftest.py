from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import film_rig

from videogen_engine.stage import StageContext


@pytest.fixture
def ctx(tmp_path: Path) -> StageContext:
    return film_rig.context(tmp_path)
