"""The tool calls that findings name."""

from __future__ import annotations

import json
from typing import Final

from videogen_engine.findings.model import Mend


def _mend(tool: str, **arguments: object) -> Mend:
    return Mend(tool=tool, arguments_json=json.dumps(arguments))


def _remix(**action: object) -> Mend:
    return _mend("remix_project", remixActions=[action])


EXPORT_AGAIN: Final = _mend("export_project", new=True)
#: White on the engine's own dark box, whatever was asked for.
PLAIN_CAPTIONS: Final = _remix(
    type="ENABLE_CAPTIONS",
    captionStyle={
        "textColor": {"red": 255, "green": 255, "blue": 255},
        "spokenTextColor": {"red": 255, "green": 214, "blue": 77},
        "backgroundStyle": {"type": "WRAPPED", "backgroundColor": {"red": 13, "green": 15, "blue": 22}},
    },
)


def resized(width: int, height: int) -> Mend:
    """The film laid out again for its ratio."""
    return _remix(type="RESIZE_PROJECT", aspectRatio={"width": width, "height": height})


def asked(prompt: str) -> Mend:
    """A plain-language edit."""
    return _remix(type="EDIT_WITH_AGENT", prompt=prompt)
