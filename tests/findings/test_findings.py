"""Films broken on purpose are found out, each by what was done to it; good films are left in peace."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import broken_films as bf
import pytest

from videogen_agents.contract import (
    AddTransitionsAction,
    AddZoomAction,
    CaptionBackgroundStyle,
    CaptionBackgroundType,
    CaptionStyle,
    RemixProjectRequest,
    RgbColor,
    TransitionType,
    VerticalAlignment,
)
from videogen_agents.errors import InputError
from videogen_engine.findings.model import FindingKind
from videogen_engine.timeline.document import MusicTrack

GREY = RgbColor(red=128, green=128, blue=128)
PALE = CaptionStyle(text_color=RgbColor(red=250, green=250, blue=210), background_style=None)
GREY_ON_GREY = CaptionStyle(
    text_color=GREY,
    background_style=CaptionBackgroundStyle(
        type=CaptionBackgroundType.WRAPPED, background_color=RgbColor(red=120, green=120, blue=120)
    ),
)
Break = Callable[[bf.Film], bf.Film]
K = FindingKind


def file_edit(**changes: object) -> Break:
    return lambda film: bf.rewritten(film, **changes)  # type: ignore[arg-type]


#: What is done, what must be found, and from when on (seconds; None for the whole film).
BROKEN: dict[str, tuple[Break, FindingKind, float | None]] = {
    "black for 0.5 s in a scene": (file_edit(frames=bf.black(1.0, 1.5)), K.BLACK, 1.0),
    "black for the first second": (file_edit(frames=bf.black(0, 1.0)), K.BLACK, 0.0),
    "black over a cut": (file_edit(frames=bf.black(2.5, 4.5)), K.BLACK, 2.5),
    "black for 3 s": (file_edit(frames=bf.black(5, 8)), K.BLACK, 5.0),
    "black at the end": (file_edit(frames=bf.black(9, 99)), K.BLACK, 9.0),
    "frozen for 2 s": (file_edit(frames=bf.frozen(4.0, 6.0)), K.FROZEN, 4.0),
    "frozen for 3 s": (file_edit(frames=bf.frozen(6.5, 9.5)), K.FROZEN, 6.5),
    "frozen from 5 s on": (file_edit(frames=bf.frozen(5.0, 99)), K.FROZEN, 5.0),
    "silent for a second of speech": (file_edit(sound=bf.silent(1.0, 2.2)), K.SILENCE, 1.0),
    "silent for 2 s": (file_edit(sound=bf.silent(5.0, 7.0)), K.SILENCE, 5.0),
    "silent from 6 s on": (file_edit(sound=bf.silent(6.0, 99)), K.SILENCE, 6.0),
    "no sound at all": (file_edit(sound=bf.silent(0, 99)), K.NO_SOUND, None),
    "clipped": (file_edit(sound=bf.louder(8)), K.PEAK, None),
    "over full scale": (file_edit(sound=bf.louder(20)), K.PEAK, None),
    "too loud": (file_edit(sound=bf.louder(1.6)), K.LOUDNESS, None),
    "too quiet": (file_edit(sound=bf.louder(0.4)), K.LOUDNESS, None),
    "nearly inaudible": (file_edit(sound=bf.louder(0.03)), K.LOUDNESS, None),
    "sound 0.4 s late": (file_edit(sound=bf.shifted(0.4)), K.VOICE_DRIFT, 0.0),
    "sound 1 s late": (file_edit(sound=bf.shifted(1.0)), K.VOICE_DRIFT, 0.0),
    "sound 0.5 s early": (file_edit(sound=bf.shifted(-0.5)), K.VOICE_DRIFT, None),
    "captions 0.5 s late": (lambda film: bf.words_moved(film, 0.5), K.CAPTION_DRIFT, 0.0),
    "captions 0.3 s early": (lambda film: bf.words_moved(film, -0.3), K.CAPTION_DRIFT, 0.0),
    "captions of a scene 1 s late": (lambda film: bf.words_moved(film, 1.0, only=1), K.CAPTION_DRIFT, None),
    "pale captions without a box": (lambda film: bf.styled(film, PALE), K.CAPTION_CONTRAST, None),
    "grey captions on grey": (lambda film: bf.styled(film, GREY_ON_GREY), K.CAPTION_CONTRAST, None),
    "captions of 300 px": (lambda film: bf.styled(film, CaptionStyle(font_size=300)), K.CAPTION_OVERFLOW, None),
    "captions of 1000 px": (lambda film: bf.styled(film, CaptionStyle(font_size=1000)), K.CAPTION_OVERFLOW, None),
    "a scene painted grey": (file_edit(frames=bf.painted_over(5.7, 99, (90, 90, 90))), K.BLANK, None),
    "the film painted white": (file_edit(frames=bf.painted_over(0, 99, (255, 255, 255))), K.BLANK, None),
    "stretched to 4:3": (file_edit(frames=bf.resized(192, 144)), K.ASPECT, None),
    "upright": (file_edit(frames=bf.resized(144, 256)), K.ASPECT, None),
    "bars left and right": (file_edit(frames=bf.barred(1)), K.BARS, None),
    "bars above and below": (file_edit(frames=bf.barred(0)), K.BARS, None),
    "hieroglyphs": (lambda film: bf.said(film, "\U00013080\U000130c0"), K.GLYPHS, None),
    "cuneiform": (lambda film: bf.said(film, "\U00012000\U00012009"), K.GLYPHS, None),
    "a second short": (file_edit(frames=lambda frames: frames[:-30]), K.LENGTH, None),
}
GERMAN = "Wasser hält wach. Trinken Sie jeden Tag zwei Liter davon. Beginnen Sie heute."
#: Looks, shapes and words of films with nothing wrong.
GOOD: dict[str, dict[str, object]] = {
    "wide": {},
    "upright": {"ratio": (9, 16)},
    "square": {"ratio": (1, 1)},
    "without captions": {"captions": None},
    "German": {"script": GERMAN, "language": "de"},
    "one sentence": {"script": "Water is life."},
    "flat": {"look": "flat"},
    "paper": {"look": "paper", "ratio": (4, 5)},
    "chalkboard": {"look": "chalkboard"},
    "neon": {"look": "neon"},
    "ink": {"look": "ink"},
}
STEPS = "# Tea\n\nThree steps.\n1. Boil water.\n2. Wait four minutes.\n3. Pour.\n\n“Tea is calm in a cup,” people say."
FIGURES = "60% of an adult is water. In 2020 it was 1.5 litres a day; in 2024 it was 2. Why so little? Nobody knows."
TOP = CaptionStyle(vertical_alignment=VerticalAlignment.TOP, font_size=64)
BOXED = CaptionStyle(
    text_color=RgbColor(red=255, green=214, blue=0),
    background_style=CaptionBackgroundStyle(
        type=CaptionBackgroundType.WRAPPED, background_color=RgbColor(red=0, green=0, blue=0)
    ),
)
WIPE = AddTransitionsAction(section_transition=TransitionType.WIPE, asset_transition=TransitionType.POP)
#: Narrated by voices, and made when every threshold was set: nothing here was ever tuned on.
HELD_OUT: dict[str, dict[str, object]] = {
    "narrated": {},
    "steps": {"script": STEPS},
    "figures and a question": {"script": FIGURES, "look": "isometric"},
    "Spanish, upright": {
        "script": "El agua te mantiene despierto. Bebe dos litros al día.",
        "language": "es",
        "ratio": (9, 16),
    },
    "Arabic": {"script": "الماء هو الحياة. اشرب لترين كل يوم.", "language": "ar"},
    "Japanese": {"script": "水は命です。毎日二リットル飲みましょう。", "language": "ja", "look": "watercolour"},
    "Hindi, square": {"script": "पानी जीवन है। हर दिन दो लीटर पिएँ।", "language": "hi", "ratio": (1, 1)},
    "wiping and popping": {"script": STEPS, "edits": (WIPE,), "look": "bauhaus"},
    "zooming": {"edits": (AddZoomAction(),), "look": "landscape"},
    "large captions on top": {"captions": TOP, "look": "retro"},
    "yellow on black, upright": {"captions": BOXED, "ratio": (9, 16), "look": "minimal"},
    "at night without captions": {"captions": None, "look": "night", "ratio": (21, 9)},
    "long words": {
        "script": "Thermohaline circulation redistributes equatorial warmth. Interdisciplinary oceanographers agree."
    },
}


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> bf.Film:
    return bf.good_film(bf.context(tmp_path_factory.mktemp("film")))


@pytest.mark.parametrize("name", list(BROKEN))
def test_what_is_broken_is_found_when_it_happens(film: bf.Film, name: str) -> None:
    change, kind, start = BROKEN[name]
    found = [finding for finding in change(film).findings() if finding.kind is kind]
    assert found, name
    if start is not None:
        assert found[0].start == pytest.approx(start, abs=0.35)


@pytest.mark.parametrize("name", list(GOOD))
def test_a_good_film_has_no_findings(tmp_path: Path, name: str) -> None:
    good = bf.good_film(bf.context(tmp_path), **GOOD[name])  # type: ignore[arg-type]
    assert good.findings() == ()


@pytest.mark.parametrize("name", list(HELD_OUT))
def test_a_narrated_film_that_no_threshold_was_set_by_has_no_findings(tmp_path: Path, name: str) -> None:
    good = bf.good_film(bf.context(tmp_path), spoken=True, **HELD_OUT[name])  # type: ignore[arg-type]
    assert good.findings() == ()


def test_coding_a_good_film_again_breaks_nothing(film: bf.Film) -> None:
    assert bf.rewritten(film).findings() == ()


def test_only_the_track_that_changed_is_decoded_again(film: bf.Film) -> None:
    film.findings()
    before = kept(film)
    voice = film.timeline.scenes[0].speech
    assert voice is not None
    music = MusicTrack(media=voice.clip, volume=0.3, name="A tone", licence="user")
    bf.packaged(film.ctx, film.timeline.model_copy(update={"music": music})).findings()
    assert kept(film) == {**before, "review-sound": before["review-sound"] + 1}


def kept(film: bf.Film) -> dict[str, int]:
    """How many looks and findings are kept of the tracks that were decoded."""
    media = film.ctx.scratch.parent / "media"
    kinds = ("review-look", "review-pictures", "review-sound")
    return {kind: sum(path.is_file() for path in media.rglob(f"{kind}/*/*")) for kind in kinds}


@pytest.mark.parametrize("name", ["black over a cut", "grey captions on grey", "upright", "hieroglyphs"])
def test_every_finding_names_a_call_that_can_be_made(film: bf.Film, name: str) -> None:
    for finding in BROKEN[name][0](film).findings():
        assert finding.sentence.endswith(".") and 0 <= finding.start <= finding.end
        arguments = json.loads(finding.mend.arguments_json)
        if finding.mend.tool == "remix_project":
            RemixProjectRequest.model_validate(arguments)
        else:
            assert (finding.mend.tool, arguments) == ("export_project", {"new": True})


def test_a_file_that_is_no_film_is_refused(film: bf.Film) -> None:
    path = film.ctx.temporary(".mp4")
    path.write_bytes(b"not a film")
    video = film.ctx.store.publish("broken/none.mp4", path, "video/mp4")
    with pytest.raises(InputError, match="cannot be decoded"):
        bf.Film(film.ctx, film.timeline, video).findings()
