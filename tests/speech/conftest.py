"""A real store in a folder, and one call that speaks sentences and hands back all that can be observed."""

from __future__ import annotations

import itertools
import wave
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import pytest
from numpy.typing import NDArray

from videogen_engine.planning.model import Sentence
from videogen_engine.speech import speak
from videogen_engine.speech.model import Narration, SpeechRequest, SpokenScene, Word
from videogen_engine.stage import StageContext
from videogen_engine.store.artifact_store import MediaArtifactStore


@dataclass(frozen=True)
class Heard:
    """A narration with the script it was made of and the samples (full scale 1.0) of each scene."""

    narration: Narration
    script: str
    scenes: tuple[NDArray[np.float32], ...]

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(word for scene in self.narration.scenes for word in scene.words)

    @property
    def samples(self) -> NDArray[np.float32]:
        return np.concatenate(self.scenes)


class Say(Protocol):
    def __call__(
        self, *sentences: str | Sequence[str], ctx: StageContext | None = None, **options: object
    ) -> Heard: ...


def context(folder: Path) -> StageContext:
    return StageContext(MediaArtifactStore((folder / "media").as_uri()), folder / "scratch")


def request_of(*scenes: str | Sequence[str], **options: object) -> tuple[SpeechRequest, str]:
    """Each argument is a scene: one sentence, or several. A blank line stands between scenes."""
    script = ""
    made: list[SpokenScene] = []
    for scene in scenes:
        sentences = [scene] if isinstance(scene, str) else list(scene)
        spans: list[Sentence] = []
        for index, text in enumerate(sentences):
            last = index == len(sentences) - 1
            spans.append(Sentence(text=text, start=len(script), end=len(script) + len(text), ends_paragraph=last))
            script += text + ("\n\n" if last else " ")
        made.append(SpokenScene(sentences=tuple(spans)))
    return SpeechRequest.model_validate({"scenes": tuple(made), **options}), script


@pytest.fixture(name="request_of")
def request_maker() -> Callable[..., tuple[SpeechRequest, str]]:
    return request_of


@pytest.fixture(scope="session")
def shared_ctx(tmp_path_factory: pytest.TempPathFactory) -> StageContext:
    """What one test has spoken, others find here."""
    return context(tmp_path_factory.mktemp("speech"))


@pytest.fixture
def fresh_ctx(tmp_path_factory: pytest.TempPathFactory) -> itertools.chain[StageContext]:
    """An endless supply of contexts with empty stores."""
    return itertools.chain.from_iterable((context(tmp_path_factory.mktemp("fresh")),) for _ in itertools.count())


@pytest.fixture
def say(shared_ctx: StageContext) -> Say:
    def speak_and_read(*sentences: str | Sequence[str], ctx: StageContext | None = None, **options: object) -> Heard:
        request, script = request_of(*sentences, **options)
        used = ctx or shared_ctx
        narration = speak(request, used)
        return Heard(narration, script, tuple(_samples(used.store.path(s.clip)) for s in narration.scenes))

    return speak_and_read


def _samples(path: Path) -> NDArray[np.float32]:
    with wave.open(str(path), "rb") as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (48_000, 1, 2)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768
