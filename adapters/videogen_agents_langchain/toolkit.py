"""A loop over the tool table: each row becomes a BaseTool with content for the model and data as the artifact."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import Iterable
from contextvars import copy_context
from dataclasses import asdict
from types import TracebackType
from typing import Any, Literal, Self

from langchain_core.callbacks import adispatch_custom_event, dispatch_custom_event
from langchain_core.tools import BaseTool, BaseToolkit, ToolException
from pydantic import Field, InstanceOf

from videogen_agents.tools import Toolbox, ToolOutcome, call_tool
from videogen_agents.tools.background_calls import BackgroundCalls
from videogen_agents.tools.toolbox_options import configured_toolbox

#: The name of the custom events that a waiting call sends; data: ``tool``, ``progress`` (0–100), ``message``.
PROGRESS_EVENT = "videogen_progress"


class VideoToolError(ToolException):
    """``outcome.data`` has the error's code, kind, ids and next step."""

    def __init__(self, outcome: ToolOutcome) -> None:
        super().__init__(outcome.text)
        self.outcome = outcome


class VideoTool(BaseTool):
    """One row of the table. Errors become ToolException, which LangChain hands to the model as an error message.

    ``args_schema`` is the table's own JSON schema: LangChain then leaves the arguments as they are, and the table
    validates them. A pydantic class would drop misspelt fields in silence and word errors worse.
    """

    toolbox: InstanceOf[Toolbox] | None = Field(exclude=True)
    background: InstanceOf[BackgroundCalls] = Field(exclude=True)
    response_format: Literal["content", "content_and_artifact"] = "content_and_artifact"
    handle_tool_error: Any = True

    async def _arun(self, /, **arguments: Any) -> tuple[str, dict[str, Any]]:
        events: set[asyncio.Task[None]] = set()

        def report(progress: float, message: str) -> None:
            event = asyncio.ensure_future(adispatch_custom_event(PROGRESS_EVENT, self._progress(progress, message)))
            events.add(event)
            event.add_done_callback(_ignore_without_a_run)

        if self.toolbox is not None:
            outcome = await call_tool(self.toolbox, self.name, arguments, report)
        else:
            outcome = await self.background.call_async(self.name, arguments, report)
        await asyncio.gather(*events, return_exceptions=True)
        return _content_and_artifact(outcome)

    def _run(self, /, **arguments: Any) -> tuple[str, dict[str, Any]]:
        # The call runs in another thread; handlers find the run they belong to in this one's context.
        context = copy_context()

        def report(progress: float, message: str) -> None:
            context.run(_dispatch, self._progress(progress, message))

        return _content_and_artifact(self.background.call(self.name, arguments, report))

    def _progress(self, progress: float, message: str) -> dict[str, Any]:
        return {"tool": self.name, "progress": progress, "message": message}


class VideoToolkit(BaseToolkit):
    """``VideoToolkit().get_tools()``: all twelve tools, settings from the environment, unless a toolbox is given.

    The policy keywords tighten the toolbox's own policy. Async calls with a given toolbox run on the caller's loop, and
    all others on a loop of the toolkit's own, so that an engine goes on between them. Close the toolkit when the agent
    is done (``close()``, or ``aclose()``, or ``async with``, which close a given toolbox too); jobs go on.
    """

    toolbox: InstanceOf[Toolbox]
    background: InstanceOf[BackgroundCalls]
    given: bool

    def __init__(
        self,
        toolbox: Toolbox | None = None,
        *,
        tools: Iterable[str] | None = None,
        exclude: Iterable[str] = (),
        read_only: bool | None = None,
        max_spend: int | None = None,
        approve_above: int | None = None,
        granular: bool = False,
    ) -> None:
        box = configured_toolbox(
            toolbox,
            tools=tools,
            exclude=exclude,
            read_only=read_only,
            max_spend=max_spend,
            approve_above=approve_above,
            granular=granular,
        )
        fields: dict[str, Any] = {"toolbox": box, "background": BackgroundCalls(box), "given": toolbox is not None}
        super().__init__(**fields)

    def get_tools(self) -> list[BaseTool]:
        return [
            VideoTool(
                name=listed.name,
                description=listed.description,
                args_schema=dict(listed.input_schema),
                toolbox=self.toolbox if self.given else None,
                background=self.background,
                metadata={"toolset": listed.toolset, **asdict(listed.flags)},
            )
            for listed in self.toolbox.tools()
        ]

    def close(self) -> None:
        """Close what calls on the toolkit's own loop opened."""
        self.background.close()

    async def aclose(self) -> None:
        """Close what calls opened, on whichever loop."""
        await asyncio.to_thread(self.background.close)
        await self.toolbox.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


def _dispatch(data: dict[str, Any]) -> None:
    try:
        dispatch_custom_event(PROGRESS_EVENT, data)
    except RuntimeError:
        # Outside of a run there is nobody to tell.
        return


def _ignore_without_a_run(event: asyncio.Task[None]) -> None:
    # Reading the exception keeps it from being logged as lost.
    if not event.cancelled():
        event.exception()


def _content_and_artifact(outcome: ToolOutcome) -> tuple[str, dict[str, Any]]:
    """Words for the model; for the program plain JSON, which every checkpointer keeps: fields, links, thumbnail."""
    if outcome.is_error:
        raise VideoToolError(outcome)
    artifact = outcome.data.model_dump(mode="json", by_alias=True, exclude_none=True)
    if outcome.links:
        artifact["links"] = [{"name": one.name, "uri": one.uri, "mediaType": one.media_type} for one in outcome.links]
    if outcome.thumbnail is not None:
        image = b64encode(outcome.thumbnail.data).decode("ascii")
        artifact["thumbnail"] = f"data:{outcome.thumbnail.media_type};base64,{image}"
    return outcome.text, artifact
