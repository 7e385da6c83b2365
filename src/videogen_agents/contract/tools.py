"""The 13 standalone tools and their executions."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, ClassVar, Self, cast

from pydantic import Field, model_validator

from videogen_agents.contract.base import (
    Nullable,
    Open,
    Progress,
    Request,
    Response,
    Timestamp,
    old_names,
    rule,
)
from videogen_agents.contract.errors import ApiError
from videogen_agents.contract.files import FileInfo, FileType
from videogen_agents.contract.jobs import JobStatus, Page
from videogen_agents.contract.shared import (
    AspectRatio,
    ContentPolicyConfig,
    ModelQuality,
    VoiceSpeed,
    WatermarkMode,
)


class ToolType(StrEnum):
    """What an execution runs. ``ExecutedTool.tool_type`` stays open text: only three of these were seen from
    servers; the others follow the same rule."""

    GENERATE_IMAGE = "GENERATE_IMAGE"
    GENERATE_VIDEO_CLIP = "GENERATE_VIDEO_CLIP"
    GENERATE_MOTION_GRAPHIC = "GENERATE_MOTION_GRAPHIC"
    TEXT_TO_SPEECH = "TEXT_TO_SPEECH"
    GENERATE_SOUND_EFFECT = "GENERATE_SOUND_EFFECT"
    GENERATE_MUSIC = "GENERATE_MUSIC"
    GENERATE_AVATAR = "GENERATE_AVATAR"
    VECTORIZE_IMAGE = "VECTORIZE_IMAGE"
    REMOVE_IMAGE_BACKGROUND = "REMOVE_IMAGE_BACKGROUND"
    UPSCALE_IMAGE = "UPSCALE_IMAGE"
    IMAGE_3D_EFFECT = "IMAGE_3D_EFFECT"
    REMOVE_VIDEO_BACKGROUND = "REMOVE_VIDEO_BACKGROUND"
    UPSCALE_VIDEO = "UPSCALE_VIDEO"

    @classmethod
    def _missing_(cls, value: object) -> "ToolType | None":
        return cls.GENERATE_IMAGE if value == "PROMPT_TO_IMAGE" else None


#: Up to four reference files.
References = Annotated[list[str], Field(max_length=4)]


class ToolRequest(Request):
    """What every tool takes. ``hide_from_ui`` is taken and ignored, as newer servers do."""

    num_results: Annotated[int, Field(ge=1, le=100)] = 1
    is_output_temporary: bool = False
    hide_from_ui: bool = False


class GenerateImageRequest(ToolRequest):
    """``entity_ids`` are actors, products and styles to draw with."""

    prompt: str
    image_file_ids: References | None = Field(
        default=None, validation_alias=old_names("imageFileIds", "imageStorageFileIds")
    )
    entity_ids: list[str] | None = None
    aspect_ratio: AspectRatio | None = None
    quality: ModelQuality | None = None
    content_policy_config: ContentPolicyConfig | None = None
    watermark_mode: WatermarkMode = WatermarkMode.AUTO


class GenerateVideoClipRequest(ToolRequest):
    """A clip from at least one of: prompt, start frame, image, video or audio references, spoken dialogue.

    A null or missing duration means automatic. ``generate_audio`` true guarantees sound. The start frame is
    dropped from ``image_file_ids`` when it is repeated there.
    """

    folded_names: ClassVar[Mapping[str, str]] = {"videoFileId": "videoFileIds"}

    prompt: str | None = None
    start_frame_file_id: str | None = None
    image_file_ids: References | None = None
    video_file_ids: References | None = None
    audio_file_ids: References | None = None
    spoken_dialogue: str | None = None
    voice_description: str | None = None
    generate_audio: bool = False
    suppress_background_music: bool = False
    duration_seconds: Nullable[Annotated[int, Field(ge=1, le=30)]] = None
    aspect_ratio: AspectRatio | None = None
    quality: ModelQuality | None = None
    content_policy_config: ContentPolicyConfig | None = None
    watermark_mode: WatermarkMode = WatermarkMode.AUTO

    @model_validator(mode="before")
    @classmethod
    def _start_frame_once(cls, value: object) -> object:
        if not isinstance(value, Mapping):
            return value
        body = cast("Mapping[str, object]", value)
        start = body.get("startFrameFileId", body.get("start_frame_file_id"))
        key = "imageFileIds" if "imageFileIds" in body else "image_file_ids"
        images = body.get(key)
        if not isinstance(start, str) or not isinstance(images, list) or start not in images:
            return body
        return {**body, key: [item for item in cast("list[object]", images) if item != start]}

    @model_validator(mode="after")
    def _made_from_something(self) -> Self:
        texts = (self.prompt, self.start_frame_file_id, self.spoken_dialogue)
        lists = (self.image_file_ids, self.video_file_ids, self.audio_file_ids)
        if not any((text or "").strip() for text in texts) and not any(lists):
            raise rule(
                "prompt",
                "prompt is missing, and so is every other input; give at least one of prompt, startFrameFileId, "
                "imageFileIds, videoFileIds, audioFileIds or spokenDialogue.",
            )
        return self


class SubToolMode(StrEnum):
    AUTO = "AUTO"
    ENABLED = "ENABLED"
    DISABLED = "DISABLED"


class MotionGraphicSubToolModes(Request):
    """What a motion graphic may make or fetch for itself."""

    generate_images: SubToolMode = SubToolMode.AUTO
    generate_video_clips: SubToolMode = SubToolMode.AUTO
    generate_voiceover: SubToolMode = SubToolMode.AUTO
    search_stock_media: SubToolMode = SubToolMode.AUTO


class GenerateMotionGraphicRequest(ToolRequest):
    """A transparent background makes a WebM, an opaque one an MP4. No duration means automatic."""

    prompt: str
    file_ids: Annotated[list[str], Field(max_length=8)] | None = None
    entity_ids: list[str] | None = None
    duration_seconds: Nullable[Annotated[int, Field(ge=1, le=300)]] = None
    aspect_ratio: AspectRatio | None = None
    transparent_background: bool = True
    sub_tool_modes: MotionGraphicSubToolModes | None = None


class PronunciationReplacement(Request):
    """Say ``replacement`` where the text has ``original``."""

    original: str
    replacement: str


class TextToSpeechRequest(ToolRequest):
    """``voice_id`` is an id or a catalogue display name. ``speech_language_code`` is ISO 639-1."""

    tts_text: str = Field(validation_alias=old_names("ttsText", "text"))
    voice_id: str
    speech_language_code: Nullable[str] = None
    pronunciation_replacements: list[PronunciationReplacement] | None = None
    auto_expand_pronunciation_replacements: bool = False
    voice_speed: VoiceSpeed | None = None


class GenerateSoundEffectRequest(ToolRequest):
    """About 10 s when no duration is given. A higher ``prompt_influence`` follows the prompt more closely."""

    prompt: str
    duration_seconds: Nullable[Annotated[float, Field(ge=1, le=30)]] = None
    prompt_influence: Nullable[Annotated[float, Field(ge=0, le=1)]] = None


class GenerateMusicRequest(ToolRequest):
    """About 30 s of instrumental music."""

    prompt: str


class GenerateAvatarRequest(ToolRequest):
    """The actor speaks the audio."""

    actor_entity_id: str = Field(validation_alias=old_names("actorEntityId", "avatarPresenterId"))
    audio_file_id: str = Field(validation_alias=old_names("audioFileId", "audioStorageFileId"))
    avatar_quality: ModelQuality | None = None
    watermark_mode: WatermarkMode = WatermarkMode.AUTO


class ImageToolRequest(ToolRequest):
    """Something made from one image."""

    image_file_id: str = Field(validation_alias=old_names("imageFileId", "imageStorageFileId"))
    watermark_mode: WatermarkMode = WatermarkMode.AUTO


class VectorizeImageRequest(ImageToolRequest):
    """Makes an SVG."""


class RemoveImageBackgroundRequest(ImageToolRequest):
    """Makes a transparent PNG."""


class UpscaleImageRequest(ImageToolRequest):
    """Makes a larger image."""


class Image3dEffectRequest(ImageToolRequest):
    """Makes a short parallax video."""


class VideoToolRequest(ToolRequest):
    """Something made from one video."""

    video_file_id: str = Field(validation_alias=old_names("videoFileId", "videoStorageFileId"))
    watermark_mode: WatermarkMode = WatermarkMode.AUTO


class RemoveVideoBackgroundRequest(VideoToolRequest):
    """Makes a transparent video."""


class UpscaleVideoRequest(VideoToolRequest):
    """Makes a larger video."""


class StartToolResponse(Response):
    tool_execution_id: str


class ToolSuccessResult(Response):
    """One file that a tool made."""

    file_id: str = Field(validation_alias=old_names("fileId", "storageFileId"))
    type: Open[FileType]
    download_url: str | None = None
    download_url_expires_at: Timestamp | None = None
    thumbnail_url: str | None = None
    thumbnail_url_expires_at: Timestamp | None = None
    file: FileInfo


class ExecutedTool(Response):
    """``results`` is empty until the execution succeeded."""

    tool_execution_id: str
    status: JobStatus
    tool_type: Open[ToolType]
    progress_percentage: Progress
    attempt_index: Annotated[int, Field(ge=0)]
    results: list[ToolSuccessResult] = Field(default_factory=list)
    error: ApiError | None = None


class ToolExecutionPage(Page):
    """Newest first; URLs are not signed again."""

    tool_executions: list[ExecutedTool]
