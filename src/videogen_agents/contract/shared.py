"""Values that several requests share: shape, quality, pacing, visual style, transcripts, scene notes."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Protocol, Self

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, model_validator
from pydantic.alias_generators import to_camel

from videogen_agents.contract.base import Nullable, Request, WireModel, is_unicode, old_names, rule


class AspectRatio(Request):
    """Ratio units, not pixels: 16 and 9."""

    width: Annotated[int, Field(ge=1)]
    height: Annotated[int, Field(ge=1)]


class ModelQuality(StrEnum):
    """Tier of a generating model; by default the account's. Not every feature has every tier."""

    LOW = "LOW"
    STANDARD = "STANDARD"
    HIGH = "HIGH"
    MAX = "MAX"


class WatermarkMode(StrEnum):
    """AUTO applies one unless the plan allows none."""

    NONE = "NONE"
    VIDEO_GEN = "VIDEO_GEN"
    AUTO = "AUTO"


class EndScreenMode(StrEnum):
    """AUTO applies one unless the plan allows none."""

    NONE = "NONE"
    VIDEO_GEN = "VIDEO_GEN"
    AUTO = "AUTO"


class ContentPolicyConfig(Request):
    """How often a prompt that a content policy refused may be reworded, 0–4."""

    max_prompt_rewrites: Annotated[int, Field(ge=0, le=4)] = 0


class VisualPacing(StrEnum):
    """How often the picture changes."""

    FAST = "FAST"
    MEDIUM = "MEDIUM"
    SLOW = "SLOW"


class VisualStyleType(StrEnum):
    STOCK = "STOCK"
    AI_IMAGE = "AI_IMAGE"


def _newest_style_type(value: object) -> object:
    return "AI_IMAGE" if value == "ENTITY" else value


class WorkflowVisualStyle(Request):
    """STOCK footage, or pictures drawn in a described style (``ai_style``) or in that of a VISUAL_STYLE
    entity, which wins over the description."""

    type: Annotated[VisualStyleType, BeforeValidator(_newest_style_type)]
    ai_style: str | None = None
    entity_id: str | None = None
    restyle_featured_b_roll_with_ai_style: bool = Field(
        default=True,
        validation_alias=old_names("restyleFeaturedBRollWithAiStyle", "restyleFeaturedBrollWithAiStyle"),
    )

    @model_validator(mode="after")
    def _drawn_in_some_style(self) -> Self:
        if self.type is VisualStyleType.AI_IMAGE and not (self.ai_style or "").strip() and not self.entity_id:
            raise rule(
                "aiStyle",
                "aiStyle is required when type is AI_IMAGE and no entityId is given; describe the look in "
                "aiStyle, give the entityId of a VISUAL_STYLE entity, or set type to STOCK.",
            )
        return self

    @classmethod
    def ignored_by_rule(cls, body: Mapping[str, object]) -> tuple[str, ...]:
        if body.get("type") != VisualStyleType.STOCK:
            return ()
        return ("aiStyle", "entityId", "restyleFeaturedBRollWithAiStyle", "restyleFeaturedBrollWithAiStyle")


class Span(Protocol):
    """Something that lasts from one second to another."""

    @property
    def start_seconds(self) -> float: ...

    @property
    def end_seconds(self) -> float: ...


def check_spans(name: str, spans: Sequence[Span]) -> None:
    """Raise the contract's error unless every span ends after it starts, and the spans are in order without
    overlap. They may touch. For a validator of the field called ``name``."""
    for index, span in enumerate(spans):
        start, end = span.start_seconds, span.end_seconds
        if end <= start:
            raise rule(
                f"{index}.endSeconds",
                f"{name}: in item {index} endSeconds ({end:g}) must be greater than startSeconds "
                f"({start:g}); move the end, or swap the two.",
            )
        last_end = spans[index - 1].end_seconds if index else 0.0
        if start < last_end:
            raise rule(
                f"{index}.startSeconds",
                f"{name} must be sorted by time and must not overlap: item {index} starts at {start:g} s, "
                f"before item {index - 1} ends at {last_end:g} s; sort them and trim the overlap.",
            )


class TranscriptWord(WireModel):
    """One spoken word; seconds from the start of the recording."""

    start_seconds: Annotated[float, Field(ge=0)]
    end_seconds: float
    word: str


class FileTranscript(WireModel):
    """A file's words as a server reports them; its order is taken as it comes."""

    language_code: Nullable[str] = None
    words: list[TranscriptWord]

    @property
    def text(self) -> str:
        return " ".join(word.word for word in self.words)


def _words_in_order(words: list[TranscriptWord]) -> list[TranscriptWord]:
    check_spans("words", words)
    for index, word in enumerate(words):
        if not is_unicode(word.word):
            raise rule(
                f"{index}.word",
                f"words: in item {index} word must be valid Unicode text; remove the broken characters.",
            )
    return words


class Transcript(FileTranscript):
    """A transcript as a client gives it: at least one word, in order, none overlapping."""

    words: Annotated[list[TranscriptWord], Field(min_length=1), AfterValidator(_words_in_order)]


class SceneDescriptionRange(Request):
    """What to show from one second to another."""

    start_seconds: Annotated[float, Field(ge=0)]
    end_seconds: float
    description: str


def _in_order(scenes: list[SceneDescriptionRange]) -> list[SceneDescriptionRange]:
    check_spans("scenes", scenes)
    return scenes


#: Scene notes: sorted by time, none overlapping.
SceneDescriptions = Annotated[list[SceneDescriptionRange], AfterValidator(_in_order)]

#: Speed of speech: 1 is the voice's own.
VoiceSpeed = Annotated[float, Field(ge=0.5, le=2)]


def _full_address(value: str, info: ValidationInfo, schemes: frozenset[str]) -> str:
    scheme, _, rest = value.partition("://")
    if scheme.lower() not in schemes or not rest.strip("/"):
        starts = " or ".join(f"{name}://" for name in sorted(schemes, reverse=True))
        field = to_camel(info.field_name or "url")
        raise rule("", f"{field} must be a full public address; start it with {starts}.")
    return value


def _http_only(value: str, info: ValidationInfo) -> str:
    return _full_address(value, info, frozenset({"http", "https"}))


def _https_only(value: str, info: ValidationInfo) -> str:
    return _full_address(value, info, frozenset({"https"}))


#: An http or https address, kept as it was written.
HttpUrlText = Annotated[str, AfterValidator(_http_only)]
#: An https address, kept as it was written.
HttpsUrlText = Annotated[str, AfterValidator(_https_only)]
