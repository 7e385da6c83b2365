"""What a sensible model does with two briefs: it reads the texts of results, and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

#: A 45-second explainer, as the guides would have it written: 118 words.
SCRIPT = """Sleep, simply

Why are you tired at three in the afternoon? Your screen kept you up at eleven.

Light from a phone tells the brain that it is still day. The brain then holds back the hormone that makes you sleepy. \
You lie awake for an hour and pay for it tomorrow.

Three steps help.
1. Dim the lights at nine.
2. Leave the phone in the kitchen.
3. Wake at the same hour every day.

60% of people who try this sleep better within a week. The first nights feel strange, and then the body learns the \
rhythm. You wake before the alarm, and the afternoon is yours again. Start tonight, with one lamp and one clock."""
EXPLAINER = f"Make a 45-second explainer of this text:\n\n{SCRIPT}"
VERTICAL = "The same, vertical, with another voice."
#: Calls after which a model has lost its way.
MAX_CALLS = 150


@dataclass(frozen=True)
class Use:
    tool: str
    arguments: dict[str, Any]


Moves = Generator[Use, str, str]


class Maker:
    """A model at one brief. ``step(None)`` is its first move; a text is its answer to the user."""

    def __init__(self, brief: str, limit: float) -> None:
        self._moves = {EXPLAINER: explainer, VERTICAL: vertical}[brief](patience(limit))

    def step(self, result: str | None) -> Use | str:
        try:
            return next(self._moves) if result is None else self._moves.send(result)
        except StopIteration as done:
            return str(done.value)


def patience(limit: float) -> float:
    """``waitSeconds`` by the host's limit in seconds, as the guide on waiting has it."""
    return 45 if limit >= 60 else 6 if limit >= 10 else 3


def explainer(wait: float) -> Moves:
    return (yield from _film({"workflow": "script_to_video", "script": SCRIPT}, wait))


def vertical(wait: float) -> Moves:
    voices = yield Use("find", {"type": "voices", "query": "flite"})
    other = re.search(r"(vg_voic_\w+) [^(]*\([^)]*\bmale\b", voices)
    assert other is not None, voices
    film = {"workflow": "script_to_video", "script": SCRIPT, "aspectRatio": "9:16", "voiceId": other.group(1)}
    return (yield from _film(film, wait))


def _film(request: dict[str, Any], wait: float) -> Moves:
    # The hosts share one engine: without "new" all but the first would be handed the film that exists.
    call = Use("run_workflow", {**request, "new": True})
    for _ in range(MAX_CALLS):
        result = yield call
        if done := re.match(r"succeeded: the video is at (.+)", result):
            return f"Here it is: {done.group(1)}"
        if following := re.search(r"^next: get_job (\{.*?\})", result, re.MULTILINE):
            call = Use("get_job", {**json.loads(following.group(1)), "waitSeconds": wait})
        else:
            # "Nothing is wrong with the request": the same call again.
            assert "retry_later]" in result, result
    raise AssertionError("the model has lost its way")
