"""Segments: closed groups of pictures, kept by what shapes them, the same from any number of workers."""

from __future__ import annotations

from pathlib import Path

import av
import pytest
from film_rig import context, design, film, pictures, render

from videogen_engine.render.model import Encoding, RenderedFilm
from videogen_engine.stage import StageContext
from videogen_engine.timeline.document import Timeline

COLOURS = ("#804020", "#208040", "#204080", "#806020", "#602080")
#: Spoken in 14 seconds: long enough to be split.
LONG = "word " * 56


def scenes(*texts: str) -> list:
    return [(text, design(colour)) for text, colour in zip(texts, COLOURS, strict=False)]


def files(ctx: StageContext, rendered: RenderedFilm) -> list[bytes]:
    return [ctx.store.path(segment.media).read_bytes() for segment in rendered.segments]


def moved(timeline: Timeline, by: int) -> Timeline:
    """The same scenes as they are when ``by`` characters were put in front of the script."""

    def shifted(scene):
        words = tuple(
            word.model_copy(update={"char_start": word.char_start + by, "char_end": word.char_end + by})
            for word in scene.speech.words
        )
        plan = scene.plan.model_copy(update={"start": scene.plan.start + by, "end": scene.plan.end + by})
        speech = scene.speech.model_copy(update={"words": words})
        return scene.model_copy(update={"plan": plan, "speech": speech})

    return timeline.model_copy(update={"scenes": tuple(shifted(scene) for scene in timeline.scenes)})


@pytest.mark.parametrize("encoding", list(Encoding))
def test_every_segment_starts_with_an_idr_picture_and_refers_to_nothing_outside(
    ctx: StageContext, encoding: Encoding
) -> None:
    timeline = film(ctx, scenes("one two three", LONG, "four five"))
    rendered = render(ctx, timeline, encoding=encoding)
    assert len(rendered.segments) > 4
    for segment in rendered.segments:
        with av.open(str(ctx.store.path(segment.media))) as container:
            packets = [packet for packet in container.demux(video=0) if packet.size]
            kinds = nal_types(bytes(packets[0]))
        assert 5 in kinds
        assert min(packet.pts for packet in packets) == packets[0].pts == 0
        # Alone, a segment decodes to all its frames: nothing in it waits for another's pictures.
        with av.open(str(ctx.store.path(segment.media))) as container:
            assert sum(1 for _ in container.decode(video=0)) == segment.frames


def nal_types(packet: bytes) -> list[int]:
    kinds, at = [], 0
    while at < len(packet):
        size = int.from_bytes(packet[at : at + 4], "big")
        kinds.append(packet[at + 4] & 31)
        at += 4 + size
    return kinds


def test_all_segments_of_a_size_have_the_same_parameter_sets(ctx: StageContext) -> None:
    rendered = render(ctx, film(ctx, scenes("one two three", LONG, "four")), encoding=Encoding.TURBO)
    headers = set()
    for segment in rendered.segments:
        with av.open(str(ctx.store.path(segment.media))) as container:
            headers.add(container.streams.video[0].codec_context.extradata)
    assert len(headers) == 1


def test_one_worker_and_many_give_the_same_bytes(tmp_path: Path) -> None:
    results = []
    for workers in (1, 4):
        ctx = context(tmp_path / str(workers))
        timeline = film(ctx, scenes("one two three", LONG, "four five six", "seven"), captions=True)
        rendered = render(ctx, timeline, workers=workers, encoding=Encoding.TURBO)
        results.append((rendered, files(ctx, rendered)))
    assert results[0] == results[1]


def test_a_scene_over_ten_seconds_is_split_without_a_trace(ctx: StageContext) -> None:
    timeline = film(ctx, scenes(LONG))
    rendered = render(ctx, timeline)
    assert len(rendered.segments) > 1
    assert all(segment.first_frame % 150 == 0 for segment in rendered.segments)
    assert all(segment.frames <= 300 for segment in rendered.segments)
    assert len(pictures(ctx, rendered)) == timeline.frames


def test_rendering_again_encodes_nothing(ctx: StageContext) -> None:
    timeline = film(ctx, scenes("one two", "three four"))
    first, second = render(ctx, timeline), render(ctx, timeline)
    assert (first.scenes_rendered, first.scenes_reused) == (2, 0)
    assert second.frames_rendered == 0
    assert (second.scenes_rendered, second.scenes_reused) == (0, 2)
    assert [part.media for part in first.segments] == [part.media for part in second.segments]


def test_one_changed_sentence_renders_one_scene_and_the_next_ones_entrance(ctx: StageContext) -> None:
    texts = ["one two three", "four five six", "seven eight nine", "ten eleven twelve"]
    before = film(ctx, scenes(*texts), captions=True)
    render(ctx, before)
    texts[1] = "four five and a half six"
    after = film(ctx, scenes(*texts), captions=True)
    rendered = render(ctx, after)
    changed = after.scenes[1]
    assert rendered.scenes_rendered == 1
    assert rendered.scenes_reused == 3
    assert {part.scene_id for part in rendered.segments if not part.reused and not part.entering} == {changed.scene_id}
    assert rendered.frames_rendered == changed.frames + after.scenes[2].transition.frames


def test_a_sentence_added_in_front_renders_no_other_scenes_body(ctx: StageContext) -> None:
    render(ctx, film(ctx, scenes("one two three", "four five six"), captions=True))
    longer = film(
        ctx,
        [("zero and a bit", design("#101010")), *scenes("one two three", "four five six")],
        captions=True,
    )
    rendered = render(ctx, longer)
    assert rendered.frames_rendered == longer.scenes[0].frames + sum(
        part.frames for part in rendered.segments if part.scene_id == longer.scenes[1].scene_id
    )


def test_where_a_sentence_stands_in_the_script_does_not_matter(ctx: StageContext) -> None:
    timeline = film(ctx, scenes("one two", "three four"), captions=True)
    render(ctx, timeline)
    assert render(ctx, moved(timeline, 17)).frames_rendered == 0


def test_another_size_or_encoding_is_another_film(ctx: StageContext) -> None:
    timeline = film(ctx, scenes("one two"))
    first = render(ctx, timeline)
    assert render(ctx, timeline, lines=108).frames_rendered == first.frames_rendered
    assert render(ctx, timeline, encoding=Encoding.HIGH).frames_rendered == first.frames_rendered


def test_equal_scenes_are_rendered_once(ctx: StageContext) -> None:
    timeline = film(ctx, [("same words", design("#804020"))] * 4)
    rendered = render(ctx, timeline)
    second, third = [part for part in rendered.segments if not part.entering][1:3]
    assert second.media == third.media
    assert rendered.frames_rendered < timeline.frames
    assert len(pictures(ctx, rendered)) == timeline.frames


def test_hiding_captions_renders_only_what_had_some(ctx: StageContext) -> None:
    shown = film(ctx, scenes("one two", "three four"), captions=True)
    render(ctx, shown)
    hidden = shown.model_copy(update={"caption_style": None})
    assert render(ctx, hidden).frames_rendered == hidden.frames


def test_progress_rises_to_one(tmp_path: Path) -> None:
    reports: list[float] = []
    quiet = context(tmp_path)
    ctx = StageContext(store=quiet.store, scratch=quiet.scratch, report=lambda done, _text: reports.append(done))
    render(ctx, film(ctx, scenes("one two", "three four")), workers=3)
    assert reports == sorted(reports)
    assert reports[-1] == 1.0
