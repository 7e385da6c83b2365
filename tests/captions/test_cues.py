"""How words become cues: what is shown together, for how long, and where lines end."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from videogen_engine.captions.model import CaptionCue, CaptionRequest
from videogen_engine.captions.stage import caption_track

Captions = Callable[..., object]

LONG = (
    "Water makes up about 60% of an adult's body, and every cell depends on it. Drinking enough water supports your "
    "energy, focus, and mood. Losing just 2% of your body weight in fluid can make it harder to concentrate. Yes. "
    "So fill a glass now, and start with water."
)


def letters(cue: CaptionCue) -> int:
    return sum(len(word.text) + 1 for line in cue.lines for word in line)


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (1080, 1080), (864, 1080)])
def test_cues_say_every_word_once_in_at_most_two_lines(captions_of: Captions, size: tuple[int, int]) -> None:
    made = captions_of(LONG, size=size)
    said = [word.text for cue in made.painted.track.cues for line in cue.lines for word in line]
    assert said == LONG.split()
    assert all(1 <= len(cue.lines) <= 2 for cue in made.painted.track.cues)


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)])
def test_cues_can_be_read_in_the_time_they_are_shown(captions_of: Captions, size: tuple[int, int]) -> None:
    cues = captions_of(LONG, size=size).painted.track.cues
    assert all(cue.end - cue.start >= 0.799 for cue in cues)
    assert all(letters(cue) / (cue.end - cue.start) <= 20 for cue in cues)


def test_cues_follow_one_another_inside_the_scene(captions_of: Captions) -> None:
    made = captions_of(LONG)
    cues = made.painted.track.cues
    assert all(one.end <= two.start for one, two in pairwise(cues))
    assert cues[0].start >= 0 and cues[-1].end <= made.request.scene_duration
    for cue in cues:
        words = [word for line in cue.lines for word in line]
        assert cue.start <= words[0].start and words[-1].start < cue.end


def test_lines_and_cues_end_at_clauses_and_not_behind_small_words(captions_of: Captions) -> None:
    lines = captions_of(LONG, size=(1920, 1080)).lines
    ends = [line.split()[-1].strip(".,").lower() for cue in lines for line in cue]
    assert not {"the", "a", "of", "and", "to", "in", "your", "can"} & set(ends)
    assert "your energy, focus, and mood." in [line for cue in lines for line in cue]


def test_two_lines_are_balanced(captions_of: Captions) -> None:
    for cue in captions_of(LONG, size=(1920, 1080)).lines:
        if len(cue) == 2:
            assert min(map(len, cue)) / max(map(len, cue)) > 0.45


def test_no_cue_runs_over_the_end_of_a_sentence_that_is_long_enough_to_stand_alone(captions_of: Captions) -> None:
    for cue in captions_of(LONG).lines:
        text = " ".join(cue)
        inside = text.rstrip(".").split(". ")
        assert len(inside) == 1 or min(len(part) for part in inside) < 12


def test_very_short_sentences_share_a_cue_so_that_none_flashes_by(captions_of: Captions) -> None:
    cues = captions_of("Go. " * 40, rate=9.0).painted.track.cues
    assert all(cue.end - cue.start >= 0.799 for cue in cues)


def test_japanese_breaks_anywhere_but_before_closing_marks(captions_of: Captions) -> None:
    lines = captions_of(
        "太陽の光は白く見えますが、実は多くの色が混ざっています。だから空は青いのです。", "ja", rate=7.0
    ).lines
    assert all(line[0] not in "、。」" for cue in lines for line in cue)
    assert (
        "".join(line for cue in lines for line in cue)
        == "太陽の光は白く見えますが、実は多くの色が混ざっています。だから空は青いのです。"
    )


def test_a_word_too_wide_for_a_line_is_broken_or_cut(captions_of: Captions) -> None:
    made = captions_of("See " + "w" * 10_000 + " there.", size=(1080, 1920))
    lines = [line for cue in made.lines for line in cue]
    assert any(line.endswith("…") for line in lines)
    assert all(len(line) < 60 for line in lines)
    assert lines[-1] == "there."


def test_marks_of_emphasis_are_not_shown_but_punctuation_is(captions_of: Captions) -> None:
    made = captions_of("Use **bold** words, `code`, and _more_. It costs 5*3 euros.")
    assert " ".join(line for cue in made.lines for line in cue) == "Use bold words, code, and more. It costs 5*3 euros."


def test_the_track_alone_equals_the_track_of_the_pictures(captions_of: Captions) -> None:
    made = captions_of(LONG)
    assert caption_track(made.request) == made.painted.track


def test_a_scene_without_words_has_no_cues_and_no_states(captions_of: Captions) -> None:
    made = captions_of("🎉")
    assert made.painted.track.cues == () and made.states == ()
    assert any("Emoji" in warning for warning in made.painted.track.warnings)


def test_words_with_times_out_of_order_or_of_no_length_still_make_cues_in_order(captions_of: Captions) -> None:
    request: CaptionRequest = captions_of("One two three four.").request
    words = [word.model_copy(update={"start": 1.0, "end": 0.9}) for word in request.words]
    track = caption_track(request.model_copy(update={"words": tuple(words)}))
    assert all(cue.end > cue.start for cue in track.cues)
