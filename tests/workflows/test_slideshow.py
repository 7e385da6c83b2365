"""Documents made into films over the contract, on the real engine, at the size of a thumbnail."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import httpx
import numpy as np
import pytest

from videogen_engine.service.app import create_app
from videogen_engine.service.engine import Engine
from videogen_engine.settings import load_engine_settings
from videogen_engine.store.records import ExportRecord, FileState, Rendition
from videogen_engine.timeline.document import Timeline

sys.path.insert(0, str(Path(__file__).parents[1] / "slides"))

import documents

SMALL = {
    "VIDEOGEN_AGENTS_RENDER_LINES": "144",
    "VIDEOGEN_AGENTS_RENDER_ENCODING": "draft",
    "VIDEOGEN_AGENTS_MAX_SLIDES": "20",
    "VIDEOGEN_AGENTS_MAX_SCRIPT_CHARS": "480",
}
Reply = tuple[int, dict[str, object]]


class Office:
    """An engine reached as clients reach it."""

    def __init__(self, home: Path) -> None:
        self.engine = asyncio.run(Engine.open(load_engine_settings(home=home, environ=SMALL)))

    def close(self) -> None:
        asyncio.run(self.engine.close())

    def ask(self, method: str, path: str, body: object = None, content: bytes | None = None) -> Reply:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=create_app(self.engine, require_key=False))
            async with httpx.AsyncClient(transport=transport, base_url="http://engine.test") as client:
                headers = {"prefer": "wait=45"}
                return await client.request(method, path, json=body, content=content, headers=headers)

        response = asyncio.run(send())
        return response.status_code, response.json() if response.content else {}

    def upload(self, data: bytes, name: str) -> str:
        _, made = self.ask("POST", "/v1/files/upload", {"displayName": name})
        status, _ = self.ask("PUT", str(made["uploadUrl"]), content=data)
        assert status < 300
        file_id = str(made["fileId"])
        while self.engine.store.files.get(file_id).state not in {FileState.READY, FileState.FAILED}:
            self.ask("GET", f"/v1/files/{file_id}")
        return file_id

    def start(self, file_id: str, **fields: object) -> Reply:
        return self.ask("POST", "/v1/workflows/slideshow-to-video", {"fileId": file_id} | fields)

    def film(self, file_id: str, **fields: object) -> tuple[dict[str, object], Timeline | None]:
        """The ended run's detail, and its timeline when it made one."""
        status, started = self.start(file_id, **fields)
        assert status == 202, started
        found = self.ended(str(started["workflowRunId"]))
        project = self.engine.store.projects.get(str(started["projectId"]))
        if project.current_version is None:
            return found, None
        version = self.engine.store.projects.version(project.project_id)
        return found | {"projectId": project.project_id}, Timeline.model_validate_json(version.timeline_json)

    def ended(self, job_id: str) -> dict[str, object]:
        while (found := self.ask("GET", f"/engine/v1/jobs/{job_id}")[1])["status"] in {"pending", "running"}:
            continue
        return found

    def export_of(self, run: dict[str, object]) -> ExportRecord:
        return self.engine.store.exports.of_runs([str(run["jobId"])])[str(run["jobId"])]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    opened = Office(tmp_path_factory.mktemp("home"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def three(office: Office) -> str:
    """A PDF of three pages."""
    return office.upload(documents.plain(3), "Three pages.pdf")


def test_slide_scripts_go_by_index_and_what_they_leave_out_is_silent(office: Office, three: str) -> None:
    run, film = office.film(three, slideScripts=["Hello there.", "", "The end.", "Nobody hears this."], autoExport=True)
    assert run["status"] == "succeeded", run
    assert film is not None
    assert [scene.plan.text for scene in film.scenes] == ["Hello there.", "", "The end."]
    assert [scene.speech is not None for scene in film.scenes] == [True, False, True]
    assert film.scenes[1].frames == 90
    export = office.export_of(run)
    assert export.file is not None
    assert export.file.duration_seconds == pytest.approx(film.duration, abs=0.05)
    subtitles = export.file.source(Rendition.SRT)
    assert subtitles is not None
    assert subtitles.size > 40


def test_fewer_scripts_than_slides_leave_the_rest_silent(office: Office, three: str) -> None:
    _, film = office.film(three, slideScripts=["Only this."])
    assert film is not None
    assert [scene.speech is not None for scene in film.scenes] == [True, False, False]


@pytest.mark.parametrize("fields", [{"slideScripts": []}, {}])
def test_a_pdf_without_scripts_is_shown_in_silence_for_as_long_as_it_takes_to_read(
    office: Office, three: str, fields: dict[str, object]
) -> None:
    run, film = office.film(three, **fields)
    assert run["status"] == "succeeded", run
    assert film is not None
    assert film.script == ""
    assert all(scene.speech is None and scene.frames == 90 for scene in film.scenes)
    assert film.voice_id


def test_captions_are_shown_unless_null_hides_them(office: Office, three: str) -> None:
    _, shown = office.film(three, slideScripts=["Hello."])
    _, hidden = office.film(three, slideScripts=["Hello."], captionStyle=None)
    assert shown is not None
    assert hidden is not None
    assert shown.caption_style is not None
    assert hidden.caption_style is None
    # What captions do not need, the page gets.
    assert {scene.picture.design.layout for scene in shown.scenes} == {"slide"}
    assert {scene.picture.design.layout for scene in hidden.scenes} == {"slide-full"}
    show = [{"type": "ENABLE_CAPTIONS", "captionStyle": None}]
    _, back = office.film(three, slideScripts=["Hello."], captionStyle=None, remixActions=show)
    assert back is not None
    assert {scene.picture.design.layout for scene in back.scenes} == {"slide"}


def test_a_theme_styles_what_is_around_exact_slides_and_the_result_says_so(office: Office, three: str) -> None:
    made = {"entityType": "SLIDESHOW_THEME", "name": "Brand"}
    theme = str(office.ask("POST", "/v1/entities", made)[1]["entityId"])
    red = cv2.imencode(".png", np.full((40, 60, 3), (20, 20, 190), np.uint8))[1].tobytes()
    office.ask("POST", f"/v1/entities/{theme}/references", {"fileId": office.upload(red, "red.png")})
    run, film = office.film(three, slideScripts=["Hello."], slideshowThemeEntityId=theme)
    assert run["status"] == "succeeded", run
    assert film is not None
    assert "exact pictures of your document" in str(run["degraded"])
    assert film.caption_style is not None
    assert film.caption_style.background_style is not None
    grounds = {scene.picture.design.palette for scene in film.scenes}
    assert len(grounds) == 1
    ground = grounds.pop()
    assert int(ground[1:3], 16) > 2 * int(ground[5:7], 16)
    _, plain = office.film(three, slideScripts=["Hello."])
    assert plain is not None
    assert plain.scenes[0].picture.design.palette != ground


def test_slides_that_are_set_anew_take_a_built_in_theme(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    deck = office.upload(documents.deck(), "Themed.pptx")
    run, film = office.film(deck, slideScripts=[], slideshowThemeEntityId="vg_enti_theme_marquee", captionStyle=None)
    assert run["status"] == "succeeded", run
    assert film is not None
    assert run["degraded"] == []
    assert film.caption_style is None
    pages = [scene.picture.design.page for scene in film.scenes]
    assert {page.theme.title_family for page in pages if page is not None and page.theme is not None} == {"Bebas Neue"}


def test_a_logo_is_part_of_the_film(office: Office, three: str) -> None:
    picture = cv2.imencode(".png", np.full((20, 40, 3), 200, np.uint8))[1].tobytes()
    _, film = office.film(three, slideScripts=[], logoFileId=office.upload(picture, "logo.png"))
    assert film is not None
    assert film.logo is not None
    assert film.logo.position == "TOP_RIGHT"


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        (documents.pdf([documents.Page()], encrypt=True), "encrypted_document", "password"),
        (b"%PDF-1.7\nnothing of use\n%%EOF\n", "damaged_media", "damaged"),
        (documents.pdf([]), "damaged_media", "no pages"),
        (documents.plain(21), "too_many_pages", "21 pages; at most 20"),
    ],
    ids=["encrypted", "corrupt", "no pages", "too many pages"],
)
def test_a_document_that_cannot_be_shown_says_why(office: Office, data: bytes, code: str, says: str) -> None:
    run, film = office.film(office.upload(data, "bad.pdf"))
    assert film is None
    assert run["status"] == "failed"
    error = run["error"]
    assert isinstance(error, dict)
    assert error["code"] == code
    assert says in error["message"]


@pytest.mark.parametrize(
    ("fields", "status", "says"),
    [
        ({"slideshowThemeEntityId": "vg_enti_none"}, 404, "slideshowThemeEntityId"),
        ({"slideshowThemeEntityId": "vg_enti_look_ink"}, 400, "VISUAL_STYLE, not SLIDESHOW_THEME"),
        ({"actorEntityId": "vg_ent_1"}, 404, "actorEntityId"),
        ({"slideScripts": ["Hello.", "!!!"]}, 400, "slideScripts[1]"),
        ({"slideScripts": ["word " * 100]}, 400, "at most 480"),
        ({"logoFileId": "vg_file_none"}, 404, "logoFileId"),
        ({"voiceId": "Nobody"}, 404, "Nobody"),
    ],
)
def test_what_cannot_be_honoured_is_refused_at_the_start(
    office: Office, three: str, fields: dict[str, object], status: int, says: str
) -> None:
    answered, error = office.start(three, **fields)
    assert (answered, says in str(error)) == (status, True), error


def test_a_deck_speaks_its_notes_and_says_when_its_slides_were_set_anew(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    actor = {"actorEntityId": "vg_enti_actor_beard"}
    run, film = office.film(office.upload(documents.deck(), "Garden.pptx"), captionStyle={}, autoExport=True, **actor)
    assert run["status"] == "succeeded", run
    assert film is not None
    assert [scene.plan.text for scene in film.scenes] == list(documents.NOTES)
    assert film.scenes[3].speech is None
    assert film.presenter == "beard"
    assert film.title == "Our Small Garden"
    assert "set anew" in str(run["warnings"])
    assert "your file “Garden.pptx”" in str(run["madeBy"])


def test_only_documents_have_slides(office: Office) -> None:
    status, error = office.start(office.upload(b"Just words.", "words.txt"))
    assert status == 400
    assert "neither PDF nor SLIDESHOW" in str(error)
    assert office.start("vg_file_unknown")[0] == 404


def test_edits_leave_pages_as_they_are_and_resizing_lays_them_out_anew(office: Office, three: str) -> None:
    actions: list[dict[str, object]] = [
        {"type": "REGENERATE_IMAGES", "stylePrompt": "watercolour"},
        {"type": "SHUFFLE_STOCK_VISUALS"},
        {"type": "ADD_ZOOM"},
        {"type": "CONVERT_IMAGES_TO_VIDEOS"},
        {"type": "UPSCALE_ASSETS"},
        {"type": "ADD_TRANSITIONS", "sectionTransition": "WIPE", "assetTransition": "WIPE"},
        {"type": "RESIZE_PROJECT", "aspectRatio": {"width": 9, "height": 16}},
        {"type": "DISABLE_CAPTIONS"},
        {"type": "CHANGE_NARRATOR", "voiceId": "vg_voic_flite_rms"},
    ]
    run, film = office.film(three, slideScripts=["Hello there.", "", "Bye."], remixActions=actions, autoExport=True)
    assert run["status"] == "succeeded", run
    assert not [text for text in run["degraded"] if "failed" in text]
    assert film is not None
    assert (film.ratio_width, film.ratio_height) == (9, 16)
    assert film.voice_id == "vg_voic_flite_rms"
    assert [scene.picture.design.page and scene.picture.design.page.page for scene in film.scenes] == [0, 1, 2]
    assert all(scene.own_picture and scene.motion.zoom_to == 1.0 for scene in film.scenes)
