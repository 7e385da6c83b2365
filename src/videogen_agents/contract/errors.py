"""The error body of every answer outside 2xx, of failed jobs and of webhook payloads."""

import json
from enum import StrEnum
from typing import Annotated, cast

from pydantic import BeforeValidator

from videogen_agents.contract.base import Nullable, SparseResponse


class ErrorCode(StrEnum):
    """Codes seen from servers. ``ApiError.code`` stays open text: branch on these, expect others."""

    INVALID_REQUEST = "invalid_request"
    INVALID_PARAMETERS = "invalid_parameters"
    INVALID_ID = "invalid_id"
    MISSING_API_KEY = "missing_api_key"
    INVALID_API_KEY = "invalid_api_key"
    NOT_AUTHORIZED = "not_authorized"
    NOT_FOUND = "not_found"
    RATE_LIMITED = "rate_limited"
    INSUFFICIENT_CREDITS = "insufficient_credits"


class RequirementType(StrEnum):
    """What would fix an error, as far as seen. ``ApiRequirement.type`` stays open text."""

    UPGRADE_PLAN = "upgrade_plan"
    PURCHASE_ADD_ON = "purchase_add_on"


def _texts(value: object) -> object:
    if not isinstance(value, dict):
        return value
    details = cast("dict[object, object]", value)
    return {key: item if isinstance(item, str) else json.dumps(item) for key, item in details.items()}


class ApiRequirement(SparseResponse):
    type: str
    details: Annotated[dict[str, str], BeforeValidator(_texts)] | None = None


class ApiError(SparseResponse):
    """``message`` is for people; branch on ``code``. ``internal_error_code`` is a reference for support."""

    message: str
    code: Nullable[str] = None
    requirement: Nullable[ApiRequirement] = None
    internal_error_code: Nullable[str] = None
