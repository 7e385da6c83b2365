"""What a film is called before it is planned."""

from __future__ import annotations

from typing import Final

_MOST_CHARS: Final = 60


def first_title(script: str) -> str:
    """The text's first words, until the plan has found a better title."""
    line = " ".join(script.split()).lstrip("# ")
    if len(line) <= _MOST_CHARS:
        return line
    return line[: _MOST_CHARS - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
