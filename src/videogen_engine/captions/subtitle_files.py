"""Cues as subtitle files: SubRip and WebVTT."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from videogen_engine.captions.model import CaptionCue, CaptionWord


def moved(cue: CaptionCue, seconds: float) -> CaptionCue:
    """The cue ``seconds`` later: from scene time to film time."""
    lines = tuple(
        tuple(word.model_copy(update={"start": word.start + seconds, "end": word.end + seconds}) for word in line)
        for line in cue.lines
    )
    return CaptionCue(start=cue.start + seconds, end=cue.end + seconds, lines=lines)


def write_srt(cues: Sequence[CaptionCue]) -> str:
    """A SubRip file (UTF-8 text) of cues in film time. Whole milliseconds; no cue is empty, none overlap."""
    blocks: list[str] = []
    for number, (start, end, lines) in enumerate(_rounded(cues), 1):
        body = "\n".join(line.replace("-->", "→") for line in lines)
        blocks.append(f"{number}\n{_clock(start, ',')} --> {_clock(end, ',')}\n{body}\n")
    return "\n".join(blocks)


def write_vtt(cues: Sequence[CaptionCue]) -> str:
    """A WebVTT file (UTF-8 text) of cues in film time. Whole milliseconds; no cue is empty, none overlap."""
    blocks = ["WEBVTT\n"]
    for start, end, lines in _rounded(cues):
        body = "\n".join(line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for line in lines)
        blocks.append(f"{_clock(start, '.')} --> {_clock(end, '.')}\n{body}\n")
    return "\n".join(blocks)


def line_text(words: Iterable[CaptionWord]) -> str:
    """A line's words with the spaces between them, control characters and line breaks removed."""
    text = ""
    for word in words:
        clean = "".join(char for char in word.text if char.isprintable() or char in "\u200c\u200d\u200e\u200f").strip()
        if clean:
            text += clean if not text or word.glued else f" {clean}"
    return text


def _rounded(cues: Sequence[CaptionCue]) -> list[tuple[int, int, list[str]]]:
    """Cues in order of time as (start ms, end ms, lines), each at least a millisecond long."""
    found: list[tuple[int, int, list[str]]] = []
    for cue in sorted(cues, key=lambda cue: (cue.start, cue.end)):
        lines = [line for line in map(line_text, cue.lines) if line]
        start, end = max(0, round(cue.start * 1000)), round(cue.end * 1000)
        if found and found[-1][1] > start:
            before = found[-1]
            found[-1] = (before[0], max(before[0], start), before[2])
        if lines and end > start:
            found.append((start, end, lines))
    return [entry for entry in found if entry[1] > entry[0]]


def _clock(milliseconds: int, point: str) -> str:
    seconds, thousandths = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}{point}{thousandths:03d}"
