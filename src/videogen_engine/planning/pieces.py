"""The script as the stretches that are spoken one by one: sentences, list items, pieces of very long sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from videogen_engine.planning.blocks import Block, BlockKind, blocks, says_something
from videogen_engine.planning.clauses import clause_spans
from videogen_engine.planning.sentences import sentence_spans

#: A numbered list whose items have no more words than this is a list, not a procedure.
_SHORT_ITEM = 4
_LEADS = re.compile(r"[:：][\"'”’»)*_]*$")


@dataclass(frozen=True, slots=True)
class Piece:
    """``opens`` marks the first piece of its block, ``number`` is a numbered item's, ``leads`` ends in a colon."""

    start: int
    end: int
    kind: BlockKind
    paragraph: int
    opens: bool
    number: int | None = None
    level: int = 0
    leads: bool = False


def pieces(script: str, language: str, seconds: float) -> list[Piece]:
    """All pieces with something to say, in order. Very long sentences are cut to about ``seconds`` each."""
    found: list[Piece] = []
    for block in _settled(script, blocks(script)):
        opens = True
        spans = [
            piece
            for sentence in sentence_spans(script, block.start, block.end, language)
            for piece in clause_spans(script, *sentence, seconds)
        ]
        kind = block.kind
        if kind is BlockKind.BULLET and len(spans) > 1:
            kind = BlockKind.PROSE
        for start, end in spans:
            if not says_something(script[start:end]):
                continue
            leads = _LEADS.search(script, max(start, end - 8), end) is not None
            number = block.number if opens else None
            found.append(Piece(start, end, kind, block.paragraph, opens, number, block.level, leads))
            opens = False
    return found


def _settled(script: str, found: Sequence[Block]) -> list[Block]:
    """Numbered lists of a few words each become plain lists; longer ones stay steps."""
    settled: list[Block] = []
    index = 0
    while index < len(found):
        run = [found[index]]
        while (
            run[0].kind is BlockKind.NUMBERED
            and index + len(run) < len(found)
            and found[index + len(run)].kind is BlockKind.NUMBERED
        ):
            run.append(found[index + len(run)])
        short = len(run) > 1 and all(len(script[block.start : block.end].split()) <= _SHORT_ITEM for block in run)
        if run[0].kind is BlockKind.NUMBERED and short:
            settled.extend(Block(BlockKind.BULLET, block.start, block.end, block.paragraph) for block in run)
        else:
            settled.extend(run)
        index += len(run)
    return settled
