"""A list of timed words as a script: what planning reads, with every word's place in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from videogen_agents.contract import TranscriptWord
from videogen_engine.speech.model import Word

#: Seconds of pause that part paragraphs, after a full stop, and where nobody wrote full stops.
_PARAGRAPH: Final = 1.2
_BREATH: Final = 0.45
_ENDS: Final = tuple(".!?…。！？؟।")
_CLOSERS: Final = "\"'”’»)]"
#: Words to a full stop; with fewer stops the transcript has no punctuation to speak of.
_WORDS_TO_A_STOP: Final = 60
_UNSPACED: Final = frozenset({"zh", "ja", "th", "lo", "my", "km"})


def written(heard: Sequence[TranscriptWord], language: str) -> tuple[str, tuple[Word, ...]]:
    """The script and its words, with spans in it and times in the recording. Words without letters are kept;
    what is only white space goes."""
    kept = [(" ".join(word.word.split()), word.start_seconds, word.end_seconds) for word in heard]
    kept = [word for word in kept if word[0]]
    stops = sum(_ends(text) for text, _, _ in kept)
    bare = stops * _WORDS_TO_A_STOP < len(kept)
    space = "" if language.split("-")[0].lower() in _UNSPACED else " "
    script = ""
    words: list[Word] = []
    for index, (text, start, end) in enumerate(kept):
        if index:
            before, _, ended = kept[index - 1]
            pause = start - ended
            apart = pause >= _BREATH if bare else pause >= _PARAGRAPH and _ends(before)
            script += "\n\n" if apart else space
        words.append(Word(text=text, char_start=len(script), char_end=len(script) + len(text), start=start, end=end))
        script += text
    return script, tuple(words)


def _ends(text: str) -> bool:
    return text.rstrip(_CLOSERS).endswith(_ENDS)
