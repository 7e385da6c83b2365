"""Operations in plain words, for the reply."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from videogen_agents.contract import (
    AddTransitionsAction,
    CaptionStyle,
    CleanUpTranscriptAction,
    EnableCaptionsAction,
    GenerateMusicAction,
    RegenerateImagesAction,
    ResizeProjectAction,
    RgbColor,
    SetBackgroundMusicAction,
    SetLogoAction,
    TranslateProjectAction,
)
from videogen_engine.remix.plain_language.operations import (
    AddScene,
    AnotherPicture,
    ChangeMusicVolume,
    ChangePace,
    ChangeSpeed,
    ChangeTitle,
    ChangeVoice,
    KeepToDuration,
    MoveScenes,
    Operation,
    RemoveScenes,
    ReplacePicture,
    ReplaceWords,
    ResizeCaptions,
    ResizeLogo,
    RestyleScenes,
    SetWords,
    ShortenScenes,
    SwapScenes,
    Undo,
)
from videogen_engine.speech.voices import find_voice

_PLAIN: Final = {
    "DISABLE_CAPTIONS": "Captions hidden.",
    "ADD_ZOOM": "A slow zoom on every still.",
    "STOP_ZOOM": "The zoom taken off.",
    "SHUFFLE_STOCK_VISUALS": "All stock pictures arranged anew.",
    "CONVERT_IMAGES_TO_VIDEOS": "Stills made to move.",
    "REVERSE_SCENES": "The order of the scenes reversed.",
    "REDO": "The last undone change done again.",
}


def said(operation: Operation) -> str:
    """One sentence about what is done."""
    match operation:
        case RemoveScenes():
            return f"Removed {_scenes(operation.scenes)}."
        case MoveScenes():
            place = "to the end" if operation.before is None else f"before scene {operation.before}"
            return f"Moved {_scenes(operation.scenes)} {place}."
        case SwapScenes():
            return f"Swapped scenes {operation.first} and {operation.second}."
        case KeepToDuration():
            return f"Cut to {operation.seconds:g} seconds at most, the most telling scenes kept."
        case ShortenScenes():
            to = "" if operation.seconds is None else f" to {operation.seconds:g} seconds at most"
            return f"Shortened {_scenes(operation.scenes)}{to}."
        case AddScene():
            place = "at the end" if operation.before is None else f"before scene {operation.before}"
            return f"Added a scene {place}: “{_short(operation.text)}”"
        case SetWords():
            return f"Scene {operation.scene} says “{_short(operation.text)}”"
        case ReplaceWords():
            where = "" if operation.scenes is None else f" in {_scenes(operation.scenes)}"
            if not operation.new:
                return f"Took out “{_short(operation.old)}”{where}."
            return f"Replaced “{_short(operation.old)}” by “{_short(operation.new)}”{where}."
        case ChangeTitle():
            return f"The title is “{_short(operation.title)}”."
        case ReplacePicture():
            return f"The picture of {_scenes(operation.scenes)} shows {_short(operation.direction)}."
        case AnotherPicture():
            return f"Another picture for {_scenes(operation.scenes)}."
        case RestyleScenes():
            return f"{_scenes(operation.scenes).capitalize()} drawn as {_short(operation.style_prompt)}."
        case RegenerateImagesAction():
            return f"All pictures drawn as {_short(operation.style_prompt)}."
        case ResizeCaptions():
            return f"Captions {_more(operation.factor, 'larger', 'smaller')}."
        case EnableCaptionsAction():
            return _captions(operation.caption_style)
        case ChangeVoice():
            return f"Spoken by {find_voice(operation.voice_id).display_name}."
        case ChangeSpeed():
            if operation.speed is not None:
                return f"Spoken at speed {operation.speed:g}."
            return f"Spoken {_more(operation.factor or 1, 'faster', 'slower')}."
        case ChangePace():
            return f"Pictures change at a {operation.pacing.value.lower()} pace."
        case GenerateMusicAction():
            return f"Music: {_short(operation.prompt)}."
        case SetBackgroundMusicAction():
            return "Music removed." if operation.file_id is None else "Music set."
        case ChangeMusicVolume():
            if operation.volume is not None:
                return f"Music volume {operation.volume:.0%}."
            return f"Music {_more(operation.factor or 1, 'louder', 'quieter')}."
        case ResizeLogo():
            return f"Logo {_more(operation.factor, 'larger', 'smaller')}."
        case SetLogoAction():
            return _logo(operation)
        case AddTransitionsAction():
            kinds = operation.section_transition or operation.asset_transition
            scope = "between sections" if operation.asset_transition is None else "between scenes"
            return f"Transitions {scope}: {kinds.value.lower() if kinds else 'unchanged'}."
        case ResizeProjectAction():
            return f"Aspect ratio {operation.aspect_ratio.width}:{operation.aspect_ratio.height}."
        case TranslateProjectAction():
            return f"Translated to {operation.language_code}."
        case CleanUpTranscriptAction():
            kinds = [("filler words", operation.remove_fillers), ("long pauses", operation.remove_pauses)]
            return f"Cut {' and '.join(name for name, cut in kinds if cut is not False)}."
        case Undo():
            return "Undid the last change." if operation.steps == 1 else f"Undid the last {operation.steps} changes."
        case _:
            return _PLAIN[str(operation.type)]


def _scenes(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"scene {numbers[0]}"
    return f"scenes {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59].rstrip() + "…"


def _more(factor: float, up: str, down: str) -> str:
    return f"{abs(factor - 1):.0%} {up if factor >= 1 else down}"


def _captions(style: CaptionStyle | None) -> str:
    if style is None or not style.model_fields_set:
        return "Captions shown."
    parts = [f"{name.replace('_', ' ')} {_value(getattr(style, name))}" for name in sorted(style.model_fields_set)]
    return f"Captions: {', '.join(parts)}."


def _value(value: object) -> str:
    if value is None:
        return "off"
    if isinstance(value, RgbColor):
        return f"#{value.red:02x}{value.green:02x}{value.blue:02x}"
    kind = getattr(value, "type", None)
    ground = getattr(value, "background_color", None)
    if kind is not None and ground is not None:
        return f"{_value(kind)} {_value(ground)}"
    name = getattr(value, "value", value)
    return f"{name:g}" if isinstance(name, float) else str(name).lower().replace("_", " ")


def _logo(action: SetLogoAction) -> str:
    if action.file_id is None and action.position is None and action.size_percent is None:
        return "Logo removed."
    place = "" if action.position is None else f" {action.position.value.lower().replace('_', ' ')}"
    size = "" if action.size_percent is None else f" {action.size_percent:g} % wide"
    return f"Logo{place}{size}." if place or size else "Logo set."
