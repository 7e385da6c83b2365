"""SET_LOGO: the user's mark in a corner, moved, resized or removed."""

from __future__ import annotations

from typing import Final

from videogen_agents.contract import SetLogoAction
from videogen_agents.errors import InputError
from videogen_engine.remix.edit import Edit, Edited
from videogen_engine.remix.workshop import Workshop
from videogen_engine.timeline.document import Logo, Timeline
from videogen_engine.visuals.model import FeaturedFile

#: Where and how large a logo is unless asked otherwise: away from the captions, plain but not loud.
_POSITION: Final = "TOP_RIGHT"
_SIZE_PERCENT: Final = 12.0


def check(action: SetLogoAction) -> None:
    """Raises InputError for a width that no logo can have."""
    if action.size_percent is not None and not 0 < action.size_percent <= 100:
        raise InputError(
            f"sizePercent is {action.size_percent:g}; it must be above 0 and at most 100.",
            next_step="Give the logo's width in percent of the video's; 8 to 20 looks right.",
        )


async def prepare(timeline: Timeline, action: SetLogoAction, workshop: Workshop) -> FeaturedFile | None:
    del timeline
    return None if action.file_id is None else await workshop.file(action.file_id)


def apply(timeline: Timeline, action: SetLogoAction, made: FeaturedFile | None) -> Edited:
    """A null file removes the logo; one that is left out keeps the file when position or size is given."""
    old = timeline.logo
    moves = "file_id" not in action.model_fields_set and (action.position or action.size_percent) is not None
    if made is None and not moves:
        if old is None:
            return Edited(timeline=timeline, notes=("The film had no logo.",))
        return Edited(timeline=timeline.model_copy(update={"logo": None}))
    if made is None and old is None:
        return Edited(timeline=timeline, notes=("The film has no logo to move; give its fileId.",))
    media = old.media if made is None and old is not None else made.media if made is not None else None
    assert media is not None
    position = action.position.value if action.position is not None else old.position if old else _POSITION
    size = action.size_percent if action.size_percent is not None else old.size_percent if old else _SIZE_PERCENT
    logo = Logo(media=media, position=position, size_percent=size)
    return Edited(timeline=timeline.model_copy(update={"logo": logo}))


SET_LOGO = Edit(SetLogoAction, apply, prepare, check)
