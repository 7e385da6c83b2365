"""The short forms that models are shown for nested values, turned into what the contract has.

``"9:16"`` for an aspect ratio, ``"#ffcc00"`` for a colour, ``"none"`` where the contract's null switches something off
or removes it. The contract's own forms are read as well. A null means "not given", at every depth: strict hosts send
every field.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import cast

from pydantic.alias_generators import to_camel

_RATIOS = {
    "vertical": "9:16",
    "portrait": "9:16",
    "horizontal": "16:9",
    "landscape": "16:9",
    "widescreen": "16:9",
    "square": "1:1",
}
_HEX = re.compile(r"#?([0-9a-fA-F]{6})")
#: Keys whose null means something in the contract: "none" stands for it.
_REMOVABLE = frozenset(
    {
        "fileId",
        "logoFileId",
        "captionStyle",
        "strokeColor",
        "backgroundStyle",
        "spokenTextColor",
        "spokenTextStrokeColor",
    }
)
#: Keys that hold an object in the contract and are shown as text; hosts that know the contract send the object as JSON.
_OBJECTS = frozenset({"aspectRatio", "visualStyle", "captionStyle", "generation", "defaultGeneration", "exportOptions"})


def wire_values(values: Mapping[str, object]) -> dict[str, object]:
    """The object with contract keys and contract values; what was null is gone."""
    wire: dict[str, object] = {}
    for key, value in values.items():
        if value is not None:
            name = to_camel(key) if "_" in key else key
            wire[name] = _wire_value(name, value)
    return wire


def _wire_value(name: str, value: object) -> object:
    if isinstance(value, Mapping):
        return wire_values(cast("Mapping[str, object]", value))
    if isinstance(value, list):
        return [_wire_value(name, item) for item in cast("list[object]", value) if item is not None]
    if not isinstance(value, str):
        return value
    if name in _OBJECTS and value.lstrip().startswith("{"):
        try:
            return wire_values(json.loads(value))
        except (ValueError, RecursionError):
            return value
    if name in _REMOVABLE and value.strip().lower() == "none":
        return None
    if name == "aspectRatio":
        return aspect_ratio(value)
    if name.endswith("Color") and (found := _HEX.fullmatch(value.strip())):
        red, green, blue = bytes.fromhex(found[1])
        return {"red": red, "green": green, "blue": blue}
    return value


def aspect_ratio(text: str) -> object:
    """``9:16``, ``9x16``, ``9/16`` or a plain word as width and height; anything else as it is."""
    plain = _RATIOS.get(text.strip().lower(), text)
    width, mark, height = plain.replace("x", ":").replace("/", ":").partition(":")
    return {"width": width.strip(), "height": height.strip()} if mark else text


def visual_style(style: object) -> object:
    """A visual style in words is one to draw; without any, pictures come from the library."""
    if not isinstance(style, str):
        return style or {"type": "STOCK"}
    if style.strip().upper() in ("STOCK", "AI_IMAGE"):
        return {"type": style.strip().upper()}
    return {"type": "AI_IMAGE", "aiStyle": style}
