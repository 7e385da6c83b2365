"""Plans made by the stage itself, over a real store in a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from videogen_engine.planning.model import Pacing, PlanRequest, ScenePlan
from videogen_engine.planning.stage import plan
from videogen_engine.stage import StageContext
from videogen_engine.store.artifact_store import MediaArtifactStore

MakePlan = Callable[..., ScenePlan]


@pytest.fixture
def ctx(tmp_path: Path) -> StageContext:
    return StageContext(MediaArtifactStore((tmp_path / "media").as_uri()), tmp_path / "scratch")


@pytest.fixture
def plan_of(ctx: StageContext) -> MakePlan:
    def make(script: str, language: str = "en", pacing: Pacing = Pacing.MEDIUM) -> ScenePlan:
        return plan(PlanRequest(script=script, language=language, pacing=pacing), ctx)

    return make


@pytest.fixture
def sentences_of(plan_of: MakePlan) -> Callable[..., list[str]]:
    """The sentences of a script, in order, whatever scenes they are in."""

    def make(script: str, language: str = "en") -> list[str]:
        return [sentence.text for scene in plan_of(script, language).scenes for sentence in scene.sentences]

    return make


@pytest.fixture
def sample() -> Callable[[str], str]:
    """A script from the folder of realistic ones, by file name."""
    folder = Path(__file__).parent / "scripts"

    def read(name: str) -> str:
        return (folder / name).read_text(encoding="utf-8")

    return read
