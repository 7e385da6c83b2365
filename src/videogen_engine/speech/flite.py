"""English speech by CMU Flite in its sandboxed process, with word times from aligned phones."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import Final

import numpy as np
from pydantic import BaseModel

from videogen_engine.bundled_assets import flite_module
from videogen_engine.speech.child_process import ChildProcess
from videogen_engine.speech.model import Phone
from videogen_engine.speech.phone_alignment import PAUSE, word_spans
from videogen_engine.speech.provider import Spoken, SpokenWord
from videogen_engine.speech.voices import FLITE, Voice

_WORD: Final = re.compile(r"[^\s.,?!;:]+")


class _Body(BaseModel):
    """See ``flite_process``."""

    sample_rate: int
    phones: list[tuple[str, float]]
    words: list[list[str]]


class FliteSpeech:
    """The ``Speech`` protocol over ``flite_process``. Raises UnavailableError without the bundled module."""

    name = FLITE
    version = "flite-2.3-wasi-1"
    reads_english = True

    def __init__(self, scratch: Path) -> None:
        module = flite_module()
        stamp = module.stat()
        compiled = _cache_folder() / f"flite-{stamp.st_size:x}-{stamp.st_mtime_ns:x}.cwasm"
        scratch.mkdir(parents=True, exist_ok=True)
        self._child = ChildProcess(
            "videogen_engine.speech.flite_process",
            [str(module), str(compiled), str(scratch)],
            needs="the engine extra: videogen-agents[engine]",
        )

    def synthesize(self, text: str, voice: Voice, speed: float) -> Spoken:
        """``text`` of lower-case English words and pause marks. Raises InternalError when the engine fails."""
        reply, sound = self._child.ask(
            {"text": text, "voice": voice.engine_voice, "stretch": voice.pace / speed}, 20 + len(text) / 10
        )
        body = _Body.model_validate(reply.body)
        pcm = np.frombuffer(sound, np.int16).astype(np.float32) / np.float32(32768)
        ends = [end for _, end in body.phones]
        starts = [0.0, *ends[:-1]]
        symbols = [symbol for symbol, _ in body.phones]
        words: list[SpokenWord] = []
        spans = word_spans(symbols, body.words)
        for match, span in zip(_WORD.finditer(text), spans, strict=True):
            if span is not None:
                words.append(
                    SpokenWord(
                        char_start=match.start(),
                        char_end=match.end(),
                        start=starts[span[0]],
                        end=ends[span[1] - 1],
                    )
                )
        phones = tuple(
            Phone(symbol=symbol, start=start, end=end)
            for symbol, start, end in zip(symbols, starts, ends, strict=True)
            if symbol != PAUSE
        )
        return Spoken(pcm, body.sample_rate, tuple(words), phones)

    def close(self) -> None:
        self._child.close()


def _cache_folder() -> Path:
    """Where compiled code is kept, for this user alone. It is as short-lived as other temporary files."""
    user = os.getuid() if hasattr(os, "getuid") else "user"
    return Path(tempfile.gettempdir()) / f"videogen-agents-{user}"
