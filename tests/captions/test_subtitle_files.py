"""Cues as SubRip and WebVTT files."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from videogen_engine.captions.model import CaptionCue, CaptionWord
from videogen_engine.captions.subtitle_files import moved, write_srt, write_vtt


def cue(start: float, end: float, *lines: str) -> CaptionCue:
    return CaptionCue(
        start=start,
        end=end,
        lines=tuple(tuple(CaptionWord(text=word, start=start, end=end) for word in line.split()) for line in lines),
    )


def test_srt_is_numbered_and_has_commas_in_its_times() -> None:
    text = write_srt([cue(0.0, 1.25, "Drink water,", "every day."), cue(3661.5, 3662.0, "Later.")])
    assert text == (
        "1\n00:00:00,000 --> 00:00:01,250\nDrink water,\nevery day.\n\n2\n01:01:01,500 --> 01:01:02,000\nLater.\n"
    )


def test_vtt_begins_with_its_name_and_escapes_markup() -> None:
    text = write_vtt([cue(0.5, 1.0, "a <b> & --> c")])
    assert text == "WEBVTT\n\n00:00:00.500 --> 00:00:01.000\na &lt;b&gt; &amp; --&gt; c\n"


def test_an_arrow_in_an_srt_line_cannot_be_taken_for_a_time() -> None:
    assert write_srt([cue(0, 1, "a --> b")]).count("-->") == 1


def test_empty_cues_and_cues_of_no_length_are_left_out() -> None:
    cues = [cue(0, 1, "  "), cue(1, 1, "gone"), cue(2, 2.0004, "gone too"), CaptionCue(start=3, end=4, lines=())]
    assert write_srt(cues) == ""
    assert write_vtt(cues) == "WEBVTT\n"


def test_glued_words_have_no_space_between_them() -> None:
    words = tuple(CaptionWord(text=char, start=0, end=1, glued=bool(n)) for n, char in enumerate("青い光"))
    assert "青い光" in write_srt([CaptionCue(start=0, end=1, lines=(words,))])


def test_line_breaks_and_controls_inside_words_cannot_end_a_cue() -> None:
    word = CaptionWord(text="one\n\ntwo\x07", start=0, end=1)
    assert write_srt([CaptionCue(start=0, end=1, lines=((word,),))]).splitlines()[2] == "onetwo"


def test_a_moved_cue_moves_its_words() -> None:
    later = moved(cue(1.0, 2.0, "one two"), 10.5)
    assert (later.start, later.end) == (11.5, 12.5)
    assert [word.start for word in later.lines[0]] == [11.5, 11.5]


@given(
    st.lists(
        st.tuples(
            st.floats(0, 500, allow_nan=False), st.floats(0, 6, allow_nan=False), st.text("ab<&>-\n", max_size=6)
        ),
        max_size=12,
    )
)
def test_times_never_run_backwards_or_overlap(entries: list[tuple[float, float, str]]) -> None:
    cues = [cue(start, start + length, text) for start, length, text in entries]
    for text, point in ((write_srt(cues), ","), (write_vtt(cues), ".")):
        times = re.findall(rf"(\d\d):(\d\d):(\d\d){re.escape(point)}(\d\d\d)", text)
        millis = [int(h) * 3_600_000 + int(m) * 60_000 + int(s) * 1000 + int(ms) for h, m, s, ms in times]
        assert millis == sorted(millis)
        assert all(start < end for start, end in zip(millis[::2], millis[1::2], strict=True))
