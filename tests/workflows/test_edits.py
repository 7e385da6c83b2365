"""Edits on the real engine: what a job that is started over comes to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import update

from videogen_agents.contract import JobStatus
from videogen_engine.store.schema import jobs

from .test_films import Studio, outcome_of, settings_for


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    opened = Studio(settings_for(tmp_path_factory.mktemp("home")))
    yield opened
    opened.close()


def test_an_edit_cut_off_after_its_version_was_added_is_not_done_twice(studio: Studio) -> None:
    """Shuffling twice would be another arrangement."""
    built = studio.run("Water is life. Drink two litres.")
    assert built.project_id is not None
    action = studio.store.starts.remix(built.project_id, ['{"type":"SHUFFLE_STOCK_VISUALS"}']).jobs[0]
    first = outcome_of(studio.ended(action.job_id))
    shuffled = studio.timeline(built)
    with studio.store.database.write() as connection:
        connection.execute(
            update(jobs).where(jobs.c.job_id == action.job_id).values(status=JobStatus.RUNNING.value, result_json=None)
        )
    assert outcome_of(studio.ended(action.job_id)) == first
    assert studio.timeline(built) == shuffled
    assert [version.version for version in studio.store.projects.versions(built.project_id)] == [2, 1]
