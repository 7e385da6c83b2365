"""Sentences are gathered into scenes by what the chosen pacing asks for.

Grouping is greedy and local: it starts afresh at every paragraph, heading, list and step, and sees sentence
lengths only in whole seconds. So an edit that keeps a sentence's length class changes its own scene alone,
and any other edit stops mattering at the next place where grouping starts afresh.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from videogen_engine.planning.blocks import BlockKind
from videogen_engine.planning.model import Pacing

#: A plan has no more scenes than this; longer scripts get longer scenes.
MAX_SCENES = 500
#: Seconds; a scene shorter than this joins even one that wants to begin afresh.
_GLIMPSE = 1.8
#: A list shows at most this many members at once.
LIST_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Tempo:
    """Seconds of speech that a scene should have (``target``) and should not exceed (``most``)."""

    target: float
    most: float

    def stretched(self, factor: float) -> Tempo:
        return Tempo(self.target * factor, self.most * factor)


TEMPOS = {
    Pacing.FAST: Tempo(3.4, 5.0),
    Pacing.MEDIUM: Tempo(6.0, 8.2),
    Pacing.SLOW: Tempo(11.0, 14.5),
}


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence, or one piece of a very long one.

    ``fresh`` asks for a scene that begins here, ``strong`` for one without another strong unit; ``leads`` says that
    it announces what follows ("You need:").
    """

    start: int
    end: int
    seconds: float
    kind: BlockKind
    paragraph: int
    fresh: bool = False
    strong: bool = False
    leads: bool = False


@dataclass(slots=True)
class _Open:
    units: list[Unit] = field(default_factory=list[Unit])
    seconds: float = 0.0

    def add(self, unit: Unit) -> None:
        self.units.append(unit)
        self.seconds += length_class(unit.seconds)


def length_class(seconds: float) -> float:
    """Whole seconds, so that a changed word seldom changes the grouping."""
    return max(0.5, float(round(seconds)))


def group_scenes(units: Sequence[Unit], pacing: Pacing) -> list[list[Unit]]:
    """Scenes of neighbouring units, in order, no more than MAX_SCENES."""
    tempo = TEMPOS[pacing]
    total = sum(length_class(unit.seconds) for unit in units)
    if total > tempo.target * MAX_SCENES:
        tempo = tempo.stretched(total / (tempo.target * MAX_SCENES))
    scenes: list[list[Unit]] = []
    for run in _runs(units):
        scenes.extend(_lists(run, tempo) if run[0].kind is BlockKind.BULLET else _prose(run, tempo))
    scenes = _settle(scenes, tempo)
    while len(scenes) > MAX_SCENES:
        scenes = [[*first, *second] for first, second in zip(scenes[::2], [*scenes[1::2], []], strict=False)]
    return scenes


def _runs(units: Iterable[Unit]) -> list[list[Unit]]:
    """Stretches within which grouping may join freely."""
    runs: list[list[Unit]] = []
    for unit in units:
        last = runs[-1][-1] if runs else None
        listed = unit.kind is BlockKind.BULLET
        joins = (
            last is not None
            and not unit.fresh
            and last.paragraph == unit.paragraph
            and (last.kind is BlockKind.BULLET) == listed
        )
        if joins:
            runs[-1].append(unit)
        else:
            runs.append([unit])
    return runs


def _prose(run: Sequence[Unit], tempo: Tempo) -> list[list[Unit]]:
    scenes: list[list[Unit]] = []
    current = _Open()
    for unit in run:
        crowded = unit.strong and any(other.strong for other in current.units)
        if current.units and (crowded or not _takes(current.seconds, length_class(unit.seconds), tempo)):
            scenes.append(current.units)
            current = _Open()
        current.add(unit)
    if scenes and current.seconds < tempo.target * 0.45 and _sum(scenes[-1]) + current.seconds <= tempo.most * 1.15:
        scenes[-1].extend(current.units)
    else:
        scenes.append(current.units)
    return scenes


def _lists(run: Sequence[Unit], tempo: Tempo) -> list[list[Unit]]:
    """List members in even handfuls of two to four, fewer when they are long."""
    seconds = sum(length_class(unit.seconds) for unit in run)
    by_time = -(-seconds // (tempo.most * 1.25))
    handfuls = int(max(by_time, -(-len(run) // LIST_LENGTH)))
    handfuls = min(handfuls, len(run))
    size, extra = divmod(len(run), handfuls)
    scenes: list[list[Unit]] = []
    at = 0
    for index in range(handfuls):
        count = size + (1 if index < extra else 0)
        scenes.append(list(run[at : at + count]))
        at += count
    return scenes


def _settle(scenes: Sequence[list[Unit]], tempo: Tempo) -> list[list[Unit]]:
    """Headings go with what they head; a scene too short to be seen joins the next one."""
    settled: list[list[Unit]] = []
    carried: list[Unit] = []
    for index, scene in enumerate(scenes):
        joined = [*carried, *scene]
        following = scenes[index + 1] if index + 1 < len(scenes) else None
        if following is not None and _carries(joined, following, tempo):
            carried = joined
            continue
        if settled and _falls_back(settled[-1], joined, tempo):
            settled[-1] = [*settled[-1], *joined]
        else:
            settled.append(joined)
        carried = []
    return settled


def _falls_back(before: Sequence[Unit], scene: Sequence[Unit], tempo: Tempo) -> bool:
    """Whether a scene too short to be seen, which nothing follows that it could join, ends the one before."""
    if scene[0].fresh or scene[0].kind is BlockKind.BULLET or _sum(scene) >= tempo.target * 0.4:
        return False
    return _sum(before) + _sum(scene) <= tempo.most * 1.15


def _carries(scene: Sequence[Unit], following: Sequence[Unit], tempo: Tempo) -> bool:
    together = _sum(scene) + _sum(following)
    if all(unit.kind is BlockKind.HEADING for unit in scene):
        return together <= tempo.most * 1.6 or _sum(scene) < 2.5
    if following[0].kind is BlockKind.HEADING:
        return False
    if scene[-1].leads:
        return together <= tempo.most * 1.6
    short = _sum(scene) < tempo.target * 0.45
    if any(unit.strong for unit in scene) and any(unit.strong for unit in following):
        return False
    if following[0].fresh or scene[0].fresh:
        return _sum(scene) < _GLIMPSE and together <= tempo.most
    return short and _takes(_sum(scene), _sum(following), tempo)


def _takes(sofar: float, more: float, tempo: Tempo) -> bool:
    """Whether joining brings a scene nearer to its target without going too far."""
    together = sofar + more
    return together <= tempo.most and abs(together - tempo.target) < abs(sofar - tempo.target)


def _sum(units: Iterable[Unit]) -> float:
    return sum(length_class(unit.seconds) for unit in units)
