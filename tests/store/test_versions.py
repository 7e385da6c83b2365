"""Versions of a project: what they were made from, moving between them, and homes from before that was kept."""

from __future__ import annotations

import pytest
from sqlalchemy import column, insert, table

from videogen_agents.errors import InputError, NotFoundError
from videogen_engine.settings import EngineSettings
from videogen_engine.store import migrate
from videogen_engine.store.metadata import Metadata
from videogen_engine.store.records import JobOutcome, NewExport, TimelineVersion

HIDE = '{"type":"DISABLE_CAPTIONS"}'


def built(store: Metadata) -> str:
    """A project with one version, nothing running."""
    job = store.starts.run(workflow="w", request_json="{}", title="Film", ratio=(16, 9)).job
    assert job.project_id is not None
    store.projects.add_version(job.project_id, "first", job_id=job.job_id)
    store.jobs.succeed(job.job_id, JobOutcome())
    return job.project_id


def older_rows(store: Metadata, name: str, *rows: dict[str, object]) -> None:
    """What an older version of this package wrote, which knew fewer columns."""
    with store.database.write() as connection:
        connection.execute(insert(table(name, *map(column, rows[0]))), list(rows))


def edit(store: Metadata, project: str, document: str) -> TimelineVersion:
    job = store.starts.remix(project, [HIDE]).jobs[0]
    version = store.projects.add_version(project, document, job_id=job.job_id, change=f"to {document}")
    store.jobs.succeed(job.job_id, JobOutcome())
    return version


def test_a_version_knows_what_it_was_made_from_and_what_changed(store: Metadata) -> None:
    project = built(store)
    version = edit(store, project, "second")
    assert (version.version, version.parent_version, version.change) == (2, 1, "to second")
    assert [found.version for found in store.projects.versions(project)] == [2, 1]
    assert store.projects.version(project).timeline_json == "second"
    assert store.projects.version(project, 1).parent_version is None


def test_an_edit_that_is_started_over_begins_where_it_did_the_first_time(store: Metadata) -> None:
    project = built(store)
    job = store.starts.remix(project, [HIDE]).jobs[0]
    assert store.projects.base_of(project, job.job_id).timeline_json == "first"
    made = store.projects.add_version(project, "second", job_id=job.job_id, parent=1)
    assert store.projects.base_of(project, job.job_id).timeline_json == "first"
    assert store.projects.add_version(project, "other", job_id=job.job_id, parent=2) == made


def test_an_edit_after_an_undo_branches_off(store: Metadata) -> None:
    project = built(store)
    edit(store, project, "second")
    record = store.projects.move(project, current=2, to=1, title="Old", ratio=(9, 16))
    assert (record.current_version, record.title, record.ratio_width) == (1, "Old", 9)
    branch = edit(store, project, "third")
    assert (branch.version, branch.parent_version) == (3, 1)
    assert [found.parent_version for found in store.projects.versions(project)] == [1, 1, None]


def test_an_undo_that_is_an_edit_goes_further_back_the_next_time_and_can_be_redone(store: Metadata) -> None:
    project = built(store)
    edit(store, project, "second")
    edit(store, project, "third")
    projects = store.projects
    for document, parent in (("second", 1), ("first", None)):
        job = store.starts.remix(project, [HIDE]).jobs[0]
        base = projects.base_of(project, job.job_id)
        earlier = projects.ancestor(project, base.version, 1)
        assert earlier is not None and earlier.timeline_json == document
        made = projects.add_version(project, document, job_id=job.job_id, parent=base.version, steps_back=1)
        assert (made.parent_version, made.base_version) == (parent, base.version)
        assert projects.base_of(project, job.job_id) == base
        store.jobs.succeed(job.job_id, JobOutcome())
    current = projects.version(project)
    assert projects.ancestor(project, current.version, 1) is None
    later = projects.successor(project, current.version)
    assert later is not None and later.timeline_json == "second"
    latest = projects.successor(project, later.version)
    assert latest is not None and latest.timeline_json == "third"
    assert projects.successor(project, latest.version) is None


def test_versions_are_not_moved_under_an_edit_or_behind_anyones_back(store: Metadata) -> None:
    project = built(store)
    edit(store, project, "second")
    with pytest.raises(InputError, match="changed a moment ago"):
        store.projects.move(project, current=1, to=1, title=None, ratio=(16, 9))
    job = store.starts.remix(project, [HIDE]).jobs[0]
    with pytest.raises(InputError, match="being edited") as caught:
        store.projects.move(project, current=2, to=1, title=None, ratio=(16, 9))
    assert caught.value.status == 409
    store.jobs.mark_cancelled(job.job_id)
    store.projects.move(project, current=2, to=1, title=None, ratio=(16, 9))


def test_an_export_of_a_version_keeps_it_whatever_is_edited_meanwhile(store: Metadata) -> None:
    project = built(store)
    export = NewExport(width=320, height=180, encoding="draft", timeline_version=1)
    started = store.starts.export(project, export, request_json="{}")
    edit(store, project, "second")
    assert store.exports.get(started.job.job_id).timeline_version == 1


def test_a_project_that_does_not_exist_has_neither_edits_nor_copies(store: Metadata) -> None:
    with pytest.raises(NotFoundError):
        store.starts.remix("vg_proj_none", [HIDE], save_as_new=True)
    assert store.projects.versions("vg_proj_none") == ()


def test_versions_of_an_older_home_are_taken_for_one_line_of_edits(
    settings: EngineSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "HEAD", "0002")
        older = Metadata.open(settings.database_url)
    made = {"created_ms": 1, "updated_ms": 1}
    project = {"project_id": "vg_proj_1", "title": "Film", "ratio_width": 16, "ratio_height": 9, **made}
    job = {"kind": "workflow_run", "workflow": "w", "status": "succeeded", "progress": 100.0, "request_json": "{}"}
    job |= {"attempt_index": 0, "attempts_started": 1, "fingerprint": "f", "cancel_requested": False, **made}
    version = {"project_id": "vg_proj_1", "timeline_json": "{}", "created_ms": 1}
    older_rows(older, "projects", project)
    older_rows(older, "jobs", *({"job_id": name, "project_id": "vg_proj_1", **job} for name in ("one", "two")))
    older_rows(
        older,
        "timeline_versions",
        {"version": 1, "job_id": "one", **version},
        {"version": 2, "job_id": "two", **version},
    )
    older.close()
    store = Metadata.open(settings.database_url)
    found = store.projects.versions("vg_proj_1")
    assert [(version.version, version.parent_version, version.change) for version in found] == [
        (2, 1, ""),
        (1, None, ""),
    ]
    store.close()
