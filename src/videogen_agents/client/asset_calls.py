"""Single assets: pictures, clips, speech, music and what the other standalone tools make."""

from __future__ import annotations

from videogen_agents.client.connected import Started, kept
from videogen_agents.client.job_calls import JobCalls
from videogen_agents.client.jobs import JobKind
from videogen_agents.client.operations import ASSETS, AssetRequest, title_of
from videogen_agents.client.replies import JsonObject, text_of
from videogen_agents.client.starts import Listing, Sighting, StartRequest, the_one
from videogen_agents.contract import StartToolResponse, ToolType


class AssetCalls(JobCalls):
    """Starting the standalone tools."""

    async def generate_asset(
        self, request: AssetRequest, *, key: str | None = None, new: bool = False
    ) -> Started[StartToolResponse]:
        """Start a standalone tool once. The same request within a day returns the execution that exists; ``new``
        forces another (another picture of the same prompt)."""
        name, tool_type = ASSETS[type(request)]

        async def recognise(items: list[JsonObject]) -> Sighting:
            executions = [item for item in items if _may_be(item, tool_type)]
            return the_one([{"toolExecutionId": text_of(item, "toolExecutionId")} for item in executions], _ID)

        async def check(reply: JsonObject) -> str:
            return (await self.get_job(text_of(reply, _ID), kind=JobKind.TOOL_EXECUTION)).status

        return await self._start(
            StartToolResponse,
            StartRequest(
                kind=name,
                path=f"/v1/tools/{name}",
                body=request.to_wire(),
                title=title_of(name, request),
                read=kept(StartToolResponse),
                ids=lambda reply: [("tool_execution_id", text_of(reply, _ID))],
                check=check,
                listing=Listing(
                    "/v1/tools/executions", "toolExecutions", _ID, recognise, {"limit": 100, "selfOnly": True}
                ),
            ),
            key=key,
            new=new,
        )


_ID = "toolExecutionId"


def _may_be(item: JsonObject, wanted: ToolType) -> bool:
    """Whether an execution can be of the wanted type: only names that were seen from servers rule one out."""
    try:
        return ToolType(text_of(item, "toolType")) is wanted
    except ValueError:
        return True
