"""Versions compared in words."""

from __future__ import annotations

from videogen_agents.contract import AddZoomAction, CaptionStyle, DisableCaptionsAction, EnableCaptionsAction
from videogen_engine.remix.captions import disable, enable
from videogen_engine.remix.differences import change_title, differences
from videogen_engine.remix.zoom import add_zoom
from videogen_engine.stage import MediaRef
from videogen_engine.timeline.document import Logo, MusicTrack, Timeline
from videogen_engine.timeline.staging import scene_ids

SONG = MusicTrack(media=MediaRef(key="s", media_type="audio/wav", size=1), volume=0.2, name="Calm", licence="CC0-1.0")
LOGO = Logo(media=MediaRef(key="l", media_type="image/png", size=1), position="TOP_RIGHT", size_percent=12)


def test_equal_films_differ_in_nothing(film: Timeline) -> None:
    assert differences(film, film) == ()


def test_captions_music_logo_and_shape_are_told(film: Timeline) -> None:
    hidden = disable(film, DisableCaptionsAction()).timeline
    assert differences(film, hidden) == ("captions hidden",)
    assert differences(hidden, film) == ("captions shown",)
    large = enable(film, EnableCaptionsAction(caption_style=CaptionStyle(font_size=90))).timeline
    assert differences(film, large) == ("caption font size changed",)
    song = film.model_copy(update={"music": SONG})
    assert differences(film, song) == ("music added: Calm",)
    louder = film.model_copy(update={"music": SONG.model_copy(update={"volume": 0.5})})
    assert differences(song, louder) == ("music volume 20% → 50%",)
    marked = film.model_copy(update={"logo": LOGO})
    assert differences(film, marked) == ("logo added, top right, 12 % wide",)
    assert differences(marked, film) == ("logo removed",)
    tall = film.model_copy(update={"ratio_width": 9, "ratio_height": 16})
    assert differences(film, tall) == ("aspect ratio 16:9 → 9:16",)


def test_scenes_that_come_go_move_and_change_are_told_apart(film: Timeline) -> None:
    first, second, *rest = film.scenes
    without = film.model_copy(update={"scenes": (first, *rest)})
    assert differences(film, without)[0].startswith("scene 2 removed: “")
    assert differences(without, film)[0].startswith("scene 2 added: “")
    swapped = film.model_copy(update={"scenes": (second, first, *rest)})
    assert len(differences(film, swapped)) == 1
    assert "moved to" in differences(film, swapped)[0]
    text = "Tea is another matter."
    other = second.model_copy(
        update={"plan": second.plan.model_copy(update={"text": text}), "scene_id": scene_ids([text])[0]}
    )
    rewritten = film.model_copy(update={"scenes": (first, other, *rest)})
    assert differences(film, rewritten)[0].startswith("scene 2 says “Tea is another matter.” instead of “")


def test_a_title_is_one_short_line_however_much_has_changed(film: Timeline) -> None:
    other = add_zoom(disable(film, DisableCaptionsAction()).timeline, AddZoomAction()).timeline
    scenes = tuple(reversed(other.scenes))
    changed = other.model_copy(update={"scenes": scenes, "music": SONG, "logo": LOGO, "language": "de"})
    title = change_title(film, changed)
    assert len(title) <= 160
    assert "\n" not in title
