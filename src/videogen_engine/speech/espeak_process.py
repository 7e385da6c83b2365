"""espeak-ng in a process of its own: its licence, its global state and its crashes stay out of ours.

Run as ``python -m videogen_engine.speech.espeak_process``. A request is ``{"id", "text", "voice", "rate",
"speed"}`` (words per minute at speed 1); the body is ``{"sample_rate", "words": [[position, length, sample],
…], "phones": [[symbol, sample], …]}`` with character positions in the text and the sample at which each
begins; an empty symbol is a pause. The sound is mono PCM16.
"""

from __future__ import annotations

import contextlib
import ctypes
import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import ClassVar

import espeakng_loader

from videogen_engine.speech.child_server import Message, serve

_SYNCHRONOUS = 2
_PHONEME_EVENTS, _IPA, _DONT_EXIT = 0x1, 0x2, 0x8000
_RATE, _PITCH_RANGE = 1, 4
_UTF8 = 1
_END_OF_LIST, _WORD, _PHONEME = 0, 1, 7
_BY_CHARACTER = 1
_SLOWEST, _FASTEST = 80, 450
_MEMORY_BYTES = 2 * 1024**3


class _Event(ctypes.Structure):
    kind: int
    position: int
    length: int
    sample: int
    symbol: bytes

    _fields_: ClassVar = [
        ("kind", ctypes.c_int),
        ("unique", ctypes.c_uint),
        ("position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("milliseconds", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("symbol", ctypes.c_char * 8),
    ]


_EventPointer = ctypes.POINTER(_Event)
_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


@dataclass
class _Take:
    """One rendering of a text."""

    sound: bytearray = field(default_factory=bytearray)
    words: list[tuple[int, int, int]] = field(default_factory=list)
    phones: list[tuple[str, int]] = field(default_factory=list)

    def spoken(self) -> int:
        """Samples from the first phone to the end of the last."""
        starts = [sample for symbol, sample in self.phones if symbol]
        ends = [after for (symbol, _), (_, after) in pairwise(self.phones) if symbol]
        return max(ends, default=0) - min(starts, default=0)


class EspeakLibrary:
    """The shared library. One text at a time: its state is global."""

    def __init__(self) -> None:
        _bound_memory()
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        data = espeakng_loader.get_data_path().encode()
        options = _PHONEME_EVENTS | _IPA | _DONT_EXIT
        self.sample_rate = int(self._library.espeak_Initialize(_SYNCHRONOUS, 0, data, options))
        if self.sample_rate <= 0:
            raise RuntimeError("espeak-ng could not read its data")
        self._take = _Take()
        # The library keeps only the address, so the callback must stay referenced.
        self._callback = _Callback(self._receive)
        self._library.espeak_SetSynthCallback(self._callback)

    def answer(self, request: Message) -> tuple[Message, bytes]:
        text, voice = str(request["text"]), str(request["voice"])
        rate, speed = int(str(request["rate"])), float(str(request["speed"]))
        if not re.fullmatch(r"[\w-]{2,24}(\+\w{1,12})?", voice, re.ASCII) or not 0.25 <= speed <= 4:
            raise ValueError("the request holds something that is no voice or no speed")
        if self._library.espeak_SetVoiceByName(voice.encode()):
            raise ValueError(f"espeak-ng has no voice {voice}")
        self._library.espeak_SetParameter(_PITCH_RANGE, 60, 0)
        take = self._at_speed(text, rate, speed)
        body: Message = {
            "sample_rate": self.sample_rate,
            "words": [list(word) for word in take.words],
            "phones": [list(phone) for phone in take.phones],
        }
        return body, bytes(take.sound)

    def _at_speed(self, text: str, rate: int, speed: float) -> _Take:
        """The rendering whose length is nearest to ``1 / speed`` of the natural one.

        The library's rate is not proportional to length, so it is searched for; a rendering is 1000 times
        faster than real time.
        """
        take = self._render(text, rate)
        natural = take.spoken()
        if speed == 1 or not natural:
            return take
        wanted = natural / speed
        best, guess, tried = take, round(rate * speed), set[int]()
        for _ in range(6):
            guess = min(_FASTEST, max(_SLOWEST, guess))
            if guess in tried:
                break
            tried.add(guess)
            take = self._render(text, guess)
            if abs(take.spoken() - wanted) < abs(best.spoken() - wanted):
                best = take
            guess = round(guess * take.spoken() / wanted)
        return best

    def _render(self, text: str, rate: int) -> _Take:
        self._take = _Take()
        self._library.espeak_SetParameter(_RATE, rate, 0)
        data = text.encode() + b"\0"
        size = ctypes.c_size_t(len(data))
        if self._library.espeak_Synth(data, size, 0, _BY_CHARACTER, 0, _UTF8, None, None):
            raise RuntimeError("espeak-ng refused the text")
        return self._take

    def _receive(self, sound: int | None, count: int, events: int | None) -> int:
        take = self._take
        if sound and count:
            take.sound += ctypes.string_at(sound, count * 2)
        listed = ctypes.cast(events or 0, _EventPointer)
        index = 0
        while listed and (event := listed[index]).kind != _END_OF_LIST:
            if event.kind == _WORD:
                # Positions count characters from 1.
                take.words.append((event.position - 1, event.length, event.sample))
            elif event.kind == _PHONEME:
                symbol = event.symbol.decode("utf-8", "ignore")
                # "(en)" and the like announce that another language's sounds follow.
                take.phones.append(("" if symbol.startswith("(") else symbol, event.sample))
            index += 1
        return 0


def _bound_memory() -> None:
    # The module exists only where limits do.
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))


def main() -> None:
    serve(EspeakLibrary, workers=1)


if __name__ == "__main__":
    main()
