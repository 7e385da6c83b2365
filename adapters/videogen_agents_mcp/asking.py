"""Ask the person at the host before a call that costs, in whichever way their side of the protocol has."""

from __future__ import annotations

import asyncio
from typing import Any

from mcp.shared.exceptions import MCPError
from mcp_types import (
    CallToolRequestParams,
    CallToolResult,
    ElicitRequest,
    ElicitRequestFormParams,
    ElicitResult,
    InputRequiredResult,
)
from mcp_types.version import MODERN_PROTOCOL_VERSIONS

from videogen_agents.config import Backend
from videogen_agents.tools import Quote, Toolbox, declined, quote_call
from videogen_agents_mcp.answers import call_result
from videogen_agents_mcp.callers import RequestContext

#: The question's name in a round of input.
QUESTION = "spend"
#: Nothing to fill in: accepting is the yes.
_SCHEMA: dict[str, Any] = {"type": "object", "properties": {}}


async def agreed_arguments(
    ctx: RequestContext, params: CallToolRequestParams, toolbox: Toolbox
) -> dict[str, Any] | CallToolResult | InputRequiredResult:
    """The call's arguments, confirmed if need be; or what to answer instead of making the call.

    A host that cannot ask gets the arguments as they are: the call then answers with the quote and how to confirm it.
    """
    arguments = dict(params.arguments or {})
    if toolbox.backend is Backend.EMBEDDED or not _can_ask(ctx):
        return arguments
    quoted = await asyncio.to_thread(quote_call, toolbox, params.name, arguments)
    if quoted is None:
        return arguments
    answer = await _answer(ctx, params, quoted)
    if isinstance(answer, InputRequiredResult):
        return answer
    if answer is None:
        return arguments
    return {**arguments, "confirm": quoted.confirm} if answer else call_result(declined(quoted))


def _can_ask(ctx: RequestContext) -> bool:
    capabilities = ctx.session.client_capabilities
    elicitation = capabilities.elicitation if capabilities is not None else None
    # A bare capability, the only shape before there were modes, means forms.
    return elicitation is not None and (elicitation.form is not None or elicitation.url is None)


async def _answer(
    ctx: RequestContext, params: CallToolRequestParams, quoted: Quote
) -> bool | InputRequiredResult | None:
    """Yes or no; the round in which the host asks; or None when it cannot be asked after all."""
    if ctx.protocol_version in MODERN_PROTOCOL_VERSIONS:
        answer = (params.input_responses or {}).get(QUESTION)
        # The state is sealed by the server: an answer counts for the very question that was asked.
        if isinstance(answer, ElicitResult) and params.request_state == quoted.question:
            return answer.action == "accept"
        form = ElicitRequestFormParams(message=quoted.question, requested_schema=_SCHEMA)
        return InputRequiredResult(input_requests={QUESTION: ElicitRequest(params=form)}, request_state=quoted.question)
    try:
        result = await ctx.session.elicit_form(quoted.question, _SCHEMA, related_request_id=ctx.request_id)
    except MCPError:
        # No way back to the host, or it refuses to ask.
        return None
    return result.action == "accept"
