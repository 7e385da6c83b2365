"""Built-in actors are seen narrating films: in a corner, with a mouth that follows what is said."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from videogen_agents.contract import CaptionStyle
from videogen_engine.captions.stage import caption
from videogen_engine.render.model import RenderRequest
from videogen_engine.render.parts import PlacedPart, cut
from videogen_engine.stage import StageContext
from videogen_engine.store.artifact_store import MediaArtifactStore
from videogen_engine.store.records import Rendition
from videogen_engine.timeline.document import Timeline

sys.path.insert(0, str(Path(__file__).parent))

from studio import Studio, decoded

RUN = "script-to-video"
SCRIPT = "Plants need water every morning."
ACTOR = "vg_enti_actor_curls"
OTHER = "vg_enti_actor_bun"
LINES = {"VIDEOGEN_AGENTS_RENDER_LINES": "240", "VIDEOGEN_AGENTS_RENDER_ENCODING": "draft"}
Film = tuple[dict[str, object], Timeline]


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    opened = Studio(tmp_path_factory.mktemp("home"), LINES)
    yield opened
    opened.close()


def film(studio: Studio, **fields: object) -> Film:
    run, timeline = studio.film(RUN, **({"script": SCRIPT, "visualStyle": {"type": "STOCK"}} | fields))
    assert run["status"] == "succeeded", run
    assert timeline is not None
    return run, timeline


@pytest.fixture(scope="module")
def narrated(studio: Studio) -> Film:
    return film(studio, actorEntityId=ACTOR, avatarQuality="HIGH", captionStyle=None, autoExport=True)


@pytest.fixture(scope="module")
def plain(studio: Studio) -> Film:
    return film(studio, captionStyle=None, autoExport=True)


def frames(data: bytes) -> list[NDArray[np.int16]]:
    with av.open(io.BytesIO(data)) as container:
        return [frame.to_ndarray(format="gray").astype(np.int16) for frame in container.decode(video=0)]


def test_an_actor_sits_in_the_lower_right_corner_of_every_frame_and_nothing_else_changes(
    studio: Studio, narrated: Film, plain: Film
) -> None:
    assert "presenter: built-in drawn presenter, Presenter with curls" in list(narrated[0]["madeBy"])  # type: ignore[call-overload]
    assert any("drawn" in str(sentence) for sentence in list(narrated[0]["degraded"]))  # type: ignore[call-overload]
    assert narrated[0]["findings"] == []
    assert b"Presenter with curls" in studio.export_file(narrated[0], Rendition.MANIFEST)
    seen, without = (frames(studio.export_file(run, Rendition.DOWNLOAD)) for run, _ in (narrated, plain))
    assert len(seen) == len(without) == narrated[1].frames
    for one, other in zip(seen, without, strict=True):
        changed = np.abs(one - other) > 24
        assert changed[170:, 360:].mean() > 0.3
        assert not changed[:150].any()
        assert not changed[:, :300].any()
    sheets = [decoded(studio.export_file(run, Rendition.CONTACT_SHEET)).astype(int) for run, _ in (narrated, plain)]
    assert (np.abs(sheets[0] - sheets[1]) > 24).mean() > 0.01


def test_the_mouth_moves_while_something_is_said_and_rests_in_the_silence_after_it(
    studio: Studio, narrated: Film
) -> None:
    scene = narrated[1].scenes[0]
    assert scene.speech is not None
    shown = [frame[178:228, 362:412] for frame in frames(studio.export_file(narrated[0], Rendition.DOWNLOAD))]
    words = [round((scene.speech_offset + (word.start + word.end) / 2) * 30) for word in scene.speech.words]
    silent = round((scene.speech_offset + scene.speech.words[-1].end) * 30) + 5

    def moved(first: int, last: int) -> float:
        steps = [np.abs(shown[at + 1] - shown[at]).mean() for at in range(first, last)]
        return float(np.mean(steps))

    assert moved(words[0], words[-1]) > 2 * moved(silent, len(shown) - 1)


def test_the_same_request_gives_the_same_bytes_elsewhere(tmp_path: Path, studio: Studio, narrated: Film) -> None:
    elsewhere = Studio(tmp_path, LINES)
    again = film(elsewhere, actorEntityId=ACTOR, captionStyle=None, autoExport=True)
    assert elsewhere.export_file(again[0], Rendition.DOWNLOAD) == studio.export_file(narrated[0], Rendition.DOWNLOAD)
    elsewhere.close()


def edited(studio: Studio, project: str, **action: object) -> tuple[dict[str, object], Timeline]:
    body = {"remixActions": [{"type": "CHANGE_NARRATOR", "voiceId": "Flite SLT"} | action]}
    status, started = studio.ask("POST", f"/v1/projects/{project}/remix", body)
    assert status == 202, started
    job = str(next(iter(started["remixActionIds"])))  # type: ignore[call-overload]
    while (found := studio.ask("GET", f"/engine/v1/jobs/{job}")[1])["status"] in {"pending", "running"}:
        continue
    assert found["status"] == "succeeded", found
    return found, Timeline.model_validate_json(studio.engine.store.projects.version(project).timeline_json)


def test_a_change_of_narrator_brings_an_actor_keeps_it_replaces_it_and_takes_it_away(
    studio: Studio, plain: Film
) -> None:
    project = str(plain[0]["projectId"])
    done, added = edited(studio, project, actorEntityId=ACTOR)
    assert (added.presenter, added.voice_id) == ("curls", plain[1].voice_id)
    assert done["scenesRendered"] == len(added.scenes)
    versions = studio.ask("GET", f"/engine/v1/projects/{project}/versions")[1]
    assert "presenter now Presenter with curls" in str(versions)
    _, faster = edited(studio, project, voiceSpeed=1.25)
    assert (faster.presenter, faster.voice_speed) == ("curls", 1.25)
    _, replaced = edited(studio, project, actorEntityId=OTHER, voiceSpeed=1.0)
    assert replaced.presenter == "bun"
    _, removed = edited(studio, project, actorEntityId=None)
    assert removed.presenter is None
    known = {placed.part.model_dump_json() for placed in parts(plain[1])}
    assert {placed.part.model_dump_json() for placed in parts(removed)} == known
    assert not any("presenter" in text for text in known)
    assert "presenter" not in plain[1].model_dump_json()


def parts(timeline: Timeline, width: int = 426, height: int = 240) -> list[PlacedPart]:
    return cut(RenderRequest(timeline=timeline, width=width, height=height), "")


def test_actors_of_ones_own_and_what_is_no_actor_are_refused_in_films_and_edits(studio: Studio, plain: Film) -> None:
    own = studio.entity("ACTOR", "Maya")
    cases = ((own, 501, "Maya"), ("vg_enti_none", 404, "actorEntityId"), ("vg_enti_look_ink", 400, "not ACTOR"))
    for entity, status, says in cases:
        action = {"type": "CHANGE_NARRATOR", "voiceId": "Flite SLT", "actorEntityId": entity}
        answers = (
            studio.start(RUN, script=SCRIPT, visualStyle={"type": "STOCK"}, actorEntityId=entity),
            studio.start(RUN, script=SCRIPT, visualStyle={"type": "STOCK"}, remixActions=[action]),
            studio.ask("POST", f"/v1/projects/{plain[0]['projectId']}/remix", {"remixActions": [action]}),
        )
        for answered, error in answers:
            assert (answered, says in str(error)) == (status, True), error


@pytest.mark.parametrize("size", [(426, 240), (240, 426), (240, 240), (300, 240), (192, 240)])
@pytest.mark.parametrize(
    "style",
    [
        {},
        {"fontSize": 80},
        {"textJustification": "RIGHT"},
        {"textJustification": "LEFT", "fontSize": 90},
        {"verticalAlignment": "TOP"},
    ],
)
def test_no_caption_meets_the_actor(
    tmp_path: Path, narrated: Film, size: tuple[int, int], style: dict[str, object]
) -> None:
    timeline = narrated[1].model_copy(update={"caption_style": CaptionStyle.model_validate(style)})
    ctx = StageContext(store=MediaArtifactStore(tmp_path.as_uri()), scratch=tmp_path / "scratch")
    part = parts(timeline, *size)[0].part
    seat = part.presenter
    assert seat is not None
    assert part.captions is not None
    assert 0 <= seat.x <= size[0] - seat.size
    assert 0 <= seat.y <= size[1] - seat.size
    for state in caption(part.captions, ctx).states:
        apart = state.x >= seat.x + seat.size or state.x + state.width <= seat.x
        assert apart or state.y >= seat.y + seat.size or state.y + state.height <= seat.y, state
