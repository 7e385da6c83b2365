"""What an editing program reads: every scene, word and sound at the time that the film has it."""

from __future__ import annotations

import itertools
import json
import re
import warnings
import zipfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import av
import numpy as np
import pytest
from film_rig import colour_at, context, design, film, looks_like, to_rgb

from videogen_agents.contract import TimelineFormat, TimelineMediaDelivery
from videogen_agents.errors import InternalError
from videogen_engine.interchange.model import DocumentRequest
from videogen_engine.interchange.plates import handles
from videogen_engine.interchange.stage import write_timeline
from videogen_engine.package.mix import mix, sound_inputs
from videogen_engine.speech.model import SAMPLE_RATE
from videogen_engine.timeline.document import Timeline

from .conftest import ORIGIN, Cutting, linked

with warnings.catch_warnings():
    # The library and its plugins are loaded as they are; what they deprecate among themselves is theirs.
    warnings.simplefilter("ignore")
    import opentimelineio as otio

FRAME = Fraction(1, 30)


def spans(timeline: Timeline) -> list[tuple[Fraction, Fraction]]:
    """Start and length of every scene in seconds."""
    starts = itertools.accumulate((scene.frames for scene in timeline.scenes), initial=0)
    return [(start * FRAME, scene.frames * FRAME) for start, scene in zip(starts, timeline.scenes, strict=False)]


def read(path: Path) -> otio.schema.Timeline:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = otio.adapters.read_from_file(str(path))
    while not isinstance(found, otio.schema.Timeline):
        found = found[0]
    return found


def seconds(time: otio.opentime.RationalTime) -> Fraction:
    return Fraction(round(time.value)) / Fraction(round(time.rate))


def placed(track: otio.schema.Track) -> Iterator[tuple[otio.schema.Clip, Fraction, Fraction]]:
    """Each clip with its start and length in seconds."""
    at = Fraction(0)
    for item in track:
        if isinstance(item, otio.schema.Transition):
            continue
        length = seconds(item.duration())
        if isinstance(item, otio.schema.Clip):
            yield item, at, length
        at += length


@pytest.mark.parametrize("form", [TimelineFormat.OTIO, TimelineFormat.FCPXML, TimelineFormat.PREMIERE_XML])
def test_opentimelineio_reads_every_scene_at_its_time(cutting: Cutting, tmp_path: Path, form: TimelineFormat) -> None:
    timeline = read(cutting.path(form, tmp_path))
    track = max(timeline.video_tracks(), key=len)
    found = list(placed(track))
    assert [(start, length) for _, start, length in found] == spans(cutting.timeline)
    if form is TimelineFormat.FCPXML:
        # The adapter knows the media of FCPXML 1.8 only; since 1.9 they stand in an element of their own.
        return
    urls = [clip.media_reference.target_url for clip, _, _ in found]
    assert urls == [linked(media) for media in cutting.media.scenes]


def test_otio_has_sounds_to_the_sample_and_captions_to_the_frame(cutting: Cutting, tmp_path: Path) -> None:
    timeline = read(cutting.path(TimelineFormat.OTIO, tmp_path))
    speech, music = timeline.audio_tracks()
    wanted = [Fraction(clip.at, SAMPLE_RATE) for clip in sound_inputs(cutting.timeline).clips]
    assert [start for _, start, _ in placed(speech)] == wanted
    assert [seconds(clip.duration()) for clip in music] == [cutting.timeline.frames * FRAME]
    markers = timeline.video_tracks()[0].markers
    assert " ".join(marker.name for marker in markers) == cutting.timeline.script
    kinds = [
        item.metadata["videogen_agents"]["kind"]
        for item in timeline.video_tracks()[0]
        if isinstance(item, otio.schema.Transition)
    ]
    assert kinds == ["FADE", "PAN"]


def test_fcpxml_keeps_to_apple_s_order_and_exact_times(cutting: Cutting, tmp_path: Path) -> None:
    root = ElementTree.fromstring(cutting.path(TimelineFormat.FCPXML, tmp_path).read_text(encoding="utf-8"))
    assert (root.tag, root.get("version")) == ("fcpxml", "1.10")
    order = ["note", "asset-clip", "caption", "marker"]
    spine = root.find(".//spine")
    assert spine is not None
    for clip in spine.iterfind("asset-clip"):
        places = [order.index(child.tag) for child in clip]
        assert places == sorted(places)
    times = [
        value
        for element in root.iter()
        for name in ("offset", "start", "duration")
        if (value := element.get(name)) is not None
    ]
    assert all(re.fullmatch(r"\d+(/\d+)?s", time) for time in times), times
    sources = {element.get("src") for element in root.iterfind("resources/asset/media-rep")}
    assert {linked(media) for media in cutting.media.scenes} <= sources
    names = [element.get("ref") for element in root.iter() if element.tag in ("asset-clip", "filter-video")]
    assert set(names) <= {element.get("id") for element in root.iterfind("resources/*")}
    captions = [element.findtext("text/text-style") or "" for element in root.iter("caption")]
    assert " ".join(" ".join(captions).split()) == cutting.timeline.script
    dissolves = [Fraction(item.get("duration", "").rstrip("s")) for item in spine.iterfind("transition")]
    assert dissolves == [
        scene.transition.frames * FRAME for scene in (cutting.timeline.scenes[1], cutting.timeline.scenes[3])
    ]


def test_premiere_has_sounds_on_the_nearest_frame_and_captions_as_markers(cutting: Cutting, tmp_path: Path) -> None:
    root = ElementTree.fromstring(cutting.path(TimelineFormat.PREMIERE_XML, tmp_path).read_text(encoding="utf-8"))
    assert (root.tag, root.get("version")) == ("xmeml", "4")
    tracks = root.findall("sequence/media/audio/track")
    assert len(tracks) == 3, "speech, and music left and right"
    starts = [int(item.findtext("start") or -1) for item in tracks[0].iterfind("clipitem")]
    wanted = [clip.at / SAMPLE_RATE * 30 for clip in sound_inputs(cutting.timeline).clips]
    assert all(abs(start - exact) <= 0.5 for start, exact in zip(starts, wanted, strict=True))
    comments = [marker.findtext("comment") or "" for marker in root.iterfind("sequence/marker")]
    assert " ".join(" ".join(comments).split()) == cutting.timeline.script
    described = [file.get("id") for file in root.iter("file") if len(file)]
    assert len(described) == len(set(described))


def test_what_a_format_cannot_show_is_said(cutting: Cutting) -> None:
    assert "PAN" in " ".join(cutting.write(TimelineFormat.FCPXML).warnings)
    assert cutting.write(TimelineFormat.OTIO).warnings == ()


def test_subtitles_are_the_film_s_own(cutting: Cutting, tmp_path: Path) -> None:
    text = cutting.path(TimelineFormat.SRT, tmp_path).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.isdigit() and "-->" not in line]
    assert " ".join(lines) == cutting.timeline.script


@pytest.mark.parametrize("form", list(TimelineFormat))
def test_a_bundle_opens_anywhere(cutting: Cutting, tmp_path: Path, form: TimelineFormat) -> None:
    bundle = cutting.write(form, TimelineMediaDelivery.BUNDLE)
    assert bundle.ending == ".zip"
    with zipfile.ZipFile(cutting.ctx.store.path(bundle.file)) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path)
        names = archive.namelist()
    assert ORIGIN not in "".join(path.read_text(encoding="utf-8") for path in tmp_path.iterdir() if path.is_file())
    assert "subtitles.srt" in names
    if form is TimelineFormat.SRT:
        assert names == ["subtitles.srt"]
        return
    document = next(path for path in tmp_path.iterdir() if path.stem == "timeline")
    named = set(re.findall(r"media/[a-z_0-9]+\.(?:mp4|wav)", document.read_text(encoding="utf-8")))
    assert named == {name for name in names if name.startswith("media/")}
    assert len(named) == 2 * len(cutting.timeline.scenes) + 1
    for name in named:
        with av.open(str(tmp_path / name)) as container:
            assert container.streams


def test_each_scene_s_file_shows_it_clean_and_has_room_for_the_next_one_s_entrance(cutting: Cutting) -> None:
    for scene, handle, media in zip(
        cutting.timeline.scenes, handles(cutting.timeline), cutting.media.scenes, strict=True
    ):
        with av.open(str(cutting.ctx.store.path(media))) as container:
            frames = [to_rgb(frame) for frame in container.decode(video=0)]
        assert len(frames) == scene.frames + handle
        for frame in (frames[0], frames[-1]):
            assert looks_like(colour_at(frame, 0.5, 0.5), scene.picture.design.palette)
            assert looks_like(colour_at(frame, 0.5, 0.85), scene.picture.design.palette), "no caption is burnt in"


def test_voices_and_the_music_file_together_are_the_film_s_mix(cutting: Cutting, tmp_path: Path) -> None:
    inputs = sound_inputs(cutting.timeline)
    assert cutting.media.music is not None
    with av.open(str(cutting.ctx.store.path(cutting.media.music))) as container:
        parts = [frame.to_ndarray().reshape(-1, 2) for frame in container.decode(audio=0)]
    music = np.concatenate(parts).astype(int)
    with (
        mix(inputs, cutting.ctx, tmp_path / "both.pcm") as both,
        mix(inputs.model_copy(update={"music": None}), cutting.ctx, tmp_path / "voice.pcm") as voice,
    ):
        assert np.array_equal(music + voice[:].astype(int)[:, None], both[:].astype(int))
    assert np.abs(music).max() > 100


def test_the_same_film_gives_the_same_bytes(cutting: Cutting) -> None:
    first = cutting.write(TimelineFormat.FCPXML, TimelineMediaDelivery.BUNDLE).file
    data = cutting.ctx.store.path(first).read_bytes()
    cutting.ctx.store.path(first).unlink()
    again = cutting.write(TimelineFormat.FCPXML, TimelineMediaDelivery.BUNDLE).file
    assert cutting.ctx.store.path(again).read_bytes() == data


def test_text_that_xml_cannot_carry_does_not_break_the_document(cutting: Cutting, tmp_path: Path) -> None:
    odd = cutting.timeline.model_copy(update={"title": "A\x00\x0b]]> & <film> \ud800 “über”"})
    broken = Cutting(cutting.ctx, odd, cutting.media)
    for form in (TimelineFormat.FCPXML, TimelineFormat.PREMIERE_XML):
        ElementTree.fromstring(broken.path(form, tmp_path).read_text(encoding="utf-8"))
    json.loads(broken.path(TimelineFormat.OTIO, tmp_path).read_text(encoding="utf-8"))


def test_media_of_another_film_are_refused(cutting: Cutting, tmp_path: Path) -> None:
    ctx = context(tmp_path)
    other = film(ctx, [("one two", design("#102030"))])
    with pytest.raises(InternalError, match="scenes have"):
        Cutting(cutting.ctx, other, cutting.media).write(TimelineFormat.OTIO)
    with pytest.raises(InternalError, match="needs its media"):
        write_timeline(
            DocumentRequest(
                timeline=other,
                format=TimelineFormat.OTIO,
                delivery=TimelineMediaDelivery.BUNDLE,
                width=160,
                height=90,
            ),
            ctx,
        )
