"""The workflows on the real engine, at the size of a thumbnail."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from videogen_agents.contract import FileScope, FileType, JobStatus
from videogen_engine.runtime.attempts import JOB, AttemptLog, Happening
from videogen_engine.service.engine import Engine
from videogen_engine.settings import EngineSettings, load_engine_settings
from videogen_engine.store.ids import IdPrefix, new_id
from videogen_engine.store.records import JobOutcome, JobRecord, NewExport, NewFile, Rendition
from videogen_engine.timeline.document import Timeline

THUMBNAIL = NewExport(width=160, height=90, encoding="draft")
WATER = "Most people drink too little. Water is sixty percent of your body."
PATIENCE = 120.0


class Studio:
    """An opened engine and what these tests ask of it."""

    def __init__(self, settings: EngineSettings) -> None:
        self.engine = asyncio.run(Engine.open(settings))
        self.store = self.engine.store

    def close(self) -> None:
        asyncio.run(self.engine.close())

    def run(self, script: str, export: NewExport | None = None, **fields: object) -> JobRecord:
        """A script-to-video run, once it has ended."""
        request = {"script": script, "visualStyle": {"type": "STOCK"}, "autoExport": export is not None} | fields
        started = self.store.starts.run(
            workflow="script_to_video",
            request_json=json.dumps(request),
            title="Untitled",
            ratio=(16, 9),
            export=export,
        )
        return self.ended(started.job.job_id)

    def export(self, project_id: str, export: NewExport) -> JobRecord:
        return self.ended(self.store.starts.export(project_id, export, request_json="{}").job.job_id)

    def ended(self, job_id: str) -> JobRecord:
        asyncio.run(self.engine.queue.submit(job_id))
        deadline = time.monotonic() + PATIENCE
        while not (job := self.store.jobs.get(job_id)).is_terminal:
            assert time.monotonic() < deadline, f"{job_id} never ended"
            time.sleep(0.02)
        return job

    def timeline(self, job: JobRecord) -> Timeline:
        assert job.project_id is not None
        return Timeline.model_validate_json(self.store.projects.version(job.project_id).timeline_json)

    def started(self, job: JobRecord) -> Counter[str]:
        log = AttemptLog(self.engine.settings.home / "logs" / "attempts.jsonl")
        return Counter(
            attempt.step
            for attempt in log.read()
            if attempt.job_id == job.job_id and attempt.step != JOB and attempt.happening is Happening.STARTED
        )


def settings_for(home: Path, **limits: str) -> EngineSettings:
    environ = {f"VIDEOGEN_AGENTS_{name.upper()}": value for name, value in limits.items()}
    return load_engine_settings(home=home, environ=environ)


def outcome_of(job: JobRecord) -> JobOutcome:
    assert job.status is JobStatus.SUCCEEDED, job.error
    outcome = job.outcome()
    assert outcome is not None
    return outcome


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    opened = Studio(settings_for(tmp_path_factory.mktemp("home")))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def water(studio: Studio) -> JobRecord:
    """A finished film."""
    return studio.run(WATER, THUMBNAIL)


def test_a_run_with_export_ends_with_a_file_a_project_and_what_made_them(studio: Studio, water: JobRecord) -> None:
    outcome = outcome_of(water)
    export = studio.store.exports.of_runs([water.job_id])[water.job_id]
    timeline = studio.timeline(water)
    assert export.job.status is JobStatus.SUCCEEDED
    assert export.timeline_version == 1
    assert export.file is not None
    assert (outcome.export_id, outcome.file_id) == (export.export_id, export.file.file_id)
    assert (export.file.scope, export.file.type) == (FileScope.EXPORT, FileType.VIDEO)
    assert export.file.display_name == timeline.title
    assert export.file.duration_seconds == pytest.approx(timeline.duration, abs=0.05)
    video, thumbnail = export.file.source(Rendition.DOWNLOAD), export.file.source(Rendition.THUMBNAIL)
    assert video is not None
    assert thumbnail is not None
    assert (video.media_type, video.width, video.height) == ("video/mp4", 160, 90)
    assert thumbnail.media_type == "image/jpeg"
    assert outcome.scenes_rendered == len(timeline.scenes)
    assert outcome.frames_rendered >= timeline.frames
    assert any(part.startswith("speech: ") for part in outcome.made_by)


def test_the_project_takes_the_title_that_planning_found(studio: Studio, water: JobRecord) -> None:
    assert water.project_id is not None
    assert studio.store.projects.get(water.project_id).title == studio.timeline(water).title != "Untitled"


def test_a_run_without_export_makes_the_project_ready_and_no_file(studio: Studio) -> None:
    job = studio.run("Bread needs time. Let it rise for an hour.")
    outcome = outcome_of(job)
    assert job.project_id is not None
    assert studio.store.projects.get(job.project_id).current_version == 1
    assert outcome.file_id is None
    assert outcome.duration_seconds == pytest.approx(studio.timeline(job).duration)
    assert set(studio.started(job)) == {"plan", "speak", "picture", "assemble"}


def test_exporting_the_same_size_again_does_no_work_and_gives_the_same_bytes(studio: Studio, water: JobRecord) -> None:
    assert water.project_id is not None
    again = studio.export(water.project_id, THUMBNAIL)
    assert studio.started(again) == {}
    outcome = outcome_of(again)
    assert (outcome.scenes_rendered, outcome.frames_rendered) == (0, 0)
    first = studio.store.exports.of_runs([water.job_id])[water.job_id].file
    second = studio.store.exports.get(again.job_id).file
    assert first is not None
    assert second is not None
    assert first.file_id != second.file_id
    assert first.source(Rendition.DOWNLOAD) == second.source(Rendition.DOWNLOAD)


def test_exporting_another_size_renders_and_packages_only(studio: Studio, water: JobRecord) -> None:
    assert water.project_id is not None
    other = studio.export(water.project_id, NewExport(width=128, height=72, encoding="draft"))
    assert studio.started(other) == {"render": 1, "package": 1, "review": 1}
    video = studio.store.exports.get(other.job_id).file
    assert video is not None
    source = video.source(Rendition.DOWNLOAD)
    assert source is not None
    assert (source.width, source.height) == (128, 72)


@pytest.mark.parametrize(
    ("language", "script"),
    [
        ("de", "Trinken Sie jeden Tag Wasser. Der Körper braucht es."),
        ("es", "El agua es esencial para la vida. Bebe dos litros cada día."),
        ("ar", "الماء ضروري للحياة. اشرب لترين كل يوم."),
    ],
)
def test_a_script_whose_language_nobody_named_is_spoken_in_its_own(studio: Studio, language: str, script: str) -> None:
    timeline = studio.timeline(studio.run(script))
    assert timeline.language == language
    assert timeline.voice_provider == "espeak-ng"
    assert "".join(scene.plan.text for scene in timeline.scenes).strip() != ""


def test_a_language_that_was_named_wins_over_what_the_words_look_like(studio: Studio) -> None:
    assert studio.timeline(studio.run("El agua es la vida y la vida es el agua.", language="en")).language == "en"


def test_timed_direction_changes_the_picture_of_the_scene_it_covers_and_of_no_other(studio: Studio) -> None:
    script = (
        "It is by far the best time of the whole long year for all of us who live here.\n\n"
        "Everything else that you had wanted to do today can surely wait until tomorrow."
    )
    plain = studio.timeline(studio.run(script, visualPacing="FAST"))
    first_ends = plain.scenes[0].frames / plain.frames_per_second
    scenes = [{"startSeconds": 0.0, "endSeconds": first_ends, "description": "a rocket over a snowy mountain"}]
    directed = studio.timeline(studio.run(script, visualPacing="FAST", scenes=scenes))
    assert len(plain.scenes) == len(directed.scenes) == 2
    assert directed.scenes[0].picture.design != plain.scenes[0].picture.design
    assert directed.scenes[1].picture.design.elements == plain.scenes[1].picture.design.elements


def test_a_featured_file_that_is_gone_fails_the_run_and_its_export_by_name(studio: Studio) -> None:
    job = studio.run(WATER, THUMBNAIL, featuredBRollFileIds=["vg_file_gone"])
    assert job.status is JobStatus.FAILED
    assert job.error is not None
    assert job.error.code == "not_found"
    assert "vg_file_gone" in job.error.message
    export = studio.store.exports.of_runs([job.job_id])[job.job_id]
    assert export.job.status is JobStatus.FAILED
    assert export.file is None


def test_a_featured_file_without_bytes_is_gone_too(studio: Studio) -> None:
    file_id = new_id(IdPrefix.FILE)
    studio.store.files.create(NewFile(file_id=file_id, scope=FileScope.GLOBAL, display_name="empty"))
    job = studio.run(WATER, featuredBRollFileIds=[file_id])
    assert job.error is not None
    assert job.error.code == "not_found"


def test_a_script_with_nothing_to_say_fails_with_planning_s_own_words(studio: Studio) -> None:
    job = studio.run("💧 💧 💧")
    assert job.status is JobStatus.FAILED
    assert job.error is not None
    assert job.error.code is not None
    assert studio.started(job) == {"plan": 1}


def test_an_export_of_a_project_without_a_timeline_fails(studio: Studio) -> None:
    failed = studio.run("...!!!")
    assert failed.project_id is not None
    job = studio.export(failed.project_id, THUMBNAIL)
    assert job.status is JobStatus.FAILED
    assert job.error is not None
    assert job.error.code == "not_found"


@pytest.mark.parametrize(
    ("limit", "code"), [({"max_scenes": "1"}, "too_many_scenes"), ({"max_duration_seconds": "2"}, "film_too_long")]
)
def test_a_film_beyond_the_limits_is_refused_before_anything_is_rendered(
    limit: dict[str, str], code: str, tmp_path: Path
) -> None:
    small = Studio(settings_for(tmp_path / "home", **limit))
    try:
        job = small.run(WATER + " Drink a glass when you wake up. Your head will thank you.", THUMBNAIL)
        assert job.error is not None
        assert job.error.code == code
        assert "render" not in small.started(job)
    finally:
        small.close()
