"""Workflows: whole videos from a script, a voiceover, slides, a storyboard, a prompt or another video."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, ClassVar, Literal, Self, cast

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
from videogen_agents.contract.captions import CaptionStyle
from videogen_agents.contract.errors import ApiError
from videogen_agents.contract.jobs import JobStatus, Page
from videogen_agents.contract.projects import ExportProjectRequest
from videogen_agents.contract.remix import RemixAction
from videogen_agents.contract.shared import (
    AspectRatio,
    HttpUrlText,
    ModelQuality,
    SceneDescriptions,
    VisualPacing,
    VoiceSpeed,
    WorkflowVisualStyle,
)


class WorkflowType(StrEnum):
    """The last two are this project's reading and a withdrawn experiment."""

    SCRIPT_TO_VIDEO = "SCRIPT_TO_VIDEO"
    VOICEOVER_TO_VIDEO = "VOICEOVER_TO_VIDEO"
    SLIDESHOW_TO_VIDEO = "SLIDESHOW_TO_VIDEO"
    STORYBOARD_TO_VIDEO = "STORYBOARD_TO_VIDEO"
    PROMPT_TO_VIDEO_CLIP = "PROMPT_TO_VIDEO_CLIP"
    VIDEO_TO_VIDEO = "VIDEO_TO_VIDEO"
    CREATIVE_BRIEF_TO_VIDEO = "CREATIVE_BRIEF_TO_VIDEO"

    @classmethod
    def _missing_(cls, value: object) -> "WorkflowType | None":
        return cls.STORYBOARD_TO_VIDEO if value == "GENERATE_SCENES_FROM_STORYBOARD" else None


class WorkflowExport(Request):
    """What every workflow takes. ``auto_export`` renders an MP4 before the run succeeds, as
    ``export_options`` say. ``hide_from_ui`` is taken and ignored, as newer servers do."""

    is_output_temporary: bool = False
    hide_from_ui: bool = False
    auto_export: bool = False
    export_options: ExportProjectRequest | None = None

    @classmethod
    def ignored_by_rule(cls, body: Mapping[str, object]) -> tuple[str, ...]:
        return () if body.get("autoExport") else ("exportOptions",)


class WorkflowTail(WorkflowExport):
    """``remix_actions`` run in order after the build."""

    remix_actions: list[RemixAction] | None = None


class NarratedWorkflow(WorkflowTail):
    """A talking actor beside the pictures: an ACTOR entity with an image reference, or a built-in actor."""

    aspect_ratio: AspectRatio | None = None
    language: str | None = None
    actor_entity_id: Nullable[str] = Field(
        default=None, validation_alias=old_names("actorEntityId", "avatarPresenterId")
    )
    avatar_quality: ModelQuality | None = None

    @classmethod
    def ignored_by_rule(cls, body: Mapping[str, object]) -> tuple[str, ...]:
        with_actor = body.get("actorEntityId") or body.get("avatarPresenterId")
        return (*super().ignored_by_rule(body), *(() if with_actor else ("avatarQuality",)))


class PicturedWorkflow(NarratedWorkflow):
    """Pictures chosen or drawn for the words. ``quality`` is the image tier, for AI_IMAGE only."""

    visual_style: WorkflowVisualStyle
    visual_pacing: VisualPacing = VisualPacing.MEDIUM
    quality: ModelQuality | None = None
    workflow_agent_context: str | None = None
    scenes: SceneDescriptions | None = None

    @classmethod
    def ignored_by_rule(cls, body: Mapping[str, object]) -> tuple[str, ...]:
        style = body.get("visualStyle")
        stock = isinstance(style, Mapping) and cast("Mapping[str, object]", style).get("type") == "STOCK"
        return (*super().ignored_by_rule(body), *(("quality",) if stock else ()))


class ScriptToVideoRequest(PicturedWorkflow):
    """``script`` is narrated verbatim; ``voice_id`` is an id or a catalogue display name."""

    script: str
    voice_id: Nullable[str] = None
    voice_speed: VoiceSpeed | None = None
    featured_b_roll_file_ids: list[str] | None = Field(
        default=None, validation_alias=old_names("featuredBRollFileIds", "featuredBrollFileIds")
    )


class VoiceoverToVideoRequest(PicturedWorkflow):
    """``file_id`` is an audio file; one uploaded with a transcript is not transcribed again."""

    file_id: str = Field(validation_alias=old_names("fileId", "storageFileId"))
    caption_style: Nullable[CaptionStyle] = None
    logo_file_id: Nullable[str] = None


class SlideshowToVideoRequest(NarratedWorkflow):
    """``file_id`` is a PDF or PowerPoint file. ``slide_scripts`` are by slide: an empty text is a silent
    slide, missing ones are silent, surplus ones are ignored. Left out, speaker notes are read; an empty list
    means no narration."""

    file_id: str = Field(validation_alias=old_names("fileId", "storageFileId"))
    slide_scripts: list[str] | None = None
    voice_id: Nullable[str] = None
    voice_speed: VoiceSpeed | None = None
    slideshow_theme_entity_id: str | None = None
    caption_style: Nullable[CaptionStyle] = None
    logo_file_id: Nullable[str] = None


class PromptToVideoClipRequest(WorkflowExport):
    """``image_file_ids`` guide the opening frame. Seconds are clamped to what the tier can do."""

    prompt: str
    image_file_ids: Annotated[list[str], Field(max_length=4)] | None = None
    duration_seconds: Annotated[int, Field(ge=1, le=30)] = 10
    aspect_ratio: AspectRatio | None = None
    quality: ModelQuality | None = None


class VideoToVideoAudio(StrEnum):
    KEEP_ORIGINAL = "KEEP_ORIGINAL"
    GENERATE = "GENERATE"


class VideoToVideoRequest(WorkflowTail):
    """Restyle a video of at most 120 s; length and timing stay. Exactly one of the two sources is given."""

    prompt: str
    video_file_id: str | None = None
    video_url: HttpUrlText | None = None
    audio: VideoToVideoAudio = VideoToVideoAudio.KEEP_ORIGINAL
    quality: ModelQuality = ModelQuality.HIGH
    aspect_ratio: AspectRatio | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if not self.video_file_id and not self.video_url:
            raise rule("videoFileId", "videoFileId or videoUrl is required; give exactly one of the two.")
        if self.video_file_id and self.video_url:
            raise rule("videoUrl", "videoFileId and videoUrl are both given; keep exactly one of the two.")
        return self


class SceneGenerationType(StrEnum):
    AI_IMAGE = "AI_IMAGE"
    AI_VIDEO = "AI_VIDEO"


class SceneGeneration(Request):
    """``type`` is deprecated: taken, and ignored."""

    ai_style: Nullable[str] = None
    type: SceneGenerationType | None = None


#: Length of a generated scene in whole seconds.
SceneSeconds = Annotated[int, Field(ge=1, le=20)]


class StoryboardScene(Request):
    """``prompt`` and ``voiceover_script`` may mention entities as ``@[entity:<id>|ACTOR|<name>]``. A null or
    missing duration means automatic. A voiceover line should fit one clip, about 20 s."""

    folded_names: ClassVar[Mapping[str, str]] = {"actorEntityId": "actorEntityIds"}

    prompt: str
    title: str | None = None
    generation: Nullable[SceneGeneration] = None
    duration_seconds: Nullable[SceneSeconds] = None
    actor_entity_ids: list[str] | None = None
    product_entity_ids: list[str] | None = None
    visual_style_entity_id: Nullable[str] = None
    voiceover_script: Nullable[str] = None


class StoryboardToVideoRequest(WorkflowTail):
    """Each scene becomes one section. Listed entities are registered even when no scene uses them."""

    scenes: Annotated[list[StoryboardScene], Field(min_length=1)]
    actor_entity_ids: list[str] | None = None
    product_entity_ids: list[str] | None = None
    default_generation: Nullable[SceneGeneration] = None
    default_duration_seconds: Nullable[SceneSeconds] = None
    quality: Literal[ModelQuality.HIGH, ModelQuality.MAX] = ModelQuality.HIGH
    aspect_ratio: AspectRatio | None = None
    workflow_agent_context: str | None = None


class CreativeBriefToVideoRequest(Request):
    """An experiment that was withdrawn; no current client starts it."""

    brief_markdown: str
    aspect_ratio: AspectRatio | None = None
    input_file_ids: list[str] | None = None


class StartWorkflowRunResponse(Response):
    """One remix action id per requested action, in order."""

    workflow_run_id: str
    project_id: str
    project_url: str
    remix_action_ids: list[str] = Field(default_factory=list)


class WorkflowRun(Response):
    """``error`` is non-null only when failed; export fields only after a successful automatic export."""

    workflow_run_id: str
    status: JobStatus
    workflow_type: Open[WorkflowType]
    progress_percentage: Progress
    attempt_index: Annotated[int, Field(ge=0)]
    project_id: str
    project_url: str
    error: ApiError | None = None
    export_id: str | None = None
    export_file_id: str | None = None
    download_url: str | None = None
    download_url_expires_at: Timestamp | None = None
    thumbnail_url: str | None = None
    thumbnail_url_expires_at: Timestamp | None = None


class WorkflowRunPage(Page):
    """Runs started by API, newest first."""

    workflow_runs: list[WorkflowRun]
