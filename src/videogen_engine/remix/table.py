"""Which edit does which remix action. What is missing here is refused when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping

from videogen_agents.contract import RemixActionType
from videogen_engine.remix.captions import DISABLE_CAPTIONS, ENABLE_CAPTIONS
from videogen_engine.remix.edit import AnyEdit
from videogen_engine.remix.transitions import ADD_TRANSITIONS
from videogen_engine.remix.zoom import ADD_ZOOM

EDITS: Mapping[RemixActionType, AnyEdit] = {
    RemixActionType.ENABLE_CAPTIONS: ENABLE_CAPTIONS,
    RemixActionType.DISABLE_CAPTIONS: DISABLE_CAPTIONS,
    RemixActionType.ADD_TRANSITIONS: ADD_TRANSITIONS,
    RemixActionType.ADD_ZOOM: ADD_ZOOM,
}
