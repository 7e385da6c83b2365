"""Fenced snippets of Markdown files, and the tool calls in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
_FENCE = re.compile(
    r"^(?:<!-- snippet: (?P<mark>[^\n]+?) -->\n)?```(?P<language>[^\n`]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
_CALL = re.compile(r"\s*(?P<tool>[a-z][a-z0-9_]*)\s*(?=\{)")


@dataclass(frozen=True)
class Snippet:
    """``mark`` is what a comment on the line before says of it: ``<!-- snippet: MARK -->``."""

    path: Path
    line: int
    language: str
    mark: str | None
    text: str

    @property
    def name(self) -> str:
        return f"{self.path.relative_to(ROOT).as_posix()}:{self.line}"


def snippets_of(path: Path) -> list[Snippet]:
    """Every fenced block of a file."""
    content = path.read_text(encoding="utf-8")
    return [
        Snippet(
            path, content.count("\n", 0, found.start("language")) + 1, found["language"], found["mark"], found["text"]
        )
        for found in _FENCE.finditer(content)
    ]


def tool_calls(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """``name {arguments}`` one after the other; raises ValueError for anything else."""
    decoder = json.JSONDecoder()
    at = 0
    while text[at:].strip():
        found = _CALL.match(text, at)
        if found is None:
            raise ValueError(f"no tool call at {text[at : at + 40]!r}")
        arguments, at = decoder.raw_decode(text, found.end())
        yield found["tool"], arguments
