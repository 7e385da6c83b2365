"""Which scenes some words mean: by number, by place, by what they are, by what they are about."""

from __future__ import annotations

import re
from typing import Final

from videogen_engine.planning.model import Structure
from videogen_engine.remix.plain_language.outline import Outline
from videogen_engine.remix.plain_language.quantities import count, ordinal


class Unclear(Exception):
    """The words are understood, and cannot be done. ``reason`` is a clause that says why, without a full stop."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


_NOUN: Final = r"(?:scenes?|slides?|shots?|parts?|segments?|clips?|sections?|ones?)"
_ALL: Final = re.compile(
    rf"(?:all|all (?:of )?the|every|each|all of the)(?: single)? {_NOUN}|everything|all of them|all"
)
_BUT: Final = re.compile(
    rf"(?:all|all the|every|everything|every single)(?: {_NOUN})? (?:but|except|except for|apart from|other than) (.+)"
)
_BEYOND: Final = re.compile(rf"(?:everything|all|all the|all of the|the|every|any)?(?: ?{_NOUN})? ?(after|before) (.+)")
_RANGE: Final = re.compile(
    rf"(?:from )?(?:{_NOUN} )?(?:numbers? )?#?([\w-]+?) ?(?:-|–|to|through|thru|until|till|up to) ?(?:and including )?"
    rf"(?:the )?(?:{_NOUN} )?#?([\w]+?)(?: {_NOUN})?"
)
_RUN: Final = re.compile(rf"(first|last|final|opening|closing) ([a-z-]+|\d+|a couple of) {_NOUN}")
_ABOUT: Final = re.compile(
    rf"(?:(?:all|every|all the|any) )?(?P<noun>{_NOUN})(?: that| which)? "
    r"(?:is about|are about|about|with|on|of|mentioning|mentions?|talks? about|talking about|speaks? of|deals? with|"
    r"where .{1,20}? (?:mention|talk about)s?|saying|says?|containing|contains?|showing|shows?|where it says) "
    r"(?:the |a |an |my |our )?(?P<topic>.+)"
)
_NUMBERED: Final = re.compile(rf"(?:{_NOUN} )?(?:number |no\.? ?|nr\.? ?|#)?([a-z-]+|\d{{1,4}})")
_ORDINAL: Final = re.compile(rf"([\w-]+(?: [a-z]+){{0,2}}) {_NOUN}")
_TOPIC: Final = re.compile(r"([a-z][a-z'-]{2,20}(?: [a-z'-]{2,20})?) (scenes?)")
_FROM_END: Final = re.compile(r"([\w]+)(?:-| )(?:to|from)?(?: the)?(?:-| )?(?:last|end)")
_FILM: Final = re.compile(r" (?:of|from|in) (?:the|this|my) (?:video|film|movie|project|clip)$")

_FIRST: Final = frozenset({"first", "opening", "intro", "introduction", "beginning", "opener", "start", "initial"})
_LAST: Final = frozenset({"last", "final", "closing", "ending", "end", "outro", "conclusion", "closer"})
_KINDS: Final[dict[str, Structure]] = {
    "question": Structure.QUESTION, "quote": Structure.QUOTE, "quotation": Structure.QUOTE,
    "proverb": Structure.QUOTE, "statistic": Structure.STATISTIC, "statistics": Structure.STATISTIC,
    "figure": Structure.STATISTIC, "stat": Structure.STATISTIC, "percentage": Structure.STATISTIC,
    "list": Structure.LIST, "comparison": Structure.COMPARISON,
}  # fmt: skip
_LITTLE_TEXT: Final = "the a an of to in on for and with my our is are about that"
_LITTLE: Final = frozenset(_LITTLE_TEXT.split())
_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


def scenes_named(text: str, film: Outline) -> tuple[int, ...] | None:
    """Scene numbers from 1, in the order of the film for sets and in the order said for lists; None when the
    words are no reference to scenes.

    Raises Unclear when they are one, and there is no such scene, or more than one where one was meant.
    """
    said = _FILM.sub("", _bare(text.lower()))
    everything = tuple(range(1, len(film.scenes) + 1))
    if _ALL.fullmatch(said):
        return everything
    if (found := _BUT.fullmatch(said)) is not None:
        kept = _listed(found[1], film, noun=True)
        return None if kept is None else tuple(number for number in everything if number not in kept)
    if (found := _BEYOND.fullmatch(said)) is not None:
        border = _listed(found[2], film, noun=False)
        if border is None or len(border) != 1:
            return None
        beyond = tuple(n for n in everything if (n > border[0] if found[1] == "after" else n < border[0]))
        if not beyond:
            raise Unclear(f"there is nothing {found[1]} scene {border[0]}")
        return beyond
    return _listed(said, film, noun=False)


def _bare(text: str) -> str:
    return text.strip(" .,!").removeprefix("the ").strip()


def _listed(text: str, film: Outline, *, noun: bool) -> tuple[int, ...] | None:
    whole = _part(_bare(text), film, noun=noun)
    if whole is not None:
        return whole
    parts = [_bare(part) for part in re.split(r",? and (?:also )?|, ?| ?& ?| plus ", text) if part.strip()]
    if len(parts) < 2:
        return None
    noun = noun or any(re.search(rf"\b{_NOUN}\b", part) for part in parts)
    found: list[int] = []
    for part in parts:
        numbers = _part(part, film, noun=noun)
        if numbers is None:
            return None
        found += numbers
    return tuple(dict.fromkeys(found))


def _part(said: str, film: Outline, *, noun: bool) -> tuple[int, ...] | None:
    """One member of a list. With ``noun``, a bare number is enough."""
    total = len(film.scenes)
    if (found := _RUN.fullmatch(said)) is not None and (many := count(found[2])) is not None:
        if not 1 <= many <= total:
            raise Unclear(f"the film has {total} scenes, not {many}")
        return (
            tuple(range(1, many + 1)) if found[1] in {"first", "opening"} else tuple(range(total - many + 1, total + 1))
        )
    placed = _ORDINAL.fullmatch(said)
    if placed is not None and _FROM_END.fullmatch(placed[1]) and (place := _place(placed[1], total)) is not None:
        return (_existing(place, film),)
    if (found := _RANGE.fullmatch(said)) is not None and (noun or re.search(rf"\b{_NOUN}\b", said)):
        low, high = _place(found[1], total), _place(found[2], total)
        if low is not None and high is not None:
            if low > high:
                raise Unclear(f"{low} to {high} runs backwards")
            return tuple(range(_existing(low, film), _existing(high, film) + 1))
    kind = _kind(said)
    if kind is not None:
        return _of_kind(kind, said, film)
    if (found := _ABOUT.fullmatch(said)) is not None:
        if (kind := _kind(found["topic"])) is not None:
            return _of_kind(kind, found["topic"], film)
        return _about(
            found["topic"], film, several=found["noun"].endswith("s") or said.startswith(("all ", "every ", "any "))
        )
    numbered = _NUMBERED.fullmatch(said)
    if numbered is not None and (noun or numbered.start(1) > 0) and (many := count(numbered[1])) is not None:
        return (_existing(many, film),)
    place = _place(placed[1] if placed is not None else said, total, ordinals=True)
    if place is not None:
        return (_existing(place, film),)
    topic = _TOPIC.fullmatch(said)
    return None if topic is None else _about(topic[1], film, several=topic[2] == "scenes")


def _place(said: str, total: int, *, ordinals: bool = False) -> int | None:
    if said in _FIRST:
        return 1
    if said in _LAST:
        return total
    if said in {"penultimate", "second last", "next-to-last", "next to last"}:
        return total - 1
    if said == "middle":
        return (total + 1) // 2
    if (found := _FROM_END.fullmatch(said)) is not None and (back := ordinal(found[1])) is not None:
        return total + 1 - back
    if (place := ordinal(said)) is not None:
        return place
    return None if ordinals else count(said)


def _existing(number: int, film: Outline) -> int:
    if 1 <= number <= len(film.scenes):
        return number
    have = f"{len(film.scenes)} scenes" if len(film.scenes) > 1 else "one scene"
    raise Unclear(f"there is no scene {number}; the film has {have}")


def _kind(said: str) -> str | None:
    word = re.sub(rf" {_NOUN}$", "", said)
    return word if word in _KINDS else None


def _of_kind(word: str, said: str, film: Outline) -> tuple[int, ...]:
    wanted = _KINDS[word]
    found = tuple(
        number
        for number, scene in enumerate(film.scenes, 1)
        if scene.structure is wanted or (wanted is Structure.QUESTION and scene.text.rstrip(" \"'”’»").endswith("?"))
    )
    return _single(found, said, film, several=False)


def _about(topic: str, film: Outline, *, several: bool) -> tuple[int, ...] | None:
    if re.search(r"\b(?:or|scenes?)\b|«", topic):
        return None
    wanted = {_stem(word) for word in _WORD.findall(topic) if word not in _LITTLE}
    if not wanted:
        return None
    found = tuple(
        number
        for number, scene in enumerate(film.scenes, 1)
        if wanted <= {_stem(word) for word in _WORD.findall(scene.text.lower())}
    )
    return _single(found, f"about “{topic}”", film, several=several)


def _single(found: tuple[int, ...], said: str, film: Outline, *, several: bool) -> tuple[int, ...]:
    if not found:
        raise Unclear(f"no scene is {said}" if said.startswith("about") else f"there is no {said} in the film")
    if len(found) > 1 and not several:
        raise Unclear(f"scenes {', '.join(map(str, found))} of {len(film.scenes)} could be meant; say which number")
    return found


def _stem(word: str) -> str:
    for ending in ("'s", "ies", "ing", "es", "ed", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word
