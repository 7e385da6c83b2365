"""The table of operations agrees with the reference's counts and with the vendor's own client."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import videogen

from videogen_agents.contract import (
    OPERATIONS,
    AssistantReply,
    Operation,
    OperationGroup,
    StartWorkflowRunResponse,
    UserMessage,
)

ROWS = list(OPERATIONS.values())


def test_there_are_63_operations_in_the_groups_of_the_reference() -> None:
    assert len(ROWS) == 63
    assert Counter(row.group for row in ROWS) == {
        OperationGroup.ACCOUNT: 1,
        OperationGroup.WORKFLOWS: 9,
        OperationGroup.PROJECTS: 9,
        OperationGroup.TOOLS: 16,
        OperationGroup.FILES: 10,
        OperationGroup.ENTITIES: 7,
        OperationGroup.ASSISTANT: 5,
        OperationGroup.TEXT: 1,
        OperationGroup.RESOURCES: 2,
        OperationGroup.WEBHOOKS: 3,
    }
    assert sum(row.id.startswith("generate") or row.path.startswith("/v1/tools/") for row in ROWS) == 17
    assert len({(row.method, row.path) for row in ROWS}) == 63


def test_the_vendors_client_calls_the_same_operations_at_the_same_paths() -> None:
    """The client notes each operation's id above the code that names its method, path and parameters."""
    found: dict[str, tuple[str, str, frozenset[str]]] = {}
    for source in sorted((Path(videogen.__file__).parent / "resources").glob("*.py")):
        for block in source.read_text(encoding="utf-8").split("# @sdk-operation ")[1:]:
            name = block.split(maxsplit=1)[0]
            path = re.search(r"format_path\('([^']+)'", block)
            method = re.search(r"method='(\w+)'", block)
            query = re.search(r"query_params=\[([^\]]*)\]", block)
            assert path and method and query
            found[name] = (method[1], path[1], frozenset(re.findall(r"'(\w+)'", query[1])))
    assert set(OPERATIONS) - set(found) == {"storyboardToVideo"}
    assert len(found) == 62
    for name, (method, path, query) in found.items():
        row = OPERATIONS[name]
        assert (row.method, row.path) == (method, path)
        known = set(row.query.model_json_schema()["properties"]) if row.query else set[str]()
        assert query <= known


def test_what_starts_work_answers_202_and_can_be_followed() -> None:
    starts = [row for row in ROWS if row.starts_work]
    assert len(starts) == 6 + 13 + 3 + 1 + 3
    for row in starts:
        assert (row.method, row.status) == ("POST", 202)
        assert row.request is not None
        assert row.follow is not None
        assert OPERATIONS[row.follow].method == "GET"
    assert {row.id for row in ROWS if row.body_optional} == {
        "exportProject",
        "createTimelineInterchange",
        "actOnAssistantAction",
    }


def test_statuses_other_than_200_are_those_of_the_reference() -> None:
    other = {row.id: row.status for row in ROWS if not row.starts_work and row.status != 200}
    assert other == {
        "cancelWorkflowRun": 202,
        "cancelToolExecution": 202,
        "createWebhookEndpoint": 201,
        "deleteWebhookEndpoint": 204,
    }


@pytest.mark.parametrize("row", [row for row in ROWS if row.body_optional], ids=lambda row: row.id)
def test_an_optional_body_may_be_empty(row: Operation) -> None:
    assert row.request is not None
    assert row.request.model_validate({}).to_wire() == {}


def test_an_address_escapes_its_ids() -> None:
    export = OPERATIONS["getProjectExport"]
    assert export.url(project_id="a/b?c", exportId="ü") == "/v1/projects/a%2Fb%3Fc/exports/%C3%BC"
    assert export.path_parameters == ("projectId", "exportId")


@pytest.mark.parametrize("ids", [{}, {"project_id": ".."}, {"project_id": ""}, {"project_id": "p", "extra": "e"}])
def test_an_address_is_refused_for_missing_surplus_and_dotted_ids(ids: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"projectId|takes the ids"):
        OPERATIONS["getProject"].url(**ids)


def test_answers_are_read_as_their_models() -> None:
    start = OPERATIONS["cancelWorkflowRun"].read({"workflowRunId": "w", "projectId": "p", "projectUrl": "u"})
    assert start == StartWorkflowRunResponse(workflow_run_id="w", project_id="p", project_url="u")
    assert OPERATIONS["deleteWebhookEndpoint"].read(None) is None
    message = {"messageId": "m", "status": "succeeded", "createdAt": "2026-07-01T00:00:00Z"}
    read = OPERATIONS["getAssistantMessage"].read
    assert isinstance(read({**message, "role": "user", "content": "hello", "attachments": []}), UserMessage)
    assert isinstance(read({**message, "role": "assistant"}), AssistantReply)
