"""Standalone tools as jobs: started once, followed, listed, cancelled, and their results as files."""

from __future__ import annotations

from pathlib import Path

import pytest
from booth import RATE, Booth, heard

from videogen_agents.contract import ExecutedTool, FileType, ToolExecutionPage
from videogen_engine.loudness import integrated_lufs, true_peak_dbtp
from videogen_engine.music.model import MusicRequest
from videogen_engine.music.stage import make_music
from videogen_engine.stage import StageContext
from videogen_engine.store.artifact_store import MediaArtifactStore
from videogen_engine.store.media_store import MediaStore

WORDS = "Welcome to the museum. It opens at nine."


def test_a_spoken_text_is_a_small_mp3_at_even_loudness_with_the_time_of_every_word(booth: Booth) -> None:
    execution = booth.made("text-to-speech", ttsText=WORDS, voiceId="Flite SLT")
    (result,) = execution.results
    assert (execution.progress_percentage, execution.tool_type) == (100, "TEXT_TO_SPEECH")
    assert (result.type, result.file.scope) == (FileType.AUDIO, "GLOBAL")
    assert result.file.source_tool_execution_id == execution.tool_execution_id
    data = booth.fetch(result.download_url)
    sound = heard(data)
    assert result.file.duration_seconds == pytest.approx(len(sound) / RATE, abs=0.06)
    assert len(data) < 16_000 * len(sound) / RATE
    # One channel plays on both sides, which adds 3 LU.
    assert integrated_lufs(sound, RATE) == pytest.approx(-19, abs=1) and true_peak_dbtp(sound, RATE) < -1
    transcript = result.file.transcript
    assert transcript is not None and transcript.text == WORDS
    assert booth.fetch(result.thumbnail_url)[:2] == b"\xff\xd8"
    assert any("basic" in sentence for sentence in booth.told(execution.tool_execution_id)["degraded"])


def test_speed_language_and_pronunciations_change_what_is_said(booth: Booth) -> None:
    def seconds(**fields: object) -> float:
        made = booth.made("text-to-speech", **({"ttsText": "GIF is a word.", "voiceId": "Flite SLT"} | fields))
        return made.results[0].file.duration_seconds or 0

    plain = seconds()
    assert seconds(voiceSpeed=2) < 0.65 * plain
    longer = [{"original": "GIF", "replacement": "graphics interchange format"}]
    assert seconds(pronunciationReplacements=longer) > plain + 0.5
    german = booth.made("text-to-speech", ttsText="Guten Tag.", voiceId="Espeak German")
    assert "Espeak German" in booth.told(german.tool_execution_id)["madeBy"][0]
    assert german.results[0].file.transcript is not None
    assert german.results[0].file.transcript.language_code == "de"


def test_a_result_is_a_file_that_is_listed_and_can_carry_a_film(booth: Booth) -> None:
    made = booth.made("text-to-speech", ttsText="A tree needs rain.", voiceId="Flite RMS")
    file_id = made.results[0].file_id
    assert file_id in [file["fileId"] for file in booth.ask("GET", "/v1/files").json()["files"]]
    body = {"fileId": file_id, "visualStyle": {"type": "STOCK"}}
    started = booth.ask("POST", "/v1/workflows/voiceover-to-video", body)
    assert started.status_code == 202, started.text
    run = f"/v1/workflows/runs/{started.json()['workflowRunId']}"
    while (read := booth.ask("GET", run).json())["status"] in {"pending", "running"}:
        pass
    assert read["status"] == "succeeded", read


def test_music_is_half_a_minute_in_stereo_at_the_loudness_of_films(booth: Booth) -> None:
    made = booth.made("generate-music", prompt="calm piano")
    sound = heard(booth.fetch(made.results[0].download_url))
    assert sound.shape[1] == 2 and len(sound) / RATE == pytest.approx(30, abs=0.1)
    assert integrated_lufs(sound, RATE) == pytest.approx(-16, abs=0.6) and true_peak_dbtp(sound, RATE) < -1
    assert "composer" in booth.told(made.tool_execution_id)["madeBy"][0]


def test_music_of_the_same_words_is_another_piece_for_every_variant(tmp_path: Path) -> None:
    store = MediaArtifactStore(MediaStore((tmp_path / "media").as_uri()))
    context = StageContext(store, tmp_path / "scratch")
    one, other = (make_music(MusicRequest(prompt="calm", seconds=5, variant=variant), context) for variant in (0, 1))
    assert one.media.key != other.media.key
    assert (one.key, one.tempo) != (other.key, other.tempo)


def test_temporary_results_are_told_as_such_and_fields_in_vain_are_named(booth: Booth) -> None:
    fields = {"ttsText": "Hi.", "voiceId": "Flite SLT", "isOutputTemporary": True, "hideFromUi": True}
    response = booth.ask("POST", "/v1/tools/text-to-speech", fields)
    assert response.headers["videogen-ignored-fields"] == "hideFromUi"
    made = booth.ended(response.json()["toolExecutionId"])
    assert made.results[0].file.scope == "TEMPORARY"


def test_the_same_key_starts_once_and_another_request_under_it_is_refused(booth: Booth) -> None:
    body = {"ttsText": "Once.", "voiceId": "Flite SLT"}
    first, again = (booth.ask("POST", "/v1/tools/text-to-speech", body, **{"idempotency-key": "one"}) for _ in range(2))
    assert first.json() == again.json() and again.headers["idempotency-replayed"] == "true"
    other = booth.ask("POST", "/v1/tools/text-to-speech", body | {"ttsText": "Twice."}, **{"idempotency-key": "one"})
    assert other.status_code == 409


def test_executions_are_listed_newest_first_and_found_by_id_alone(booth: Booth) -> None:
    ids = [booth.made("text-to-speech", ttsText=text, voiceId="Flite SLT").tool_execution_id for text in ("A.", "B.")]
    page = ToolExecutionPage.model_validate(booth.ask("GET", "/v1/tools/executions?limit=2").json())
    assert [one.tool_execution_id for one in page.tool_executions] == ids[::-1] and page.has_more
    assert booth.ask("GET", "/v1/tools/executions/vg_tool_none").status_code == 404
    assert booth.ask("POST", "/v1/tools/executions/vg_tool_none/cancel").status_code == 404


def test_a_cancelled_execution_ends_without_files(booth: Booth) -> None:
    execution_id = booth.start("generate-music", prompt="epic orchestra", numResults=100)
    assert booth.ask("POST", f"/v1/tools/executions/{execution_id}/cancel").status_code == 202
    ended = booth.ended(execution_id)
    assert (ended.status.value, ended.results) == ("cancelled", [])
    assert booth.ask("POST", f"/v1/tools/executions/{execution_id}/cancel").status_code == 202


def test_an_execution_that_was_interrupted_is_finished_by_the_next_engine(tmp_path: Path) -> None:
    booth = Booth(tmp_path / "home")
    try:
        execution_id = booth.start("text-to-speech", ttsText=WORDS * 6, voiceId="Flite SLT")
        booth.reopen()
        ended: ExecutedTool = booth.ended(execution_id)
        assert ended.status.value == "succeeded" and len(ended.results) == 1
    finally:
        booth.close()


@pytest.mark.parametrize(
    ("tool", "fields", "status", "said"),
    [
        ("text-to-speech", {"ttsText": "Hi.", "voiceId": "Nobody"}, 404, "no voice"),
        ("text-to-speech", {"ttsText": "…!", "voiceId": "Flite SLT"}, 400, "nothing to say"),
        ("text-to-speech", {"ttsText": "a" * 20_001, "voiceId": "Flite SLT"}, 400, "at most 20000"),
        ("text-to-speech", {"ttsText": "Hi.", "voiceId": "Flite SLT", "voiceSpeed": 3}, 400, "voiceSpeed"),
        ("text-to-speech", {"ttsText": "Hi.", "voiceId": "Flite SLT", "speechLanguageCode": "xx"}, 400, "xx"),
        (
            "text-to-speech",
            {
                "ttsText": "Hi.",
                "voiceId": "Flite SLT",
                "pronunciationReplacements": [{"original": "", "replacement": "a"}],
            },
            400,
            "pronunciationReplacements[0]",
        ),
        ("generate-music", {"prompt": " "}, 400, "prompt"),
        ("generate-music", {"prompt": "calm", "numResults": 101}, 400, "numResults"),
        ("generate-music", {"prompt": "calm", "numResults": 0}, 400, "numResults"),
    ],
)
def test_what_cannot_be_made_is_refused_at_once(
    booth: Booth, tool: str, fields: dict[str, object], status: int, said: str
) -> None:
    response = booth.ask("POST", f"/v1/tools/{tool}", fields)
    assert (response.status_code, said in response.json()["message"]) == (status, True), response.text
