"""The seam for voices: anything that turns an utterance into sound, with word times when it knows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from videogen_engine.frozen import Frozen
from videogen_engine.speech.model import Phone
from videogen_engine.speech.voices import Voice


class SpokenWord(Frozen):
    """Utterance characters ``char_start``–``char_end`` are heard from ``start`` to ``end`` seconds."""

    char_start: int
    char_end: int
    start: float
    end: float


@dataclass(frozen=True)
class Spoken:
    """``pcm`` is mono at full scale 1.0. Times are seconds from its first sample.

    ``words`` None means that the engine does not know: times are then dealt out by letters inside the part that
    is not silent. ``phones`` may be empty; their symbols are the engine's own.
    """

    pcm: NDArray[np.float32]
    sample_rate: int
    words: tuple[SpokenWord, ...] | None
    phones: tuple[Phone, ...] = ()


class Speech(Protocol):
    """A speech engine. ``synthesize`` may be called from several threads at once."""

    @property
    def name(self) -> str:
        """What results name as their provider."""
        ...

    @property
    def version(self) -> str:
        """Part of every cache key: must change when the same request would sound different."""
        ...

    @property
    def reads_english(self) -> bool:
        """Whether utterances must be plain English words; otherwise the text comes as it is written."""
        ...

    def synthesize(self, text: str, voice: Voice, speed: float) -> Spoken:
        """``text`` (one utterance, never empty) as sound; ``speed`` 1 is the voice's own, 2 half as long."""
        ...

    def close(self) -> None:
        """Give up what was started. Calls under way end with an error."""
        ...
