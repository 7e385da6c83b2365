"""The timeline: whole frames, ids and movements that belong to each scene alone, limits that answer."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videogen_agents.errors import InternalError, LimitError
from videogen_engine.planning.model import PlannedScene, ScenePlan
from videogen_engine.speech.model import Narration, SceneSpeech, Word
from videogen_engine.stage import MediaRef, StageContext
from videogen_engine.store.artifact_store import MediaArtifactStore
from videogen_engine.timeline.assemble import AssembleRequest, assemble
from videogen_engine.timeline.document import Timeline, TransitionKind
from videogen_engine.timeline.pace import picture_scenes, scene_frames
from videogen_engine.visuals.model import Picture, PictureSet, SceneDesign, Source

CLIP = MediaRef(key="clip.wav", media_type="audio/wav", size=1)


@pytest.fixture
def ctx(tmp_path: Path) -> StageContext:
    return StageContext(store=MediaArtifactStore((tmp_path / "media").as_uri()), scratch=tmp_path / "scratch")


def request(*texts: str, seconds: float = 2.0, rest: float = 0.4) -> AssembleRequest:
    scenes, spoken, pictures, start = [], [], [], 0
    for index, text in enumerate(texts):
        scenes.append(
            PlannedScene(index=index, text=text, start=start, end=start + len(text), sentences=(), headline=text)
        )
        word = Word(text=text, char_start=start, char_end=start + len(text), start=0.1, end=seconds - rest)
        spoken.append(SceneSpeech(clip=CLIP, duration=seconds, words=(word,)))
        design = SceneDesign(
            look="glass",
            layout="centre",
            palette="ocean",
            seed=1,
            language="en",
            ratio_width=16,
            ratio_height=9,
            elements=(),
        )
        pictures.append(Picture(design=design, reason="", sources=(Source(name="x", licence="MIT"),)))
        start += len(text) + 1
    return AssembleRequest(
        plan=ScenePlan(script=" ".join(texts), language="en", title="Title", scenes=tuple(scenes)),
        narration=Narration(provider="flite", voice_id="v", language="en", scenes=tuple(spoken)),
        pictures=PictureSet(pictures=tuple(pictures), warnings=("one", "two")),
    )


def test_every_scene_holds_its_speech_and_a_pause(ctx: StageContext) -> None:
    timeline = assemble(request("First.", "Second.", seconds=2.0, rest=0.4), ctx)
    first, last = timeline.scenes
    assert first.speech_offset == 0.2
    assert first.frames == 6 + 60
    assert last.frames > first.frames
    assert timeline.duration == (first.frames + last.frames) / 30


def test_speech_without_a_closing_pause_gets_one() -> None:
    tight = SceneSpeech(
        clip=CLIP,
        duration=2.0,
        words=(Word(text="a", char_start=0, char_end=1, start=0, end=2.0),),
    )
    assert scene_frames(tight, last=False) == 6 + 69


@given(st.floats(0.05, 600, allow_nan=False), st.booleans())
def test_no_scene_ends_before_its_speech(seconds: float, last: bool) -> None:
    speech = SceneSpeech(clip=CLIP, duration=seconds, words=())
    frames = scene_frames(speech, last=last)
    assert frames >= 30
    assert frames / 30 >= 0.2 + seconds - 1e-6
    assert frames <= max(30, 6 + math.ceil((seconds + 0.3) * 30)) + (24 if last else 0)


def test_the_provisional_durations_are_the_final_ones(ctx: StageContext) -> None:
    asked = request("First.", "Second.", "Third.", seconds=1.777)
    timeline = assemble(asked, ctx)
    provisional = picture_scenes(asked.plan, asked.narration)
    assert [scene.duration for scene in provisional] == [scene.frames / 30 for scene in timeline.scenes]
    assert provisional[0].words[0].start == pytest.approx(0.3)


def test_a_changed_sentence_changes_nothing_about_the_others(ctx: StageContext) -> None:
    before = assemble(request("One.", "Two.", "Three.", "Four."), ctx)
    after = assemble(request("One.", "Two, longer than before.", "Three.", "Four."), ctx)
    for index in (0, 2, 3):
        old, new = before.scenes[index], after.scenes[index]
        assert (old.scene_id, old.motion, old.transition, old.frames) == (
            new.scene_id,
            new.motion,
            new.transition,
            new.frames,
        )
    assert before.scenes[1].scene_id != after.scenes[1].scene_id


def test_equal_sentences_have_ids_of_their_own(ctx: StageContext) -> None:
    timeline = assemble(request("Same.", "Same.", "Same."), ctx)
    assert len({scene.scene_id for scene in timeline.scenes}) == 3


def test_the_first_scene_is_there_at_once_and_the_others_fade_in(ctx: StageContext) -> None:
    timeline = assemble(request("One.", "Two.", "Three."), ctx)
    assert timeline.scenes[0].transition.kind is TransitionKind.NONE
    for scene in timeline.scenes[1:]:
        assert scene.transition.kind is TransitionKind.FADE
        assert 0.3 <= scene.transition.frames / 30 <= 0.4


def test_movements_are_gentle_and_of_several_kinds(ctx: StageContext) -> None:
    timeline = assemble(request(*(f"Sentence {number}." for number in range(80))), ctx)
    motions = [scene.motion for scene in timeline.scenes]
    assert len(set(motions)) == 6
    assert all(abs(motion.zoom_to - motion.zoom_from) <= 0.06 for motion in motions)
    assert all(min(motion.zoom_from, motion.zoom_to) >= 1.0 for motion in motions)


def test_a_timeline_survives_being_written_down(ctx: StageContext) -> None:
    timeline = assemble(request("One.", "Two."), ctx)
    assert Timeline.model_validate_json(timeline.model_dump_json()) == timeline
    assert timeline.caption_style is not None
    assert timeline.warnings == ("one", "two")


def test_a_film_over_the_limit_is_refused_with_a_next_step(ctx: StageContext) -> None:
    asked = request("One.", "Two.").model_copy(update={"max_seconds": 3.0})
    with pytest.raises(LimitError) as caught:
        assemble(asked, ctx)
    assert caught.value.code == "film_too_long"
    assert caught.value.next_step


def test_stages_that_disagree_about_the_scenes_are_a_fault(ctx: StageContext) -> None:
    asked = request("One.", "Two.")
    broken = asked.model_copy(update={"pictures": PictureSet(pictures=asked.pictures.pictures[:1])})
    with pytest.raises(InternalError):
        assemble(broken, ctx)


def test_one_thousand_one_word_scenes_are_assembled(ctx: StageContext) -> None:
    timeline = assemble(request(*["Word."] * 1000, seconds=0.4, rest=0.1), ctx)
    assert len({scene.scene_id for scene in timeline.scenes}) == 1000
    assert timeline.frames == 1000 * 30 + 24
