"""The form that every edit has: make what is needed, then change the document, and say what was done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from videogen_agents.contract import Request
from videogen_engine.frozen import Frozen
from videogen_engine.remix.workshop import Workshop
from videogen_engine.timeline.document import Timeline

ActionT = TypeVar("ActionT", bound=Request)
MadeT = TypeVar("MadeT")


class Edited(Frozen):
    """An equal ``timeline`` says that nothing was eligible. ``notes`` are sentences about what was done or why
    nothing was, ``degraded`` about what fell back to something lesser. ``steps_back`` says that ``timeline`` is the
    film as it was that many edits ago (``Workshop.earlier``), so that undoing once more goes further back. ``made_by``
    names what had a part beyond what the film itself names.
    """

    timeline: Timeline
    notes: tuple[str, ...] = ()
    degraded: tuple[str, ...] = ()
    steps_back: int = 0
    made_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Edit(Generic[ActionT, MadeT]):
    """``apply`` is pure: equal input, equal output. ``prepare`` gets what it needs made beforehand.

    ``check`` raises at once, when the action is asked for, what could otherwise be known only once its job runs.
    ``check_without_model`` does so as well where no language model is configured.
    """

    action: type[ActionT]
    apply: Callable[[Timeline, ActionT, MadeT], Edited]
    prepare: Callable[[Timeline, ActionT, Workshop], Awaitable[MadeT]]
    check: Callable[[ActionT], None] = lambda _action: None
    check_without_model: Callable[[ActionT], None] = lambda _action: None

    async def run(self, timeline: Timeline, action: ActionT, workshop: Workshop) -> Edited:
        return self.apply(timeline, action, await self.prepare(timeline, action, workshop))


#: An edit of some action; which one is known by the table's key.
AnyEdit: TypeAlias = Edit[Any, Any]


def simple_edit(action: type[ActionT], apply: Callable[[Timeline, ActionT], Edited]) -> Edit[ActionT, None]:
    """An edit that needs nothing made."""

    async def nothing(_timeline: Timeline, _action: ActionT, _workshop: Workshop) -> None:
        return None

    def applied(timeline: Timeline, action: ActionT, _made: None) -> Edited:
        return apply(timeline, action)

    return Edit(action, applied, nothing)
