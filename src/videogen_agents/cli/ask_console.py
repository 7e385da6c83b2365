"""What ``ask`` shows of a running agent, and how it asks a person about cost."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import TYPE_CHECKING, Any, cast

import click

from videogen_agents.tools import Toolbox, quote_call
from videogen_agents.tools.result import one_line

if TYPE_CHECKING:
    from agents import RunResultStreaming, ToolApprovalItem
    from agents.items import ToolCallItem, ToolCallOutputItem
    from agents.run_state import RunState

#: Characters of a call's arguments that are shown.
SHOWN = 100


class AskConsole:
    """Everything goes to standard error. ``jobs`` and ``made`` are the ids and files that results named, in order."""

    def __init__(self, toolbox: Toolbox, key: str, *, agreed: bool) -> None:
        self._toolbox = toolbox
        self._key = key
        self._agreed = agreed
        self._stage = ""
        self.jobs: list[str] = []
        self.made: list[str] = []

    def hide(self, text: str) -> str:
        """``text`` without the model's key."""
        return text.replace(self._key, "…") if len(self._key) >= 8 else text

    def progress(self, percent: float, message: str) -> None:
        """One line per stage."""
        stage = message.partition(":")[0]
        if stage != self._stage:
            self._say(f"  {percent:3.0f} %  {stage}")
        self._stage = stage

    async def follow(self, result: RunResultStreaming) -> None:
        """Show calls, results and words until the run ends or asks."""
        from agents.items import MessageOutputItem, ToolCallItem, ToolCallOutputItem

        words: list[str] = []
        async for event in result.stream_events():
            if event.type != "run_item_stream_event":
                continue
            # The last message is the answer, and goes to standard output.
            if isinstance(event.item, MessageOutputItem):
                words += [text for part in event.item.raw_item.content if (text := getattr(part, "text", ""))]
                continue
            for text in words:
                self._say(one_line(text))
            words.clear()
            if isinstance(event.item, ToolCallItem):
                self._call(event.item)
            elif isinstance(event.item, ToolCallOutputItem):
                self._result(event.item)

    async def decide(self, state: RunState[Any], item: ToolApprovalItem) -> None:
        """Ask the person at the terminal about a call that costs. Nobody there means no."""
        arguments = _object(item.arguments)
        quoted = await asyncio.to_thread(quote_call, self._toolbox, item.name or "", arguments)
        question = quoted.question.removesuffix(" Go on?") if quoted else f"{item.name} asks to be approved."
        self._say(question)
        yes = self._agreed or (
            sys.stdin.isatty() and await asyncio.to_thread(click.confirm, "Go on?", default=False, err=True)
        )
        if yes:
            state.approve(item)
            return
        if not sys.stdin.isatty():
            self._say("  Not agreed: there is nobody to ask. --yes agrees beforehand.")
        state.reject(item, rejection_message="The user declined this call. Offer something cheaper, or stop.")

    def _call(self, item: ToolCallItem) -> None:
        name = str(getattr(item.raw_item, "name", "tool"))
        given = {
            key: value for key, value in _object(getattr(item.raw_item, "arguments", "")).items() if value is not None
        }
        shown = json.dumps(given, ensure_ascii=False)
        self._say(f"→ {name} {shown if len(shown) <= SHOWN else shown[: SHOWN - 1] + '…'}")

    def _result(self, item: ToolCallOutputItem) -> None:
        output = cast("object", item.output)
        parts = cast("list[object]", output) if isinstance(output, list) else [output]
        said = next((str(getattr(part, "text", part)) for part in parts), "")
        self._say(f"  {one_line(said.partition(chr(10))[0])}")
        data = item.custom_data or {}
        for key in ("workflowRunId", "exportId", "jobId"):
            if isinstance(job := data.get(key), str) and job not in self.jobs:
                self.jobs.append(job)
        where = data.get("path") or data.get("downloadUrl")
        if isinstance(where, str) and where not in self.made:
            self.made.append(where)

    def _say(self, line: str) -> None:
        click.echo(self.hide(line), err=True)


def _object(text: object) -> dict[str, Any]:
    try:
        value: object = json.loads(text) if isinstance(text, str) else None
    except ValueError:
        return {}
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}
