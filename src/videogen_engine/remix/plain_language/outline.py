"""What plain words may refer to: a film's scenes and settings, without how any of them is made."""

from __future__ import annotations

from videogen_engine.frozen import Frozen
from videogen_engine.planning.model import Structure
from videogen_engine.timeline.document import Timeline


class OutlineScene(Frozen):
    """``text`` is what is said in it."""

    text: str
    seconds: float
    structure: Structure = Structure.STATEMENT


class Outline(Frozen):
    title: str
    language: str
    voice_id: str
    scenes: tuple[OutlineScene, ...]

    @property
    def seconds(self) -> float:
        return sum(scene.seconds for scene in self.scenes)


def outline_of(timeline: Timeline) -> Outline:
    return Outline(
        title=timeline.title,
        language=timeline.language,
        voice_id=timeline.voice_id,
        scenes=tuple(
            OutlineScene(
                text=scene.plan.text,
                seconds=scene.frames / timeline.frames_per_second,
                structure=scene.plan.structure,
            )
            for scene in timeline.scenes
        ),
    )
