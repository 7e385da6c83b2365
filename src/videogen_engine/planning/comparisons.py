"""Two things set against each other in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from videogen_engine.planning.lexicon import Lexicon
from videogen_engine.planning.model import Phrase
from videogen_engine.planning.nouns import noun_phrase_after, noun_phrase_before, strip_front, subject
from videogen_engine.planning.tokens import Token, phrase


def find_comparison(script: str, words: Sequence[Token], lexicon: Lexicon) -> tuple[Phrase, Phrase] | None:
    """The two sides, or None. Tried in order: versus, while/whereas, not … but, "than", unlike/compared with."""
    for find in (_versus, _contrast, _not_but, _than, _opening_contrast):
        sides = find(words, lexicon)
        if sides is None:
            continue
        left, right = (phrase(script, side, capital=True) for side in sides)
        if left.text.lower() != right.text.lower():
            return left, right
    return None


#: Cues that put two whole clauses side by side.
_CLAUSE_CUES = frozenset(
    {"while", "whereas", "während", "wohingegen", "mientras", "mientras que", "tandis que", "alors que"}
)

_Sides = tuple[Sequence[Token], Sequence[Token]] | None


def _fit(words: Sequence[Token], lexicon: Lexicon) -> tuple[Token, ...]:
    """At most three words of a noun phrase: cut before a qualification, else nothing."""
    found = strip_front(words, lexicon)
    if len(found) > 3:
        for index, word in enumerate(found[1:], 1):
            if word.lower in lexicon.prepositions and word.lower not in lexicon.of:
                found = found[:index]
                break
    if len(found) > 3 or not found or found[-1].lower in lexicon.closed:
        return ()
    return tuple(found)


def _pair(left: Sequence[Token], right: Sequence[Token], lexicon: Lexicon) -> _Sides:
    one, two = _fit(left, lexicon), _fit(right, lexicon)
    if not one or not two:
        return None
    if all(word.lower in lexicon.closed for word in one) or all(word.lower in lexicon.closed for word in two):
        return None
    if two[0].numeric and one[0].numeric is False:
        return None
    return one, two


def _versus(words: Sequence[Token], lexicon: Lexicon) -> _Sides:
    for index, word in enumerate(words[1:-1], 1):
        if word.lower in lexicon.versus and word.lower in {"vs", "versus"}:
            return _pair(
                noun_phrase_before(words[:index], lexicon), noun_phrase_after(words[index + 1 :], lexicon), lexicon
            )
    return None


def _contrast(words: Sequence[Token], lexicon: Lexicon) -> _Sides:
    """ "A does this, while B does that": the subjects of both halves."""
    for index in range(2, len(words) - 2):
        cue = _cue_at(words, index, lexicon)
        if not cue:
            continue
        rest = words[index + cue :]
        if cue > 1 and _cue_words(words[index : index + cue]) not in _CLAUSE_CUES:
            left = noun_phrase_before(words[:index], lexicon) or subject(words[:index], lexicon)
            return _pair(left, noun_phrase_after(rest, lexicon), lexicon)
        return _pair(subject(words[:index], lexicon), subject(rest, lexicon), lexicon)
    return None


def _not_but(words: Sequence[Token], lexicon: Lexicon) -> _Sides:
    for no, but in lexicon.not_but:
        places = [index for index, word in enumerate(words) if word.lower == no]
        for at in places:
            ends = [index for index in range(at + 2, min(len(words), at + 9)) if words[index].lower == but]
            if ends and (at == 0 or words[at - 1].lower not in {"do", "does", "did", "can", "could", "should", "will"}):
                left = noun_phrase_after(words[at + 1 : ends[0]], lexicon)
                right = noun_phrase_after(words[ends[0] + 1 :], lexicon)
                if left and right:
                    return _pair(left, right, lexicon)
    return None


def _than(words: Sequence[Token], lexicon: Lexicon) -> _Sides:
    for index, word in enumerate(words[2:-1], 2):
        if word.lower not in lexicon.than:
            continue
        nearby = words[max(0, index - 5) : index]
        if not any(part.lower in lexicon.comparatives or _is_comparative(part, lexicon) for part in nearby):
            continue
        right = noun_phrase_after(words[index + 1 :], lexicon)
        if not right or any(part.numeric for part in right) or right[0].lower in lexicon.number_words:
            continue
        if index + 1 + len(right) < len(words) and right[-1].lower in lexicon.auxiliaries:
            continue
        if _has_object(words[:index], lexicon) and words[index + 1].lower in lexicon.articles:
            continue
        return _pair(_like(words[:index], right, lexicon) or subject(words[:index], lexicon), right, lexicon)
    return None


def _has_object(words: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether "more" comes after an object ("she likes the song more"): then it, and not the subject, is compared."""
    return words[-1].lower in {"more", "less"} and any(word.lower in lexicon.articles for word in words[2:-2])


def _like(words: Sequence[Token], right: Sequence[Token], lexicon: Lexicon) -> Sequence[Token]:
    """A phrase before the comparison with the same last word: "short waves … than long waves"."""
    for index, word in enumerate(words):
        if word.lower == right[-1].lower and len(right) > 1:
            return noun_phrase_before(words[: index + 1], lexicon)
    return ()


def _opening_contrast(words: Sequence[Token], lexicon: Lexicon) -> _Sides:
    """ "Unlike X, Y …" and "Compared with X, Y …"."""
    cue = _cue_at(words, 0, lexicon)
    if not cue:
        return None
    comma = next((index for index, word in enumerate(words[:9]) if word.comma), None)
    if comma is None or comma < cue:
        return None
    rest = words[comma + 1 :]
    if _cue_words(words[:cue]) in _CLAUSE_CUES:
        return _pair(subject(words[cue : comma + 1], lexicon), subject(rest, lexicon), lexicon)
    return _pair(noun_phrase_after(words[cue : comma + 1], lexicon), subject(rest, lexicon), lexicon)


def _cue_at(words: Sequence[Token], index: int, lexicon: Lexicon) -> int:
    """How many words of a contrast cue stand at ``index``; 0 when none does."""
    for cue in lexicon.contrasts:
        parts = cue.split()
        if [word.lower for word in words[index : index + len(parts)]] == parts:
            return len(parts)
    return 0


def _cue_words(words: Sequence[Token]) -> str:
    return " ".join(word.lower for word in words)


def _is_comparative(word: Token, lexicon: Lexicon) -> bool:
    return lexicon.code in {"en", "de"} and len(word.lower) > 4 and word.lower.endswith("er") and not word.capital
