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

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.prompts.base import UserMessage
from mcp.server.mcpserver.tools.base import Tool
from mcp.server.mcpserver.utilities.func_metadata import ArgModelBase, FuncMetadata
from mcp.shared.exceptions import MCPError
from mcp_types import (
    MISSING_REQUIRED_CLIENT_CAPABILITY,
    AudioContent,
    CallToolResult,
    CreateMessageRequest,
    CreateMessageRequestParams,
    ElicitRequest,
    ElicitRequestFormParams,
    EmbeddedResource,
    ImageContent,
    InputRequiredResult,
    ListRootsRequest,
    SamplingMessage,
    TextContent,
    TextResourceContents,
)
from pydantic import BaseModel, ConfigDict, Field

#: One red pixel, and a WAV file of one silent sample.
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
WAV = base64.b64encode(
    b"RIFF\x26\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e\x00\x00\x02\x00\x10\x00"
    b"data\x02\x00\x00\x00\x00\x00"
).decode("ascii")
ANY_ARGUMENTS: dict[str, Any] = {"type": "object", "properties": {}}

Answer = CallToolResult | InputRequiredResult
Fixture = Callable[[dict[str, Any], Context], Awaitable[Answer]]


def add_fixtures(server: MCPServer) -> MCPServer:
    """Add every fixture to ``server`` and return it."""
    for name, (run, schema) in TOOLS.items():
        _add_tool(server, name, run, schema)
    _answer_added_tools(server)
    _add_resources(server)
    _add_prompts(server)
    return server


class _Anything(ArgModelBase):
    model_config = ConfigDict(extra="allow")

    def model_dump_one_level(self) -> dict[str, Any]:
        return {"arguments": dict(self.model_extra or {})}


def _add_tool(server: MCPServer, name: str, run: Fixture, schema: dict[str, Any]) -> None:
    tool = Tool(
        fn=run,
        name=name,
        description=f"A fixture of the conformance suite: {name.replace('_', ' ')}.",
        parameters=schema,
        fn_metadata=FuncMetadata(arg_model=_Anything),
        is_async=True,
        context_kwarg="ctx",
    )
    server._tool_manager._tools[name] = tool


def _answer_added_tools(server: MCPServer) -> None:
    """Our server answers names that are not in its table itself; the fixtures are not in its table."""
    of_the_table = server.call_tool

    async def call_tool(name: str, arguments: dict[str, Any], context: Context | None = None) -> Answer:
        if name in TOOLS or name == CHANGED:
            return await MCPServer.call_tool(server, name, arguments, context)
        return await of_the_table(name, arguments, context)

    server.call_tool = call_tool


def _text(text: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=text)])


def _resource(uri: str, media_type: str, text: str) -> EmbeddedResource:
    return EmbeddedResource(type="resource", resource=TextResourceContents(uri=uri, mime_type=media_type, text=text))


IMAGE = ImageContent(type="image", data=PNG, mime_type="image/png")


# Plain results


async def simple_text(arguments: dict[str, Any], ctx: Context) -> Answer:
    return _text("This is a simple text response for testing.")


async def image_content(arguments: dict[str, Any], ctx: Context) -> Answer:
    return CallToolResult(content=[IMAGE])


async def audio_content(arguments: dict[str, Any], ctx: Context) -> Answer:
    return CallToolResult(content=[AudioContent(type="audio", data=WAV, mime_type="audio/wav")])


async def embedded_resource(arguments: dict[str, Any], ctx: Context) -> Answer:
    text = "This is an embedded resource content."
    return CallToolResult(content=[_resource("test://embedded-resource", "text/plain", text)])


async def multiple_content_types(arguments: dict[str, Any], ctx: Context) -> Answer:
    data = _resource("test://mixed-content-resource", "application/json", '{"test":"data","value":123}')
    text = TextContent(type="text", text="Multiple content types test:")
    return CallToolResult(content=[text, IMAGE, data])


async def error_handling(arguments: dict[str, Any], ctx: Context) -> Answer:
    raise ToolError("This tool intentionally returns an error for testing")


# Messages while a call runs


async def with_logging(arguments: dict[str, Any], ctx: Context) -> Answer:
    for text in ("Tool execution started", "Tool processing data", "Tool execution completed"):
        await ctx.info(text)
    return _text("Logged three times.")


async def with_progress(arguments: dict[str, Any], ctx: Context) -> Answer:
    for done in (0, 50, 100):
        await ctx.report_progress(done, 100, f"{done} of 100")
    return _text("Reported three times.")


async def trigger_tool_change(arguments: dict[str, Any], ctx: Context) -> Answer:
    _add_tool(ctx.mcp_server, CHANGED, simple_text, ANY_ARGUMENTS)
    await ctx.notify_tools_changed()
    return _text("Changed.")


async def trigger_prompt_change(arguments: dict[str, Any], ctx: Context) -> Answer:
    await ctx.notify_prompts_changed()
    return _text("Changed.")


async def reconnection(arguments: dict[str, Any], ctx: Context) -> Answer:
    await ctx.close_sse_stream()
    return _text("Reconnection test completed.")


# Asking the client, up to 2025-11-25


class UserResponse(BaseModel):
    username: str = Field(description="User's response")
    email: str = Field(description="User's email address")


class Defaults(BaseModel):
    name: str = "John Doe"
    age: int = 30
    score: float = 95.5
    status: str = Field("active", json_schema_extra={"enum": ["active", "inactive", "pending"]})
    verified: bool = True


def _titled(*values: str) -> list[dict[str, str]]:
    return [{"const": value, "title": value.title()} for value in values]


class Choices(BaseModel):
    untitled_single: str = Field(json_schema_extra={"enum": ["option1", "option2", "option3"]}, alias="untitledSingle")
    titled_single: str = Field(json_schema_extra={"oneOf": _titled("value1", "value2", "value3")}, alias="titledSingle")
    legacy: str = Field(
        json_schema_extra={"enum": ["opt1", "opt2"], "enumNames": ["Option One", "Option Two"]}, alias="legacyEnum"
    )
    untitled_multi: list[str] = Field(
        json_schema_extra={"items": {"type": "string", "enum": ["option1", "option2", "option3"]}},
        alias="untitledMulti",
    )
    titled_multi: list[str] = Field(
        json_schema_extra={"items": {"anyOf": _titled("value1", "value2", "value3")}}, alias="titledMulti"
    )


async def _ask(ctx: Context, message: str, schema: type[BaseModel]) -> Answer:
    answer = await ctx.elicit(message, schema)
    content = answer.data.model_dump_json() if answer.action == "accept" else "{}"
    return _text(f"Elicitation completed: action={answer.action}, content={content}")


async def elicitation(arguments: dict[str, Any], ctx: Context) -> Answer:
    return await _ask(ctx, str(arguments.get("message")), UserResponse)


async def elicitation_defaults(arguments: dict[str, Any], ctx: Context) -> Answer:
    return await _ask(ctx, "Please fill this in.", Defaults)


async def elicitation_enums(arguments: dict[str, Any], ctx: Context) -> Answer:
    return await _ask(ctx, "Please choose.", Choices)


async def sampling(arguments: dict[str, Any], ctx: Context) -> Answer:
    prompt = SamplingMessage(role="user", content=TextContent(type="text", text=str(arguments.get("prompt"))))
    answer = await ctx.session.create_message([prompt], max_tokens=100)
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

    async def run(arguments: dict[str, Any], ctx: Context) -> Answer:
        answers = ctx.input_responses or {}
        if set(requests) <= set(answers) and (state is None or ctx.request_state == state):
            return _text(f"state-ok: {', '.join(sorted(requests))} answered.")
        return InputRequiredResult(input_requests=dict(requests), request_state=state)

    return run


async def multi_round(arguments: dict[str, Any], ctx: Context) -> Answer:
    answers = ctx.input_responses or {}
    if ctx.request_state == "2" and "step2" in answers:
        return _text("Both steps are done.")
    if ctx.request_state == "1" and "step1" in answers:
        request = {"step2": _question("Step 2: What is your favorite color?", "color")}
        return InputRequiredResult(input_requests=request, request_state="2")
    return InputRequiredResult(
        input_requests={"step1": _question("Step 1: What is your name?", "name")}, request_state="1"
    )


async def capabilities(arguments: dict[str, Any], ctx: Context) -> Answer:
    declared = ctx.client_capabilities
    requests: dict[str, Any] = {}
    if declared is not None and declared.sampling is not None:
        requests["capital_question"] = _sample("What is the capital of France?", 100)
    if declared is not None and declared.elicitation is not None:
        requests["user_name"] = _question("What is your name?", "name")
    return InputRequiredResult(input_requests=requests, request_state="asked")


async def missing_capability(arguments: dict[str, Any], ctx: Context) -> Answer:
    if ctx.client_capabilities is None or ctx.client_capabilities.sampling is None:
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


#: What ``test_trigger_tool_change`` adds.
CHANGED = "test_added_tool"
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
    "test_trigger_tool_change": (trigger_tool_change, ANY_ARGUMENTS),
    "test_trigger_prompt_change": (trigger_prompt_change, ANY_ARGUMENTS),
    "test_reconnection": (reconnection, ANY_ARGUMENTS),
    "test_elicitation": (elicitation, _one("message")),
    "test_elicitation_sep1034_defaults": (elicitation_defaults, ANY_ARGUMENTS),
    "test_elicitation_sep1330_enums": (elicitation_enums, ANY_ARGUMENTS),
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
    "test_custom_header": (simple_text, _one("region", **{"x-mcp-header": "Region"})),
}


def _add_resources(server: MCPServer) -> None:
    @server.resource("test://static-text", name="static text", mime_type="text/plain")
    def static_text() -> str:
        """A text that never changes."""
        return "This is the content of the static text resource."

    @server.resource("test://static-binary", name="static binary", mime_type="image/png")
    def static_binary() -> bytes:
        """A picture that never changes."""
        return base64.b64decode(PNG)

    @server.resource("test://watched-resource", name="watched", mime_type="text/plain")
    def watched() -> str:
        """A text that may be subscribed to."""
        return "Watched resource content."

    @server.resource("test://template/{id}/data", name="template", mime_type="application/json")
    def template(id: str) -> str:  # noqa: A002  (the name stands in the template)
        """A text that holds the id of its address."""
        return json.dumps({"id": id, "templateTest": True, "data": f"Data for ID: {id}"})


def _add_prompts(server: MCPServer) -> None:
    @server.prompt("test_simple_prompt")
    def simple_prompt() -> str:
        """A prompt without arguments."""
        return "This is a simple prompt for testing."

    @server.prompt("test_prompt_with_arguments")
    def prompt_with_arguments(arg1: str, arg2: str) -> str:
        """A prompt with two arguments."""
        return f"Prompt with arguments: arg1='{arg1}', arg2='{arg2}'"

    @server.prompt("test_prompt_with_embedded_resource")
    def prompt_with_embedded_resource(resourceUri: str) -> list[UserMessage]:
        """A prompt that carries a resource."""
        content = _resource(resourceUri, "text/plain", "Embedded resource content for testing.")
        return [UserMessage(content), UserMessage("Please process the embedded resource above.")]

    @server.prompt("test_prompt_with_image")
    def prompt_with_image() -> list[UserMessage]:
        """A prompt that carries a picture."""
        return [UserMessage(IMAGE), UserMessage("Please analyze the image above.")]

    @server.prompt("test_input_required_result_prompt")
    def asking_prompt(ctx: Context) -> Any:
        """A prompt that asks before it answers."""
        if "user_context" in (ctx.input_responses or {}):
            return "The context was given."
        question = _question("What context should the prompt use?", "context")
        return InputRequiredResult(input_requests={"user_context": question})
