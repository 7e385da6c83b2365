"""Starting, following and stopping runs, on an engine whose worker is elsewhere."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from videogen_agents.contract import (
    ApiError,
    FileScope,
    FileType,
    JobStatus,
    StartWorkflowRunResponse,
    WorkflowRun,
    WorkflowRunPage,
)
from videogen_engine.store.records import FileState, JobKind, JobOutcome, NewFile, Rendition, StoredSource

from .conftest import ORIGIN, ParkedEngine, Start

RUNS = "/v1/workflows/runs"


def run_of(response: httpx.Response) -> WorkflowRun:
    assert response.status_code == 200, response.text
    run = WorkflowRun.model_validate(response.json())
    assert run.to_wire() == response.json()
    assert set(response.json()) == {
        "workflowRunId", "status", "workflowType", "progressPercentage", "attemptIndex", "projectId", "projectUrl",
        "error", "exportId", "exportFileId", "downloadUrl", "downloadUrlExpiresAt", "thumbnailUrl",
        "thumbnailUrlExpiresAt",
    }  # fmt: skip
    return run


async def test_a_start_answers_at_once_with_ids_that_can_be_followed(
    engine: ParkedEngine, client: httpx.AsyncClient, start: Start
) -> None:
    response = await start(autoExport=True)
    assert response.status_code == 202
    started = StartWorkflowRunResponse.model_validate(response.json())
    assert started.remix_action_ids == []
    assert engine.queue.submitted == [started.workflow_run_id]
    run = run_of(await client.get(f"{RUNS}/{started.workflow_run_id}"))
    assert (run.status, run.progress_percentage, run.project_id) == (JobStatus.PENDING, 0, started.project_id)
    assert run.workflow_type == "SCRIPT_TO_VIDEO"
    assert run.export_id is None
    project = (await client.get(f"/v1/projects/{started.project_id}")).json()
    assert project["status"] == "generating"
    assert project["aspectRatio"] == {"width": 16, "height": 9}
    assert project["projectUrl"] == started.project_url
    exports = (await client.get(f"/v1/projects/{started.project_id}/exports")).json()["exports"]
    assert [export["status"] for export in exports] == ["pending"]


async def test_the_project_url_opens_without_a_key_and_only_unchanged(client: httpx.AsyncClient, start: Start) -> None:
    url = (await start(script="Tom & <b>Jerry</b> ride.")).json()["projectUrl"]
    assert url.startswith(ORIGIN)
    page = await client.get(url)
    assert page.status_code == 200
    assert "Tom &amp; &lt;b&gt;Jerry" in page.text and "<b>" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert (await client.get(url[:-1])).status_code == 403
    assert (await client.get(url.split("?")[0])).status_code == 403


REFUSED: list[tuple[dict[str, object], int, str]] = [
    ({"script": ""}, 400, "script is empty"),
    ({"script": " \n\t\u00a0"}, 400, "script is empty"),
    ({"script": "\U0001f680\U0001f525 !!!"}, 400, "nothing to say"),
    ({"script": "a " * 10_001}, 400, "20002 characters; at most 20000"),
    ({"script": 7}, 400, "script must be text"),
    ({"script": None}, 400, "script"),
    ({"visualStyle": None}, 400, "visualStyle"),
    ({"visualStyle": {"type": "PAINTED"}}, 400, "visualStyle.type must be"),
    ({"visualStyle": {"type": "AI_IMAGE"}}, 400, "aiStyle is required"),
    ({"voiceSpeed": 9}, 400, "voiceSpeed must be at most 2"),
    ({"aspectRatio": {"width": 0, "height": 1}}, 400, "aspectRatio.width"),
    ({"aspectRatio": {"width": 100, "height": 1}}, 400, "aspectRatio 100:1"),
    ({"aspectRatio": {"width": 10**30, "height": 10**30 - 1}}, 400, "aspectRatio"),
    ({"language": "klingon"}, 400, "klingon"),
    ({"voiceId": "nobody"}, 404, "no voice 'nobody'"),
    ({"featuredBRollFileIds": ["vg_file_none"]}, 404, "vg_file_none"),
    ({"remixActions": [{"type": "TRANSLATE_PROJECT", "languageCode": "de"}]}, 501, "needs a language model"),
    ({"remixActions": [{"type": "ADD_ZOOM"}, {"type": "SET_LOGO", "fileId": "no"}]}, 404, "remixActions[1].fileId"),
    ({"remixActions": [{"type": "SET_LOGO", "sizePercent": 0}]}, 400, "sizePercent"),
    ({"remixActions": [{"type": "ADD_ZOOM"}] * 51}, 400, "at most 50"),
    (
        {"remixActions": [{"type": "RESIZE_PROJECT", "aspectRatio": {"width": 90, "height": 1}}]},
        400,
        "more elongated",
    ),
    ({"actorEntityId": "vg_enti_1"}, 404, "actorEntityId names the entity 'vg_enti_1'"),
    ({"visualStyle": {"type": "AI_IMAGE", "entityId": "vg_enti_1"}}, 404, "names the entity 'vg_enti_1'"),
    ({"autoExport": True, "exportOptions": {"watermarkMode": "VIDEO_GEN"}}, 501, "exportOptions.watermarkMode"),
    (
        {
            "autoExport": True,
            "exportOptions": {
                "deliveryDestinations": [
                    {"integrationConnectionId": "i", "type": "SLACK_CHANNEL", "slackChannelId": "c"}
                ]
            },
        },
        501,
        "exportOptions.deliveryDestinations",
    ),
]


@pytest.mark.parametrize(("fields", "status", "sentence"), REFUSED)
async def test_what_cannot_be_honoured_is_refused_and_nothing_is_started(
    engine: ParkedEngine, start: Start, fields: dict[str, object], status: int, sentence: str
) -> None:
    response = await start(**fields)
    assert response.status_code == status, response.text
    assert sentence in ApiError.model_validate(response.json()).message
    assert engine.queue.submitted == []
    assert engine.store.projects.list().items == ()


@pytest.mark.parametrize(
    "script", ["a" * 10_000, "Go. " * 5_000, "שלום עולם. זה סרט.", "مرحبا بالعالم. هذا فيلم.", "Hi", "3.14"]
)
async def test_odd_but_speakable_scripts_are_started(start: Start, script: str) -> None:
    assert (await start(script=script)).status_code == 202


async def test_a_featured_file_must_be_a_ready_picture_or_film(engine: ParkedEngine, start: Start) -> None:
    source = StoredSource(rendition=Rendition.DOWNLOAD, media_key="uploads/x/a.bin", media_type="image/png", size=1)
    cases = {
        "f_image": (FileType.IMAGE, FileState.READY, 202),
        "f_sound": (FileType.AUDIO, FileState.READY, 400),
        "f_unsent": (FileType.IMAGE, FileState.AWAITING, 400),
    }
    for file_id, (type_, state, status) in cases.items():
        engine.store.files.create(
            NewFile(
                file_id=file_id, scope=FileScope.GLOBAL, display_name="a", type=type_, state=state, sources=(source,)
            )
        )
        assert (await start(featuredBRollFileIds=[file_id])).status_code == status, file_id
    engine.store.files.archive("f_image")
    assert (await start(featuredBRollFileIds=["f_image"])).status_code == 404


async def test_fields_without_effect_are_named(start: Start) -> None:
    response = await start(
        visualStyle={"type": "STOCK", "aiStyle": "x", "tpye": 1},
        autoexport=True,
        quality="HIGH",
        workflowAgentContext="be bold",
        **{"bad\r\nkey,ü": 1},
    )
    assert response.status_code == 202
    named = response.headers["videogen-ignored-fields"].split(", ")
    assert set(named) == {
        "visualStyle.aiStyle", "visualStyle.tpye", "autoexport", "quality", "bad??key??",
    }  # fmt: skip


async def test_a_clean_request_names_no_ignored_fields(start: Start) -> None:
    assert "videogen-ignored-fields" not in (await start()).headers


async def test_a_repeated_key_repeats_the_answer_and_starts_nothing(engine: ParkedEngine, start: Start) -> None:
    first = await start(headers={"idempotency-key": "k-1"})
    again = await start(headers={"idempotency-key": "k-1"})
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert (again.status_code, again.json()) == (202, first.json())
    assert len(engine.store.jobs.list(JobKind.WORKFLOW_RUN).items) == 1
    # Submitting is idempotent, and the process that answered first may have died before it submitted.
    assert set(engine.queue.submitted) == {first.json()["workflowRunId"]}


async def test_a_key_used_for_other_work_is_a_conflict(start: Start) -> None:
    await start(headers={"idempotency-key": "k-1"})
    response = await start(headers={"idempotency-key": "k-1"}, script="Another film.")
    assert response.status_code == 409
    assert ApiError.model_validate(response.json()).code == "idempotency_key_reused"


@pytest.mark.parametrize("key", ["", "with space", "x" * 256])
async def test_a_malformed_key_is_refused(start: Start, key: str) -> None:
    response = await start(headers={"idempotency-key": key})
    assert response.status_code == 400
    assert "Idempotency-Key" in response.json()["message"]


async def test_the_same_key_many_times_at_once_starts_one_run(engine: ParkedEngine, start: Start) -> None:
    answers = await asyncio.gather(*(start(headers={"idempotency-key": "k"}) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["workflowRunId"] for answer in answers}) == 1
    assert len(engine.store.projects.list().items) == 1


@pytest.mark.parametrize("limits", [{"VIDEOGEN_AGENTS_MAX_QUEUE_DEPTH": "2"}])
async def test_a_full_queue_asks_for_patience_but_still_repeats_known_answers(start: Start) -> None:
    first = await start(headers={"idempotency-key": "k"})
    await start()
    full = await start()
    assert full.status_code == 429
    assert ApiError.model_validate(full.json()).code == "rate_limited"
    assert int(full.headers["retry-after"]) > 0
    assert (await start(headers={"idempotency-key": "k"})).json() == first.json()


async def test_runs_are_listed_newest_first_in_pages(client: httpx.AsyncClient, start: Start) -> None:
    started = [(await start()).json()["workflowRunId"] for _ in range(5)]
    seen: list[str] = []
    cursor: str | None = None
    while True:
        params = {"limit": "2"} | ({"cursor": cursor} if cursor else {})
        response = await client.get(RUNS, params=params)
        page = WorkflowRunPage.model_validate(response.json())
        assert page.to_wire() == response.json()
        assert page.has_more == (page.next_cursor is not None)
        seen += [run.workflow_run_id for run in page.workflow_runs]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert sorted(seen) == sorted(started)
    assert len(seen) == 5


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "cursor=nonsense", "selfOnly=perhaps"])
async def test_bad_page_queries_are_explained(client: httpx.AsyncClient, query: str) -> None:
    response = await client.get(f"{RUNS}?{query}")
    assert response.status_code == 400
    assert query.split("=")[0] in response.json()["message"]


async def test_a_cursor_belongs_to_the_list_that_gave_it(client: httpx.AsyncClient, start: Start) -> None:
    for _ in range(2):
        await start()
    cursor = (await client.get(f"{RUNS}?limit=1")).json()["nextCursor"]
    assert (await client.get(f"/v1/projects?cursor={cursor}")).status_code == 400


async def test_unknown_query_keys_are_named_too(client: httpx.AsyncClient) -> None:
    response = await client.get(f"{RUNS}?limit=2&pageSize=9")
    assert response.headers["videogen-ignored-fields"] == "pageSize"


async def test_cancelling_is_asked_for_once_and_harmless_after_the_end(
    engine: ParkedEngine, client: httpx.AsyncClient, start: Start
) -> None:
    started = (await start(autoExport=True)).json()
    run_id = started["workflowRunId"]
    response = await client.post(f"{RUNS}/{run_id}/cancel")
    assert (response.status_code, response.json()) == (202, started)
    assert engine.store.jobs.get(run_id).cancel_requested
    engine.store.jobs.mark_cancelled(run_id)
    assert (await client.post(f"{RUNS}/{run_id}/cancel", json={})).status_code == 202
    assert run_of(await client.get(f"{RUNS}/{run_id}")).status is JobStatus.CANCELLED
    export = (await client.get(f"/v1/projects/{started['projectId']}/exports")).json()["exports"][0]
    assert export["status"] == "cancelled"


async def test_ids_of_other_things_are_not_runs(client: httpx.AsyncClient, start: Start) -> None:
    started = (await start(autoExport=True)).json()
    export = (await client.get(f"/v1/projects/{started['projectId']}/exports")).json()["exports"][0]
    for wrong in (started["projectId"], export["exportId"], "vg_work_none", "%00", "..%2f.."):
        response = await client.get(f"{RUNS}/{wrong}")
        assert response.status_code == 404, wrong
        assert ApiError.model_validate(response.json()).code == "not_found"


async def test_a_failed_run_carries_its_error(engine: ParkedEngine, client: httpx.AsyncClient, start: Start) -> None:
    run_id = (await start()).json()["workflowRunId"]
    engine.store.jobs.fail(run_id, ApiError(message="No voice.", code="language_not_supported"))
    run = run_of(await client.get(f"{RUNS}/{run_id}"))
    assert run.error is not None and run.error.code == "language_not_supported"
    detail = (await client.get(f"/engine/v1/jobs/{run_id}")).json()
    assert detail["error"]["message"] == "No voice."


async def test_a_wait_returns_when_the_job_moves(engine: ParkedEngine, client: httpx.AsyncClient, start: Start) -> None:
    run_id = (await start()).json()["workflowRunId"]
    engine.store.jobs.start_attempt(run_id)
    waiting = asyncio.create_task(client.get(f"{RUNS}/{run_id}", headers={"prefer": "respond-async, wait=45"}))
    moves = 0
    while not waiting.done():
        moves += 1
        await asyncio.to_thread(engine.store.jobs.report_progress, run_id, moves / 1e6, f"Frame {moves}")
    response = await waiting
    assert response.headers["preference-applied"] == "wait=45"
    run = run_of(response)
    assert run.status is JobStatus.RUNNING
    assert 0 < run.progress_percentage <= moves / 1e4


async def test_a_job_that_has_ended_is_not_waited_for(
    engine: ParkedEngine, client: httpx.AsyncClient, start: Start
) -> None:
    run_id = (await start()).json()["workflowRunId"]
    waiting = asyncio.create_task(client.get(f"{RUNS}/{run_id}", headers={"prefer": "wait=45"}))
    await asyncio.to_thread(engine.store.jobs.succeed, run_id, JobOutcome())
    assert run_of(await waiting).status is JobStatus.SUCCEEDED
    assert run_of(await client.get(f"{RUNS}/{run_id}", headers={"prefer": "wait=45"})).progress_percentage == 100


async def test_a_wait_ends_with_its_seconds_and_is_capped(client: httpx.AsyncClient, start: Start) -> None:
    run_id = (await start()).json()["workflowRunId"]
    waited = await client.get(f"{RUNS}/{run_id}", headers={"prefer": "wait=0"})
    assert run_of(waited).status is JobStatus.PENDING
    assert waited.headers["preference-applied"] == "wait=0"
    plain = await client.get(f"{RUNS}/{run_id}", headers={"prefer": "return=minimal"})
    assert "preference-applied" not in plain.headers
    done = await client.get("/v1/workflows/runs/none", headers={"prefer": "wait=9000"})
    assert done.status_code == 404


async def test_more_than_45_seconds_are_never_promised(
    engine: ParkedEngine, client: httpx.AsyncClient, start: Start
) -> None:
    run_id = (await start()).json()["workflowRunId"]
    engine.store.jobs.mark_cancelled(run_id)
    response = await client.get(f"{RUNS}/{run_id}", headers={"prefer": "wait=9000"})
    assert response.headers["preference-applied"] == "wait=45"
