"""What comes with the film: thumbnail, subtitles, manifest."""

from __future__ import annotations

import re
from itertools import pairwise

import cv2
import numpy as np
import pytest
from film_rig import colour_at, design, film, flat, keep, looks_like, png, render

from videogen_engine.package.manifest import Manifest
from videogen_engine.package.model import PackagedFilm, PackageRequest
from videogen_engine.package.stage import package
from videogen_engine.render.model import Encoding
from videogen_engine.stage import MediaRef, StageContext
from videogen_engine.timeline.document import Logo, MusicTrack, Timeline

SCRIPT = [
    ("Plants drink, quietly, all night.", "#804020"),
    ("Why? Because the air is cool <and> damp & still.", "#204080"),
]


def timeline_of(ctx: StageContext, *, captions: bool = True) -> Timeline:
    return film(ctx, [(text, design(colour)) for text, colour in SCRIPT], captions=captions)


def packaged(ctx: StageContext, timeline: Timeline, lines: int = 90) -> PackagedFilm:
    rendered = render(ctx, timeline, encoding=Encoding.DRAFT, lines=lines)
    return package(PackageRequest(timeline=timeline, film=rendered), ctx)


def text(ctx: StageContext, media: MediaRef) -> str:
    return ctx.store.path(media).read_bytes().decode("utf-8")


def test_the_thumbnail_is_a_small_jpeg_of_the_first_scene_with_everything_in_it(ctx: StageContext) -> None:
    scenes = [("one two three four", design("#804020", [("#20d040", 1.0)])), ("five", design("#204080"))]
    made = packaged(ctx, film(ctx, scenes), lines=720)
    data = ctx.store.path(made.thumbnail).read_bytes()
    assert made.thumbnail.media_type == "image/jpeg"
    assert len(data) <= 100_000
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)[:, :, ::-1]
    assert picture.shape == (360, 640, 3)
    assert looks_like(colour_at(picture, 0.6, 0.6), "#804020")
    assert looks_like(colour_at(picture, 0.156, 0.3), "#20d040")


def test_an_upright_films_thumbnail_is_upright(ctx: StageContext) -> None:
    made = packaged(ctx, film(ctx, [("one", design("#804020"))], ratio=(9, 16)), lines=720)
    picture = cv2.imdecode(np.frombuffer(ctx.store.path(made.thumbnail).read_bytes(), np.uint8), cv2.IMREAD_COLOR)
    assert picture.shape == (640, 360, 3)


def test_subtitles_hold_every_word_of_the_script_in_order(ctx: StageContext) -> None:
    made = packaged(ctx, timeline_of(ctx))
    script = " ".join(sentence for sentence, _ in SCRIPT)
    for media, media_type in ((made.srt, "application/x-subrip"), (made.vtt, "text/vtt")):
        assert media.media_type == media_type
        body = re.sub(r"^(WEBVTT|\d+|.*-->.*)$", "", text(ctx, media), flags=re.MULTILINE)
        body = body.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        assert body.split() == script.split()


def test_subtitles_are_in_film_time_and_do_not_overlap(ctx: StageContext) -> None:
    timeline = timeline_of(ctx)
    made = packaged(ctx, timeline)
    clock = r"(\d\d):(\d\d):(\d\d),(\d\d\d)"
    times = [
        tuple(int(h) * 3600 + int(m) * 60 + int(s) + int(ms) / 1000 for h, m, s, ms in re.findall(clock, line))
        for line in text(ctx, made.srt).splitlines()
        if "-->" in line
    ]
    assert all(start < end for start, end in times)
    assert all(before[1] <= after[0] for before, after in pairwise(times))
    assert times[-1][1] <= made.duration
    second = timeline.scenes[0].frames / 30
    assert any(second <= start <= second + 0.5 for start, _ in times)


def test_hidden_captions_still_give_subtitle_files(ctx: StageContext) -> None:
    made = packaged(ctx, timeline_of(ctx, captions=False))
    assert "Plants drink" in text(ctx, made.srt)


def test_the_manifest_names_everything_the_film_is_made_of(ctx: StageContext) -> None:
    timeline = timeline_of(ctx)
    logo = keep(ctx, png(flat(20, 20, "#ffffff", 255)), "logo.png", "image/png")
    timeline = timeline.model_copy(
        update={"logo": Logo(media=logo, position="TOP_LEFT", size_percent=5), "voice_provider": "flite"}
    )
    made = packaged(ctx, timeline)
    manifest = Manifest.model_validate_json(text(ctx, made.manifest))
    assert [scene.text for scene in manifest.scenes] == [sentence for sentence, _ in SCRIPT]
    assert manifest.scenes[0].end == manifest.scenes[1].start
    assert manifest.scenes[0].end == pytest.approx(timeline.scenes[0].frames / 30, abs=1e-5)
    assert manifest.scenes[-1].end == pytest.approx(made.duration, abs=1e-5)
    assert all(scene.picture_reason for scene in manifest.scenes)
    assert {(source.name, source.licence) for source in manifest.sources} == {("rig", "MIT"), ("logo", "user")}
    assert manifest.voice.licence.startswith("BSD")
    assert [(font.name, font.licence) for font in manifest.fonts] == [("Inter", "OFL-1.1")]
    assert manifest.video.settings["crf"] == "23"
    assert manifest.video.frames == made.frames
    assert manifest.audio.loudness == made.loudness


def test_music_is_named_with_its_licence(ctx: StageContext) -> None:
    timeline = timeline_of(ctx)
    assert timeline.scenes[0].speech is not None
    track = MusicTrack(
        media=timeline.scenes[0].speech.clip, volume=0.2, name="Bed", licence="CC0-1.0", made_by="a composer"
    )
    made = packaged(ctx, timeline.model_copy(update={"music": track}))
    manifest = Manifest.model_validate_json(text(ctx, made.manifest))
    assert manifest.music is not None
    assert (manifest.music.name, manifest.music.made_by, manifest.music.volume) == ("Bed", "a composer", 0.2)
    assert manifest.music.ducking_db == 12
    assert ("Bed", "CC0-1.0") in {(source.name, source.licence) for source in manifest.sources}


def test_a_script_no_font_can_write_is_reported(ctx: StageContext) -> None:
    timeline = film(ctx, [("Plants \U00013080 drink", design("#804020"))], captions=True)
    made = packaged(ctx, timeline)
    assert any("font" in warning for warning in made.warnings)
    manifest = Manifest.model_validate_json(text(ctx, made.manifest))
    assert set(made.warnings) <= set(manifest.warnings)
