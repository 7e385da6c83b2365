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
    job = older.starts.run(workflow="w", request_json="{}", title="Film", ratio=(16, 9)).job
    again = older.starts.run(workflow="w", request_json="{}", title="Film", ratio=(16, 9)).job
    with older.database.write() as connection:
        names = ("project_id", "version", "job_id", "timeline_json", "created_ms")
        rows = [
            dict(zip(names, (job.project_id, number, by, "{}", 1), strict=True))
            for number, by in ((1, job.job_id), (2, again.job_id))
        ]
        connection.execute(insert(table("timeline_versions", *map(column, names))), rows)
    older.close()
    store = Metadata.open(settings.database_url)
    assert job.project_id is not None
    found = store.projects.versions(job.project_id)
    assert [(version.version, version.parent_version, version.change) for version in found] == [
        (2, 1, ""),
        (1, None, ""),
    ]
    store.close()
