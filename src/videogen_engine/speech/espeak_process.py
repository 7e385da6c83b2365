"""espeak-ng in a process of its own: its licence, its global state and its crashes stay out of ours.

Run as ``python -m videogen_engine.speech.espeak_process``. A request is ``{"id", "text", "voice", "rate",
"speed"}`` (words per minute at speed 1); the body is ``{"sample_rate", "words": [[position, length, sample],
…], "phones": [[symbol, sample], …]}`` with character positions in the text and the sample at which each
begins; an empty symbol is a pause. The sound is mono PCM16.
"""

from __future__ import annotations

import _ctypes
import contextlib
import ctypes
import re
import sys
from dataclasses import dataclass, field
from itertools import pairwise
from typing import ClassVar

import espeakng_loader

from videogen_engine.speech.child_server import Message, serve

_SYNCHRONOUS = 2
_PHONEME_EVENTS, _IPA, _DONT_EXIT = 0x1, 0x2, 0x8000
_RATE, _PITCH_RANGE, _WORD_GAP = 1, 4, 7
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


class EspeakSpeaker:
    """Speaks one text at a time, each with a freshly loaded library.

    The library keeps what one text left behind (flutter, filters, phase) in variables that nothing resets, so
    that the same text would sound a little different each time. Loading takes 3 ms.
    """

    def __init__(self) -> None:
        _bound_memory()
        self._take = _Take()
        # The library keeps only the address, so the callback must stay referenced.
        self._callback = _Callback(self._receive)
        self._path = espeakng_loader.get_library_path()
        self._data = espeakng_loader.get_data_path().encode()

    def answer(self, request: Message) -> tuple[Message, bytes]:
        text, voice = str(request["text"]), str(request["voice"])
        rate, speed = int(str(request["rate"])), float(str(request["speed"]))
        if not re.fullmatch(r"[\w-]{2,24}(\+\w{1,12})?", voice, re.ASCII) or not 0.25 <= speed <= 4:
            raise ValueError("the request holds something that is no voice or no speed")
        library = ctypes.CDLL(self._path)
        try:
            options = _PHONEME_EVENTS | _IPA | _DONT_EXIT
            sample_rate = int(library.espeak_Initialize(_SYNCHRONOUS, 0, self._data, options))
            if sample_rate <= 0:
                raise RuntimeError("espeak-ng could not read its data")
            library.espeak_SetSynthCallback(self._callback)
            if library.espeak_SetVoiceByName(voice.encode()):
                raise ValueError(f"espeak-ng has no voice {voice}")
            library.espeak_SetParameter(_PITCH_RANGE, 60, 0)
            take = self._at_speed(library, text, rate, speed)
            library.espeak_Terminate()
        finally:
            _unload(library)
        body: Message = {
            "sample_rate": sample_rate,
            "words": [list(word) for word in take.words],
            "phones": [list(phone) for phone in take.phones],
        }
        return body, bytes(take.sound)

    def _at_speed(self, library: ctypes.CDLL, text: str, rate: int, speed: float) -> _Take:
        """The rendering whose length is nearest to ``1 / speed`` of the natural one.

        The library's rate is not proportional to length, so it is searched for; a rendering is 1000 times
        faster than real time. What its slowest rate leaves to be done is done by gaps between the words.
        """
        take = self._render(library, text, rate)
        if speed == 1 or not take.spoken():
            return take
        wanted = take.spoken() / speed
        best, guess, gap, tried = take, round(rate * speed), 0, set[tuple[int, int]]()
        for _ in range(8):
            guess = min(_FASTEST, max(_SLOWEST, guess))
            if (guess, gap) in tried:
                break
            tried.add((guess, gap))
            library.espeak_SetParameter(_WORD_GAP, gap, 0)
            take = self._render(library, text, guess)
            if abs(take.spoken() - wanted) < abs(best.spoken() - wanted):
                best = take
            if guess == _SLOWEST and take.spoken() < wanted:
                gap += _missing_gap(take, wanted)
            else:
                guess = round(guess * take.spoken() / wanted)
        return best

    def _render(self, library: ctypes.CDLL, text: str, rate: int) -> _Take:
        self._take = _Take()
        library.espeak_SetParameter(_RATE, rate, 0)
        data = text.encode() + b"\0"
        size = ctypes.c_size_t(len(data))
        if library.espeak_Synth(data, size, 0, _BY_CHARACTER, 0, _UTF8, None, None):
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


def _missing_gap(take: _Take, wanted: float) -> int:
    """What to add to the gap between words, in the library's unit: about 20 ms at its slowest rate."""
    places = max(1, len({position for position, _, _ in take.words}) - 1)
    return max(1, round((wanted - take.spoken()) / places / 441))


def _bound_memory() -> None:
    # The module exists only where limits do.
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))


def _unload(library: ctypes.CDLL) -> None:
    handle = library._handle  # pyright: ignore[reportPrivateUsage]  # ctypes offers no public way to unload
    if sys.platform == "win32":
        _ctypes.FreeLibrary(handle)
    else:
        _ctypes.dlclose(handle)


def main() -> None:
    serve(EspeakSpeaker, workers=1)


if __name__ == "__main__":
    main()
