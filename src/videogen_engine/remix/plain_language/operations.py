"""What a plain-language edit comes to: the contract's actions, and operations that the contract has no action for.

Scenes are named by their numbers, from 1, as they are before the edit, whatever stands before in the same edit.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self, TypeAlias, TypeVar

from pydantic import ConfigDict, Field, TypeAdapter, model_validator

from videogen_agents.contract import (
    AddTransitionsAction,
    AddZoomAction,
    CleanUpTranscriptAction,
    ConvertImagesToVideosAction,
    DisableCaptionsAction,
    EnableCaptionsAction,
    GenerateMusicAction,
    RegenerateImagesAction,
    Request,
    ResizeProjectAction,
    SetBackgroundMusicAction,
    SetLogoAction,
    ShuffleStockVisualsAction,
    TranslateProjectAction,
)
from videogen_engine.planning.model import Pacing

#: Longer texts are no edit of a film.
MOST_CHARS = 2000
MOST_OPERATIONS = 20

SceneNumber: TypeAlias = Annotated[int, Field(ge=1)]
SceneNumbers: TypeAlias = Annotated[tuple[SceneNumber, ...], Field(min_length=1)]
#: Against what it is now: 1.2 is a fifth more.
Factor: TypeAlias = Annotated[float, Field(gt=0, le=10)]
Words: TypeAlias = Annotated[str, Field(min_length=1, max_length=MOST_CHARS)]


class OwnOperation(Request):
    """Closed: an unknown field is an error."""

    model_config = ConfigDict(extra="forbid")


OperationT = TypeVar("OperationT", bound=OwnOperation)


def _one_given(operation: OperationT, absolute: float | None, factor: float | None) -> OperationT:
    if (absolute is None) == (factor is None):
        raise ValueError("give an absolute value or a factor, one of the two")
    return operation


class RemoveScenes(OwnOperation):
    type: Literal["REMOVE_SCENES"] = "REMOVE_SCENES"
    scenes: SceneNumbers


class MoveScenes(OwnOperation):
    """To stand before the scene ``before``, or at the end of the film when that is null, in the order given."""

    type: Literal["MOVE_SCENES"] = "MOVE_SCENES"
    scenes: SceneNumbers
    before: SceneNumber | None = None


class SwapScenes(OwnOperation):
    type: Literal["SWAP_SCENES"] = "SWAP_SCENES"
    first: SceneNumber
    second: SceneNumber


class ReverseScenes(OwnOperation):
    type: Literal["REVERSE_SCENES"] = "REVERSE_SCENES"


class KeepToDuration(OwnOperation):
    """Scenes are left out, the least telling first, until the film lasts no longer than ``seconds``."""

    type: Literal["KEEP_TO_DURATION"] = "KEEP_TO_DURATION"
    seconds: Annotated[float, Field(gt=0, le=86_400)]


class ShortenScenes(OwnOperation):
    """Sentences are left out from the end of each scene until it lasts no longer than ``seconds``; without
    ``seconds`` its last sentence is."""

    type: Literal["SHORTEN_SCENES"] = "SHORTEN_SCENES"
    scenes: SceneNumbers
    seconds: Annotated[float, Field(gt=0, le=86_400)] | None = None


class AddScene(OwnOperation):
    """A scene that says ``text``, before the scene ``before``, or at the end."""

    type: Literal["ADD_SCENE"] = "ADD_SCENE"
    text: Words
    before: SceneNumber | None = None


class SetWords(OwnOperation):
    """What a scene says, all of it."""

    type: Literal["SET_WORDS"] = "SET_WORDS"
    scene: SceneNumber
    text: Words


class ReplaceWords(OwnOperation):
    """``old`` by ``new`` wherever it is said, whatever its case, in ``scenes`` or everywhere; an empty ``new``
    takes the words out."""

    type: Literal["REPLACE_WORDS"] = "REPLACE_WORDS"
    old: Words
    new: Annotated[str, Field(max_length=MOST_CHARS)]
    scenes: SceneNumbers | None = None


class ChangeTitle(OwnOperation):
    type: Literal["CHANGE_TITLE"] = "CHANGE_TITLE"
    title: Annotated[str, Field(min_length=1, max_length=200)]


class ReplacePicture(OwnOperation):
    """A picture of what ``direction`` names."""

    type: Literal["REPLACE_PICTURE"] = "REPLACE_PICTURE"
    scenes: SceneNumbers
    direction: Annotated[str, Field(min_length=1, max_length=400)]


class AnotherPicture(OwnOperation):
    """Another arrangement of the same words."""

    type: Literal["ANOTHER_PICTURE"] = "ANOTHER_PICTURE"
    scenes: SceneNumbers


class RestyleScenes(OwnOperation):
    """These scenes alone in the style that some words describe."""

    type: Literal["RESTYLE_SCENES"] = "RESTYLE_SCENES"
    scenes: SceneNumbers
    style_prompt: Annotated[str, Field(min_length=1, max_length=400)]


class ResizeCaptions(OwnOperation):
    type: Literal["RESIZE_CAPTIONS"] = "RESIZE_CAPTIONS"
    factor: Factor


class ChangeVoice(OwnOperation):
    """``voice_id`` is an id or a display name."""

    type: Literal["CHANGE_VOICE"] = "CHANGE_VOICE"
    voice_id: Words


class ChangeSpeed(OwnOperation):
    """How fast is spoken: ``speed`` (1 is the voice's own), or ``factor`` against now. One of the two."""

    type: Literal["CHANGE_SPEED"] = "CHANGE_SPEED"
    speed: Annotated[float, Field(ge=0.5, le=2)] | None = None
    factor: Factor | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        return _one_given(self, self.speed, self.factor)


class ChangePace(OwnOperation):
    """How often the picture changes."""

    type: Literal["CHANGE_PACE"] = "CHANGE_PACE"
    pacing: Pacing


class ChangeMusicVolume(OwnOperation):
    """``volume`` from 0 to 1, or ``factor`` against now. One of the two."""

    type: Literal["CHANGE_MUSIC_VOLUME"] = "CHANGE_MUSIC_VOLUME"
    volume: Annotated[float, Field(ge=0, le=1)] | None = None
    factor: Factor | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        return _one_given(self, self.volume, self.factor)


class ResizeLogo(OwnOperation):
    type: Literal["RESIZE_LOGO"] = "RESIZE_LOGO"
    factor: Factor


class StopZoom(OwnOperation):
    type: Literal["STOP_ZOOM"] = "STOP_ZOOM"


class Undo(OwnOperation):
    type: Literal["UNDO"] = "UNDO"
    steps: Annotated[int, Field(ge=1, le=50)] = 1


class Redo(OwnOperation):
    type: Literal["REDO"] = "REDO"
    steps: Annotated[int, Field(ge=1, le=50)] = 1


ContractAction: TypeAlias = (
    AddTransitionsAction
    | AddZoomAction
    | CleanUpTranscriptAction
    | ConvertImagesToVideosAction
    | DisableCaptionsAction
    | EnableCaptionsAction
    | GenerateMusicAction
    | RegenerateImagesAction
    | ResizeProjectAction
    | SetBackgroundMusicAction
    | SetLogoAction
    | ShuffleStockVisualsAction
    | TranslateProjectAction
)
SceneOperation: TypeAlias = RemoveScenes | MoveScenes | SwapScenes | ReverseScenes | KeepToDuration
WordOperation: TypeAlias = ShortenScenes | AddScene | SetWords | ReplaceWords | ChangePace
PictureOperation: TypeAlias = ReplacePicture | AnotherPicture | RestyleScenes
SettingOperation: TypeAlias = (
    ChangeTitle | ResizeCaptions | ChangeVoice | ChangeSpeed | ChangeMusicVolume | ResizeLogo | StopZoom
)

#: One operation, told apart by ``type``.
Operation: TypeAlias = Annotated[
    ContractAction | SceneOperation | WordOperation | PictureOperation | SettingOperation | Undo | Redo,
    Field(discriminator="type"),
]

OPERATION: TypeAdapter[Operation] = TypeAdapter(Operation)
OPERATIONS: TypeAdapter[tuple[Operation, ...]] = TypeAdapter(tuple[Operation, ...])
