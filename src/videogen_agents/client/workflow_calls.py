"""Workflows: whole films, started once."""

from __future__ import annotations

from pydantic import JsonValue

from videogen_agents.client.connected import Started, kept
from videogen_agents.client.id_segments import segment
from videogen_agents.client.job_calls import JobCalls
from videogen_agents.client.jobs import JobKind
from videogen_agents.client.operations import WORKFLOWS, WorkflowRequest, title_of
from videogen_agents.client.remix_sightings import remix_ids
from videogen_agents.client.replies import JsonObject, objects_in, text_of
from videogen_agents.client.starts import Listing, Sighting, StartRequest, the_one
from videogen_agents.contract import StartWorkflowRunResponse


class WorkflowCalls(JobCalls):
    """Starting workflows."""

    async def start_workflow(
        self, request: WorkflowRequest, *, key: str | None = None, new: bool = False
    ) -> Started[StartWorkflowRunResponse]:
        """Start a workflow once. The same request within a day returns the run that exists; ``new`` forces another.

        ``key`` tells apart starts that look the same but are meant to be different.
        """
        name, workflow_type = WORKFLOWS[type(request)]

        async def recognise(items: list[JsonObject]) -> Sighting:
            runs = [item for item in items if item.get("workflowType") == workflow_type.value]
            remixed = len(runs) == 1 and bool(getattr(request, "remix_actions", None))
            return the_one([await self._run_reply(run, remixed) for run in runs], "workflowRunId")

        async def check(reply: JsonObject) -> str:
            return (await self.get_job(text_of(reply, "workflowRunId"), kind=JobKind.WORKFLOW_RUN)).status

        return await self._start(
            StartWorkflowRunResponse,
            StartRequest(
                kind=name,
                path=f"/v1/workflows/{name}",
                body=request.to_wire(),
                title=title_of(name, request),
                read=kept(StartWorkflowRunResponse),
                ids=lambda reply: [
                    ("workflow_run_id", text_of(reply, "workflowRunId")),
                    ("project_id", text_of(reply, "projectId")),
                    *remix_ids(reply),
                ],
                check=check,
                listing=Listing(
                    "/v1/workflows/runs", "workflowRuns", "workflowRunId", recognise, {"limit": 100, "selfOnly": True}
                ),
            ),
            key=key,
            new=new,
        )

    async def _run_reply(self, run: JsonObject, remixed: bool) -> JsonObject:
        """The lost reply to a start, from the run's item in the list."""
        project = text_of(run, "projectId")
        listed: list[JsonObject] = []
        if remixed:
            actions = await self._raw_get(f"/v1/projects/{segment(project)}/remix-actions", {"limit": 100})
            listed = objects_in(actions, "remixActions")
        ids: list[JsonValue] = [text_of(item, "remixActionId") for item in listed[::-1]]
        return {
            "workflowRunId": text_of(run, "workflowRunId"),
            "projectId": project,
            "projectUrl": text_of(run, "projectUrl"),
            "remixActionIds": ids,
        }
