"""The page behind ``projectUrl``: what the project is, how far it is, and its newest film. Read-only."""

from __future__ import annotations

import asyncio
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from videogen_agents.contract import ProjectStatus
from videogen_agents.errors import AuthError, VideoError
from videogen_engine.service.answers import project_export
from videogen_engine.service.call import Call
from videogen_engine.service.ports import EngineFacade
from videogen_engine.store.records import ExportRecord

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:3rem auto;padding:0 1rem;color:#1b2430}"
    "video{width:100%;max-height:75vh;background:#000;border-radius:8px}p{color:#4a5666}"
)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; media-src 'self'; img-src 'self'; base-uri 'none'"


def page_routes(engine: EngineFacade) -> list[Route]:
    async def page(request: Request) -> Response:
        return await _page(engine, request)

    return [Route("/studio/projects/{projectId}", page, methods=["GET"], name="projectPage")]


async def _page(engine: EngineFacade, request: Request) -> Response:
    call = Call(engine, request)
    try:
        if not engine.signer.opens_page(request.url.path, request.query_params.get("sig", "")):
            raise AuthError("This link was not made by this engine.", status=403, next_step="Use projectUrl unchanged.")
        record = await asyncio.to_thread(engine.store.projects.get, call.id("projectId"))
        exports = await asyncio.to_thread(lambda: engine.store.exports.list(record.project_id, limit=10))
    except VideoError as error:
        return _html("VideoGen", f"<h1>{escape(error.message)}</h1>", error.status)
    state = "Being made" if record.status is ProjectStatus.GENERATING else "Ready"
    body = f"<h1>{escape(record.title)}</h1><p>{state}, {record.ratio_width}:{record.ratio_height}</p>"
    finished = next((export for export in exports.items if export.file is not None), None)
    body += _film(call, finished, exports.items[0] if exports.items else None)
    return _html(record.title, body)


def _film(call: Call, finished: ExportRecord | None, newest: ExportRecord | None) -> str:
    if finished is not None:
        answer = project_export(call, finished)
        url = escape(answer.download_url or "", quote=True)
        poster = f' poster="{escape(answer.thumbnail_url, quote=True)}"' if answer.thumbnail_url else ""
        return f'<video controls preload="metadata" src="{url}"{poster}></video><p><a href="{url}">Save</a></p>'
    if newest is None:
        return "<p>It has not been exported yet.</p>"
    return f"<p>Export {newest.job.status.value}, {newest.job.progress:.0f} %. Reload to see it move.</p>"


def _html(title: str, body: str, status: int = 200) -> Response:
    page = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style>{body}</html>'
    )
    headers = {"content-security-policy": _POLICY, "referrer-policy": "no-referrer", "cache-control": "no-store"}
    return HTMLResponse(page, status_code=status, headers=headers)
