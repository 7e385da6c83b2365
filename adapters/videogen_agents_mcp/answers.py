"""Outcomes and errors of the tools in the protocol's own shapes."""

from __future__ import annotations

import logging
from base64 import b64encode
from collections.abc import Generator
from contextlib import contextmanager

from mcp.shared.exceptions import MCPError
from mcp_types import (
    INTERNAL_ERROR,
    INVALID_PARAMS,
    CallToolResult,
    ContentBlock,
    ImageContent,
    ResourceLink,
    TextContent,
)

from videogen_agents.errors import InputError, VideoError
from videogen_agents.tools import ToolOutcome

#: Where a failed call's fields stand in ``_meta``. Hosts check structured content against the tool's output schema,
#: some of them for failed calls too, so it is no place for an error.
ERROR_META = "videogen-agents/error"


def call_result(outcome: ToolOutcome) -> CallToolResult:
    """A tool's outcome: its text, exactly its declared fields, its links, and a still."""
    text = TextContent(type="text", text=outcome.text)
    # Without nulls: an absent field fits a schema that says "string", null does not.
    data = outcome.data.model_dump(mode="json", by_alias=True, exclude_none=True)
    if outcome.is_error:
        return CallToolResult(content=[text], is_error=True, _meta={ERROR_META: data})
    content: list[ContentBlock] = [text]
    content += [
        ResourceLink(type="resource_link", name=link.name, uri=link.uri, mime_type=link.media_type, size=link.size)
        for link in outcome.links
    ]
    if outcome.thumbnail is not None:
        image = b64encode(outcome.thumbnail.data).decode("ascii")
        content.append(ImageContent(type="image", data=image, mime_type=outcome.thumbnail.media_type))
    return CallToolResult(content=content, structured_content=data)


@contextmanager
def protocol_errors(**data: str) -> Generator[None]:
    """Errors of ours as errors of the protocol, where there is no tool result to carry them. ``data`` goes with them.

    A fault of ours becomes one too, without its details: those go to the log.
    """
    try:
        yield
    except VideoError as error:
        raise _protocol_error(error, data) from error
    except MCPError:
        raise
    except Exception as error:
        logging.getLogger(__name__).exception("a request failed")
        raise MCPError(INTERNAL_ERROR, "The request failed because of a fault in videogen-agents.") from error


def _protocol_error(error: VideoError, data: dict[str, str]) -> MCPError:
    code = INVALID_PARAMS if isinstance(error, InputError) else INTERNAL_ERROR
    said = {"code": error.code, "kind": error.kind.value, "next": error.next_step}
    return MCPError(code, error.message, {**data, **{name: value for name, value in said.items() if value}})
