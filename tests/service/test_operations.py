"""The contract as a whole: every operation answers, and the document says how."""

from __future__ import annotations

import re

import httpx
import pytest

from videogen_agents.contract.operations import OPERATIONS, RETIRED_PATHS, Operation
from videogen_engine.service.operations import BUILT, unbuilt_operations

UNBUILT = {operation.id for operation in unbuilt_operations()}


def path_of(operation: Operation) -> str:
    return operation.url(**{name: f"vg_{name}_0" for name in operation.path_parameters})


@pytest.mark.parametrize("operation_id", BUILT)
async def test_what_is_built_never_answers_that_it_is_not(client: httpx.AsyncClient, operation_id: str) -> None:
    operation = OPERATIONS[operation_id]
    response = await client.request(operation.method, path_of(operation), json={} if operation.request else None)
    assert response.status_code in {200, 400, 404}
    if response.status_code == 200:
        assert operation.read(response.json()) is not None


def test_every_operation_of_the_contract_is_answered() -> None:
    assert BUILT.keys() == OPERATIONS.keys() and len(OPERATIONS) == 63


async def test_older_clients_paths_lead_to_the_same_operations(client: httpx.AsyncClient) -> None:
    nowhere = (await client.post("/v1/no/such/path", json={})).json()
    for path, operation_id in RETIRED_PATHS.items():
        older = await client.post(re.sub(r"{(\w+)}", r"vg_\1_0", path), json={})
        newer = await client.request("POST", path_of(OPERATIONS[operation_id]), json={})
        # Paths with an id in them may look for that first.
        assert older.status_code == newer.status_code in {400, 404}, (path, operation_id)
        assert older.json()["code"] == newer.json()["code"]
        assert older.json()["message"] != nowhere["message"]


async def test_the_document_describes_every_operation_without_loose_ends(client: httpx.AsyncClient) -> None:
    document = (await client.get("/openapi.json")).json()
    described = {
        entry["operationId"]: (method, path, entry)
        for path, methods in document["paths"].items()
        for method, entry in methods.items()
    }
    assert set(described) == set(OPERATIONS)
    for operation in OPERATIONS.values():
        method, path, entry = described[operation.id]
        assert (method, path) == (operation.method.lower(), operation.path)
        assert str(operation.status) in entry["responses"]
        assert ("requestBody" in entry) == (operation.request is not None)
        assert entry.get("x-not-built", False) == (operation.id in UNBUILT)
        named = {parameter["name"] for parameter in entry["parameters"] if parameter["in"] == "path"}
        assert named == set(re.findall(r"{(\w+)}", path))
    text = (await client.get("/openapi.json")).text
    references = set(re.findall(r'"#/components/schemas/([^"]+)"', text))
    assert references <= set(document["components"]["schemas"])
