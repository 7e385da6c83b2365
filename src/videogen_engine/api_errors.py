"""Our errors as the contract's ApiError: the same in an answer and in a failed job."""

from __future__ import annotations

from videogen_agents.contract import ApiError, ApiRequirement
from videogen_agents.errors import VideoError


def api_error(error: VideoError) -> ApiError:
    """The error's body. The next step is part of the message, because clients show only that."""
    return ApiError(
        message=error.message if error.next_step is None else f"{error.message} {error.next_step}",
        code=error.code,
        requirement=None if error.requirement is None else ApiRequirement(type=error.requirement),
        internal_error_code=None,
    )
