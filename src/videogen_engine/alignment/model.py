"""Input and output of the alignment stage."""

from __future__ import annotations

from videogen_engine.frozen import Frozen
from videogen_engine.listening.model import Silence
from videogen_engine.planning.model import Sentence
from videogen_engine.speech.model import Word
from videogen_engine.stage import MediaRef


class Passage(Frozen):
    """Characters ``char_start``–``char_end`` of the script are said somewhere between ``start`` and ``end`` (s)."""

    char_start: int
    char_end: int
    start: float
    end: float


class AlignRequest(Frozen):
    """``sound`` is 48 kHz mono PCM16 WAV of ``samples`` samples. ``sentences`` are the plan's, in order;
    ``passages`` are rough times, when there are any."""

    sound: MediaRef
    samples: int
    silences: tuple[Silence, ...]
    script: str
    language: str
    sentences: tuple[Sentence, ...]
    passages: tuple[Passage, ...] = ()


class AlignedText(Frozen):
    """``words`` are of the script, timed in the recording; none where the text is not what is said.

    ``likeness`` compares how well the recording fits the text with how well it fits the same words shuffled: 0 is no
    better, 1 is perfect; None where no voice reads the language. ``modelled`` words were placed by the acoustic
    model, ``compared`` by comparison with a rendering, ``estimated`` by their length between pauses. ``unwritten``
    is the share of the voice that no word of the text was found for, ``unsaid`` counts words of the text that there is
    no time for in the recording; they are not in ``words``.
    """

    words: tuple[Word, ...]
    belongs: bool
    likeness: float | None = None
    modelled: int = 0
    compared: int = 0
    estimated: int = 0
    unwritten: float = 0.0
    unsaid: int = 0
