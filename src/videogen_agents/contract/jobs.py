"""What every job and every list share: status, paging."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from videogen_agents.contract.base import Nullable, Query, Response


class JobStatus(StrEnum):
    """State of a run, execution, export, remix action, timeline job, assistant message or URL import.

    ``awaiting_approval`` is answered by newer servers only: a person must approve before the job goes on.
    """

    PENDING = "pending"
    RUNNING = "running"
    AWAITING_APPROVAL = "awaiting_approval"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @classmethod
    def _missing_(cls, value: object) -> "JobStatus | None":
        return cls.CANCELLED if value == "canceled" else None

    @property
    def is_terminal(self) -> bool:
        """The job will never change again."""
        return self in (JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.CANCELLED)

    @property
    def ends_wait(self) -> bool:
        """Polling on brings nothing: the job is terminal, or waits for a person."""
        return self.is_terminal or self is JobStatus.AWAITING_APPROVAL


#: Items per page.
PageLimit = Annotated[int, Field(ge=1, le=200)]


class PageQuery(Query):
    """``cursor`` is opaque and belongs to the endpoint that gave it."""

    limit: PageLimit = 50
    cursor: str | None = None


class OwnedPageQuery(PageQuery):
    """``self_only`` leaves out what others in the team made."""

    self_only: bool = False


class Page(Response):
    """The tail of every list: ``next_cursor`` is null when ``has_more`` is false."""

    has_more: bool
    next_cursor: Nullable[str] = None
