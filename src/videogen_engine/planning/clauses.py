"""A sentence too long for one picture is cut where a speaker would breathe."""

from __future__ import annotations

import re

from videogen_engine.planning.tempo import spoken_clock

#: Seconds; a sentence is cut only when it takes longer than this to say.
LONGEST_SENTENCE = 16.0

#: How good a place is, from a semicolon down to a mere space.
_PLACES: tuple[tuple[float, re.Pattern[str]], ...] = (
    (1.0, re.compile(r"[;:；：؛]['\"”’»)]*\s+|\s+[—–]\s+|—|…\s+")),
    (
        0.8,
        re.compile(
            r"[,،，、]['\"”’»)]*\s+(?=(?:and|but|or|so|yet|because|which|who|while|whereas|although|when|if|where|then|"
            r"und|aber|oder|sondern|denn|weil|dass|die|der|das|wenn|während|obwohl|wobei|"
            r"y|e|o|pero|porque|que|cuando|mientras|aunque|si|sino|"
            r"et|mais|ou|car|parce|qui|que|quand|lorsque|tandis|alors|donc|و|لكن|لأن)\b)",
            re.IGNORECASE,
        ),
    ),
    (0.65, re.compile(r"[,،]['\"”’»)]*\s+|[，、]\s*")),
    (
        0.45,
        re.compile(
            r"\s+(?=(?:and|but|or|because|which|who|while|whereas|although|when|if|where|that|so|"
            r"und|aber|oder|weil|dass|wenn|y|pero|porque|que|cuando|et|mais|parce|qui|lorsque|لكن|لأن)\b)",
            re.IGNORECASE,
        ),
    ),
    (0.1, re.compile(r"\s+")),
    (0.05, re.compile(r"(?<=[\u3040-\u30ff\u3400-\u9fff])(?=[\u3040-\u30ff\u3400-\u9fff])")),
)


def clause_spans(text: str, start: int, end: int, piece: float) -> list[tuple[int, int]]:
    """``text[start:end]`` cut into pieces of about ``piece`` seconds; whole when it is short enough.

    A single word is never cut, however long. Linear in the length of the text.
    """
    body = text[start:end]
    clock = spoken_clock(body)
    if clock[-1] <= LONGEST_SENTENCE:
        return [(start, end)]
    places = _places(body)
    spans: list[tuple[int, int]] = []
    begin = 0
    index = 0
    while clock[-1] - clock[begin] > piece * 1.35:
        best: tuple[float, int, int] | None = None
        while index < len(places):
            left, right, worth = places[index]
            length = clock[left] - clock[begin]
            if best is not None and length > piece * 1.3:
                break
            index += 1
            if left <= begin:
                continue
            value = worth - abs(length - piece) / piece
            if best is None or value > best[0]:
                best = (value, left, right)
        if best is None:
            break
        spans.append((start + begin, start + best[1]))
        begin = best[2]
        while index > 0 and places[index - 1][0] > begin:
            index -= 1
    spans.append((start + begin, end))
    return spans


def _places(body: str) -> list[tuple[int, int, float]]:
    """Places to cut: where the left piece ends, where the right one begins, and the place's worth."""
    best: dict[int, tuple[int, float]] = {}
    for worth, pattern in _PLACES:
        for match in pattern.finditer(body):
            matched = match.group()
            mark = len(matched.rstrip()) if matched[:1] and not matched[0].isspace() else 0
            left, right = match.start() + mark, match.end()
            if right < len(body) and left > 0 and best.get(left, (0, 0.0))[1] < worth:
                best[left] = (right, worth)
    return [(left, right, worth) for left, (right, worth) in sorted(best.items())]
