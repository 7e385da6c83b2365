"""A small film with music and four kinds of transition, and the stages that write it down."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

# The films that are written down are the render tests' own.
sys.path.insert(0, str(Path(__file__).parent.parent / "render"))

import film_rig

from videogen_agents.contract import TimelineFormat, TimelineMediaDelivery
from videogen_engine.interchange.model import (
    DocumentRequest,
    InterchangeDocument,
    InterchangeMedia,
    MediaLink,
    MediaRequest,
)
from videogen_engine.interchange.plates import make_media, plates_timeline
from videogen_engine.interchange.stage import write_timeline
from videogen_engine.stage import MediaRef, StageContext
from videogen_engine.timeline.document import MusicTrack, Timeline, TransitionKind

TEXTS = ("Water keeps you sharp & awake.", "A can of <soda> holds sugar.", "Drink now, drink often.", "That is all.")
KINDS = (TransitionKind.FADE, TransitionKind.NONE, TransitionKind.PAN)
ORIGIN = "https://films.example/media/"


def linked(media: MediaRef) -> str:
    return f"{ORIGIN}{media.key}?sig=a&exp=1"


@dataclass(frozen=True)
class Cutting:
    """A film as material."""

    ctx: StageContext
    timeline: Timeline
    media: InterchangeMedia

    def write(
        self, form: TimelineFormat, delivery: TimelineMediaDelivery = TimelineMediaDelivery.REMOTE_URLS
    ) -> InterchangeDocument:
        refs = [*self.media.scenes, *(scene.speech.clip for scene in self.timeline.scenes if scene.speech)]
        refs += [self.media.music] if self.media.music else []
        return write_timeline(
            DocumentRequest(
                timeline=self.timeline,
                format=form,
                delivery=delivery,
                width=self.media.width,
                height=self.media.height,
                media=self.media,
                links=tuple(MediaLink(key=ref.key, url=linked(ref)) for ref in refs),
            ),
            self.ctx,
        )

    def path(self, form: TimelineFormat, folder: Path) -> Path:
        """The document under its own ending, as a program is given it."""
        document = self.write(form)
        path = folder / f"film{document.ending}"
        path.write_bytes(self.ctx.store.path(document.file).read_bytes())
        return path


def with_everything(ctx: StageContext) -> Timeline:
    colours = ("#804020", "#208040", "#204080", "#808020")
    timeline = film_rig.film(
        ctx, [(text, film_rig.design(colour)) for text, colour in zip(TEXTS, colours, strict=True)], captions=True
    )
    scenes = [
        scene.model_copy(update={"transition": scene.transition.model_copy(update={"kind": kind})})
        for scene, kind in zip(timeline.scenes[1:], KINDS, strict=True)
    ]
    music = MusicTrack(media=film_rig.tone(ctx, 3.0, 220), volume=0.3, name="hum.wav", licence="user")
    return timeline.model_copy(update={"scenes": (timeline.scenes[0], *scenes), "music": music})


@pytest.fixture(scope="module")
def cutting(tmp_path_factory: pytest.TempPathFactory) -> Cutting:
    ctx = film_rig.context(tmp_path_factory.mktemp("film"))
    timeline = with_everything(ctx)
    plates = film_rig.render(ctx, plates_timeline(timeline))
    return Cutting(ctx, timeline, make_media(MediaRequest(timeline=timeline, plates=plates), ctx))
