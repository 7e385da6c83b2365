from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import picture_rig

from videogen_engine.stage import StageContext


@pytest.fixture
def ctx(tmp_path: Path) -> StageContext:
    return picture_rig.context(tmp_path)


@pytest.fixture(scope="session")
def shared_ctx(tmp_path_factory: pytest.TempPathFactory) -> StageContext:
    """One store for all tests that only paint, so that each icon is drawn once."""
    return picture_rig.context(tmp_path_factory.mktemp("pictures"))
