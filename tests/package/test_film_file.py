"""The MP4: everything in step, playable from its first byte on, and the same every time."""

from __future__ import annotations

import itertools
from pathlib import Path
from threading import Event

import av
import numpy as np
import pytest
from film_rig import colour_at, context, design, film, looks_like, render, to_rgb

from videogen_agents.errors import InternalError
from videogen_engine.package.model import PackagedFilm, PackageRequest
from videogen_engine.package.stage import package
from videogen_engine.render.model import Encoding
from videogen_engine.stage import StageCancelledError, StageContext
from videogen_engine.timeline.document import Timeline

TEXTS = ("one two three", "four five", "six seven eight nine")
COLOURS = ("#804020", "#208040", "#204080")
#: Spoken in 14 s, and so rendered in several parts.
LONG = "word " * 56


def timeline_of(ctx: StageContext, *texts: str) -> Timeline:
    return film(ctx, [(text, design(colour)) for text, colour in zip(texts, COLOURS, strict=False)])


def packaged(ctx: StageContext, timeline: Timeline, encoding: Encoding = Encoding.TURBO) -> PackagedFilm:
    return package(PackageRequest(timeline=timeline, film=render(ctx, timeline, encoding=encoding)), ctx)


@pytest.mark.parametrize("encoding", list(Encoding))
@pytest.mark.parametrize("texts", [TEXTS, ("one", LONG, "two")])
def test_every_frame_is_there_in_strictly_rising_order(
    ctx: StageContext, encoding: Encoding, texts: tuple[str, ...]
) -> None:
    timeline = timeline_of(ctx, *texts)
    made = packaged(ctx, timeline, encoding)
    with av.open(str(ctx.store.path(made.video))) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size]
        base = packets[0].time_base
    assert all(before.dts < after.dts for before, after in itertools.pairwise(packets))
    assert all(packet.pts >= packet.dts for packet in packets)
    assert sorted(round(packet.pts * base * 30) for packet in packets) == list(range(timeline.frames))
    with av.open(str(ctx.store.path(made.video))) as container:
        times = [frame.time for frame in container.decode(video=0)]
    assert times == pytest.approx([index / 30 for index in range(timeline.frames)], abs=1e-4)


def test_scenes_show_at_their_times(ctx: StageContext) -> None:
    timeline = timeline_of(ctx, *TEXTS)
    made = packaged(ctx, timeline)
    with av.open(str(ctx.store.path(made.video))) as container:
        seen = [colour_at(to_rgb(frame), 0.5, 0.5) for frame in container.decode(video=0)]
    start = 0
    for scene, colour in zip(timeline.scenes, COLOURS, strict=True):
        start += scene.frames
        assert looks_like(seen[start - 1], colour)
        assert looks_like(seen[start - 10], colour)


def test_sound_and_picture_last_equally_long(ctx: StageContext) -> None:
    timeline = timeline_of(ctx, *TEXTS)
    made = packaged(ctx, timeline)
    with av.open(str(ctx.store.path(made.video))) as container:
        lengths = [
            float(stream.duration * stream.time_base) for stream in (*container.streams.video, *container.streams.audio)
        ]
    assert lengths[0] == pytest.approx(made.duration, abs=1e-3)
    assert abs(lengths[0] - lengths[1]) <= 1 / 30


def test_every_sentence_is_heard_within_ten_milliseconds_of_its_time(ctx: StageContext) -> None:
    timeline = timeline_of(ctx, *TEXTS)
    made = packaged(ctx, timeline)
    with av.open(str(ctx.store.path(made.video))) as container:
        assert container.streams.audio[0].rate == 48_000
        heard = np.concatenate(
            [frame.to_ndarray()[0] for frame in container.decode(audio=0) if frame.pts is not None and frame.pts >= 0]
        )
    frame = 0
    for scene in timeline.scenes:
        expected = frame / 30 + scene.speech_offset
        around = heard[int((expected - 0.1) * 48_000) : int((expected + 0.1) * 48_000)]
        onset = int(np.argmax(np.abs(around) > 0.02)) / 48_000 - 0.1
        assert abs(onset) <= 0.010
        frame += scene.frames


def test_the_index_comes_before_the_data(ctx: StageContext) -> None:
    data = ctx.store.path(packaged(ctx, timeline_of(ctx, *TEXTS)).video).read_bytes()
    assert 0 < data.index(b"moov") < data.index(b"mdat")


def test_the_file_says_its_title_its_colours_and_its_language_and_no_time_of_making(ctx: StageContext) -> None:
    made = packaged(ctx, timeline_of(ctx, *TEXTS))
    with av.open(str(ctx.store.path(made.video))) as container:
        context_ = container.streams.video[0].codec_context
        tags = (context_.color_primaries, context_.color_trc, context_.colorspace, context_.color_range)
        assert tags == (1, 1, 1, 1)
        assert container.metadata["title"] == "A small film"
        assert "creation_time" not in container.metadata
        assert "encoder" not in container.metadata
        assert container.streams.audio[0].metadata["language"] == "eng"
        assert container.streams.video[0].codec_context.profile in {"High", "Main", "Constrained Baseline"}


def test_the_same_film_has_the_same_bytes(tmp_path: Path) -> None:
    results = []
    for name in ("one", "two"):
        ctx = context(tmp_path / name)
        made = packaged(ctx, timeline_of(ctx, *TEXTS))
        files = (made.video, made.thumbnail, made.srt, made.vtt, made.manifest)
        results.append((made, [ctx.store.path(media).read_bytes() for media in files]))
    assert results[0] == results[1]


def test_a_film_made_from_the_cache_is_the_same_but_for_what_was_reused(ctx: StageContext) -> None:
    timeline = timeline_of(ctx, *TEXTS)
    first, second = packaged(ctx, timeline), packaged(ctx, timeline)
    assert (first.scenes_rendered, first.scenes_reused) == (3, 0)
    assert (second.scenes_rendered, second.scenes_reused) == (0, 3)
    assert first.model_copy(update={"scenes_rendered": 0, "scenes_reused": 3}) == second


def test_a_changed_picture_leaves_the_sound_as_it_is(ctx: StageContext, tmp_path: Path) -> None:
    packaged(ctx, timeline_of(ctx, *TEXTS))
    sounds = tmp_path / "media" / "artifacts" / "sound"
    before = sorted(sounds.rglob("*.m4a"))
    other = film(ctx, [(text, design("#999999")) for text in TEXTS])
    packaged(ctx, other)
    assert sorted(sounds.rglob("*.m4a")) == before


def test_segments_of_another_timeline_are_refused(ctx: StageContext) -> None:
    rendered = render(ctx, timeline_of(ctx, *TEXTS[:2]))
    with pytest.raises(InternalError, match="segments"):
        package(PackageRequest(timeline=timeline_of(ctx, *TEXTS), film=rendered), ctx)


def test_segments_of_different_settings_are_refused_and_leave_no_file(ctx: StageContext, tmp_path: Path) -> None:
    timeline = timeline_of(ctx, *TEXTS)
    small, large = render(ctx, timeline), render(ctx, timeline, lines=180)
    mixed = small.model_copy(update={"segments": (*small.segments[:1], *large.segments[1:])})
    with pytest.raises(InternalError, match="different settings"):
        package(PackageRequest(timeline=timeline, film=mixed), ctx)
    assert not list((tmp_path / "media" / "artifacts").glob("film/**/*.mp4"))
    assert list((tmp_path / "scratch").iterdir()) == []


def test_a_cancelled_package_leaves_nothing_half_written(ctx: StageContext, tmp_path: Path) -> None:
    timeline = timeline_of(ctx, *TEXTS)
    rendered = render(ctx, timeline)
    cancelled = Event()
    stopped = StageContext(store=ctx.store, scratch=ctx.scratch, report=lambda *_: cancelled.set(), cancelled=cancelled)
    with pytest.raises(StageCancelledError):
        package(PackageRequest(timeline=timeline, film=rendered), stopped)
    assert list((tmp_path / "scratch").iterdir()) == []
    assert not list((tmp_path / "media" / "artifacts").glob("film/**/*.mp4"))
