"""What plain words do to a film: scenes, words, pictures and settings, whole or not at all."""

from __future__ import annotations

import itertools

import pytest

from videogen_agents.contract import EditWithAgentAction, TextJustification, VerticalAlignment
from videogen_agents.errors import InputError, LimitError, UnavailableError, VideoError
from videogen_agents.testing import HttpReply, LoopbackLanguageModel
from videogen_engine.providers.endpoint import endpoint_of
from videogen_engine.remix.differences import differences
from videogen_engine.remix.edit_with_agent import check, check_without_model
from videogen_engine.timeline.document import Timeline, TransitionKind
from videogen_engine.timeline.pace import scene_frames

from .conftest import Workbench


def says(film: Timeline) -> list[str]:
    """The first word of every scene."""
    return [scene.plan.text.split()[0] for scene in film.scenes]


def is_sound(film: Timeline) -> bool:
    """Whether numbers, spans, ids, lengths and entrances fit together."""
    for index, scene in enumerate(film.scenes):
        plan, speech = scene.plan, scene.speech
        assert plan.index == index
        assert film.script[plan.start : plan.end] == plan.text
        for phrase in (*plan.sentences, *plan.key_phrases, *plan.items):
            assert film.script[phrase.start : phrase.end].casefold() == phrase.text.casefold()
        assert speech is not None
        for word in speech.words:
            assert film.script[word.char_start : word.char_end] == word.text
        assert scene.frames >= scene_frames(speech, last=index == len(film.scenes) - 1)
        assert scene.transition.frames <= scene.frames // 3
    assert film.scenes[0].transition.kind is TransitionKind.NONE
    assert len({scene.scene_id for scene in film.scenes}) == len(film.scenes)
    return True


@pytest.fixture
def short(film: Timeline) -> Timeline:
    assert says(film) == ["Did", "Sixty", "Dogs", "Take", "Coffee", "Start"]
    return film


async def test_three_edits_in_one_sentence_are_all_done(bench: Workbench, short: Timeline) -> None:
    made = await bench.edited(short, "hide the captions, use wipe transitions and drop the third scene")
    after = made.timeline
    assert says(after) == ["Did", "Sixty", "Take", "Coffee", "Start"]
    assert after.caption_style is None
    assert {scene.transition.kind for scene in after.scenes[1:]} == {TransitionKind.WIPE}
    assert "Dogs" not in after.script
    assert is_sound(after)
    assert made.notes[0] == "Captions hidden."
    assert "Removed scene 3." in made.notes


async def test_nothing_is_changed_when_one_part_is_not_understood(bench: Workbench, short: Timeline) -> None:
    with pytest.raises(InputError) as refused:
        await bench.edited(short, "drop the third scene and bake a cake")
    assert "bake a cake" in refused.value.message
    assert "“drop the third scene”" in refused.value.message
    assert "Nothing was changed" in refused.value.message
    assert refused.value.next_step


async def test_scene_numbers_mean_the_film_before_the_edit(bench: Workbench, short: Timeline) -> None:
    made = await bench.edited(short, "remove scene 1, then remove scene 3 and move scene 5 before scene 2")
    assert says(made.timeline) == ["Coffee", "Sixty", "Take", "Start"]
    assert is_sound(made.timeline)


async def test_a_scene_that_the_same_edit_removed_cannot_be_used(bench: Workbench, short: Timeline) -> None:
    with pytest.raises(InputError, match="Scene 3 was taken out"):
        await bench.edited(short, "remove scene 3 and use a mountain for scene 3")


@pytest.mark.parametrize(
    ("prompt", "order"),
    [
        ("start with the last scene", ["Start", "Did", "Sixty", "Dogs", "Take", "Coffee"]),
        ("swap scenes 1 and 6", ["Start", "Sixty", "Dogs", "Take", "Coffee", "Did"]),
        ("end with the question", ["Sixty", "Dogs", "Take", "Coffee", "Start", "Did"]),
        ("move the scene about dogs after scene 4", ["Did", "Sixty", "Take", "Dogs", "Coffee", "Start"]),
        ("reverse the order of the scenes", ["Start", "Coffee", "Take", "Dogs", "Sixty", "Did"]),
        ("keep only the first two scenes", ["Did", "Sixty"]),
        ("remove the first and the last scene", ["Sixty", "Dogs", "Take", "Coffee"]),
    ],
)
async def test_scenes_stand_where_they_were_put(
    bench: Workbench, short: Timeline, prompt: str, order: list[str]
) -> None:
    after = (await bench.edited(short, prompt)).timeline
    assert says(after) == order
    assert is_sound(after)


async def test_moving_scenes_there_and_back_gives_the_same_film(bench: Workbench, short: Timeline) -> None:
    once = (await bench.edited(short, "swap scenes 2 and 5")).timeline
    assert (await bench.edited(once, "swap scenes 2 and 5")).timeline.scenes == short.scenes


async def test_scenes_that_stay_keep_what_they_are_made_of(bench: Workbench, short: Timeline) -> None:
    after = (await bench.edited(short, "drop scene 2")).timeline
    for old, new in zip((short.scenes[0], *short.scenes[2:]), after.scenes, strict=True):
        assert (old.scene_id, old.picture, old.frames) == (new.scene_id, new.picture, new.frames)
        assert old.speech is not None
        assert new.speech is not None
        assert old.speech.clip == new.speech.clip


@pytest.mark.parametrize("seconds", [8, 12, 16, 20, 24])
async def test_a_film_cut_to_a_length_is_no_longer_and_begins_as_before(
    bench: Workbench, short: Timeline, seconds: int
) -> None:
    after = (await bench.edited(short, f"cut it to {seconds} seconds")).timeline
    assert after.duration <= seconds
    assert says(after)[0] == "Did"
    left = [scene for scene in short.scenes if scene.scene_id not in {one.scene_id for one in after.scenes}]
    assert all(after.duration + scene.frames / 30 > seconds for scene in left)
    assert is_sound(after)


async def test_a_length_that_no_scene_fits_is_refused(bench: Workbench, short: Timeline) -> None:
    with pytest.raises(InputError, match="No scene lasts 1 s or less"):
        await bench.edited(short, "cut it to 1 second")


async def test_a_film_that_is_short_enough_stays_as_it_is(bench: Workbench, short: Timeline) -> None:
    made = await bench.edited(short, "cut it to 10 minutes")
    assert made.timeline == short
    assert "no more than 600 s" in made.notes[0]


async def test_a_target_duration_counts_with_rethink_alone(bench: Workbench, short: Timeline) -> None:
    cut = await bench.edited(short, "make it shorter", mode="RETHINK", targetDurationSeconds=15)
    assert cut.timeline.duration <= 15
    both = await bench.edited(short, "hide the captions", mode="RETHINK", targetDurationSeconds=15)
    assert both.timeline.caption_style is None
    assert both.timeline.duration <= 15
    with pytest.raises(InputError):
        await bench.edited(short, "make it shorter", targetDurationSeconds=15)


async def test_changed_words_are_spoken_and_drawn_anew_in_their_scene_alone(bench: Workbench, short: Timeline) -> None:
    after = (await bench.edited(short, "replace 'cheap' with 'affordable'")).timeline
    assert "Coffee is affordable, but" in after.script
    assert [old == new for old, new in zip(short.scenes, after.scenes, strict=True)][:4] == [True] * 4
    assert [len(request.scenes) for request in bench.spoken] == [1]
    assert is_sound(after)
    assert differences(short, after)[0].startswith("scene 5 says “Coffee is affordable")


async def test_a_scene_says_what_it_is_told_to_say(bench: Workbench, short: Timeline) -> None:
    after = (await bench.edited(short, 'make scene 3 say "Cats need water as well."')).timeline
    assert after.scenes[2].plan.text == "Cats need water as well."
    assert after.scenes[2].frames < short.scenes[2].frames
    assert is_sound(after)


async def test_an_added_scene_stands_where_it_was_asked_for(bench: Workbench, short: Timeline) -> None:
    middle = (await bench.edited(short, 'add a scene after scene 2 that says "Even bones hold water."')).timeline
    assert says(middle) == ["Did", "Sixty", "Even", "Dogs", "Take", "Coffee", "Start"]
    assert is_sound(middle)
    end = (await bench.edited(short, 'add a scene saying "Thank you for watching."')).timeline
    assert says(end)[-1] == "Thank"
    assert is_sound(end)


async def test_a_shortened_scene_loses_its_last_sentence(bench: Workbench, short: Timeline) -> None:
    after = (await bench.edited(short, "shorten scene 4")).timeline
    assert after.scenes[3].plan.text == "Take a bottle to work in the morning."
    assert is_sound(after)
    with pytest.raises(InputError, match="one sentence"):
        await bench.edited(short, "shorten scene 3")


async def test_a_removed_word_leaves_no_gap(bench: Workbench, short: Timeline) -> None:
    after = (await bench.edited(short, "remove the word 'fresh'")).timeline
    assert "Dogs need water every day" in after.script


async def test_a_picture_shows_what_was_asked_for_and_survives_other_edits(bench: Workbench, short: Timeline) -> None:
    after = (await bench.edited(short, "use a mountain for scene 2")).timeline
    icons = [element.icon for element in after.scenes[1].picture.design.elements if element.icon]
    assert icons[0] is not None
    assert "mountain" in icons[0]
    assert [old == new for old, new in zip(short.scenes, after.scenes, strict=True)].count(False) == 1
    square = (await bench.edited(after, "make it square")).timeline
    assert [element.icon for element in square.scenes[1].picture.design.elements if element.icon] == icons


async def test_a_picture_that_cannot_be_drawn_is_refused(bench: Workbench, short: Timeline) -> None:
    with pytest.raises(InputError, match="no picture of “a zorbulax”"):
        await bench.edited(short, "use a zorbulax for scene 2")


async def test_another_picture_is_another_one(bench: Workbench, short: Timeline) -> None:
    after = (await bench.edited(short, "use another picture for scene 3")).timeline
    assert after.scenes[2].picture.design != short.scenes[2].picture.design
    assert after.scenes[2].plan == short.scenes[2].plan


async def test_one_scene_is_drawn_in_a_look_of_its_own(bench: Workbench, short: Timeline) -> None:
    after = (await bench.edited(short, "make scene 2 look like a chalkboard")).timeline
    looks = [scene.picture.design.look for scene in after.scenes]
    assert looks[1] == "chalkboard"
    assert looks.count("chalkboard") == 1


async def test_a_new_title_changes_no_picture_now_or_later(bench: Workbench, short: Timeline) -> None:
    named = (await bench.edited(short, "change the title to Ocean Sunset")).timeline
    assert named.title == "Ocean Sunset"
    assert named.scenes == short.scenes
    for prompt in ("make it square", "use a mountain for scene 2"):
        before = (await bench.edited(short, prompt)).timeline
        assert (await bench.edited(named, prompt)).timeline.scenes == before.scenes


async def test_captions_are_larger_than_they_were_each_time(bench: Workbench, short: Timeline) -> None:
    once = (await bench.edited(short, "make the captions larger, left-aligned and at the top")).timeline
    twice = (await bench.edited(once, "captions twice as big")).timeline
    assert once.caption_style is not None
    assert twice.caption_style is not None
    assert once.caption_style.vertical_alignment is VerticalAlignment.TOP
    assert once.caption_style.text_justification is TextJustification.LEFT
    assert twice.caption_style.font_size == pytest.approx((once.caption_style.font_size or 0) * 2)
    assert twice.caption_style.vertical_alignment is VerticalAlignment.TOP


async def test_speech_is_slower_by_what_was_said(bench: Workbench, short: Timeline) -> None:
    after = (await bench.edited(short, "speak 10 % slower")).timeline
    assert after.voice_speed == pytest.approx(0.9)
    assert after.duration > short.duration
    with pytest.raises(VideoError):
        await bench.edited(after, "speak half as fast")


async def test_a_faster_pace_changes_the_picture_more_often_and_says_the_same(
    bench: Workbench, short: Timeline
) -> None:
    after = (await bench.edited(short, "faster pacing")).timeline
    assert len(after.scenes) > len(short.scenes)
    assert after.script.split() == short.script.split()
    assert is_sound(after)


async def test_what_the_film_does_not_have_is_said_and_changes_nothing(bench: Workbench, short: Timeline) -> None:
    quieter = await bench.edited(short, "make the music quieter")
    assert (quieter.timeline, quieter.notes) == (short, ("The film has no music.",))
    logo = await bench.edited(short, "make the logo smaller")
    assert (logo.timeline, logo.notes) == (short, ("The film has no logo.",))


async def test_undo_and_redo_give_the_same_film_back(bench: Workbench, short: Timeline) -> None:
    after = (await bench.edited(short, "drop scene 2")).timeline
    bench.past = [short]
    back = await bench.edited(after, "undo that")
    assert back.timeline.model_dump_json() == short.model_dump_json()
    assert back.steps_back == 1
    bench.undone = after
    assert (await bench.edited(short, "redo")).timeline == after
    with pytest.raises(InputError, match="not so many"):
        await bench.edited(after, "undo the last 3 changes")


async def test_a_recorded_voice_cannot_be_made_to_say_other_words(bench: Workbench, short: Timeline) -> None:
    recorded = short.model_copy(update={"voice_id": "recording", "voice_provider": "upload"})
    with pytest.raises(UnavailableError, match="recording"):
        await bench.edited(recorded, "replace 'cheap' with 'affordable'")
    assert says((await bench.edited(recorded, "drop scene 2")).timeline)[1] == "Dogs"


@pytest.mark.parametrize("prompt", ["", "   ", "…", "Entferne die dritte Szene größer"])
def test_prompts_that_no_film_could_be_edited_by_are_refused_at_once(prompt: str) -> None:
    with pytest.raises(InputError):
        check(EditWithAgentAction(prompt=prompt))
        check_without_model(EditWithAgentAction(prompt=prompt))
    with pytest.raises(LimitError):
        check(EditWithAgentAction(prompt="hide the captions " * 200))


async def test_the_same_request_gives_the_same_film(bench: Workbench, short: Timeline) -> None:
    prompt = 'drop scene 2, make scene 3 say "Cats drink too.", cut it to 20 seconds and use pop transitions'
    films = [(await bench.edited(short, prompt)).timeline.model_dump_json() for _ in range(2)]
    assert len(set(films)) == 1


async def test_any_two_scenes_can_be_swapped_and_the_film_stays_sound(bench: Workbench, short: Timeline) -> None:
    for first, second in itertools.combinations(range(1, 7), 2):
        after = (await bench.edited(short, f"swap scenes {first} and {second}")).timeline
        assert is_sound(after)


async def test_a_model_that_shall_read_first_does_and_the_grammar_stands_in(bench: Workbench, short: Timeline) -> None:
    answer = '{"operations": [{"type": "REMOVE_SCENES", "scenes": [1]}]}'
    with LoopbackLanguageModel(answer, HttpReply(403, "{}")) as model:
        bench.endpoint = endpoint_of(model.settings(), "VIDEOGEN_AGENTS_LLM")
        bench.language_model, bench.edit_readers = "loopback-model", "model-first"
        read = await bench.edited(short, "drop the first scene")
        stood_in = await bench.edited(short, "hide the captions")
    assert read.notes[0].startswith("Read by loopback-model at 127.0.0.1")
    assert says(read.timeline) == says(short)[1:]
    assert "the built-in grammar did" in stood_in.notes[0]
    assert stood_in.timeline.caption_style is None


async def test_a_model_is_not_asked_where_the_grammar_alone_shall_read(bench: Workbench, short: Timeline) -> None:
    bench.language_model, bench.edit_readers = "loopback-model", "grammar"
    assert (await bench.edited(short, "hide the captions")).notes == ("Captions hidden.",)
    with pytest.raises(InputError, match="was not understood"):
        await bench.edited(short, "lose the subtitle thing")
