"""A small film from the real stages, with made-up speech, and a workshop that runs them in this process."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest
from pydantic import BaseModel

from videogen_agents.errors import NotFoundError
from videogen_engine.planning.model import PlanRequest, ScenePlan
from videogen_engine.planning.stage import plan
from videogen_engine.providers.language_model import Answer, Question
from videogen_engine.settings import Limits
from videogen_engine.speech.model import Narration, SceneSpeech, SpeechRequest, Word
from videogen_engine.stage import MediaRef, StageContext
from videogen_engine.store.artifact_store import MediaArtifactStore
from videogen_engine.timeline.assemble import AssembleRequest, assemble
from videogen_engine.timeline.document import Timeline
from videogen_engine.timeline.pace import picture_scenes
from videogen_engine.visuals.model import FeaturedFile, PictureRequest, PictureSet
from videogen_engine.visuals.stage import picture

ResultT = TypeVar("ResultT", bound=BaseModel)

SCRIPT = """# Why water matters

Water keeps you sharp all day. Even a small lack of it makes it hard to think. The brain is three quarters water, and
it notices the loss of a single glass long before you feel any thirst.

# How much is enough

Drink two litres every day. Three habits help: a glass at breakfast, a bottle at work and a cup of tea at night.

Start with one glass now."""
CLIP = MediaRef(key="clip.wav", media_type="audio/wav", size=1)


@dataclass
class Bench:
    """A workshop without a job: stages run where the test does. ``asked`` are the pictures' requests."""

    ctx: StageContext
    files: dict[str, FeaturedFile] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    asked: list[PictureRequest] = field(default_factory=list)
    past: list[Timeline] = field(default_factory=list)
    language_model: str | None = None
    edit_readers: str = "grammar-first"

    async def ask(self, question: Question) -> Answer:
        raise AssertionError("There is no language model here.")

    async def speak(self, request: SpeechRequest) -> Narration:
        raise AssertionError("Nothing visual is spoken.")

    async def picture(self, request: PictureRequest) -> PictureSet:
        self.asked.append(request)
        return picture(request, self.ctx)

    async def step(self, name: str, request: BaseModel, result: type[ResultT]) -> ResultT:
        raise AssertionError(f"Nothing here needs the stage {name}.")

    async def earlier(self, steps: int = 1) -> Timeline | None:
        return self.past[-steps] if 0 < steps <= len(self.past) else None

    async def later(self) -> Timeline | None:
        return None

    async def file(self, file_id: str) -> FeaturedFile:
        if file_id not in self.files:
            raise NotFoundError(f"There is no file {file_id!r}.")
        return self.files[file_id]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    ctx = StageContext(store=MediaArtifactStore((tmp_path / "media").as_uri()), scratch=tmp_path / "scratch")
    return Bench(ctx)


@pytest.fixture
def film(bench: Bench) -> Timeline:
    """Two sections, several scenes, wide."""
    return made(SCRIPT, bench)


def made(script: str, bench: Bench, featured: tuple[FeaturedFile, ...] = ()) -> Timeline:
    """A film of ``script``, each word 0.3 s long."""
    planned = plan(PlanRequest(script=script), bench.ctx)
    narration = Narration(provider="none", voice_id="nobody", language="en", scenes=_spoken(planned))
    pictures = picture(
        PictureRequest(
            scenes=picture_scenes(planned, narration),
            language="en",
            ratio_width=16,
            ratio_height=9,
            title=planned.title,
            featured=featured,
        ),
        bench.ctx,
    )
    request = AssembleRequest(plan=planned, narration=narration, pictures=pictures, featured=featured)
    return assemble(request, bench.ctx)


def _spoken(planned: ScenePlan) -> tuple[SceneSpeech, ...]:
    spoken: list[SceneSpeech] = []
    for scene in planned.scenes:
        words: list[Word] = []
        place = scene.start
        for number, text in enumerate(scene.text.split()):
            begin = planned.script.index(text, place)
            place = begin + len(text)
            words.append(Word(text=text, char_start=begin, char_end=place, start=number * 0.3, end=(number + 1) * 0.3))
        spoken.append(SceneSpeech(clip=CLIP, duration=len(words) * 0.3 + 0.2, words=tuple(words)))
    return tuple(spoken)
