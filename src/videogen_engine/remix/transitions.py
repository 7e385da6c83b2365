"""ADD_TRANSITIONS: how scenes enter, the same at every boundary of a scope.

There are two kinds of boundaries. Between sections: where the scene's heading (its kicker) is another one than
the scene's before, or where the scene before ends a paragraph. Between assets: all others, within a section.
DYNAMIC chooses for each boundary by the scene's own id, so that editing one scene changes no other's entrance.
"""

from __future__ import annotations

import hashlib
from typing import Final

from videogen_agents.contract import AddTransitionsAction, TransitionType
from videogen_engine.remix.edit import Edited, simple_edit
from videogen_engine.timeline.document import Scene, Timeline, Transition, TransitionKind
from videogen_engine.timeline.staging import FADE_FRAMES

#: What DYNAMIC chooses from: new sections may arrive with a gesture, scenes within one flow.
_AT_SECTIONS: Final = (TransitionKind.PAN, TransitionKind.RISE, TransitionKind.WIPE)
_AT_ASSETS: Final = (TransitionKind.FADE, TransitionKind.FADE, TransitionKind.POP)


def opens_section(scene: Scene, before: Scene) -> bool:
    """Whether the boundary between the two scenes is one between sections."""
    if scene.plan.kicker != before.plan.kicker:
        return True
    return bool(before.plan.sentences) and before.plan.sentences[-1].ends_paragraph


def transition(kind: TransitionKind, scene: Scene) -> Transition:
    """``kind`` at the length that every transition has.

    One length for all, a cut's included, so that another kind renders those frames alone and no scene's body.
    """
    return Transition(kind=kind, frames=min(FADE_FRAMES, scene.frames // 3))


def add_transitions(timeline: Timeline, action: AddTransitionsAction) -> Edited:
    """The first scene has nothing to enter over and stays as it is."""
    scenes = list(timeline.scenes)
    sections = 0
    for index in range(1, len(scenes)):
        scene = scenes[index]
        section = opens_section(scene, timeline.scenes[index - 1])
        sections += section
        wanted = action.section_transition if section else action.asset_transition
        if wanted is not None:
            kind = _resolved(wanted, scene, section=section)
            scenes[index] = scene.model_copy(update={"transition": transition(kind, scene)})
    return Edited(
        timeline=timeline.model_copy(update={"scenes": tuple(scenes)}), notes=_notes(timeline, action, sections)
    )


def _resolved(wanted: TransitionType, scene: Scene, *, section: bool) -> TransitionKind:
    if wanted is not TransitionType.DYNAMIC:
        return TransitionKind(wanted.value)
    choice = _AT_SECTIONS if section else _AT_ASSETS
    return choice[int(hashlib.sha256(f"enter {scene.scene_id}".encode()).hexdigest()[:8], 16) % len(choice)]


def _notes(timeline: Timeline, action: AddTransitionsAction, sections: int) -> tuple[str, ...]:
    """What a caller would otherwise wonder about: a scope that this film does not have."""
    within = len(timeline.scenes) - 1 - sections
    notes: list[str] = []
    if action.section_transition is not None and not sections:
        notes.append("The film is one single section, so sectionTransition had no boundary to apply to.")
    if action.asset_transition is not None and within <= 0:
        notes.append("No section has two scenes, so assetTransition had no boundary to apply to.")
    return tuple(notes)


ADD_TRANSITIONS = simple_edit(AddTransitionsAction, add_transitions)
