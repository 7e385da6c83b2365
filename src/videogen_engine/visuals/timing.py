"""When an element enters: as its words are said."""

from __future__ import annotations

from videogen_engine.planning.model import Phrase
from videogen_engine.visuals.model import PictureScene

#: Seconds an element comes before its word, so that eye and ear meet.
_LEAD = 0.12
#: Seconds that an element must still be seen before the scene ends.
_TAIL = 0.9


def _within(scene: PictureScene, when: float, earliest: float) -> float:
    return round(max(min(earliest, scene.duration * 0.3), min(when, scene.duration - _TAIL)), 3)


def spoken_at(scene: PictureScene, start: int, earliest: float = 0.3) -> float | None:
    """Seconds at which the word at script offset ``start`` is said, or None without word times."""
    for word in scene.words:
        if word.char_end > start:
            return _within(scene, word.start - _LEAD, earliest)
    return None


def phrase_time(scene: PictureScene, phrase: Phrase | None, index: int = 0, count: int = 1) -> float:
    """When ``phrase`` enters; without word times, ``count`` phrases are spread over the first 70 %."""
    when = spoken_at(scene, phrase.start) if phrase is not None else None
    if when is None:
        when = _within(scene, 0.4 + 0.7 * scene.duration * index / max(1, count), 0.3)
    return when


def spread(times: list[float], gap: float = 0.18) -> list[float]:
    """The times, none closer than ``gap`` after the one before."""
    result: list[float] = []
    for time in times:
        result.append(max(time, result[-1] + gap) if result else time)
    return [round(time, 3) for time in result]
