"""What a sensible model does with a few briefs: it reads the texts of results, and nothing else."""

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
EDIT = "Now hide the captions, add calm music and drop the third scene."
UNDO = "Undo that."
#: Calls after which a model has lost its way.
MAX_CALLS = 150


@dataclass(frozen=True)
class Use:
    tool: str
    arguments: dict[str, Any]


Moves = Generator[Use, str, str]


@dataclass
class Talk:
    """What a model still has before it of what was said: the project that it made last."""

    project_id: str = ""


class Maker:
    """A model at one brief. ``step(None)`` is its first move; a text is its answer to the user."""

    def __init__(self, brief: str, limit: float, talk: Talk) -> None:
        made = {EXPLAINER: explainer, VERTICAL: vertical}
        self._moves = made[brief](patience(limit), talk) if brief in made else edit(brief, patience(limit), talk)

    def step(self, result: str | None) -> Use | str:
        try:
            return next(self._moves) if result is None else self._moves.send(result)
        except StopIteration as done:
            return str(done.value)


def patience(limit: float) -> float:
    """``waitSeconds`` by the host's limit in seconds, as the guide on waiting has it."""
    return 45 if limit >= 60 else 6 if limit >= 10 else 3


def explainer(wait: float, talk: Talk) -> Moves:
    return (yield from _film({"workflow": "script_to_video", "script": SCRIPT}, wait, talk))


def edit(brief: str, wait: float, talk: Talk) -> Moves:
    """The user's words go to EDIT_WITH_AGENT as they are; a film of the result follows."""
    action = {"type": "EDIT_WITH_AGENT", "prompt": brief}
    edited = Use("remix_project", {"projectId": talk.project_id, "remixActions": [action], "new": True})
    done = yield from _followed(edited, wait)
    assert re.search(r"^next: export_project", done, re.MULTILINE), done
    exported = yield from _followed(Use("export_project", {"projectId": talk.project_id, "new": True}), wait)
    return _here(exported)


def vertical(wait: float, talk: Talk) -> Moves:
    voices = yield Use("find", {"type": "voices", "query": "flite"})
    other = re.search(r"(vg_voic_\w+) [^(]*\([^)]*\bmale\b", voices)
    assert other is not None, voices
    film = {"workflow": "script_to_video", "script": SCRIPT, "aspectRatio": "9:16", "voiceId": other.group(1)}
    return (yield from _film(film, wait, talk))


def _film(request: dict[str, Any], wait: float, talk: Talk) -> Moves:
    # The hosts share one engine: without "new" all but the first would be handed the film that exists.
    done = yield from _followed(Use("run_workflow", {**request, "new": True}), wait)
    project = re.search(r"project_id=(\w+)", done)
    assert project is not None, done
    talk.project_id = project.group(1)
    return _here(done)


def _here(done: str) -> str:
    film = re.match(r"succeeded: the video is at (.+)", done)
    assert film is not None, done
    return f"Here it is: {film.group(1)}"


def _followed(call: Use, wait: float) -> Moves:
    """The text of the result, once what ``call`` started has succeeded."""
    for _ in range(MAX_CALLS):
        result = yield call
        if result.startswith("succeeded"):
            return result
        if following := re.search(r"^next: get_job (\{.*?\})", result, re.MULTILINE):
            call = Use("get_job", {**json.loads(following.group(1)), "waitSeconds": wait})
        else:
            # "Nothing is wrong with the request": the same call again.
            assert "retry_later]" in result, result
    raise AssertionError("the model has lost its way")
