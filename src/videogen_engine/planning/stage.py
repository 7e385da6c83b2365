"""The planning stage: a script becomes scenes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from videogen_agents.errors import InputError
from videogen_engine.planning.blocks import BlockKind, says_something
from videogen_engine.planning.grouping import TEMPOS, Unit, group_scenes
from videogen_engine.planning.keyphrases import word_counts
from videogen_engine.planning.lexicon import lexicon
from videogen_engine.planning.model import Pacing, PlannedScene, PlanRequest, ScenePlan, Sentence, Structure
from videogen_engine.planning.numbering import NumberedStep, number_steps
from videogen_engine.planning.pieces import Piece, pieces
from videogen_engine.planning.reading import Reading, read
from videogen_engine.planning.scenes import SceneParts, build_scene
from videogen_engine.planning.tempo import spoken_seconds
from videogen_engine.planning.title import make_title
from videogen_engine.planning.tokens import bare, tokens
from videogen_engine.stage import StageContext

#: Raised whenever the same script would be planned differently.
VERSION = "3"
#: Seconds; two sentences with pictures of their own do not share a scene when they are at least this long.
_SOLO = {Pacing.FAST: 2.0, Pacing.MEDIUM: 3.0, Pacing.SLOW: float("inf")}
_STRONG = frozenset({Structure.QUOTE, Structure.LIST, Structure.COMPARISON, Structure.STATISTIC, Structure.QUESTION})


def plan(request: PlanRequest, ctx: StageContext) -> ScenePlan:
    """Scenes of a script, with sentences, headlines and structure. All spans are exact slices of the script.

    Raises InputError when there is no letter or digit to speak (empty, blank, emoji only), and
    StageCancelledError once the job was cancelled.
    """
    return _planned(request, ctx, group_scenes)


def plan_as_one(text: str, language: str, ctx: StageContext) -> PlannedScene:
    """The one scene that says all of ``text``. Raises as ``plan``."""
    request = PlanRequest(script=text, language=language, pacing=Pacing.SLOW)
    return _planned(request, ctx, lambda units, _: [list(units)]).scenes[0]


def _planned(
    request: PlanRequest, ctx: StageContext, grouping: Callable[[Sequence[Unit], Pacing], list[list[Unit]]]
) -> ScenePlan:
    script = request.script
    require_words(script)
    known = lexicon(request.language)
    found = pieces(script, request.language, TEMPOS[request.pacing].target)
    ctx.check()
    words = [tokens(script, piece.start, piece.end) for piece in found]
    frequent = word_counts((word for sentence in words for word in sentence), known)
    steps = number_steps(found, words, known)
    readings: list[Reading] = []
    for piece, spoken, step in zip(found, words, steps, strict=True):
        ctx.check()
        cue = step.cue if step is not None else None
        readings.append(read(script, spoken, (piece.start, piece.end), piece.kind, cue, frequent, known))
    groups = grouping(_units(script, found, readings, steps, request.pacing), request.pacing)
    scenes: list[PlannedScene] = []
    kicker: str | None = None
    place = 0
    for index, group in enumerate(groups):
        ctx.check()
        span = slice(place, place + len(group))
        opening = place == 0 and found[0].kind is BlockKind.HEADING and found[0].level <= 1
        for piece in found[span]:
            if piece.kind is BlockKind.HEADING:
                kicker = None if opening and piece is found[0] else bare(script[piece.start : piece.end])
        parts = SceneParts(
            readings=tuple(readings[span]),
            sentences=_sentences(script, found, span),
            step_number=next((step.number for step in steps[span] if step is not None), None),
            kicker=kicker,
            opening=opening,
            lead=_list_lead(found, readings, place),
        )
        scenes.append(build_scene(script, index, parts, known))
        place += len(group)
    ctx.report(1.0, f"{len(scenes)} scenes planned")
    return ScenePlan(
        script=script,
        language=request.language,
        title=make_title(script, found, scenes, known),
        scenes=tuple(scenes),
    )


def require_words(script: str) -> None:
    """Raise InputError unless the script has at least one letter or digit to speak."""
    if says_something(script):
        return
    blank = not script.strip("\0 \t\r\n\v\f\u200b\ufeff")
    raise InputError(
        "The script is empty." if blank else "The script has no words to speak.",
        code="empty_script",
        next_step="Write at least one word for the narrator.",
    )


def _units(
    script: str,
    found: Sequence[Piece],
    readings: Sequence[Reading],
    steps: Sequence[NumberedStep | None],
    pacing: Pacing,
) -> list[Unit]:
    """What grouping needs to know of each piece."""
    units: list[Unit] = []
    for piece, reading, step in zip(found, readings, steps, strict=True):
        seconds = spoken_seconds(script[piece.start : piece.end])
        strong = reading.structure in _STRONG and seconds >= _SOLO[pacing]
        heading = piece.kind is BlockKind.HEADING
        units.append(
            Unit(
                start=piece.start,
                end=piece.end,
                seconds=seconds,
                kind=piece.kind,
                paragraph=piece.paragraph,
                fresh=heading or step is not None,
                strong=strong,
                leads=piece.leads,
            )
        )
    return units


def _list_lead(found: Sequence[Piece], readings: Sequence[Reading], place: int) -> Reading | None:
    """The sentence with a colon that stands before the list which continues at ``place``."""
    if found[place].kind is not BlockKind.BULLET:
        return None
    while place >= 0 and found[place].kind is BlockKind.BULLET:
        place -= 1
    return readings[place] if place >= 0 and found[place].leads else None


def _sentences(script: str, found: Sequence[Piece], span: slice) -> tuple[Sentence, ...]:
    sentences: list[Sentence] = []
    for index in range(span.start, span.stop):
        piece = found[index]
        following = found[index + 1] if index + 1 < len(found) else None
        closes = following is None or following.paragraph != piece.paragraph or piece.kind is BlockKind.HEADING
        sentences.append(
            Sentence(text=script[piece.start : piece.end], start=piece.start, end=piece.end, ends_paragraph=closes)
        )
    return tuple(sentences)
