"""The resources and prompts that the protocol's conformance suite expects of a server; see ``fixtures``."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from mcp.server.lowlevel import Server
from mcp_types import (
    BlobResourceContents,
    CompleteResult,
    Completion,
    ElicitRequest,
    ElicitRequestFormParams,
    EmbeddedResource,
    GetPromptRequestParams,
    GetPromptResult,
    ImageContent,
    InputRequiredResult,
    ListPromptsResult,
    ListResourcesResult,
    ListResourceTemplatesResult,
    Prompt,
    PromptArgument,
    PromptMessage,
    PromptReference,
    ReadResourceRequestParams,
    ReadResourceResult,
    Resource,
    ResourceTemplate,
    TextContent,
    TextResourceContents,
)

from videogen_agents_mcp.callers import RequestContext

#: One red pixel.
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
IMAGE = ImageContent(type="image", data=PNG, mime_type="image/png")
TEXT = "test://static-text"
BINARY = "test://static-binary"
TEMPLATE = ("test://template/", "/data")
ASKING = "test_input_required_result_prompt"


def embedded(uri: str, media_type: str, text: str) -> EmbeddedResource:
    """A resource inside of a result."""
    return EmbeddedResource(type="resource", resource=TextResourceContents(uri=uri, mime_type=media_type, text=text))


def _said(*contents: TextContent | ImageContent | EmbeddedResource) -> list[PromptMessage]:
    return [PromptMessage(role="user", content=content) for content in contents]


def _text(text: str) -> TextContent:
    return TextContent(type="text", text=text)


#: By name: the arguments, and what is said when they are given.
PROMPTS: dict[str, tuple[tuple[str, ...], Callable[[dict[str, str]], list[PromptMessage]]]] = {
    "test_simple_prompt": ((), lambda _: _said(_text("This is a simple prompt for testing."))),
    "test_prompt_with_arguments": (
        ("arg1", "arg2"),
        lambda given: _said(_text(f"Prompt with arguments: arg1='{given['arg1']}', arg2='{given['arg2']}'")),
    ),
    "test_prompt_with_embedded_resource": (
        ("resourceUri",),
        lambda given: _said(
            embedded(given["resourceUri"], "text/plain", "Embedded resource content for testing."),
            _text("Please process the embedded resource above."),
        ),
    ),
    "test_prompt_with_image": ((), lambda _: _said(IMAGE, _text("Please analyze the image above."))),
    ASKING: ((), lambda _: _said(_text("The context was given."))),
}
LISTED_RESOURCES = [
    Resource(uri=TEXT, name="static text", description="A text that never changes.", mime_type="text/plain"),
    Resource(uri=BINARY, name="static binary", description="A picture that never changes.", mime_type="image/png"),
]
LISTED_TEMPLATE = ResourceTemplate(
    uri_template="{id}".join(TEMPLATE),
    name="template",
    description="A text that holds the id of its address.",
    mime_type="application/json",
)
LISTED_PROMPTS = [
    Prompt(
        name=name,
        description=f"A fixture of the conformance suite: {name.replace('_', ' ')}.",
        arguments=[PromptArgument(name=argument, required=True) for argument in arguments],
    )
    for name, (arguments, _) in PROMPTS.items()
]


def add_texts(server: Server[None]) -> None:
    """Add the resources and the prompts to ``server``, beside its own."""
    _extend_list(server, "resources/list", ListResourcesResult, "resources", LISTED_RESOURCES)
    _extend_list(
        server, "resources/templates/list", ListResourceTemplatesResult, "resource_templates", [LISTED_TEMPLATE]
    )
    _extend_list(server, "prompts/list", ListPromptsResult, "prompts", LISTED_PROMPTS)
    _extend(server, "resources/read", _read)
    _extend(server, "prompts/get", _get_prompt)
    _extend(server, "completion/complete", _complete)


def _extend(server: Server[None], method: str, fixture: Callable[[Any], Any]) -> None:
    """Let ``fixture`` answer first; what it answers with None is the server's own."""
    entry = server.get_request_handler(method)
    assert entry is not None, method

    async def handler(ctx: RequestContext, params: Any) -> Any:
        answer = fixture(params)
        return await entry.handler(ctx, params) if answer is None else answer

    server.add_request_handler(method, entry.params_type, handler)


def _extend_list(server: Server[None], method: str, kind: type[Any], name: str, more: list[Any]) -> None:
    entry = server.get_request_handler(method)
    assert entry is not None, method

    async def handler(ctx: RequestContext, params: Any) -> Any:
        result = await entry.handler(ctx, params)
        assert isinstance(result, kind)
        return result.model_copy(update={name: [*getattr(result, name), *more]})

    server.add_request_handler(method, entry.params_type, handler)


def _read(params: ReadResourceRequestParams) -> ReadResourceResult | None:
    uri = str(params.uri)
    before, after = TEMPLATE
    if uri == TEXT:
        text = "This is the content of the static text resource."
        return ReadResourceResult(contents=[TextResourceContents(uri=uri, mime_type="text/plain", text=text)])
    if uri == BINARY:
        return ReadResourceResult(contents=[BlobResourceContents(uri=uri, mime_type="image/png", blob=PNG)])
    if uri.startswith(before) and uri.endswith(after):
        one = uri.removeprefix(before).removesuffix(after)
        text = json.dumps({"id": one, "templateTest": True, "data": f"Data for ID: {one}"})
        return ReadResourceResult(contents=[TextResourceContents(uri=uri, mime_type="application/json", text=text)])
    return None


def _get_prompt(params: GetPromptRequestParams) -> GetPromptResult | InputRequiredResult | None:
    if params.name not in PROMPTS:
        return None
    if params.name == ASKING and "user_context" not in (params.input_responses or {}):
        schema = {"type": "object", "properties": {"context": {"type": "string"}}, "required": ["context"]}
        form = ElicitRequestFormParams(message="What context should the prompt use?", requested_schema=schema)
        return InputRequiredResult(input_requests={"user_context": ElicitRequest(params=form)})
    return GetPromptResult(messages=PROMPTS[params.name][1](params.arguments or {}))


def _complete(params: Any) -> CompleteResult | None:
    if isinstance(params.ref, PromptReference) and params.ref.name in PROMPTS:
        return CompleteResult(completion=Completion(values=[], total=0, has_more=False))
    return None
