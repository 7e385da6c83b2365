"""The vendor's SDK edits a film that the engine made."""

from __future__ import annotations

import pytest
from videogen import VideoGen

pytestmark = pytest.mark.xdist_group("one-film")


def test_the_vendors_client_edits_a_film_and_waits_for_it(vendor: VideoGen) -> None:
    run = vendor.workflows.script_to_video_and_wait(
        script="Drink water now.",
        visual_style={"type": "STOCK"},
        remix_actions=[{"type": "ADD_ZOOM"}],
        poll_interval_ms=200,
    )
    listing = vendor.projects.remix_and_wait(
        project_id=run["project_id"],
        remix_actions=[
            {"type": "ENABLE_CAPTIONS", "captionStyle": {"fontSize": 80}},
            {"type": "RESIZE_PROJECT", "aspectRatio": {"width": 1, "height": 1}},
            {"type": "UPSCALE_ASSETS"},
        ],
        poll_interval_ms=200,
    )
    actions = listing["remix_actions"]
    assert [action["type"] for action in actions] == ["UPSCALE_ASSETS", "RESIZE_PROJECT", "ENABLE_CAPTIONS", "ADD_ZOOM"]
    assert {action["status"] for action in actions} == {"succeeded"}
    assert {action["progress_percentage"] for action in actions} == {100}
    project = vendor.projects.get_project(project_id=run["project_id"])
    assert project["aspect_ratio"] == {"width": 1, "height": 1}


def test_the_vendors_client_edits_a_copy(vendor: VideoGen) -> None:
    run = vendor.workflows.script_to_video_and_wait(
        script="Drink water now.", visual_style={"type": "STOCK"}, poll_interval_ms=200
    )
    listing = vendor.projects.remix_and_wait(
        project_id=run["project_id"],
        remix_actions=[{"type": "DISABLE_CAPTIONS"}],
        save_as_new_project=True,
        poll_interval_ms=200,
    )
    (action,) = listing["remix_actions"]
    assert action["project_id"] != run["project_id"]
    assert vendor.projects.list_project_remix_actions(project_id=run["project_id"])["remix_actions"] == []
