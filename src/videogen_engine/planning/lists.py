"""Lists of two to four members inside a sentence: "energy, focus, and mood"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from videogen_engine.planning.lexicon import Lexicon
from videogen_engine.planning.lexicon.english_verbs import BASE_FORMS, GERUNDS
from videogen_engine.planning.model import Phrase
from videogen_engine.planning.nouns import strip_front, verb_index
from videogen_engine.planning.tokens import Token, phrase

#: A member's label has at most this many words.
LABEL_WORDS = 3
_MEMBERS = range(2, 5)


@dataclass(frozen=True)
class Listing:
    """``first`` is the index of the word where the members begin, ``last`` that of the word where they end."""

    items: tuple[Phrase, ...]
    first: int
    last: int


def find_list(script: str, words: Sequence[Token], lexicon: Lexicon) -> Listing | None:
    """Members joined by commas and a final "and" or "or"; None when it is not clearly a list."""
    joint = next((index for index in range(len(words) - 1, 0, -1) if _is_joint(words, index, lexicon)), None)
    while joint is not None:
        listing = _around(script, words, joint, lexicon)
        if listing is not None:
            return listing
        joint = next((index for index in range(joint - 1, 0, -1) if _is_joint(words, index, lexicon)), None)
    return _arabic(script, words, lexicon)


def _is_joint(words: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """A conjunction before a last member: after a comma, or with a comma one member earlier."""
    if words[index].lower not in lexicon.conjoiners or index + 1 >= len(words):
        return False
    return any(word.comma for word in words[max(0, index - 1 - 6) : index])


def _around(script: str, words: Sequence[Token], joint: int, lexicon: Lexicon) -> Listing | None:
    last = _last_member(words, joint + 1, lexicon)
    if last is None:
        return None
    middles, first_end = _middle_members(words, joint, lexicon)
    if middles is None:
        return None
    first = _first_like(words, first_end, [*middles, last], lexicon)
    if first is None:
        return None
    members = [first, *middles, last]
    if len(members) < 3 or not _alike(members, lexicon):
        return None
    shown = [_label(member, lexicon) for member in members]
    if len(members) not in _MEMBERS or any(not label for label in shown):
        return None
    items = tuple(phrase(script, label, capital=True) for label in shown)
    if len({item.text.lower() for item in items}) < len(items):
        return None
    return Listing(items, words.index(first[0]), words.index(last[-1]))


def _last_member(words: Sequence[Token], begin: int, lexicon: Lexicon) -> list[Token] | None:
    member: list[Token] = []
    for word in words[begin:]:
        lower = word.lower
        if member and (lower in lexicon.subordinators or lower in lexicon.conjunctions or lower in lexicon.auxiliaries):
            break
        if lexicon.code == "de" and member and member[-1].capital and word.capital:
            break
        member.append(word)
        if word.comma or word.ends_list:
            break
        if len(member) > 8:
            return None
    return member or None


def _middle_members(words: Sequence[Token], joint: int, lexicon: Lexicon) -> tuple[list[list[Token]] | None, int]:
    """Members between the first comma and the conjunction, and the index of the first member's last word."""
    commas: list[int] = []
    index = joint - 1
    run = 0
    while index >= 0:
        if words[index].ends_list and index != joint - 1:
            break
        if words[index].comma:
            commas.insert(0, index)
            run = 0
        run += 1
        if run > 6 or len(commas) > 4:
            break
        index -= 1
    if not commas:
        return None, 0
    oxford = commas[-1] == joint - 1
    cuts = commas if oxford else [*commas, joint - 1]
    members = [list(words[left + 1 : right + 1]) for left, right in pairwise(cuts)]
    while members and not _could_be_member(members[0], lexicon):
        members.pop(0)
        cuts.pop(0)
    if not members or not all(_could_be_member(member, lexicon) for member in members):
        return None, 0
    return members, cuts[0]


def _could_be_member(member: Sequence[Token], lexicon: Lexicon) -> bool:
    if not member or len(member) > 6:
        return False
    head = member[0].lower
    if head in lexicon.question_words:
        return True
    return head not in lexicon.subordinators and head not in lexicon.conjunctions and head not in lexicon.pronouns


def _first_like(
    words: Sequence[Token], end: int, others: Sequence[Sequence[Token]], lexicon: Lexicon
) -> list[Token] | None:
    """The first member, shaped like the others: a command, a question clause, a phrase with their preposition."""
    heads = [member[0].lower for member in others]
    begin = _segment_start(words, end)
    segment = list(words[begin : end + 1])
    for opens in (BASE_FORMS if lexicon.code == "en" else frozenset[str](), lexicon.question_words):
        if all(head in opens for head in heads) and any(len(member) > 1 for member in others):
            places = [index for index, word in enumerate(segment) if word.lower in opens]
            place = None if not places else 0 if places[0] == 0 else places[-1]
            if place is not None and len(segment) - place <= 6:
                return segment[place:]
    if len(set(heads)) == 1 and heads[0] in lexicon.prepositions:
        place = next((index for index, word in enumerate(segment) if word.lower == heads[0]), None)
        if place is not None and len(segment) - place <= 4:
            return segment[place:]
    width = max(len(strip_front(member, lexicon)) for member in others)
    return _first_member(words, end, width, lexicon)


def _segment_start(words: Sequence[Token], end: int) -> int:
    """Index of the first word after the last mark before ``end``."""
    for index in range(end - 1, -1, -1):
        if words[index].closes:
            return index + 1
    return 0


def _first_member(words: Sequence[Token], end: int, width: int, lexicon: Lexicon) -> list[Token] | None:
    """The words before the first comma that belong to the list, as wide as the other members at most."""
    member: list[Token] = []
    for index in range(end, -1, -1):
        word = words[index]
        lower = word.lower
        if index != end and word.closes:
            break
        if lower in lexicon.determiners and member:
            member.insert(0, word)
            break
        if member and (lower in lexicon.closed and lower not in lexicon.of):
            break
        if index > 0 and member and lower in lexicon.verbs and lower not in GERUNDS:
            previous = words[index - 1].lower
            if previous not in lexicon.determiners and previous not in lexicon.prepositions:
                break
        if member and (word.numeric or lower in lexicon.number_words):
            member.insert(0, word)
            break
        if len(strip_front([word, *member], lexicon)) > max(width, 1):
            break
        member.insert(0, word)
    while member and member[0].lower in (lexicon.prepositions | lexicon.auxiliaries | lexicon.of):
        member.pop(0)
    return member if member and strip_front(member, lexicon) else None


def _alike(members: Sequence[Sequence[Token]], lexicon: Lexicon) -> bool:
    """Members of one list are of a kind: all calls to act, or none; none of them a clause of its own."""
    if lexicon.code != "en":
        return True
    heads = [member[0].lower for member in members]
    acts = [head in BASE_FORMS and len(member) > 1 for head, member in zip(heads, members, strict=True)]
    asks = [head in lexicon.question_words for head in heads]
    if (sum(acts[1:]) not in {0, len(acts) - 1}) or (any(asks) and not all(asks)):
        return False
    if all(asks) or all(acts[1:]):
        return True
    clauses = any(len(member) > 1 and verb_index(member, lexicon) is not None for member in members[1:])
    return not clauses and not any(word.lower in lexicon.auxiliaries for word in members[0])


def _label(member: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """A member's words without determiners, cut before a qualification, at most LABEL_WORDS; empty if it fails."""
    asks = member[0].lower in lexicon.question_words
    label = list(member) if asks else strip_front(member, lexicon)
    if len(label) > LABEL_WORDS:
        for index, word in enumerate(label[1:], 1):
            if word.lower in lexicon.prepositions and word.lower not in lexicon.of:
                label = label[:index]
                break
    if len(label) > LABEL_WORDS and (asks or (lexicon.code == "en" and label[0].lower in BASE_FORMS)):
        label = label[:LABEL_WORDS]
    if len(label) > LABEL_WORDS:
        inner = [word for word in label if word.lower not in lexicon.articles]
        if len(inner) > LABEL_WORDS or _gaps(label, inner):
            return []
        label = inner
    while label and label[-1].lower in lexicon.closed - lexicon.finals - {"again", "clean"}:
        label.pop()
    return label


def _gaps(label: Sequence[Token], inner: Sequence[Token]) -> bool:
    """A span must stay one stretch of the script, so no word may be missing from its middle."""
    return len(inner) != label.index(inner[-1]) - label.index(inner[0]) + 1


def _arabic(script: str, words: Sequence[Token], lexicon: Lexicon) -> Listing | None:
    """Arabic writes the last "and" onto the word: "الطاقة، والتركيز، والمزاج" or with "و" alone."""
    if lexicon.code != "ar":
        return None
    commas = [index for index, word in enumerate(words) if word.comma]
    if len(commas) < 1:
        return None
    tail: list[Token] = []
    for word in words[commas[-1] + 1 :]:
        if word.lower in lexicon.closed and word.lower != "و":
            break
        tail.append(word)
        if word.closes:
            break
    groups = [list(words[left + 1 : right + 1]) for left, right in pairwise(commas)]
    joined = next((i for i, word in enumerate(tail) if i and word.lower.startswith("و") and len(word.lower) > 3), None)
    if joined is not None:
        groups.extend([tail[:joined], tail[joined:]])
    elif tail:
        groups.append(tail)
    first = [words[commas[0]]]
    members = [first, *groups]
    if not 3 <= len(members) <= 4 or any(not 1 <= len(member) <= LABEL_WORDS for member in members):
        return None
    items = tuple(_without_waw(script, member, index) for index, member in enumerate(members))
    return Listing(items, commas[0], words.index(members[-1][-1]))


def _without_waw(script: str, member: Sequence[Token], index: int) -> Phrase:
    shown = phrase(script, member)
    if index and shown.text.startswith("و") and len(shown.text) > 3:
        rest = shown.text[1:].lstrip()
        return Phrase(text=rest, start=shown.end - len(script[shown.start : shown.end][1:].lstrip()), end=shown.end)
    return shown
