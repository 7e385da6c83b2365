"""How captions look."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field

from videogen_agents.contract.base import Nullable, Request

Proportion = Annotated[float, Field(ge=0, le=1)]


class Style(Request):
    """A hashable value. Equality tells a field that was left out from one that was given, null included."""

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Style) or type(other) is not type(self):
            return NotImplemented
        return self._given() == other._given()

    def __hash__(self) -> int:
        return hash((type(self).__name__, self._given()))

    def _given(self) -> tuple[tuple[str, object], ...]:
        return tuple((name, getattr(self, name)) for name in sorted(self.model_fields_set))


# A type checker takes a model's equality for a field-wise one and its hash for gone unless the class names its own.


class RgbColor(Style):
    red: Annotated[int, Field(ge=0, le=255)]
    green: Annotated[int, Field(ge=0, le=255)]
    blue: Annotated[int, Field(ge=0, le=255)]

    __hash__ = Style.__hash__


class CaptionBackgroundType(StrEnum):
    """One box per caption, one hugging each line, or one behind the word being spoken."""

    RECT = "RECT"
    WRAPPED = "WRAPPED"
    WORD_BY_WORD = "WORD_BY_WORD"


class CaptionBackgroundStyle(Style):
    """Radius as a proportion of the largest possible, opacity from 0 (clear) to 1."""

    type: CaptionBackgroundType
    background_color: RgbColor
    border_radius_proportion: Proportion | None = None
    opacity_proportion: Proportion | None = None

    __hash__ = Style.__hash__


class TextJustification(StrEnum):
    LEFT = "LEFT"
    CENTER = "CENTER"
    RIGHT = "RIGHT"


class VerticalAlignment(StrEnum):
    TOP = "TOP"
    MIDDLE = "MIDDLE"
    BOTTOM = "BOTTOM"


class CaptionStyle(Style):
    """All optional. A field left out keeps the default style, or the current one when a remix action sets it;
    null in a nullable field switches that feature off. ``model_fields_set`` tells the two apart, and every
    dump keeps the difference. Sizes are pixels at 1080p."""

    font_name: str | None = None
    font_size: Annotated[float, Field(ge=1)] | None = None
    font_weight: Literal[100, 200, 300, 400, 500, 600, 700, 800, 900] | None = None
    text_color: RgbColor | None = None
    text_justification: TextJustification | None = None
    vertical_alignment: VerticalAlignment | None = None
    stroke_color: Nullable[RgbColor] = None
    stroke_weight: Annotated[float, Field(ge=0)] | None = None
    background_style: Nullable[CaptionBackgroundStyle] = None
    spoken_text_color: Nullable[RgbColor] = None
    spoken_text_stroke_color: Nullable[RgbColor] = None
    persist_spoken_text_color: bool | None = None

    __hash__ = Style.__hash__

    def overridden_by(self, other: "CaptionStyle") -> Self:
        """This style with every field that ``other`` was given."""
        return self.model_copy(update={name: getattr(other, name) for name in other.model_fields_set})
