"""Which sentences are steps, and their numbers: "next" counts on from the step before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from videogen_engine.planning.blocks import BlockKind
from videogen_engine.planning.lexicon import Lexicon
from videogen_engine.planning.nouns import imperative
from videogen_engine.planning.pieces import Piece
from videogen_engine.planning.steps import StepCue, find_step
from videogen_engine.planning.tokens import Token

#: A step belongs to the one before when no more sentences lie between them.
_REACH = 6


@dataclass(frozen=True, slots=True)
class NumberedStep:
    """``cue`` is the step's opening words, if it has any (a numbered item has none)."""

    number: int
    cue: StepCue


def number_steps(
    pieces: Sequence[Piece], words: Sequence[tuple[Token, ...]], lexicon: Lexicon
) -> list[NumberedStep | None]:
    """For each piece its step, or None. A lone "first" or "next" makes no step, a lone command after it does."""
    cues = [_cue(piece, tokens, lexicon) for piece, tokens in zip(pieces, words, strict=True)]
    places = [index for index, cue in enumerate(cues) if cue is not None]
    steps: list[NumberedStep | None] = [None] * len(pieces)
    last_place, last_number = -_REACH - 1, 0
    for order, place in enumerate(places):
        cue = cues[place]
        if cue is None:
            continue
        following = places[order + 1] if order + 1 < len(places) else None
        near_before = place - last_place <= _REACH
        near_after = following is not None and following - place <= _REACH
        if cue.number is None and not near_before:
            continue
        sure = pieces[place].number is not None or imperative(words[place][cue.words :], lexicon)
        if not (near_before or near_after or sure):
            continue
        number = cue.number if cue.number is not None else last_number + 1
        steps[place] = NumberedStep(number, cue)
        last_place, last_number = place, number
    return steps


def _cue(piece: Piece, words: tuple[Token, ...], lexicon: Lexicon) -> StepCue | None:
    if piece.kind is BlockKind.NUMBERED:
        return StepCue(piece.number, 0) if piece.number is not None else None
    if piece.kind is BlockKind.PROSE:
        return find_step(words, lexicon)
    return None
