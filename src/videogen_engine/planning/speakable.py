"""A text as it can be spoken."""

from __future__ import annotations


def speakable(text: str) -> str:
    """The text with plain line ends; nothing, where there is nothing to say."""
    lines = text.replace("\x0b", "\n").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return lines.strip() if any(char.isalnum() for char in lines) else ""
