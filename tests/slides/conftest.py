from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from videogen_engine.stage import StageContext
from videogen_engine.store.artifact_store import MediaArtifactStore


@pytest.fixture
def ctx(tmp_path: Path) -> StageContext:
    return StageContext(store=MediaArtifactStore((tmp_path / "media").as_uri()), scratch=tmp_path / "scratch")
