"""A loop over the tool table: each row becomes a BaseTool with content for the model and data as the artifact."""

from __future__ import annotations

import asyncio
from typing import Any, Literal

from anyio.from_thread import start_blocking_portal
from langchain_core.callbacks import adispatch_custom_event
from langchain_core.tools import ArgsSchema, BaseTool, BaseToolkit, ToolException
from pydantic import BaseModel, Field, InstanceOf

from videogen_agents.tools import Toolbox, call_tool

PROGRESS_EVENT = "videogen_progress"


class VideoTool(BaseTool):
    """One row of the table. Errors become ToolException, which LangChain hands to the model as an error message."""

    toolbox: InstanceOf[Toolbox] = Field(exclude=True)
    response_format: Literal["content", "content_and_artifact"] = "content_and_artifact"
    handle_tool_error: Any = True

    async def _arun(self, **arguments: Any) -> tuple[str, BaseModel]:
        events: set[asyncio.Task[None]] = set()

        def report(progress: float, message: str) -> None:
            data = {"tool": self.name, "progress": progress, "message": message}
            event = asyncio.ensure_future(adispatch_custom_event(PROGRESS_EVENT, data))
            events.add(event)
            event.add_done_callback(_ignore_without_a_run)

        outcome = await call_tool(self.toolbox, self.name, arguments, report)
        await asyncio.gather(*events, return_exceptions=True)
        if outcome.is_error:
            raise ToolException(outcome.text)
        return outcome.text, outcome.data

    def _run(self, **arguments: Any) -> tuple[str, BaseModel]:
        # A loop of its own for each call: a toolbox's client belongs to one loop.
        async def run() -> tuple[str, BaseModel]:
            async with Toolbox(self.toolbox.settings, self.toolbox.policy) as toolbox:
                return await self.model_copy(update={"toolbox": toolbox})._arun(**arguments)

        with start_blocking_portal() as portal:
            return portal.call(run)


def _ignore_without_a_run(event: asyncio.Task[None]) -> None:
    # Outside of a run there is nobody to tell; reading the exception keeps it from being logged as lost.
    if not event.cancelled():
        event.exception()


class VideoToolkit(BaseToolkit):
    """``VideoToolkit().get_tools()``; settings come from the environment unless a toolbox is given."""

    toolbox: InstanceOf[Toolbox] = Field(default_factory=Toolbox)

    def get_tools(self) -> list[BaseTool]:
        return [
            VideoTool(
                name=listed.name,
                description=listed.description,
                args_schema=_schema(listed.input_schema),
                toolbox=self.toolbox,
            )
            for listed in self.toolbox.tools()
        ]


def _schema(schema: Any) -> ArgsSchema:
    return dict(schema)
