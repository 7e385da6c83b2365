"""The JSON object in a language model's answer, whatever it is wrapped in."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final, cast

_MOST_CHARS: Final = 400_000
_FENCED: Final = re.compile(r"```(?:json)?\s*(\{.*\})\s*```", re.DOTALL)


def json_object(answer: str) -> Mapping[str, Any] | None:
    """The object that the answer is, or that it holds in a code fence or between other words; None without one."""
    if len(answer) > _MOST_CHARS:
        return None
    fenced = _FENCED.search(answer)
    first, last = answer.find("{"), answer.rfind("}")
    for text in (answer, fenced[1] if fenced else "", answer[first : last + 1] if 0 <= first < last else ""):
        try:
            parsed: object = json.loads(text)
        except (ValueError, RecursionError):
            continue
        if isinstance(parsed, dict):
            return cast("Mapping[str, Any]", parsed)
    return None
