"""Every error as the contract's ApiError, whatever raised it and wherever."""

from __future__ import annotations

import logging
import math

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from videogen_agents.errors import InputError, InternalError, NotFoundError, VideoError
from videogen_engine.api_errors import api_error

logger = logging.getLogger(__name__)


def error_response(error: VideoError) -> Response:
    """The whole answer to a request that ended with ``error``."""
    headers: dict[str, str] = {}
    if error.status == 401:
        headers["www-authenticate"] = "Bearer"
    if error.retry_after is not None:
        headers["retry-after"] = str(math.ceil(error.retry_after))
    body = api_error(error).to_wire_json()
    return Response(body, status_code=error.status, media_type="application/json", headers=headers)


def fault() -> InternalError:
    """What a caller is told of an exception nobody expected; the log has the rest."""
    return InternalError(
        "The engine failed to answer this request.",
        next_step="Look for this answer's x-request-id in the engine's log, and report it as a bug.",
    )


async def on_video_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, VideoError)
    if isinstance(error, InternalError):
        logger.error("A request failed: %s", error.message, exc_info=error)
    return error_response(error)


async def on_http_error(_request: Request, error: Exception) -> Response:
    """An error that the framework found by itself."""
    assert isinstance(error, HTTPException)
    response = error_response(_as_video_error(error.status_code, str(error.detail)))
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


def _as_video_error(status: int, detail: str) -> VideoError:
    if status == 404:
        return NotFoundError("There is nothing at this address.", next_step="Check the path.")
    if status == 405:
        return InputError(
            "This address does not take that method.",
            code="method_not_allowed",
            status=405,
            next_step="The Allow header lists the methods it takes.",
        )
    return InputError(detail, status=status) if status < 500 else InternalError(detail, status=status)
