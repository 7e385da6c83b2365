"""Sentences that are one step of several: "First, …", "Step 2: …", "Next, …", numbered items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from videogen_engine.planning.lexicon import Lexicon
from videogen_engine.planning.nouns import imperative
from videogen_engine.planning.tokens import Token


@dataclass(frozen=True)
class StepCue:
    """``number`` None means "the one after the last". ``words`` of the sentence belong to the cue."""

    number: int | None
    words: int


def find_step(words: Sequence[Token], lexicon: Lexicon) -> StepCue | None:
    """The step cue that a sentence opens with, or None. A bare "first" needs a comma or a command after it."""
    if len(words) < 2:
        return None
    first = words[0]
    lower = first.lower
    if lower in lexicon.step_nouns:
        return _step_noun(words, lexicon)
    number = lexicon.ordinals.get(lower)
    pointed = bool(first.after) and first.after[0] in ",:،"
    spelled = lower in lexicon.number_words | {"one", "eins", "uno", "un", "dos", "deux", "zwei"}
    if number is not None and (pointed or (not spelled and _commands(words[1:], lexicon))):
        return StepCue(number, 1)
    for sequel in lexicon.sequels:
        parts = sequel.split()
        if [word.lower for word in words[: len(parts)]] != parts or len(words) <= len(parts):
            continue
        closed = bool(words[len(parts) - 1].after)
        if closed or _commands(words[len(parts) :], lexicon):
            return StepCue(None, len(parts))
    return None


def _step_noun(words: Sequence[Token], lexicon: Lexicon) -> StepCue | None:
    """ "Step 2:", "Step two." """
    value = words[1].lower
    match = re.fullmatch(r"\d{1,2}", value)
    number = int(match.group()) if match else lexicon.ordinals.get(value)
    if number is None:
        return None
    return StepCue(number, 2)


def _commands(words: Sequence[Token], lexicon: Lexicon) -> bool:
    """English commands are recognised; German puts the verb right after the cue word, which is command enough."""
    if lexicon.code == "en":
        return imperative(words, lexicon)
    if lexicon.code != "de" or not words or words[0].capital:
        return False
    return words[0].lower in lexicon.auxiliaries or words[0].lower not in lexicon.closed
