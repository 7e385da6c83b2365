"""Which edit does which remix action. What is missing here is refused when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping

from videogen_agents.contract import RemixActionType
from videogen_engine.remix.camera import CONVERT_IMAGES_TO_VIDEOS
from videogen_engine.remix.captions import DISABLE_CAPTIONS, ENABLE_CAPTIONS
from videogen_engine.remix.clean_up import CLEAN_UP_TRANSCRIPT
from videogen_engine.remix.edit import AnyEdit
from videogen_engine.remix.edit_with_agent import edit_with_agent
from videogen_engine.remix.logo import SET_LOGO
from videogen_engine.remix.music import GENERATE_MUSIC, SET_BACKGROUND_MUSIC
from videogen_engine.remix.narrator import CHANGE_NARRATOR
from videogen_engine.remix.resize import RESIZE_PROJECT
from videogen_engine.remix.restyle import REGENERATE_IMAGES
from videogen_engine.remix.shuffle import SHUFFLE_STOCK_VISUALS
from videogen_engine.remix.transitions import ADD_TRANSITIONS
from videogen_engine.remix.translate import TRANSLATE_PROJECT
from videogen_engine.remix.upscale import UPSCALE_ASSETS
from videogen_engine.remix.zoom import ADD_ZOOM

_ACTIONS: Mapping[RemixActionType, AnyEdit] = {
    RemixActionType.ENABLE_CAPTIONS: ENABLE_CAPTIONS,
    RemixActionType.DISABLE_CAPTIONS: DISABLE_CAPTIONS,
    RemixActionType.ADD_TRANSITIONS: ADD_TRANSITIONS,
    RemixActionType.ADD_ZOOM: ADD_ZOOM,
    RemixActionType.SET_LOGO: SET_LOGO,
    RemixActionType.RESIZE_PROJECT: RESIZE_PROJECT,
    RemixActionType.REGENERATE_IMAGES: REGENERATE_IMAGES,
    RemixActionType.SHUFFLE_STOCK_VISUALS: SHUFFLE_STOCK_VISUALS,
    RemixActionType.CONVERT_IMAGES_TO_VIDEOS: CONVERT_IMAGES_TO_VIDEOS,
    RemixActionType.UPSCALE_ASSETS: UPSCALE_ASSETS,
    RemixActionType.TRANSLATE_PROJECT: TRANSLATE_PROJECT,
    RemixActionType.SET_BACKGROUND_MUSIC: SET_BACKGROUND_MUSIC,
    RemixActionType.GENERATE_MUSIC: GENERATE_MUSIC,
    RemixActionType.CHANGE_NARRATOR: CHANGE_NARRATOR,
    RemixActionType.CLEAN_UP_TRANSCRIPT: CLEAN_UP_TRANSCRIPT,
}
#: EDIT_WITH_AGENT does what it reads by the others.
EDITS: Mapping[RemixActionType, AnyEdit] = {
    **_ACTIONS,
    RemixActionType.EDIT_WITH_AGENT: edit_with_agent(_ACTIONS),
}
