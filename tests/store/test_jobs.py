"""Jobs: how they start, move and end, whoever else is at it."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import threading
from collections.abc import Callable

import pytest
from sqlalchemy import update

from videogen_agents.contract import ApiError, FileScope, JobStatus, ProjectStatus
from videogen_agents.errors import InputError, NotFoundError
from videogen_engine.settings import EngineSettings
from videogen_engine.store.ids import IdPrefix, new_id
from videogen_engine.store.metadata import Metadata
from videogen_engine.store.records import JobKind, JobOutcome, JobRecord, NewExport, NewFile
from videogen_engine.store.schema import jobs

EXPORT = NewExport(width=320, height=180, encoding="draft")


def start(
    store: Metadata, script: str = "Hello.", *, key: str | None = None, export: NewExport | None = None
) -> JobRecord:
    return store.starts.run(
        workflow="script_to_video",
        request_json=f'{{"script":"{script}"}}',
        title=script,
        ratio=(16, 9),
        export=export,
        idempotency_key=key,
    ).job


def test_the_same_key_and_request_give_the_job_that_exists(store: Metadata) -> None:
    first = start(store, key="k", export=EXPORT)
    assert start(store, key="k", export=EXPORT).job_id == first.job_id
    assert len(store.jobs.list(JobKind.WORKFLOW_RUN).items) == 1
    assert len(store.projects.list().items) == 1


def test_the_same_key_for_other_work_is_a_conflict_that_names_the_job(store: Metadata) -> None:
    first = start(store, key="k")
    with pytest.raises(InputError) as caught:
        start(store, "Something else.", key="k")
    assert caught.value.status == 409
    assert caught.value.ids == {"job_id": first.job_id}


def test_key_order_in_the_request_does_not_make_it_another(store: Metadata) -> None:
    def run(request_json: str) -> JobRecord:
        return store.starts.run(
            workflow="w", request_json=request_json, title="t", ratio=(1, 1), idempotency_key="k"
        ).job

    assert run('{"a":1,"b":2}').job_id == run('{"b":2,"a":1}').job_id


def test_an_export_s_key_belongs_to_its_project(store: Metadata) -> None:
    projects = [start(store).project_id, start(store).project_id]
    assert projects[0] is not None and projects[1] is not None
    store.starts.export(projects[0], EXPORT, request_json="{}", idempotency_key="k")
    with pytest.raises(InputError):
        store.starts.export(projects[1], EXPORT, request_json="{}", idempotency_key="k")


def test_attempts_count_from_zero_and_progress_never_falls(store: Metadata) -> None:
    job = start(store)
    assert store.jobs.start_attempt(job.job_id).attempt_index == 0
    assert store.jobs.report_progress(job.job_id, 0.5, "Rendering")
    assert store.jobs.start_attempt(job.job_id).attempt_index == 1
    assert store.jobs.report_progress(job.job_id, 0.2, "Planning")
    found = store.jobs.get(job.job_id)
    assert (found.progress, found.stage, found.status) == (50.0, "Planning", JobStatus.RUNNING)


def test_only_success_is_a_hundred_percent(store: Metadata) -> None:
    job = start(store)
    store.jobs.report_progress(job.job_id, 7.0, "x")
    assert store.jobs.get(job.job_id).progress == 99.0
    assert store.jobs.succeed(job.job_id, JobOutcome(warnings=("w",)))
    done = store.jobs.get(job.job_id)
    assert done.progress == 100.0
    assert done.outcome() == JobOutcome(warnings=("w",))


ENDS: dict[JobStatus, Callable[[Metadata, str], bool]] = {
    JobStatus.SUCCEEDED: lambda store, job: store.jobs.succeed(job, JobOutcome()),
    JobStatus.FAILED: lambda store, job: store.jobs.fail(job, ApiError(message="no")),
    JobStatus.CANCELLED: lambda store, job: store.jobs.mark_cancelled(job),
}


@pytest.mark.parametrize("first", ENDS)
def test_the_first_end_stays_whatever_comes_after(store: Metadata, first: JobStatus) -> None:
    job = start(store).job_id
    assert ENDS[first](store, job)
    before = store.jobs.get(job)
    for end in ENDS.values():
        assert not end(store, job)
    assert not store.jobs.report_progress(job, 0.9, "late")
    assert store.jobs.start_attempt(job) == before
    assert store.jobs.request_cancel(job) == before
    assert store.jobs.get(job) == before


def test_the_export_inside_a_run_ends_with_it(store: Metadata) -> None:
    run = start(store, export=EXPORT)
    export = store.exports.of_runs([run.job_id])[run.job_id]
    store.jobs.request_cancel(run.job_id)
    assert store.jobs.get(export.export_id).cancel_requested
    store.jobs.fail(run.job_id, ApiError(message="no voice", code="x"))
    child = store.jobs.get(export.export_id)
    assert child.status is JobStatus.FAILED
    assert child.error == ApiError(message="no voice", code="x")
    assert store.jobs.pending_or_running() == ()


def test_a_finished_export_outlives_the_failure_of_its_run(store: Metadata) -> None:
    run = start(store, export=EXPORT)
    export = store.exports.of_runs([run.job_id])[run.job_id].export_id
    file = NewFile(file_id="vg_file_1", scope=FileScope.EXPORT, display_name="f")
    store.exports.finish(export, file, JobOutcome(), timeline_version=1)
    store.jobs.fail(run.job_id, ApiError(message="late"))
    assert store.jobs.get(export).status is JobStatus.SUCCEEDED


def test_an_export_finished_twice_has_the_file_of_the_first(store: Metadata) -> None:
    run = start(store, export=EXPORT)
    export = store.exports.of_runs([run.job_id])[run.job_id].export_id
    for name in ("vg_file_1", "vg_file_2"):
        found = store.exports.finish(
            export, NewFile(file_id=name, scope=FileScope.EXPORT, display_name=name), JobOutcome(), timeline_version=1
        )
        assert found.file is not None and found.file.file_id == "vg_file_1"
    with pytest.raises(NotFoundError):
        store.files.get("vg_file_2")


def test_a_project_is_generating_while_its_run_is_open(store: Metadata) -> None:
    run = start(store)
    assert run.project_id is not None
    assert store.projects.get(run.project_id).status is ProjectStatus.GENERATING
    version = store.projects.add_version(run.project_id, "{}", job_id=run.job_id, title="Better")
    assert store.projects.add_version(run.project_id, '{"a":1}', job_id=run.job_id) == version
    store.jobs.succeed(run.job_id, JobOutcome())
    project = store.projects.get(run.project_id)
    assert (project.status, project.title, project.current_version) == (ProjectStatus.READY, "Better", 1)


def test_equal_times_neither_skip_nor_repeat_across_pages(store: Metadata) -> None:
    ids = {start(store).job_id for _ in range(7)}
    with store.database.write() as connection:
        connection.execute(update(jobs).values(created_ms=1_000))
    seen: list[str] = []
    cursor = None
    while True:
        page = store.jobs.list(JobKind.WORKFLOW_RUN, cursor=cursor, limit=3)
        seen += [job.job_id for job in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert len(seen) == 7
    assert set(seen) == ids


def test_a_full_last_page_has_no_next_one(store: Metadata) -> None:
    for _ in range(4):
        start(store)
    first = store.jobs.list(JobKind.WORKFLOW_RUN, limit=2)
    assert store.jobs.list(JobKind.WORKFLOW_RUN, cursor=first.next_cursor, limit=2).next_cursor is None


def cursor_of(body: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(body).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "!",
        "ünicode",
        "[" * 5000,
        cursor_of([]),
        cursor_of(["projects", 1, "x"]),
        cursor_of(["jobs.workflow_run", 10**30, "x"]),
        cursor_of(["jobs.workflow_run", -1, "x"]),
        cursor_of(["jobs.workflow_run", 1, "\ud800"]),
        cursor_of(["jobs.workflow_run", "1", "x"]),
    ],
)
def test_a_cursor_of_another_list_is_refused(store: Metadata, cursor: str) -> None:
    with pytest.raises(InputError, match="cursor"):
        store.jobs.list(JobKind.WORKFLOW_RUN, cursor=cursor)


def test_threads_that_read_and_then_write_never_find_the_database_locked(
    settings: EngineSettings, store: Metadata
) -> None:
    """Each thread has a store of its own, as each process has."""
    job = start(store).job_id
    errors: list[Exception] = []

    def work() -> None:
        mine = Metadata.open(settings.database_url)
        try:
            for _ in range(25):
                mine.jobs.start_attempt(job)
        except Exception as error:
            errors.append(error)
        finally:
            mine.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert store.jobs.get(job).attempt_index == 99


def test_the_same_key_from_two_processes_at_once_starts_one_job(settings: EngineSettings, store: Metadata) -> None:
    program = (
        "import sys; from videogen_engine.store.metadata import Metadata\n"
        "store = Metadata.open(sys.argv[1]); sys.stdin.read(1)\n"
        "started = store.starts.run(workflow='w', request_json='{}', title='t', ratio=(1, 1), idempotency_key='k')\n"
        "print(started.job.job_id); store.close()"
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", program, settings.database_url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("!")
        process.stdin.close()
        process.stdin = None
    assert len({process.communicate()[0] for process in processes}) == 1
    assert len(store.jobs.list(JobKind.WORKFLOW_RUN).items) == 1


def test_ids_are_opaque_and_never_the_same() -> None:
    made = {new_id(IdPrefix.FILE) for _ in range(1000)}
    assert len(made) == 1000
    assert all(value.startswith("vg_file_") and value.isascii() and len(value) == 28 for value in made)


def test_an_unknown_job_is_named_in_the_error(store: Metadata) -> None:
    with pytest.raises(NotFoundError, match="vg_work_none"):
        store.jobs.get("vg_work_none")
