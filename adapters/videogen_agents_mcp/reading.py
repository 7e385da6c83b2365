"""Resources, prompts and their completions in the protocol's shapes; what they hold is the core's."""

from __future__ import annotations

from mcp.server.lowlevel import Server
from mcp_types import (
    CompleteRequestParams,
    CompleteResult,
    Completion,
    GetPromptRequestParams,
    GetPromptResult,
    ListPromptsResult,
    ListResourcesResult,
    ListResourceTemplatesResult,
    PaginatedRequestParams,
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

from videogen_agents.tools.completions import complete_prompt, complete_resource
from videogen_agents.tools.prompts import prompt_named, prompt_text, prompts
from videogen_agents.tools.resources import listed_resources, read_resource, resource_templates
from videogen_agents_mcp.answers import protocol_errors
from videogen_agents_mcp.callers import Callers, RequestContext


def add_resources(server: Server[None], callers: Callers) -> None:
    """Serve the guides as a list, and projects, jobs and files by id."""

    async def list_resources(ctx: RequestContext, _params: PaginatedRequestParams) -> ListResourcesResult:
        with protocol_errors():
            async with callers.toolbox(ctx) as box:
                listed = [
                    Resource(
                        uri=one.uri,
                        name=one.name,
                        title=one.title,
                        description=one.description,
                        mime_type=one.media_type,
                    )
                    for one in listed_resources(box)
                ]
                return ListResourcesResult(resources=listed)

    async def list_templates(ctx: RequestContext, _params: PaginatedRequestParams) -> ListResourceTemplatesResult:
        with protocol_errors():
            async with callers.toolbox(ctx) as box:
                templates = [
                    ResourceTemplate(
                        uri_template=one.uri_template,
                        name=one.kind,
                        title=one.title,
                        description=one.description,
                        mime_type=one.media_type,
                    )
                    for one in resource_templates(box)
                ]
                return ListResourceTemplatesResult(resource_templates=templates)

    async def read(ctx: RequestContext, params: ReadResourceRequestParams) -> ReadResourceResult:
        with protocol_errors(uri=params.uri):
            async with callers.toolbox(ctx) as box:
                found = await read_resource(box, params.uri)
        contents = TextResourceContents(uri=params.uri, text=found.text, mime_type=found.media_type)
        return ReadResourceResult(contents=[contents])

    server.add_request_handler("resources/list", PaginatedRequestParams, list_resources)
    server.add_request_handler("resources/templates/list", PaginatedRequestParams, list_templates)
    server.add_request_handler("resources/read", ReadResourceRequestParams, read)


def add_prompts(server: Server[None], callers: Callers) -> None:
    """Serve the usual requests as prompts, and values for what is typed into them or into an address."""

    async def list_prompts(ctx: RequestContext, _params: PaginatedRequestParams) -> ListPromptsResult:
        with protocol_errors():
            async with callers.toolbox(ctx) as box:
                listed = [
                    Prompt(
                        name=one.name,
                        title=one.title,
                        description=one.description,
                        arguments=[
                            PromptArgument(
                                name=argument.name, description=argument.description, required=argument.required
                            )
                            for argument in one.arguments
                        ],
                    )
                    for one in prompts(box)
                ]
                return ListPromptsResult(prompts=listed)

    async def get_prompt(ctx: RequestContext, params: GetPromptRequestParams) -> GetPromptResult:
        with protocol_errors():
            async with callers.toolbox(ctx) as box:
                prompt = prompt_named(box, params.name)
                text = TextContent(type="text", text=prompt_text(prompt, params.arguments or {}))
        messages = [PromptMessage(role="user", content=text)]
        return GetPromptResult(description=prompt.description, messages=messages)

    async def complete(ctx: RequestContext, params: CompleteRequestParams) -> CompleteResult:
        ref, argument = params.ref, params.argument
        with protocol_errors():
            async with callers.toolbox(ctx) as box:
                if isinstance(ref, PromptReference):
                    found = await complete_prompt(box, ref.name, argument.name, argument.value)
                else:
                    found = await complete_resource(box, ref.uri, argument.name, argument.value)
        more = found.total > len(found.values)
        return CompleteResult(completion=Completion(values=list(found.values), total=found.total, has_more=more))

    server.add_request_handler("prompts/list", PaginatedRequestParams, list_prompts)
    server.add_request_handler("prompts/get", GetPromptRequestParams, get_prompt)
    server.add_request_handler("completion/complete", CompleteRequestParams, complete)
