"""Where a clause's verb stands, and the noun phrases around it. Shallow on purpose: words and positions only."""

from __future__ import annotations

from collections.abc import Sequence

from videogen_engine.planning.lexicon import Lexicon
from videogen_engine.planning.lexicon.english_verbs import BASE_FORMS, GERUNDS, NOUNISH, PAST_FORMS, THIRD_FORMS
from videogen_engine.planning.tokens import Token


def verb_index(words: Sequence[Token], lexicon: Lexicon) -> int | None:
    """Index of the finite verb of the first clause, or None when none is recognised."""
    for index, word in enumerate(words):
        if starts_verb(words, index, lexicon):
            return index
        if index and words[index - 1].ends_list:
            return None
        if index > 0 and word.lower in lexicon.subordinators and word.lower not in {"that", "as", "how"}:
            return None
    return None


def starts_verb(words: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """Whether the word at ``index`` reads as a finite verb, given its neighbours."""
    word = words[index]
    lower = word.lower
    before = words[index - 1].lower if index else ""
    if lower in lexicon.auxiliaries:
        noun = before in lexicon.articles and lower in {"can", "will", "might", "must", "may", "sein"}
        return not noun and not (index == 0 and lower in {"being", "having", "been", "be"})
    if lexicon.code != "en":
        return _foreign_verb(words, index, lexicon)
    if lower not in lexicon.verbs:
        return False
    if index == 0:
        return lower in BASE_FORMS and imperative(words, lexicon)
    if lower in NOUNISH and not _acts(words, index, lexicon):
        return False
    if word.capital or before in lexicon.determiners or before in lexicon.prepositions:
        return before in {"that", "this", "each", "those", "these", "all", "which", "what"} and lower not in BASE_FORMS
    if lower in BASE_FORMS and lower not in THIRD_FORMS and lower not in PAST_FORMS:
        return before in lexicon.pronouns or (before.endswith("s") and not before.endswith(("ss", "'s", "us", "is")))
    if lower in THIRD_FORMS:
        following = words[index + 1] if index + 1 < len(words) else None
        return following is None or following.lower not in lexicon.auxiliaries
    return True


def _acts(words: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """Whether a word that is usually a noun is a verb here: nothing else in its clause can be."""
    before = words[index - 1].lower
    if before in lexicon.pronouns or before in lexicon.auxiliaries:
        return True
    if words[index].closes or index + 1 >= len(words):
        return False
    third = words[index].lower in THIRD_FORMS
    if not third and not (before.endswith("s") and not before.endswith(("ss", "'s", "us", "is"))):
        return False
    finite = THIRD_FORMS | PAST_FORMS | lexicon.auxiliaries
    if any(word.lower in finite for word in words[:index]):
        return False
    for word in words[index + 1 :]:
        if word.lower in finite and word.lower not in NOUNISH:
            return False
        if word.closes:
            break
    return True


def imperative(words: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether an English sentence begins by telling someone to do something."""
    if not words or lexicon.code != "en":
        return False
    first = words[0].lower
    if first in {"don't", "don’t", "never", "let's", "always"} or (
        first == "do" and len(words) > 1 and words[1].lower == "not"
    ):
        return True
    if first not in BASE_FORMS:
        return False
    if len(words) == 1:
        return True
    second = words[1].lower
    if second in lexicon.auxiliaries or second in lexicon.of:
        return False
    if second in THIRD_FORMS or (second in PAST_FORMS and second not in BASE_FORMS):
        return False
    return (
        first not in {"water", "snow", "rain", "land", "light", "music", "heat", "sound"}
        or second in lexicon.determiners
    )


def subject(words: Sequence[Token], lexicon: Lexicon) -> tuple[Token, ...]:
    """The noun phrase (or gerund phrase) before the verb, without leading determiners; empty when unsure."""
    if not words or imperative(words, lexicon):
        return ()
    amount = len(words) > 1 and words[1].numeric
    if words[0].lower in lexicon.prepositions | lexicon.subordinators and not amount:
        return ()
    index = verb_index(words, lexicon)
    if index is None:
        index = len(words) if lexicon.code == "en" and len(words) <= 4 else _foreign_subject_end(words, lexicon)
    found = list(words[:index])
    while found and (
        found[-1].lower in lexicon.fillers or found[-1].lower in lexicon.negations or found[-1].lower.endswith("ly")
    ):
        found.pop()
    found = strip_front(found, lexicon)
    if not found or found[-1].lower in lexicon.closed or any(word.closes for word in found[:-1]):
        return ()
    if len(found) == 1 and found[0].lower in lexicon.pronouns:
        return ()
    return tuple(found)


def strip_front(words: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """The words without determiners, conjunctions and fillers at the front."""
    found = list(words)
    if len(found) > 1 and found[1].lower in lexicon.of:
        return found
    droppable = (lexicon.determiners - {"half", "enough", "no"}) | lexicon.conjunctions | lexicon.fillers
    while found and found[0].lower in droppable:
        found.pop(0)
    return found


def noun_phrase_after(words: Sequence[Token], lexicon: Lexicon, limit: int = 3) -> tuple[Token, ...]:
    """The noun phrase at the front of ``words``: up to ``limit`` words, "of" allowed inside."""
    found: list[Token] = []
    for word in words:
        lower = word.lower
        if not found and lower in lexicon.determiners and not word.closes:
            continue
        if found and not word.closes and starts_verb((*found, word), len(found), lexicon):
            break
        if lower in lexicon.closed and not (found and lower in lexicon.of):
            break
        found.append(word)
        if word.closes:
            break
    while found and (len(found) > limit or found[-1].lower in lexicon.closed):
        found.pop()
    return tuple(found)


def noun_phrase_before(words: Sequence[Token], lexicon: Lexicon, limit: int = 3) -> tuple[Token, ...]:
    """The noun phrase that ``words`` end with."""
    found: list[Token] = []
    for word in reversed(words):
        if found and word.closes:
            break
        lower = word.lower
        if lower in lexicon.closed and not (found and lower in lexicon.of):
            break
        if lower in lexicon.verbs and lower not in GERUNDS and found and not word.capital and len(found) >= 1:
            break
        if len(found) == limit:
            break
        found.insert(0, word)
    while found and found[0].lower in lexicon.closed:
        found.pop(0)
    return tuple(found)


def _foreign_verb(words: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """German verbs are the first lower-case words after a capitalised noun; elsewhere only auxiliaries are known."""
    if lexicon.code != "de" or index == 0:
        return False
    word, before = words[index], words[index - 1]
    noun_before = before.capital and before.lower not in lexicon.closed
    return (
        noun_before
        and not word.capital
        and word.lower not in lexicon.closed
        and word.lower.endswith(("t", "en", "te", "ten", "eln", "ern"))
        and not before.closes
    )


def _foreign_subject_end(words: Sequence[Token], lexicon: Lexicon) -> int:
    """A determiner, a noun and its "of" phrases; verbs of these languages are not known to us."""
    if lexicon.code in {"en", ""} or words[0].lower not in lexicon.determiners:
        return 0
    index = min(2, len(words))
    while index + 1 < len(words) and words[index].lower in lexicon.of:
        index += 2
        if index < len(words) and words[index - 1].lower in lexicon.determiners:
            index += 1
    return min(index, len(words))


def leading_noun_phrase(words: Sequence[Token], lexicon: Lexicon) -> tuple[Token, ...]:
    """German: up to the first noun, which is the first capitalised word that is no function word."""
    for index, word in enumerate(words[:6]):
        if word.capital and word.lower not in lexicon.closed:
            return tuple(words[: index + 1])
    return ()
