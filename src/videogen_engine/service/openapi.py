"""The OpenAPI document, made of the operations table and the models that the routes parse with."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, cast, get_args

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from videogen_agents.contract import ApiError
from videogen_agents.contract.operations import OPERATIONS, Operation
from videogen_engine import ENGINE_VERSION
from videogen_engine.service.operations import unbuilt_operations

_Json = dict[str, Any]
_Use = tuple[type[BaseModel], JsonSchemaMode]
_REF = "#/components/schemas/{model}"


@cache
def openapi_document() -> _Json:
    """OpenAPI 3.1 for every operation of the contract; those that always answer 501 are marked ``x-not-built``."""
    used: set[_Use] = {(ApiError, "serialization")}
    for operation in OPERATIONS.values():
        if operation.request is not None:
            used.add((operation.request, "validation"))
        for model in _models(operation.response):
            used.add((model, "serialization"))
    found, schemas = models_json_schema(sorted(used, key=_order), by_alias=True, ref_template=_REF)
    keys: Mapping[_Use, _Json] = {(model, mode): found[model, mode] for model, mode in used}
    paths: dict[str, _Json] = {}
    for operation in OPERATIONS.values():
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation, keys)
    return {
        "openapi": "3.1.0",
        "info": {"title": "VideoGen, embedded engine", "version": ENGINE_VERSION},
        "paths": paths,
        "components": {
            "schemas": schemas.get("$defs", {}),
            "securitySchemes": {"bearerAuth": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"bearerAuth": []}],
    }


def _order(use: _Use) -> tuple[str, str]:
    return use[0].__name__, use[1]


def _models(response: object) -> list[type[BaseModel]]:
    """The models of an answer, which may be one of several."""
    if isinstance(response, type) and issubclass(response, BaseModel):
        return [response]
    return [model for part in get_args(response) for model in _models(part)]


def _operation(operation: Operation, keys: Mapping[_Use, _Json]) -> _Json:
    answers = [keys[model, "serialization"] for model in _models(operation.response)]
    success: _Json = {"description": "Success"}
    if answers:
        schema = answers[0] if len(answers) == 1 else {"oneOf": answers}
        success["content"] = {"application/json": {"schema": schema}}
    error = {
        "description": "Error",
        "content": {"application/json": {"schema": keys[ApiError, "serialization"]}},
    }
    found: _Json = {
        "operationId": operation.id,
        "tags": [operation.group.value],
        "parameters": _parameters(operation),
        "responses": {str(operation.status): success, "default": error},
    }
    if operation.request is not None:
        found["requestBody"] = {
            "required": not operation.body_optional,
            "content": {"application/json": {"schema": keys[operation.request, "validation"]}},
        }
    if operation in unbuilt_operations():
        found["x-not-built"] = True
    return found


def _parameters(operation: Operation) -> list[_Json]:
    found: list[_Json] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in operation.path_parameters
    ]
    if operation.query is not None:
        schema = operation.query.model_json_schema(by_alias=True)
        properties = cast("dict[str, _Json]", schema.get("properties", {}))
        found += [
            {"name": name, "in": "query", "required": name in schema.get("required", ()), "schema": shape}
            for name, shape in properties.items()
        ]
    return found
