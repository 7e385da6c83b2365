"""Transcripts as people have them: timed words as JSON, subtitles (SRT, WebVTT), or the plain text."""

from __future__ import annotations

import re
from typing import Final

from pydantic import ValidationError

from videogen_agents.contract import Transcript, TranscriptWord
from videogen_agents.errors import InputError
from videogen_agents.tools.arguments import explain

_EXAMPLE: Final = '{"languageCode": "en", "words": [{"word": "Hello", "startSeconds": 0.1, "endSeconds": 0.4}]}'
_CUE: Final = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{1,3})\s*-->\s*(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{1,3})")
_MARKUP: Final = re.compile(r"<[^<>]*>|\{\\[^{}]*\}")
_SHORTEST: Final = 0.01
#: What is none of these never leaves the machine.
_ENDINGS: Final = (".json", ".srt", ".vtt", ".txt", ".md")


def transcript_from(name: str, data: bytes, *, aligns: bool) -> Transcript:
    """The transcript in a file called ``name``. ``aligns`` says that whoever gets it finds words in sound by itself:
    then subtitles and texts go as they are, and else every word of a subtitle gets its share of the time.

    Raises InputError for a file that holds no transcript, and for a text without times where nobody aligns.
    """
    if name.startswith(".") or not name.lower().endswith(_ENDINGS):
        raise InputError(
            f"{name[:80]!r} is no transcript.",
            code="wrong_file_ending",
            next_step="Give timed words (.json), subtitles (.srt, .vtt) or the text (.txt, .md).",
        )
    if name.lower().endswith(".json"):
        try:
            return Transcript.model_validate_json(data)
        except ValidationError as error:
            raise explain(error, example=f"a transcript is JSON like {_EXAMPLE}") from error
    try:
        text = data.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name[:80]!r} is not UTF-8 text.", code="invalid_arguments", next_step="Save the transcript as UTF-8."
        ) from error
    cues = _cues(text) if name.lower().endswith((".srt", ".vtt")) else None
    if cues is None:
        if not any(char.isalnum() for char in text):
            raise _empty(name)
        if not aligns:
            raise InputError(
                "A transcript without times is of no use to the hosted backend, which writes one down itself.",
                code="invalid_arguments",
                next_step="Leave transcriptPath out, or give an SRT or timed words.",
            )
        return Transcript(words=[TranscriptWord(word=text, start_seconds=0, end_seconds=1)])
    if not cues:
        raise _empty(name)
    return Transcript(words=cues if aligns else [word for cue in cues for word in _words(cue)])


def _empty(name: str) -> InputError:
    return InputError(
        f"{name[:80]!r} holds no words.", code="invalid_arguments", next_step=f"A transcript is like {_EXAMPLE}"
    )


def _cues(text: str) -> list[TranscriptWord]:
    found: list[TranscriptWord] = []
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        match = _CUE.search(block)
        if match is None:
            continue
        # What follows the times on their line are WebVTT's settings.
        said = " ".join(_MARKUP.sub("", block[match.end() :].partition("\n")[2]).split())
        if not said:
            continue
        start = max(_seconds(match.group(1, 2, 3, 4)), found[-1].end_seconds if found else 0.0)
        end = max(_seconds(match.group(5, 6, 7, 8)), start + _SHORTEST)
        found.append(TranscriptWord(word=said, start_seconds=start, end_seconds=end))
    return found


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(fraction.ljust(3, "0")) / 1000


def _words(cue: TranscriptWord) -> list[TranscriptWord]:
    words = cue.word.split()
    total = sum(map(len, words))
    found: list[TranscriptWord] = []
    start, reached = cue.start_seconds, 0
    for word in words:
        reached += len(word)
        end = cue.start_seconds + (cue.end_seconds - cue.start_seconds) * reached / total
        found.append(TranscriptWord(word=word, start_seconds=start, end_seconds=max(end, start + 1e-6)))
        start = found[-1].end_seconds
    return found
