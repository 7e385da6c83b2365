"""English words placed in sound by pocketsphinx, whose acoustic model and dictionary come with its wheel."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, Final, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from videogen_agents.errors import UnavailableError
from videogen_engine.listening.lower_rate import RATE

#: Narrow beams are quick and exact; wider ones still find their way where a word was said otherwise.
_BEAMS: Final = (1e-48, 1e-80, 1e-150)
_FRAME: Final = 0.01
_VARIANT: Final = re.compile(r"\(\d+\)$")
_WORD: Final = re.compile(r"[a-z']+")


class _Segment(Protocol):
    word: str
    start_frame: int
    end_frame: int


class _Decoder(Protocol):
    def lookup_word(self, word: str) -> str | None: ...
    def add_word(self, word: str, phones: str, update: bool) -> int: ...
    def set_align_text(self, text: str) -> None: ...
    def start_utt(self) -> None: ...
    def process_raw(self, data: bytes, *, full_utt: bool) -> int: ...
    def end_utt(self) -> None: ...
    def seg(self) -> list[_Segment] | None: ...


class AcousticModel:
    """Raises UnavailableError where pocketsphinx is not installed. ``pronounce`` gives CMU phones of a word that the
    dictionary lacks, or nothing."""

    def __init__(self, pronounce: Callable[[str], str]) -> None:
        try:
            # The package has no types; what is used of it is written down above.
            self._module: Any = import_module("pocketsphinx")
        except ImportError as error:
            raise UnavailableError(
                "The English acoustic model is not installed.",
                code="alignment_missing",
                next_step="Install the engine extra: videogen-agents[engine].",
                requirement="install_extra",
            ) from error
        self._pronounce = pronounce
        self._decoders: dict[float, _Decoder] = {}
        self._learned: dict[str, str] = {}

    def align(self, words: Sequence[str], sound: NDArray[np.int16]) -> list[tuple[float, float]] | None:
        """Start and end (s) of each of ``words`` (lower case) in sound of ``RATE``; None when it cannot be done."""
        if not words or not all(self._knows(word) for word in words):
            return None
        for beam in _BEAMS:
            found = self._attempt(self._decoder(beam), words, sound)
            if found is not None:
                return found
        return None

    def _knows(self, word: str) -> bool:
        if word in self._learned:
            return bool(self._learned[word])
        if not _WORD.fullmatch(word):
            return False
        decoder = self._decoder(_BEAMS[0])
        if decoder.lookup_word(word) is not None:
            return True
        phones = self._learned[word] = self._pronounce(word)
        if phones:
            for other in self._decoders.values():
                other.add_word(word, phones, True)
        return bool(phones)

    def _decoder(self, beam: float) -> _Decoder:
        if beam not in self._decoders:
            config = self._module.Config(
                samprate=RATE, loglevel="FATAL", lm=None, bestpath=False, beam=beam, wbeam=beam, pbeam=beam
            )
            decoder = cast("_Decoder", self._module.Decoder(config))
            for word, phones in self._learned.items():
                if phones:
                    decoder.add_word(word, phones, True)
            self._decoders[beam] = decoder
        return self._decoders[beam]

    def _attempt(
        self, decoder: _Decoder, words: Sequence[str], sound: NDArray[np.int16]
    ) -> list[tuple[float, float]] | None:
        try:
            decoder.set_align_text(" ".join(words))
            decoder.start_utt()
            decoder.process_raw(sound.astype("<i2").tobytes(), full_utt=True)
            decoder.end_utt()
            segments = decoder.seg() or []
        except RuntimeError:
            return None
        said = [segment for segment in segments if segment.word[:1] not in "<[("]
        if [_VARIANT.sub("", segment.word) for segment in said] != list(words):
            return None
        return [(segment.start_frame * _FRAME, (segment.end_frame + 1) * _FRAME) for segment in said]
