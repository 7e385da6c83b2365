"""Our MCP server with the tools, resources and prompts that the protocol's conformance suite expects of a server.

The suite can judge transport, lifecycle, errors, progress, elicitation and the rest only through fixtures of its own
naming. They are added to the very server that users get, beside the real tools, and run under the same application.
What each one does is written in the suite's own description of the scenario that calls it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Awaitable, Callable
from typing import Any

from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError
from mcp_types import (
    MISSING_REQUIRED_CLIENT_CAPABILITY,
    AudioContent,
    CallToolRequestParams,
    CallToolResult,
    CreateMessageRequest,
    CreateMessageRequestParams,
    ElicitRequest,
    ElicitRequestFormParams,
    InputRequiredResult,
    ListRootsRequest,
    ListToolsResult,
    SamplingMessage,
    TextContent,
    Tool,
)

from conformance.fixture_texts import IMAGE, add_texts, embedded
from videogen_agents_mcp.callers import RequestContext

#: A WAV file of one silent sample.
WAV = base64.b64encode(
    b"RIFF\x26\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e\x00\x00\x02\x00\x10\x00"
    b"data\x02\x00\x00\x00\x00\x00"
).decode("ascii")
ANY_ARGUMENTS: dict[str, Any] = {"type": "object", "properties": {}}

Answer = CallToolResult | InputRequiredResult
Fixture = Callable[[CallToolRequestParams, RequestContext], Awaitable[Answer]]


def add_fixtures(server: Server[None]) -> Server[None]:
    """Add every fixture to ``server`` and return it."""
    listing, calling = server.get_request_handler("tools/list"), server.get_request_handler("tools/call")
    assert listing is not None
    assert calling is not None

    async def list_tools(ctx: RequestContext, params: Any) -> ListToolsResult:
        result = await listing.handler(ctx, params)
        assert isinstance(result, ListToolsResult)
        return result.model_copy(update={"tools": [*result.tools, *LISTED]})

    async def call_tool(ctx: RequestContext, params: CallToolRequestParams) -> Any:
        if params.name == JOB:
            return await calling.handler(ctx, _film(params))
        if params.name in TOOLS:
            return await TOOLS[params.name][0](params, ctx)
        return await calling.handler(ctx, params)

    of_the_table = server.get_tool_input_schema
    server.get_tool_input_schema = lambda name: (
        TOOLS[name][1] if name in TOOLS else of_the_table(name) if of_the_table else None
    )
    server.add_request_handler("tools/list", listing.params_type, list_tools)
    server.add_request_handler("tools/call", CallToolRequestParams, call_tool)
    add_texts(server)
    return server


def _text(text: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=text)])


# Plain results


async def simple_text(call: CallToolRequestParams, ctx: RequestContext) -> Answer:
    return _text("This is a simple text response for testing.")


async def image_content(call: CallToolRequestParams, ctx: RequestContext) -> Answer:
    return CallToolResult(content=[IMAGE])


async def audio_content(call: CallToolRequestParams, ctx: RequestContext) -> Answer:
    return CallToolResult(content=[AudioContent(type="audio", data=WAV, mime_type="audio/wav")])


async def embedded_resource(call: CallToolRequestParams, ctx: RequestContext) -> Answer:
    text = "This is an embedded resource content."
    return CallToolResult(content=[embedded("test://embedded-resource", "text/plain", text)])


async def multiple_content_types(call: CallToolRequestParams, ctx: RequestContext) -> Answer:
    data = embedded("test://mixed-content-resource", "application/json", '{"test":"data","value":123}')
    text = TextContent(type="text", text="Multiple content types test:")
    return CallToolResult(content=[text, IMAGE, data])


async def error_handling(call: CallToolRequestParams, ctx: RequestContext) -> Answer:
    text = TextContent(type="text", text="This tool intentionally returns an error for testing")
    return CallToolResult(content=[text], is_error=True)


async def greet(call: CallToolRequestParams, ctx: RequestContext) -> Answer:
    return _text(f"Hello, {(call.arguments or {}).get('name')}!")


def _film(call: CallToolRequestParams) -> CallToolRequestParams:
    """A real film in place of ``slow_compute``: our tasks are jobs. ``seconds`` chooses how long its script is."""
    wanted = call.arguments or {}
    sentence = f"This is the film of {wanted.get('label', 'a task')}."
    script = " ".join([sentence] * (200 if float(wanted.get("seconds", 0)) > 20 else 1))
    arguments = {"workflow": "script_to_video", "script": script, "new": True}
    return call.model_copy(update={"name": "run_workflow", "arguments": arguments})


# Messages while a call runs


async def with_logging(call: CallToolRequestParams, ctx: RequestContext) -> Answer:
    for text in ("Tool execution started", "Tool processing data", "Tool execution completed"):
        await ctx.session.send_log_message("info", text, related_request_id=ctx.request_id)
    return _text("Logged three times.")


async def with_progress(call: CallToolRequestParams, ctx: RequestContext) -> Answer:
    for done in (0, 50, 100):
        await ctx.session.report_progress(done, 100, f"{done} of 100")
    return _text("Reported three times.")


# Asking the client, up to 2025-11-25


def _form(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _titled(*values: str) -> list[dict[str, str]]:
    return [{"const": value, "title": value.title()} for value in values]


OPTIONS = ["option1", "option2", "option3"]
USER = _form({"username": {"type": "string"}, "email": {"type": "string"}})
DEFAULTS = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "default": "John Doe"},
        "age": {"type": "integer", "default": 30},
        "score": {"type": "number", "default": 95.5},
        "status": {"type": "string", "enum": ["active", "inactive", "pending"], "default": "active"},
        "verified": {"type": "boolean", "default": True},
    },
}
CHOICES = _form(
    {
        "untitledSingle": {"type": "string", "enum": OPTIONS},
        "titledSingle": {"type": "string", "oneOf": _titled("value1", "value2", "value3")},
        "legacyEnum": {"type": "string", "enum": ["opt1", "opt2"], "enumNames": ["Option One", "Option Two"]},
        "untitledMulti": {"type": "array", "items": {"type": "string", "enum": OPTIONS}},
        "titledMulti": {"type": "array", "items": {"anyOf": _titled("value1", "value2", "value3")}},
    }
)


def _eliciting(schema: dict[str, Any]) -> Fixture:
    async def run(call: CallToolRequestParams, ctx: RequestContext) -> Answer:
        message = str((call.arguments or {}).get("message", "Please fill this in."))
        answer = await ctx.session.elicit_form(message, schema, related_request_id=ctx.request_id)
        content = json.dumps(answer.content or {})
        return _text(f"Elicitation completed: action={answer.action}, content={content}")

    return run


async def sampling(call: CallToolRequestParams, ctx: RequestContext) -> Answer:
    prompt = SamplingMessage(
        role="user", content=TextContent(type="text", text=str((call.arguments or {}).get("prompt")))
    )
    answer = await ctx.session.create_message([prompt], max_tokens=100, related_request_id=ctx.request_id)
    return _text(f"LLM response: {answer.content.text if isinstance(answer.content, TextContent) else '?'}")


# Asking the client, from 2026-07-28 on: an answer that names what is needed, and the call again with it


def _question(message: str, name: str, kind: str = "string") -> ElicitRequest:
    schema = {"type": "object", "properties": {name: {"type": kind}}, "required": [name]}
    return ElicitRequest(params=ElicitRequestFormParams(message=message, requested_schema=schema))


def _sample(prompt: str, tokens: int) -> CreateMessageRequest:
    message = SamplingMessage(role="user", content=TextContent(type="text", text=prompt))
    return CreateMessageRequest(params=CreateMessageRequestParams(messages=[message], max_tokens=tokens))


def _asking(requests: dict[str, Any], *, state: str | None = None) -> Fixture:
    """A fixture that completes once every one of ``requests`` was answered."""

    async def run(call: CallToolRequestParams, ctx: RequestContext) -> Answer:
        answers = call.input_responses or {}
        if set(requests) <= set(answers) and (state is None or call.request_state == state):
            return _text(f"state-ok: {', '.join(sorted(requests))} answered.")
        return InputRequiredResult(input_requests=dict(requests), request_state=state)

    return run


async def multi_round(call: CallToolRequestParams, ctx: RequestContext) -> Answer:
    answers = call.input_responses or {}
    if call.request_state == "2" and "step2" in answers:
        return _text("Both steps are done.")
    if call.request_state == "1" and "step1" in answers:
        request = {"step2": _question("Step 2: What is your favorite color?", "color")}
        return InputRequiredResult(input_requests=request, request_state="2")
    return InputRequiredResult(
        input_requests={"step1": _question("Step 1: What is your name?", "name")}, request_state="1"
    )


async def capabilities(call: CallToolRequestParams, ctx: RequestContext) -> Answer:
    declared = ctx.session.client_capabilities
    requests: dict[str, Any] = {}
    if declared is not None and declared.sampling is not None:
        requests["capital_question"] = _sample("What is the capital of France?", 100)
    if declared is not None and declared.elicitation is not None:
        requests["user_name"] = _question("What is your name?", "name")
    return InputRequiredResult(input_requests=requests, request_state="asked")


async def missing_capability(call: CallToolRequestParams, ctx: RequestContext) -> Answer:
    if ctx.session.client_capabilities is None or ctx.session.client_capabilities.sampling is None:
        raise MCPError(
            MISSING_REQUIRED_CLIENT_CAPABILITY,
            "This tool needs a client that can sample.",
            {"requiredCapabilities": {"sampling": {}}},
        )
    return _text("The client can sample.")


USER_NAME = {"user_name": _question("What is your name?", "name")}
CAPITAL = {"capital_question": _sample("What is the capital of France?", 100)}
ROOTS = {"client_roots": ListRootsRequest()}
CONFIRM = {"confirm": _question("Please confirm", "ok", "boolean")}
SEVERAL = {**USER_NAME, "greeting": _sample("Generate a greeting", 50), **ROOTS}

#: JSON Schema 2020-12 as the scenario ``json-schema-2020-12`` wants to see it listed, word for word.
FULL_SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "$defs": {
        "address": {
            "$anchor": "addressDef",
            "type": "object",
            "properties": {"street": {"type": "string"}, "city": {"type": "string"}},
        }
    },
    "properties": {
        "name": {"type": "string"},
        "address": {"$ref": "#/$defs/address"},
        "contactMethod": {"type": "string", "enum": ["phone", "email"]},
        "phone": {"type": "string"},
        "email": {"type": "string"},
    },
    "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
    "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
    "then": {"required": ["phone"]},
    "else": {"required": ["email"]},
    "additionalProperties": False,
}


def _one(name: str, **more: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {name: {"type": "string", **more}}, "required": [name]}


#: Answered with a real job.
JOB = "slow_compute"
TOOLS: dict[str, tuple[Fixture, dict[str, Any]]] = {
    "test_simple_text": (simple_text, ANY_ARGUMENTS),
    "test_image_content": (image_content, ANY_ARGUMENTS),
    "test_audio_content": (audio_content, ANY_ARGUMENTS),
    "test_embedded_resource": (embedded_resource, ANY_ARGUMENTS),
    "test_multiple_content_types": (multiple_content_types, ANY_ARGUMENTS),
    "test_error_handling": (error_handling, ANY_ARGUMENTS),
    "test_tool_with_logging": (with_logging, ANY_ARGUMENTS),
    "test_logging_tool": (with_logging, ANY_ARGUMENTS),
    "test_tool_with_progress": (with_progress, ANY_ARGUMENTS),
    "test_elicitation": (_eliciting(USER), _one("message")),
    "test_elicitation_sep1034_defaults": (_eliciting(DEFAULTS), ANY_ARGUMENTS),
    "test_elicitation_sep1330_enums": (_eliciting(CHOICES), ANY_ARGUMENTS),
    "test_sampling": (sampling, _one("prompt")),
    "test_input_required_result_elicitation": (_asking(USER_NAME), ANY_ARGUMENTS),
    "test_input_required_result_sampling": (_asking(CAPITAL), ANY_ARGUMENTS),
    "test_input_required_result_list_roots": (_asking(ROOTS), ANY_ARGUMENTS),
    "test_input_required_result_request_state": (_asking(CONFIRM, state="confirming"), ANY_ARGUMENTS),
    "test_input_required_result_tampered_state": (_asking(CONFIRM, state="confirming"), ANY_ARGUMENTS),
    "test_input_required_result_multiple_inputs": (_asking(SEVERAL, state="several"), ANY_ARGUMENTS),
    "test_input_required_result_multi_round": (multi_round, ANY_ARGUMENTS),
    "test_input_required_result_capabilities": (capabilities, ANY_ARGUMENTS),
    "test_missing_capability": (missing_capability, ANY_ARGUMENTS),
    "json_schema_2020_12_tool": (simple_text, FULL_SCHEMA),
    "test_streaming_elicitation": (_asking(USER_NAME), ANY_ARGUMENTS),
    "test_reconnection": (simple_text, ANY_ARGUMENTS),
    "greet": (greet, _one("name")),
    JOB: (simple_text, {"type": "object", "properties": {"seconds": {"type": "number"}, "label": {"type": "string"}}}),
    "test_custom_header": (simple_text, _one("region", **{"x-mcp-header": "Region"})),
}


LISTED = [
    Tool(name=name, description=f"A fixture of the conformance suite: {name.replace('_', ' ')}.", input_schema=schema)
    for name, (_, schema) in TOOLS.items()
]
