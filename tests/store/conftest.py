"""A data home and its store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from videogen_engine.settings import EngineSettings, load_engine_settings
from videogen_engine.store.media_store import MediaStore
from videogen_engine.store.metadata import Metadata


@pytest.fixture
def settings(tmp_path: Path) -> EngineSettings:
    return load_engine_settings(home=tmp_path / "home", environ={})


@pytest.fixture
def store(settings: EngineSettings) -> Iterator[Metadata]:
    metadata = Metadata.open(settings.database_url)
    yield metadata
    metadata.close()


@pytest.fixture
def media(settings: EngineSettings) -> MediaStore:
    return MediaStore(settings.media_url)
