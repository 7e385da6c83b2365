"""What every workflow body works with beside its job."""

from __future__ import annotations

from dataclasses import dataclass

from videogen_engine.settings import EngineSettings
from videogen_engine.store.metadata import Metadata


@dataclass(frozen=True)
class WorkflowRoom:
    """The store is synchronous: bodies call it from a thread."""

    settings: EngineSettings
    store: Metadata
