"""The script's lines become blocks: prose, headings, list items. Markers and rules are not part of any block."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

#: A paragraph whose longest line is shorter than this was broken by hand, not wrapped by an editor.
_WRAP_WIDTH = 50

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]*(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]|$)")
_HEADING = re.compile(r"[ \t]{0,3}(#{1,6})[ \t]+(?P<text>.*?)(?:[ \t]+#+)?[ \t]*$")
_BULLET = re.compile(r"[ \t]*[-*+•◦‣▪●○►–✓✔✅☑·][ \t]+(?:\[[ xX]\][ \t]+)?(?P<text>\S.*)$")
_NUMBERED = re.compile(r"[ \t]*\(?(?P<number>\d{1,3})[.)][ \t]+(?P<text>\S.*)$")
_QUOTED = re.compile(r"[ \t]*>+[ \t]?(?P<text>.*)$")
_UNDERLINE = re.compile(r"[ \t]{0,3}(?:={3,}|-{3,})[ \t]*$")
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")
_CLOSES_SENTENCE = re.compile(r"[.!?…。！？｡؟۔।॥։።።:：][\"'”’»)\]」』）】*_]*\s*$")


class BlockKind(StrEnum):
    PROSE = "prose"
    HEADING = "heading"
    BULLET = "bullet"
    NUMBERED = "numbered"


@dataclass(frozen=True, slots=True)
class Block:
    """``script[start:end]`` without surrounding space. ``number`` is a numbered item's; levels are 1–6."""

    kind: BlockKind
    start: int
    end: int
    paragraph: int
    number: int | None = None
    level: int = 0


@dataclass(frozen=True, slots=True)
class _Line:
    kind: BlockKind
    start: int
    end: int
    number: int | None = None
    level: int = 0
    joins: bool = True


def blocks(script: str) -> list[Block]:
    """The blocks of a script in order; ``paragraph`` counts the stretches between blank lines."""
    found: list[Block] = []
    prose: list[_Line] = []
    paragraph = 0

    def close() -> None:
        found.extend(_prose(script, prose, paragraph))
        prose.clear()

    for line in _lines(script):
        if line is None:
            close()
            paragraph += 1
        elif line.kind is BlockKind.PROSE and line.joins:
            prose.append(line)
        else:
            close()
            found.append(Block(line.kind, line.start, line.end, paragraph, line.number, line.level))
    close()
    return found


def says_something(text: str) -> bool:
    """Whether there is a letter or a digit to speak."""
    return any(char.isalnum() for char in text)


def _lines(script: str) -> list[_Line | None]:
    """Lines with their markers cut off; None stands for a paragraph break."""
    lines: list[_Line | None] = []
    for match in _LINE.finditer(script):
        raw = match.group().rstrip("\n\r\x0b\x0c\x85\u2028\u2029")
        at = match.start()
        previous = lines[-1] if lines else None
        if _UNDERLINE.match(raw) and previous is not None and previous.kind is BlockKind.PROSE:
            level = 1 if "=" in raw else 2
            lines[-1] = _Line(BlockKind.HEADING, previous.start, previous.end, level=level)
            lines.append(None)
        elif _FENCE.match(raw) or not says_something(raw):
            if not _only_emoji(raw):
                lines.append(None)
        else:
            lines.append(_line(script, raw, at, previous))
            if lines[-1] is not None and lines[-1].kind is BlockKind.HEADING:
                lines.append(None)
    return lines


def _line(script: str, raw: str, at: int, previous: _Line | None) -> _Line:
    if match := _HEADING.match(raw):
        start, end = _trim(script, at + match.start("text"), at + match.end("text"))
        return _Line(BlockKind.HEADING, start, end, level=len(match.group(1)))
    if match := _BULLET.match(raw):
        start, end = _trim(script, at + match.start("text"), at + match.end("text"))
        return _Line(BlockKind.BULLET, start, end)
    if (match := _NUMBERED.match(raw)) and _may_number(script, previous):
        start, end = _trim(script, at + match.start("text"), at + match.end("text"))
        return _Line(BlockKind.NUMBERED, start, end, number=int(match.group("number")))
    if match := _QUOTED.match(raw):
        start, end = _trim(script, at + match.start("text"), at + match.end("text"))
        return _Line(BlockKind.PROSE, start, end, joins=False)
    start, end = _trim(script, at, at + len(raw))
    return _Line(BlockKind.PROSE, start, end)


def _may_number(script: str, previous: _Line | None) -> bool:
    """A wrapped line may begin with a number; a list begins after a stop, a break or another item."""
    if previous is None or previous.kind is not BlockKind.PROSE:
        return True
    return _CLOSES_SENTENCE.search(script, max(previous.start, previous.end - 12), previous.end) is not None


def _prose(script: str, lines: list[_Line], paragraph: int) -> list[Block]:
    """Join wrapped lines; keep lines apart that the writer broke by hand (verse, one thought per line)."""
    width = max((line.end - line.start for line in lines), default=0)
    joined: list[Block] = []
    for index, line in enumerate(lines):
        if joined and _wrapped(script, lines[index - 1], line, width):
            last = joined[-1]
            joined[-1] = Block(BlockKind.PROSE, last.start, line.end, paragraph)
        else:
            joined.append(Block(BlockKind.PROSE, line.start, line.end, paragraph))
    return joined


def _wrapped(script: str, above: _Line, below: _Line, width: int) -> bool:
    tail = script[max(above.start, above.end - 12) : above.end]
    if _CLOSES_SENTENCE.search(tail):
        return False
    if script[below.start].islower() or tail.endswith((",", ";", "،", "、", "，", "-", "–", "—")):
        return True
    first = re.match(r"\S+", script[below.start : below.start + width + 1])
    next_word = len(first.group()) if first else 0
    return width >= _WRAP_WIDTH and (above.end - above.start) + 1 + next_word > width


def _trim(script: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (script[start].isspace() or script[start] == "\0"):
        start += 1
    while end > start and (script[end - 1].isspace() or script[end - 1] == "\0"):
        end -= 1
    return start, end


def _only_emoji(raw: str) -> bool:
    return bool(raw.strip()) and all(
        char.isspace() or unicodedata.category(char) in {"So", "Sk", "Mn", "Cf"} for char in raw
    )
