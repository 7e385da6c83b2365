"""Voices and languages to choose from."""

from enum import StrEnum

from videogen_agents.contract.base import Nullable, Open, Query, Response, SparseResponse
from videogen_agents.contract.jobs import Page, PageQuery


class DisplayGender(StrEnum):
    MALE = "MALE"
    FEMALE = "FEMALE"
    NEUTRAL = "NEUTRAL"


class ListTtsVoicesQuery(PageQuery):
    """``query`` is a substring, case ignored."""

    include_deprecated_voices: bool = False
    query: str | None = None


class TtsVoice(SparseResponse):
    """``language_code`` is a locale tag such as en-US. Only a voice that ``supports_direct_tool_execution``
    works with text-to-speech; every voice works in workflows."""

    voice_id: str
    language_code: str
    display_name: str
    display_gender: Open[DisplayGender]
    accent: Nullable[str] = None
    description: Nullable[str] = None
    supports_direct_tool_execution: bool
    supports_all_languages: bool
    is_deprecated: bool


class TtsVoicePage(Page):
    tts_voices: list[TtsVoice]


class ListLanguagesQuery(Query):
    query: str | None = None


class Language(Response):
    language_code: str
    name: str


class ListLanguagesResponse(Response):
    languages: list[Language]


class ListAvatarPresentersQuery(PageQuery):
    """Retired. ``voice_id`` sorts by match."""

    voice_id: str | None = None


class AvatarPresenter(Response):
    """Retired; ACTOR entities replaced presenters."""

    avatar_presenter_id: str
    displayable_gender: Open[DisplayGender]
    image_url: str
    thumbnail_url: str
    preview_video_url: str


class AvatarPresenterPage(Page):
    avatar_presenters: list[AvatarPresenter]
