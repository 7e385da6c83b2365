"""Beside the contract: what a job is doing and what it reused, a project's scenes, health, and the page."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from videogen_agents.contract import WireModel
from videogen_engine import ENGINE_VERSION
from videogen_engine.service.answers import signed_url
from videogen_engine.service.call import Call
from videogen_engine.service.engine_models import (
    Health,
    JobDetail,
    LookDetail,
    LookList,
    ProjectScenes,
    SceneDetail,
    SceneSource,
    SceneWord,
    Sidecar,
)
from videogen_engine.service.finding_routes import film_finding, project_findings
from videogen_engine.service.operations import Handler, answered
from videogen_engine.service.ports import EngineFacade
from videogen_engine.service.version_routes import project_versions, redo, undo, version_difference
from videogen_engine.service.waiting import job_after_change
from videogen_engine.service.webhook_routes import list_deliveries, send_again
from videogen_engine.store.records import SIDECARS, JobOutcome
from videogen_engine.timeline.document import Scene, Timeline
from videogen_engine.visuals.looks.catalogue import DESCRIPTIONS


async def job_detail(call: Call) -> WireModel:
    job_id = call.id("jobId")
    job = await job_after_change(lambda: call.engine.store.jobs.get(job_id), call.wait_seconds(), call.request)
    outcome = job.outcome()
    detail = JobDetail(
        job_id=job.job_id,
        kind=job.kind.value,
        workflow=job.workflow,
        status=job.status,
        progress_percentage=job.progress,
        stage=job.stage,
        attempt_index=job.attempt_index,
        project_id=job.project_id,
        parent_job_id=job.parent_job_id,
        cancel_requested=job.cancel_requested,
        created_at=job.created_ms // 1000,
        updated_at=job.updated_ms // 1000,
        error=job.error,
    )
    if outcome is None:
        return detail
    return detail.model_copy(
        update={
            "export_id": outcome.export_id,
            "file_id": outcome.file_id,
            "duration_seconds": outcome.duration_seconds,
            "scenes_reused": outcome.scenes_reused,
            "scenes_rendered": outcome.scenes_rendered,
            "frames_rendered": outcome.frames_rendered,
            "seconds_rendered": outcome.seconds_rendered,
            "version": outcome.version,
            "made_by": list(outcome.made_by),
            "warnings": list(outcome.warnings),
            "degraded": list(outcome.degraded),
            "notes": list(outcome.notes),
            "findings": [film_finding(job.project_id, finding) for finding in outcome.findings],
            "sidecars": [*await _sidecars(call, outcome.file_id), *_comparison(call, outcome)],
        }
    )


async def _sidecars(call: Call, file_id: str | None) -> list[Sidecar]:
    if file_id is None:
        return []
    file = await asyncio.to_thread(call.engine.store.files.get, file_id)
    return [
        Sidecar(
            kind=rendition.value,
            media_type=source.media_type,
            url=signed_url(call, file, source)[0],
            file_bytes=source.size,
        )
        for rendition in SIDECARS
        if (source := file.source(rendition)) is not None
    ]


def _comparison(call: Call, outcome: JobOutcome) -> list[Sidecar]:
    media = outcome.comparison
    if media is None:
        return []
    path, _ = call.signer.download(media.key, file_name="before-and-after.jpg")
    url = call.origin + path
    return [Sidecar(kind="comparison", media_type=media.media_type, url=url, file_bytes=media.size)]


async def project_scenes(call: Call) -> WireModel:
    project_id = call.id("projectId")
    projects = call.engine.store.projects
    await asyncio.to_thread(projects.get, project_id)
    version = await asyncio.to_thread(projects.version, project_id)
    timeline = Timeline.model_validate_json(version.timeline_json)
    scenes: list[SceneDetail] = []
    frame = 0
    for index, scene in enumerate(timeline.scenes):
        scenes.append(_scene(scene, index, frame / timeline.frames_per_second, timeline.frames_per_second))
        frame += scene.frames
    return ProjectScenes(
        project_id=project_id,
        version=version.version,
        title=timeline.title,
        duration_seconds=timeline.duration,
        warnings=list(timeline.warnings),
        scenes=scenes,
    )


async def approve_job(call: Call) -> WireModel:
    """Let a job go on that awaits approval: a switch of the operator's has films and tools wait for it."""
    job_id = call.id("jobId")
    await asyncio.to_thread(call.engine.store.jobs.approve, job_id)
    await call.engine.queue.submit(job_id)
    return await job_detail(call)


async def looks(call: Call) -> WireModel:
    del call
    return LookList(looks=[LookDetail(name=name, description=text) for name, text in DESCRIPTIONS.items()])


async def health(call: Call) -> WireModel:
    """Answers once the database does."""
    await asyncio.to_thread(call.engine.store.jobs.open_count)
    return Health(status="ok", version=ENGINE_VERSION)


HANDLERS: Mapping[str, Handler] = {
    "/engine/v1/jobs/{jobId}": job_detail,
    "/engine/v1/projects/{projectId}/scenes": project_scenes,
    "/engine/v1/projects/{projectId}/findings": project_findings,
    "/engine/v1/projects/{projectId}/versions": project_versions,
    "/engine/v1/projects/{projectId}/diff": version_difference,
    "/engine/v1/looks": looks,
    "/engine/v1/webhooks/deliveries": list_deliveries,
    "/healthz": health,
}


#: What changes something; the body, if any, is ignored.
CHANGES: Mapping[str, Handler] = {
    "/engine/v1/jobs/{jobId}/approve": approve_job,
    "/engine/v1/projects/{projectId}/undo": undo,
    "/engine/v1/projects/{projectId}/redo": redo,
    "/engine/v1/webhooks/deliveries/{messageId}/send": send_again,
}


def engine_routes(engine: EngineFacade) -> list[Route]:
    return [
        *(_route(engine, path, handler, "GET") for path, handler in HANDLERS.items()),
        *(_route(engine, path, handler, "POST") for path, handler in CHANGES.items()),
    ]


def _route(engine: EngineFacade, path: str, handler: Handler, method: str) -> Route:
    async def endpoint(request: Request) -> Response:
        return await answered(Call(engine, request), handler)

    return Route(path, endpoint, methods=[method], name=path)


def _scene(scene: Scene, index: int, start: float, frames_per_second: int) -> SceneDetail:
    """``start`` in seconds of the film."""
    spoken = () if scene.speech is None else scene.speech.words
    first = start + scene.speech_offset
    design = scene.picture.design
    return SceneDetail(
        scene_id=scene.scene_id,
        index=index,
        start_seconds=round(start, 3),
        end_seconds=round(start + scene.frames / frames_per_second, 3),
        text=scene.plan.text,
        headline=scene.plan.headline,
        structure=scene.plan.structure.value,
        look=design.look,
        layout=design.layout,
        reason=scene.picture.reason,
        transition=scene.transition.kind.value,
        sources=[
            SceneSource(name=source.name, licence=source.licence, url=source.url) for source in scene.picture.sources
        ],
        words=[
            SceneWord(
                word=word.text,
                start_seconds=round(first + word.start, 3),
                end_seconds=round(first + word.end, 3),
            )
            for word in spoken
        ],
    )
