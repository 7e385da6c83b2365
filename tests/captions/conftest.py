"""Captions made by the stage itself, over a real store, and laid over a frame as a viewer sees them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from videogen_agents.contract import CaptionStyle
from videogen_engine.captions.model import CaptionRequest, CaptionState, PaintedCaptions
from videogen_engine.captions.stage import caption
from videogen_engine.speech.model import Word
from videogen_engine.speech.script_words import script_words
from videogen_engine.stage import StageContext
from videogen_engine.store.artifact_store import MediaArtifactStore

Frame = npt.NDArray[np.uint8]

_STOPS = ".!?।؟。"


def spoken(text: str, *, rate: float = 14.0, start: float = 0.15) -> tuple[tuple[Word, ...], float]:
    """The words of a text with times such as the voice gives (``rate`` characters per second), and the duration."""
    words: list[Word] = []
    now = start
    for unit in script_words(text):
        length = max(0.1, len(unit.text) / rate) if unit.spoken else 0.0
        words.append(
            Word(
                text=unit.text,
                char_start=unit.start,
                char_end=unit.end,
                start=round(now, 3),
                end=round(now + length, 3),
            )
        )
        now += length + (0.45 if unit.text[-1] in _STOPS else 0.18 if unit.text[-1] in ",;:،、" else 0.0)
    return tuple(words), round(now + 0.3, 3)


@dataclass(frozen=True)
class Captioned:
    """Painted captions and the request they were made from."""

    request: CaptionRequest
    painted: PaintedCaptions
    ctx: StageContext

    @property
    def states(self) -> tuple[CaptionState, ...]:
        return self.painted.states

    @property
    def lines(self) -> list[list[str]]:
        """Each cue's lines as text."""
        return [
            [
                "".join(("" if word.glued or not number else " ") + word.text for number, word in enumerate(line))
                for line in cue.lines
            ]
            for cue in self.painted.track.cues
        ]

    def tile(self, state: CaptionState) -> Frame:
        """The straight-alpha BGRA pixels of a state."""
        data = np.frombuffer(self.ctx.store.path(state.image).read_bytes(), np.uint8)
        sheet = cv2.imdecode(data, cv2.IMREAD_UNCHANGED)
        assert sheet is not None
        tile = sheet[state.sheet_y : state.sheet_y + state.height, state.sheet_x : state.sheet_x + state.width].copy()
        if (patch := state.patch) is not None:
            lit = sheet[patch.sheet_y : patch.sheet_y + patch.height, patch.sheet_x : patch.sheet_x + patch.width]
            tile[patch.y : patch.y + patch.height, patch.x : patch.x + patch.width] = lit
        assert tile.shape == (state.height, state.width, 4)
        return np.asarray(tile, np.uint8)

    def over(self, state: CaptionState, colour: tuple[int, int, int]) -> Frame:
        """The state over a picture of one colour (R, G, B), as R, G, B."""
        tile = self.tile(state).astype(np.float32)
        alpha = tile[..., 3:] / 255
        seen = tile[..., 2::-1] * alpha + np.array(colour, np.float32) * (1 - alpha)
        return np.asarray(np.clip(seen + 0.5, 0, 255), np.uint8)


Captions = Callable[..., Captioned]


@pytest.fixture
def ctx(tmp_path: Path) -> StageContext:
    return StageContext(MediaArtifactStore((tmp_path / "media").as_uri()), tmp_path / "scratch")


@pytest.fixture
def captions_of(ctx: StageContext) -> Captions:
    def make(
        text: str,
        language: str = "en",
        style: CaptionStyle | None = None,
        size: tuple[int, int] = (640, 360),
        rate: float = 14.0,
    ) -> Captioned:
        words, duration = spoken(text, rate=rate)
        request = CaptionRequest(
            words=words,
            language=language,
            style=style or CaptionStyle(),
            width=size[0],
            height=size[1],
            scene_duration=duration,
        )
        return Captioned(request, caption(request, ctx), ctx)

    return make
