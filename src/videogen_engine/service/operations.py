"""What answers each operation of the contract."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from videogen_agents.contract.operations import OPERATIONS, RETIRED_PATHS, Operation
from videogen_agents.errors import VideoError
from videogen_engine.assets.table import TOOLS, missing_assets
from videogen_engine.service.account_routes import ACCOUNT
from videogen_engine.service.assistant_routes import ASSISTANT
from videogen_engine.service.call import Call
from videogen_engine.service.clip_routes import CLIPS
from videogen_engine.service.entity_routes import ENTITIES
from videogen_engine.service.errors import error_response, fault, on_video_error
from videogen_engine.service.file_routes import FILES
from videogen_engine.service.import_routes import IMPORTS
from videogen_engine.service.interchange_routes import INTERCHANGE
from videogen_engine.service.ports import EngineFacade
from videogen_engine.service.project_routes import PROJECTS
from videogen_engine.service.public_routes import PUBLIC
from videogen_engine.service.remix_routes import REMIX
from videogen_engine.service.repeats import Handler, once
from videogen_engine.service.resource_routes import RESOURCES
from videogen_engine.service.restyle_routes import RESTYLE
from videogen_engine.service.search_routes import SEARCH
from videogen_engine.service.slideshow_routes import SLIDESHOW
from videogen_engine.service.storyboard_routes import STORYBOARD
from videogen_engine.service.text_routes import TEXT
from videogen_engine.service.tool_routes import TOOL_ROUTES
from videogen_engine.service.voiceover_routes import VOICEOVER
from videogen_engine.service.webhook_routes import WEBHOOKS
from videogen_engine.service.workflow_routes import WORKFLOWS

logger = logging.getLogger(__name__)

#: By operation id; every operation of the contract.
BUILT: Mapping[str, Handler] = {
    **ACCOUNT,
    **WORKFLOWS,
    **SLIDESHOW,
    **VOICEOVER,
    **RESTYLE,
    **CLIPS,
    **STORYBOARD,
    **PROJECTS,
    **REMIX,
    **INTERCHANGE,
    **TOOL_ROUTES,
    **FILES,
    **IMPORTS,
    **SEARCH,
    **PUBLIC,
    **ENTITIES,
    **RESOURCES,
    **ASSISTANT,
    **TEXT,
    **WEBHOOKS,
}


def unbuilt_operations() -> tuple[Operation, ...]:
    """The contract's operations that this engine refuses whatever they ask for, in the contract's order."""
    missing = missing_assets()
    return tuple(OPERATIONS[name] for name, (tool, _) in TOOLS.items() if tool in missing)


def contract_routes(engine: EngineFacade) -> list[Route]:
    """A route for each operation of the contract, and for each path that older clients may still use."""
    routes = [_route(engine, operation, operation.path, operation.id) for operation in OPERATIONS.values()]
    for path, operation_id in RETIRED_PATHS.items():
        routes.append(_route(engine, OPERATIONS[operation_id], path, f"{operation_id} {path}"))
    return routes


async def answered(call: Call, handler: Handler, status: int = 200) -> Response:
    """The handler's answer, or its error, as a response."""
    try:
        answer = await handler(call)
    except VideoError as error:
        response = await on_video_error(call.request, error)
    except Exception:
        logger.exception("%s %s failed.", call.request.method, call.request.url.path)
        response = error_response(fault())
    else:
        body, media_type = (None, None) if answer is None else (answer.to_wire_json(), "application/json")
        response = Response(body, status_code=status, media_type=media_type)
    for name, value in call.headers.items():
        response.headers[name] = value
    return response


def _route(engine: EngineFacade, operation: Operation, path: str, name: str) -> Route:
    handler = once(operation, BUILT[operation.id])

    async def endpoint(request: Request) -> Response:
        return await answered(Call(engine, request, operation), handler, operation.status)

    return Route(path, endpoint, methods=[operation.method], name=name)
