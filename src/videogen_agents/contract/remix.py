"""Remix actions: edits of a project, each a job of its own."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal, TypeAlias, cast

from pydantic import BeforeValidator, Field

from videogen_agents.contract.base import Nullable, Open, Progress, Request, Response, old_names
from videogen_agents.contract.captions import CaptionStyle
from videogen_agents.contract.errors import ApiError
from videogen_agents.contract.jobs import JobStatus, Page
from videogen_agents.contract.shared import AspectRatio, ModelQuality, VoiceSpeed


class RemixActionType(StrEnum):
    """``EDIT_WITH_AGENT`` was withdrawn from the hosted API; servers may still take it."""

    SET_BACKGROUND_MUSIC = "SET_BACKGROUND_MUSIC"
    SET_LOGO = "SET_LOGO"
    ENABLE_CAPTIONS = "ENABLE_CAPTIONS"
    DISABLE_CAPTIONS = "DISABLE_CAPTIONS"
    ADD_TRANSITIONS = "ADD_TRANSITIONS"
    ADD_ZOOM = "ADD_ZOOM"
    RESIZE_PROJECT = "RESIZE_PROJECT"
    CLEAN_UP_TRANSCRIPT = "CLEAN_UP_TRANSCRIPT"
    CONVERT_IMAGES_TO_VIDEOS = "CONVERT_IMAGES_TO_VIDEOS"
    REGENERATE_IMAGES = "REGENERATE_IMAGES"
    UPSCALE_ASSETS = "UPSCALE_ASSETS"
    CHANGE_NARRATOR = "CHANGE_NARRATOR"
    SHUFFLE_STOCK_VISUALS = "SHUFFLE_STOCK_VISUALS"
    GENERATE_MUSIC = "GENERATE_MUSIC"
    TRANSLATE_PROJECT = "TRANSLATE_PROJECT"
    EDIT_WITH_AGENT = "EDIT_WITH_AGENT"

    @classmethod
    def _missing_(cls, value: object) -> "RemixActionType | None":
        newest = OLDER_ACTION_TYPES.get(value) if isinstance(value, str) else None
        return cls(newest) if newest else None


#: Old action types, each with the one that replaced it.
OLDER_ACTION_TYPES: Mapping[str, str] = {
    "VIDEO_EDITOR_AGENT": "EDIT_WITH_AGENT",
    "ANIMATE_IMAGES": "CONVERT_IMAGES_TO_VIDEOS",
}


class LogoPosition(StrEnum):
    TOP_LEFT = "TOP_LEFT"
    TOP_CENTER = "TOP_CENTER"
    TOP_RIGHT = "TOP_RIGHT"
    BOTTOM_LEFT = "BOTTOM_LEFT"
    BOTTOM_CENTER = "BOTTOM_CENTER"
    BOTTOM_RIGHT = "BOTTOM_RIGHT"


class TransitionType(StrEnum):
    """DYNAMIC lets the server choose for each boundary."""

    DYNAMIC = "DYNAMIC"
    NONE = "NONE"
    FADE = "FADE"
    RISE = "RISE"
    PAN = "PAN"
    POP = "POP"
    WIPE = "WIPE"


class AgentEditMode(StrEnum):
    MINOR_EDIT = "MINOR_EDIT"
    RETHINK = "RETHINK"


class SetBackgroundMusicAction(Request):
    """A null ``file_id`` removes the track; a null ``volume`` (0–1) keeps the current one."""

    type: Literal[RemixActionType.SET_BACKGROUND_MUSIC] = RemixActionType.SET_BACKGROUND_MUSIC
    file_id: Nullable[str] = None
    volume: Nullable[Annotated[float, Field(ge=0, le=1)]] = None


class SetLogoAction(Request):
    """A null ``file_id`` removes the logo. ``size_percent`` is of the video's width."""

    type: Literal[RemixActionType.SET_LOGO] = RemixActionType.SET_LOGO
    file_id: Nullable[str] = None
    position: Nullable[LogoPosition] = None
    size_percent: Nullable[float] = None


class EnableCaptionsAction(Request):
    """``caption_style`` overrides the current style field by field."""

    type: Literal[RemixActionType.ENABLE_CAPTIONS] = RemixActionType.ENABLE_CAPTIONS
    caption_style: Nullable[CaptionStyle] = None


class DisableCaptionsAction(Request):
    type: Literal[RemixActionType.DISABLE_CAPTIONS] = RemixActionType.DISABLE_CAPTIONS


class AddTransitionsAction(Request):
    """Applied to every boundary of a scope; null or left out leaves that scope as it is."""

    type: Literal[RemixActionType.ADD_TRANSITIONS] = RemixActionType.ADD_TRANSITIONS
    section_transition: Nullable[TransitionType] = None
    asset_transition: Nullable[TransitionType] = None


class AddZoomAction(Request):
    """A slow move over every eligible still."""

    type: Literal[RemixActionType.ADD_ZOOM] = RemixActionType.ADD_ZOOM


class ResizeProjectAction(Request):
    type: Literal[RemixActionType.RESIZE_PROJECT] = RemixActionType.RESIZE_PROJECT
    aspect_ratio: AspectRatio


class CleanUpTranscriptAction(Request):
    """Null means the default: both on. ``min_pause_seconds`` is the shortest pause that is cut."""

    type: Literal[RemixActionType.CLEAN_UP_TRANSCRIPT] = RemixActionType.CLEAN_UP_TRANSCRIPT
    remove_fillers: Nullable[bool] = True
    remove_pauses: Nullable[bool] = True
    filler_words: Nullable[list[str]] = None
    min_pause_seconds: Nullable[Annotated[float, Field(ge=0)]] = None


class ConvertImagesToVideosAction(Request):
    type: Literal[RemixActionType.CONVERT_IMAGES_TO_VIDEOS] = RemixActionType.CONVERT_IMAGES_TO_VIDEOS
    motion_prompt: Nullable[str] = None
    mute_output_videos: Nullable[bool] = True
    quality: ModelQuality | None = None


class RegenerateImagesAction(Request):
    type: Literal[RemixActionType.REGENERATE_IMAGES] = RemixActionType.REGENERATE_IMAGES
    style_prompt: str
    quality: ModelQuality | None = Field(default=None, validation_alias=old_names("quality", "modelMode"))


class UpscaleAssetsAction(Request):
    """Up to 4K."""

    type: Literal[RemixActionType.UPSCALE_ASSETS] = RemixActionType.UPSCALE_ASSETS
    include_videos: Nullable[bool] = True
    include_stock_content: Nullable[bool] = True


class ChangeNarratorAction(Request):
    """``voice_id`` is an id or a catalogue display name."""

    type: Literal[RemixActionType.CHANGE_NARRATOR] = RemixActionType.CHANGE_NARRATOR
    voice_id: str
    actor_entity_id: Nullable[str] = Field(
        default=None, validation_alias=old_names("actorEntityId", "avatarPresenterId")
    )
    avatar_quality: ModelQuality | None = None
    voice_speed: Nullable[VoiceSpeed] = None

    @classmethod
    def ignored_by_rule(cls, body: Mapping[str, object]) -> tuple[str, ...]:
        return () if body.get("actorEntityId") or body.get("avatarPresenterId") else ("avatarQuality",)


class ShuffleStockVisualsAction(Request):
    type: Literal[RemixActionType.SHUFFLE_STOCK_VISUALS] = RemixActionType.SHUFFLE_STOCK_VISUALS


class GenerateMusicAction(Request):
    type: Literal[RemixActionType.GENERATE_MUSIC] = RemixActionType.GENERATE_MUSIC
    prompt: str


class TranslateProjectAction(Request):
    """``language_code`` is one of the languages resource."""

    type: Literal[RemixActionType.TRANSLATE_PROJECT] = RemixActionType.TRANSLATE_PROJECT
    language_code: str
    change_voice: Nullable[bool] = True
    translate_image_text: Nullable[bool] = False


class EditWithAgentAction(Request):
    """An edit in plain language. ``target_duration_seconds`` counts only with RETHINK."""

    type: Literal[RemixActionType.EDIT_WITH_AGENT] = RemixActionType.EDIT_WITH_AGENT
    prompt: str
    mode: AgentEditMode = AgentEditMode.MINOR_EDIT
    target_duration_seconds: Nullable[float] = None

    @classmethod
    def ignored_by_rule(cls, body: Mapping[str, object]) -> tuple[str, ...]:
        return () if body.get("mode") == AgentEditMode.RETHINK else ("targetDurationSeconds",)


def _newest_type(value: object) -> object:
    if not isinstance(value, Mapping):
        return value
    body = cast("Mapping[str, object]", value)
    kind = body.get("type")
    newest = OLDER_ACTION_TYPES.get(kind) if isinstance(kind, str) else None
    return {**body, "type": newest} if newest else body


#: One edit, told apart by ``type``.
RemixAction: TypeAlias = Annotated[
    SetBackgroundMusicAction
    | SetLogoAction
    | EnableCaptionsAction
    | DisableCaptionsAction
    | AddTransitionsAction
    | AddZoomAction
    | ResizeProjectAction
    | CleanUpTranscriptAction
    | ConvertImagesToVideosAction
    | RegenerateImagesAction
    | UpscaleAssetsAction
    | ChangeNarratorAction
    | ShuffleStockVisualsAction
    | GenerateMusicAction
    | TranslateProjectAction
    | EditWithAgentAction,
    Field(discriminator="type"),
    BeforeValidator(_newest_type),
]


class RemixProjectRequest(Request):
    """``save_as_new_project`` copies the project first and edits the copy."""

    remix_actions: Annotated[list[RemixAction], Field(min_length=1)]
    save_as_new_project: bool = False


class RemixProjectResponse(Response):
    """``project_id`` is the copy's when one was made. One action id per requested action, in order."""

    project_id: str
    project_url: str
    remix_action_ids: list[str]


class RemixActionRun(Response):
    remix_action_id: str
    type: Open[RemixActionType]
    status: JobStatus
    project_id: str
    project_url: str
    progress_percentage: Progress
    attempt_index: Annotated[int, Field(ge=0)]
    error: ApiError | None = None


class RemixActionPage(Page):
    remix_actions: list[RemixActionRun]
