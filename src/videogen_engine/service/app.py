"""The application: every operation of the contract, signed media, and the little beside it.

Starlette, not FastAPI: the contract's operations table already names each operation's path, models and status, so
the routes, their validation and the OpenAPI document are all made from it. FastAPI would derive the same once
more from signatures, at 0.4 s and 10 MB of import.
"""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from videogen_agents.errors import VideoError
from videogen_engine.service.edge import Edge
from videogen_engine.service.engine_routes import engine_routes
from videogen_engine.service.errors import on_http_error, on_video_error
from videogen_engine.service.media_routes import media_routes
from videogen_engine.service.openapi import openapi_document
from videogen_engine.service.operations import contract_routes
from videogen_engine.service.ports import EngineFacade
from videogen_engine.service.project_page import page_routes
from videogen_engine.service.public_routes import public_routes


def create_app(engine: EngineFacade, *, require_key: bool = True) -> Starlette:
    """The ASGI application over an opened engine.

    ``require_key=False`` lets every caller in. It is for calls that never leave this process; ``serve`` always
    asks for the key.
    """
    key = engine.settings.api_key() if require_key else None
    app = Starlette(
        routes=[
            *contract_routes(engine),
            *engine_routes(engine),
            *media_routes(engine),
            *public_routes(engine),
            *page_routes(engine),
            Route("/openapi.json", _openapi, methods=["GET"], name="openapi"),
        ],
        middleware=[Middleware(Edge, key=key, limits=engine.settings.limits)],
        exception_handlers={VideoError: on_video_error, HTTPException: on_http_error},
    )
    app.router.redirect_slashes = False
    return app


async def _openapi(_request: Request) -> Response:
    return JSONResponse(openapi_document())
