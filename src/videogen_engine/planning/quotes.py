"""Somebody's words: what stands between quotation marks, and who said it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from videogen_engine.planning.lexicon import Lexicon
from videogen_engine.planning.model import Phrase
from videogen_engine.planning.tokens import bare

_QUOTED = re.compile(
    r"“([^“”]{2,400})”|„([^„“”]{2,400})[“”]|«\s?([^«»]{2,400})\s?»|»([^«»]{2,400})«|「([^「」]{2,400})」|\"([^\"]{2,400})\""
)
_CAPITAL = r"[A-ZÀ-ÞА-Я][\w.'’-]*"
_ARTICLE = r"(?:(?:the|a|der|die|el|la|le|l['’]|un|une)\s+)?"
_NAME = rf"{_ARTICLE}{_CAPITAL}(?:\s+(?:{_CAPITAL}|of|de|van|von|da|del|der))*"
_DASHED = re.compile(rf"\s*[—–-]+\s*(?P<name>{_NAME})")


@dataclass(frozen=True)
class Quote:
    words: Phrase
    attribution: Phrase | None
    share: float


def find_quote(script: str, start: int, end: int, lexicon: Lexicon) -> Quote | None:
    """The longest quotation of at least three words in ``script[start:end]``; ``share`` of the text it fills."""
    best: tuple[int, int] | None = None
    for match in _QUOTED.finditer(script, start, end):
        group = next(index for index in range(1, 7) if match.group(index) is not None)
        left, right = match.span(group)
        if best is None or right - left > best[1] - best[0]:
            best = (left, right)
    if best is None:
        return None
    left, right = best
    while right > left and (script[right - 1].isspace() or script[right - 1] in ",،"):
        right -= 1
    while left < right and script[left].isspace():
        left += 1
    text = bare(script[left:right])
    if len(text.split()) < 3 and len(text) < 12:
        return None
    share = (right - left) / max(1, end - start)
    return Quote(Phrase(text=text, start=left, end=right), _speaker(script, start, end, left, right, lexicon), share)


def _speaker(script: str, start: int, end: int, left: int, right: int, lexicon: Lexicon) -> Phrase | None:
    """After the quotation ("… said Ada", "… — Ada"), or before it ("Ada said: …", "Ada: …")."""
    behind = re.compile(r"[\s.,!?…]*[\"”“»«」]?")
    after = behind.match(script, right, end)
    at = after.end() if after else right
    if (dashed := _DASHED.match(script, at, end)) is not None:
        return _name(script, *dashed.span("name"))
    verbs = "|".join(sorted(lexicon.reporting)) or r"(?!)"
    patterns_after = (
        rf"\s*,?\s*(?:[a-z]+\s+)?(?:{verbs})\s+(?P<name>{_NAME})",
        rf"\s*,?\s*(?P<name>{_NAME})\s+(?:[a-z]+\s+)?(?:{verbs})\b",
    )
    for pattern in patterns_after:
        if (match := re.compile(pattern).match(script, at, end)) is not None:
            return _name(script, *match.span("name"))
    lead = script[start:left]
    if re.search(r"[:,]\s*[\"“„«»「]\s*$", lead) is None:
        return None
    for match in re.compile(_NAME).finditer(lead):
        begin = match.start()
        first = match.group().split(" ", 1)[0]
        if first.lower() in lexicon.closed - lexicon.articles:
            begin += len(first) + 1
        if begin < match.end():
            return _name(script, start + begin, start + match.end())
    return None


def find_attribution(script: str, start: int, end: int) -> Phrase | None:
    """A speaker named on a line of their own after the quotation: "— Ada Lovelace"."""
    match = _DASHED.match(script, start, end)
    return _name(script, *match.span("name")) if match else None


def _name(script: str, start: int, end: int) -> Phrase | None:
    text = bare(script[start:end]).rstrip(".,;:")
    if text.lower() in {"he", "she", "they", "it", "er", "sie", "il", "elle", "the", "i", "we", "you"}:
        return None
    return Phrase(text=text, start=start, end=start + len(script[start:end].rstrip(".,;: ")))
