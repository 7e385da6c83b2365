"""Before a dear hosted call the person is asked, where their host can ask; else the quote goes to the agent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from mcp.client.context import ClientRequestContext
from mcp.shared.exceptions import MCPError
from mcp_types import ElicitRequestParams, ElicitResult, ErrorData, InputRequiredResult

from mcp import Client
from videogen_agents.tools import Toolbox
from videogen_agents_mcp import HttpOptions, build_server, serving_http

from ..scripted_server import ScriptedServer
from .eras import BOTH_ERAS, CLIP, FILM, Era, text_of


class Person:
    """Answers what the host asks, and remembers it."""

    def __init__(self, action: Any, content: dict[str, Any] | None = None) -> None:
        self.asked: list[str] = []
        self._result = ElicitResult(action=action, content=content)

    async def __call__(self, context: ClientRequestContext, params: ElicitRequestParams) -> ElicitResult | ErrorData:
        self.asked.append(params.message)
        return self._result


@pytest.fixture
async def url(toolbox: Toolbox) -> AsyncIterator[str]:
    async with serving_http(toolbox, HttpOptions(port=0), progress_seconds=0) as served:
        yield served


@BOTH_ERAS
async def test_a_yes_starts_the_work_once(era: Era, toolbox: Toolbox, server: ScriptedServer) -> None:
    person = Person("accept", {})
    async with Client(build_server(toolbox), mode=era, elicitation_callback=person) as client:
        started = await client.call_tool("run_workflow", CLIP)
        again = await client.call_tool("run_workflow", CLIP)
    assert not started.is_error, text_of(started)
    assert not again.is_error and "already started" in text_of(again)
    assert server.started == 1
    assert len(person.asked) == 1
    assert "20 units" in person.asked[0] and len(person.asked[0].splitlines()) == 1


@BOTH_ERAS
async def test_the_question_reaches_the_person_over_http(era: Era, url: str, server: ScriptedServer) -> None:
    person = Person("accept", {})
    async with Client(url, mode=era, elicitation_callback=person) as client:
        started = await client.call_tool("run_workflow", CLIP)
    assert not started.is_error, text_of(started)
    assert (server.started, len(person.asked)) == (1, 1)


@BOTH_ERAS
@pytest.mark.parametrize("action", ["decline", "cancel"])
async def test_a_no_starts_nothing_and_is_said_to_the_agent(
    action: str, era: Era, toolbox: Toolbox, server: ScriptedServer
) -> None:
    person = Person(action)
    async with Client(build_server(toolbox), mode=era, elicitation_callback=person) as client:
        refused = await client.call_tool("run_workflow", CLIP)
    assert refused.is_error and "declined" in text_of(refused)
    assert "confirm" not in text_of(refused)
    assert server.requests == []


@BOTH_ERAS
async def test_a_host_that_cannot_ask_gets_the_quote_and_how_to_confirm_it(
    era: Era, toolbox: Toolbox, server: ScriptedServer
) -> None:
    async with Client(build_server(toolbox), mode=era) as client:
        quoted = await client.call_tool("run_workflow", CLIP)
        assert quoted.is_error and "confirmation_required" in text_of(quoted)
        assert server.requests == []
        confirm = text_of(quoted).rsplit('"confirm": "', 1)[1].partition('"')[0]
        started = await client.call_tool("run_workflow", {**CLIP, "confirm": confirm})
        other = await client.call_tool("run_workflow", {**CLIP, "prompt": "A paper plane.", "confirm": confirm})
    assert not started.is_error, text_of(started)
    assert other.is_error and "confirmation_required" in text_of(other)
    assert server.started == 1


@BOTH_ERAS
async def test_what_is_cheap_or_cannot_be_made_is_not_asked_about(
    era: Era, toolbox: Toolbox, server: ScriptedServer
) -> None:
    person = Person("decline")
    async with Client(build_server(toolbox), mode=era, elicitation_callback=person) as client:
        started = await client.call_tool("run_workflow", FILM)
        wrong = await client.call_tool("run_workflow", {**CLIP, "promt": "x"})
    assert not started.is_error and wrong.is_error
    assert person.asked == []


async def test_a_host_whose_asking_fails_gets_the_quote(toolbox: Toolbox, server: ScriptedServer) -> None:
    async def broken(context: ClientRequestContext, params: ElicitRequestParams) -> ErrorData:
        return ErrorData(code=-32603, message="There is no window to ask in.")

    async with Client(build_server(toolbox), mode="legacy", elicitation_callback=broken) as client:
        quoted = await client.call_tool("run_workflow", CLIP)
    assert quoted.is_error and "confirmation_required" in text_of(quoted)
    assert server.requests == []


async def test_an_answer_counts_for_the_call_that_was_asked_about_and_for_no_other(
    url: str, server: ScriptedServer
) -> None:
    yes = {"spend": ElicitResult(action="accept", content={})}
    async with Client(url, elicitation_callback=Person("decline")) as client:
        session = client.session
        asked = await session.call_tool("run_workflow", CLIP, allow_input_required=True)
        assert isinstance(asked, InputRequiredResult)
        assert asked.request_state is not None and "units" not in asked.request_state

        unasked = await session.call_tool("run_workflow", CLIP, input_responses=yes, allow_input_required=True)
        assert isinstance(unasked, InputRequiredResult)
        with pytest.raises(MCPError):
            await session.call_tool(
                "run_workflow",
                {**CLIP, "durationSeconds": 30},
                input_responses=yes,
                request_state=asked.request_state,
                allow_input_required=True,
            )
        with pytest.raises(MCPError):
            await session.call_tool(
                "run_workflow", CLIP, input_responses=yes, request_state="forged", allow_input_required=True
            )
        assert server.requests == []
        started = await session.call_tool(
            "run_workflow", CLIP, input_responses=yes, request_state=asked.request_state, allow_input_required=True
        )
    assert not isinstance(started, InputRequiredResult) and not started.is_error
    assert server.started == 1
