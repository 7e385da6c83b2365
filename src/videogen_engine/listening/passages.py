"""Transcripts whose items hold more than a word: the text is known, the words' times are not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from videogen_agents.contract import TranscriptWord
from videogen_engine.alignment.model import Passage
from videogen_engine.speech.script_words import script_words

#: Words in an item that is a passage, and the share of all words that must be in passages.
_PASSAGE_WORDS: Final = 4
_MOSTLY: Final = 0.5
#: Seconds that subtitles may be early or late.
_LOOSE: Final = 1.0


def is_untimed(heard: Sequence[TranscriptWord]) -> bool:
    """Whether the items are sentences or whole texts, so that their times say little of their words."""
    counts = [sum(word.spoken for word in script_words(item.word)) for item in heard]
    inside = sum(count for count in counts if count >= _PASSAGE_WORDS)
    return inside > _MOSTLY * max(1, sum(counts))


def passages_of(heard: Sequence[TranscriptWord], seconds: float) -> tuple[str, tuple[Passage, ...]]:
    """The script, and where its passages are heard in a recording of ``seconds``. A single item says nothing about
    that, nor do items that go on after the recording has ended."""
    script = ""
    passages: list[Passage] = []
    for item in heard:
        text = item.word.strip()
        if not text:
            continue
        script += ("\n" if "\n\n" in item.word else " ") if script else ""
        first = len(script)
        script += text
        passages.append(Passage(char_start=first, char_end=len(script), start=item.start_seconds, end=item.end_seconds))
    if len(passages) < 2 or passages[-1].end > seconds + _LOOSE:
        return script, ()
    return script, tuple(passages)
