"""Timed visual direction finds the scenes that are on screen then."""

from __future__ import annotations

from videogen_agents.contract import SceneDescriptionRange
from videogen_engine.planning.model import PlannedScene, Sentence
from videogen_engine.visuals.model import PictureScene
from videogen_engine.workflows.scene_directions import direct


def scene(index: int, duration: float) -> PictureScene:
    text = f"Scene {index}."
    sentence = Sentence(text=text, start=0, end=len(text))
    plan = PlannedScene(index=index, text=text, start=0, end=len(text), sentences=(sentence,), headline=text)
    return PictureScene(plan=plan, duration=duration)


def described(start: float, end: float, description: str) -> SceneDescriptionRange:
    return SceneDescriptionRange(start_seconds=start, end_seconds=end, description=description)


SCENES = (scene(0, 4.0), scene(1, 6.0), scene(2, 5.0))


def test_each_scene_gets_the_description_that_covers_most_of_it() -> None:
    directed = direct(SCENES, [described(0, 5, "a lake"), described(5, 12, "a desert"), described(12, 15, "rain")])
    assert [scene.direction for scene in directed] == ["a lake", "a desert", "rain"]


def test_a_scene_that_nothing_was_said_about_stays_as_it_was() -> None:
    directed = direct(SCENES, [described(4, 10, "a city")])
    assert [scene.direction for scene in directed] == [None, "a city", None]


def test_a_range_that_only_touches_a_scene_does_not_direct_it() -> None:
    assert direct(SCENES, [described(10, 10.5, "late")])[1].direction is None


def test_ranges_after_the_end_and_blank_descriptions_direct_nothing() -> None:
    directed = direct(SCENES, [described(0, 4, "   "), described(100, 200, "never")])
    assert [scene.direction for scene in directed] == [None, None, None]


def test_without_ranges_the_scenes_are_unchanged() -> None:
    assert direct(SCENES, []) == SCENES
