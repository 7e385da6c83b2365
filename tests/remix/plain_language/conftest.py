"""A film of eight short scenes from the real stages, and a workshop that runs them where the test does."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

import pytest
from pydantic import BaseModel

from videogen_agents.contract import EditWithAgentAction, RemixActionType
from videogen_agents.errors import NotFoundError
from videogen_engine.planning.model import PlanRequest
from videogen_engine.planning.stage import plan
from videogen_engine.providers.chat_completions import ChatCompletions
from videogen_engine.providers.endpoint import Endpoint
from videogen_engine.providers.language_model import Answer, Question
from videogen_engine.remix.edit import Edited
from videogen_engine.remix.table import EDITS
from videogen_engine.runtime.stage_registry import STAGES
from videogen_engine.settings import Limits
from videogen_engine.speech.model import Narration, SpeechRequest, SpokenScene
from videogen_engine.speech.stage import speak
from videogen_engine.stage import StageContext
from videogen_engine.store.artifact_store import MediaArtifactStore
from videogen_engine.timeline.assemble import AssembleRequest, assemble
from videogen_engine.timeline.document import Timeline
from videogen_engine.timeline.pace import picture_scenes
from videogen_engine.visuals.model import FeaturedFile, PictureRequest, PictureSet
from videogen_engine.visuals.stage import picture

ResultT = TypeVar("ResultT", bound=BaseModel)

SCRIPT = """Did you know that most people drink too little water?

Sixty percent of your body is water, and the brain notices the loss of a single glass.

Dogs need fresh water every day, and so does every cat in the house.

Take a bottle to work in the morning. Have a cup of tea at night.

Coffee is cheap, but it does not replace the water that you lose.

Start today with one glass, and feel better tomorrow."""


@dataclass
class Workbench:
    """Stages run in this process; ``past`` are earlier versions, oldest first, and ``undone`` the next one."""

    ctx: StageContext
    limits: Limits = field(default_factory=Limits)
    past: list[Timeline] = field(default_factory=list)
    undone: Timeline | None = None
    spoken: list[SpeechRequest] = field(default_factory=list)
    language_model: str | None = None
    edit_readers: str = "grammar-first"

    endpoint: Endpoint | None = None

    async def ask(self, question: Question) -> Answer:
        assert self.endpoint is not None, "There is no language model here."
        return await ChatCompletions(self.endpoint).answer(question)

    async def speak(self, request: SpeechRequest) -> Narration:
        self.spoken.append(request)
        return speak(request, self.ctx)

    async def picture(self, request: PictureRequest) -> PictureSet:
        return picture(request, self.ctx)

    async def step(self, name: str, request: BaseModel, result: type[ResultT]) -> ResultT:
        return cast("ResultT", STAGES[name].load()(request, self.ctx))

    async def earlier(self, steps: int = 1) -> Timeline | None:
        return self.past[-steps] if 0 < steps <= len(self.past) else None

    async def later(self) -> Timeline | None:
        return self.undone

    async def file(self, file_id: str) -> FeaturedFile:
        raise NotFoundError(f"There is no file {file_id!r}.")

    async def edited(self, film: Timeline, prompt: str, **fields: object) -> Edited:
        """What EDIT_WITH_AGENT makes of the film."""
        action = EditWithAgentAction.model_validate({"prompt": prompt, **fields})
        return await EDITS[RemixActionType.EDIT_WITH_AGENT].run(film, action, self)


@pytest.fixture(scope="session")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Clips by content, kept for all tests of this room: each sentence is spoken once."""
    return tmp_path_factory.mktemp("media")


@pytest.fixture
def bench(media: Path, tmp_path: Path) -> Workbench:
    return Workbench(StageContext(store=MediaArtifactStore(media.as_uri()), scratch=tmp_path / "scratch"))


@pytest.fixture
def film(bench: Workbench) -> Timeline:
    """Six scenes: a question, a statistic, dogs, a bottle and tea, coffee, a start."""
    planned = plan(PlanRequest(script=SCRIPT), bench.ctx)
    narration = speak(
        SpeechRequest(scenes=tuple(SpokenScene(sentences=scene.sentences) for scene in planned.scenes)), bench.ctx
    )
    pictures = picture(
        PictureRequest(
            scenes=picture_scenes(planned, narration),
            language="en",
            ratio_width=16,
            ratio_height=9,
            title=planned.title,
        ),
        bench.ctx,
    )
    return assemble(AssembleRequest(plan=planned, narration=narration, pictures=pictures), bench.ctx)
