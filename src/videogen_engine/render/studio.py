"""Makes one part of a film: paints its frames straight into the encoder's picture, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Event, Semaphore
from typing import Final

from videogen_engine.captions.model import CaptionRequest, PaintedCaptions
from videogen_engine.frozen import Frozen
from videogen_engine.render.compositor import Compositor
from videogen_engine.render.drift import scratch_for
from videogen_engine.render.encoder import MEDIA_TYPE, SegmentWriter
from videogen_engine.render.logo import logo_tile
from videogen_engine.render.model import RenderRequest
from videogen_engine.render.parts import Part
from videogen_engine.render.poster import poster_jpeg
from videogen_engine.render.presenter import PresenterTiles, ScenePresenter, scene_presenter
from videogen_engine.render.presenter_place import Appearance
from videogen_engine.render.raster import Planes, Tile, blank
from videogen_engine.render.scene import LoadedScene, ScenePainter, ScenePicture, load
from videogen_engine.render.shelf import Shelf
from videogen_engine.render.subtitles import LoadedCaptions, Subtitles, load_captions
from videogen_engine.render.transitions import enter
from videogen_engine.stage import MediaRef, StageContext
from videogen_engine.visuals.model import PaintedScene, SceneDesign

#: Scenes kept decoded beside one per worker: those whose tails the next ones need.
_SPARE_SCENES: Final = 2


class WorkStoppedError(Exception):
    """Raised in a worker because another one failed."""


@dataclass(frozen=True)
class Painters:
    """What paints designs and captions. ``version`` changes whenever the same input paints other pixels."""

    scene: Callable[[SceneDesign, int, int, StageContext], PaintedScene]
    captions: Callable[[CaptionRequest, StageContext], PaintedCaptions]
    version: str


class _Seat(Frozen):
    """What every scene's presenter has in common."""

    person: str
    size: int
    x: int
    y: int


def _tiles(seat: _Seat) -> PresenterTiles:
    return PresenterTiles(seat.person, seat.size, seat.x, seat.y)


class Studio:
    """Shared by ``workers`` threads. ``drawn`` is called after each encoded frame.

    Only half of them paint at the same time: painting a scene takes more memory than keeping it.
    """

    def __init__(
        self,
        painters: Painters,
        request: RenderRequest,
        ctx: StageContext,
        *,
        workers: int,
        stop: Event,
        drawn: Callable[[], None],
    ) -> None:
        self._painters, self._request, self._ctx = painters, request, ctx
        self._stop, self._drawn = stop, drawn
        scenes_held = workers + _SPARE_SCENES
        self._easels = Semaphore(max(1, workers // 2))
        self._scenes: Shelf[ScenePicture, LoadedScene] = Shelf(self._load, scenes_held)
        self._captions: Shelf[CaptionRequest, LoadedCaptions] = Shelf(self._load_captions, scenes_held)
        self._tiles: Shelf[_Seat, PresenterTiles] = Shelf(_tiles, 2)
        self._presenters: Shelf[Appearance, ScenePresenter] = Shelf(self._load_presenter, scenes_held)
        logo = request.timeline.logo
        self._logo: Tile | None = (
            logo_tile(logo, ctx.store, request.width, request.height) if logo is not None else None
        )

    def make(self, part: Part, key: str) -> MediaRef:
        """Paint, encode and publish the part. Leaves no file behind when it fails or is stopped."""
        path = self._ctx.temporary(".mp4")
        try:
            with SegmentWriter(path, part.width, part.height, part.rate, part.encoding) as writer:
                for _ in self.frames(part, writer.planes):
                    writer.encode()
                    self._drawn()
            return self._ctx.store.publish(key, path, MEDIA_TYPE)
        finally:
            path.unlink(missing_ok=True)

    def poster(self, part: Part, key: str) -> MediaRef:
        """Paint the part's one frame and publish it as a small JPEG."""
        target = blank(part.width, part.height)
        for _ in self.frames(part, target):
            pass
        path = self._ctx.temporary(".jpg")
        try:
            path.write_bytes(poster_jpeg(target))
            return self._ctx.store.publish(key, path, "image/jpeg")
        finally:
            path.unlink(missing_ok=True)

    def frames(self, part: Part, target: Planes) -> Iterator[int]:
        """Paint the part's frames into ``target``; yields the scene's frame number after each.

        ``target`` must be left as it is: what looks like the frame before is not painted again.
        """
        scene = ScenePainter(self._scenes.get(part.picture))
        scratch = scratch_for(part.width, part.height)
        entrance = self._entrance(part, scene, scratch) if part.before is not None else None
        presenter = self._presenters.get(part.presenter) if part.presenter is not None else None
        compositor = Compositor(target, scratch, scene, self._subtitles(part), self._logo, entrance, presenter)
        for frame in range(part.first, part.first + part.frames):
            self._check()
            compositor.paint(frame)
            yield frame

    def _entrance(self, part: Part, scene: ScenePainter, scratch: Planes) -> Callable[[Planes, int], None]:
        """What paints a frame in which the scene enters over the one before."""
        if part.before is None or part.transition is None:
            raise ValueError("this part does not enter over another scene")
        kind, first = part.transition.kind, part.before.frames
        before = ScenePainter(self._scenes.get(part.before))
        old, new = blank(part.width, part.height), blank(part.width, part.height)

        def paint(target: Planes, frame: int) -> None:
            before.draw(old, first + frame, scratch)
            scene.draw(new, frame, scratch)
            enter(kind, old, new, (frame + 1) / (part.frames + 1), target)

        return paint

    def _check(self) -> None:
        self._ctx.check()
        if self._stop.is_set():
            raise WorkStoppedError

    def _subtitles(self, part: Part) -> Subtitles | None:
        if part.captions is None:
            return None
        captions = self._captions.get(part.captions)
        return Subtitles(captions, part.rate) if captions.states else None

    def _load(self, picture: ScenePicture) -> LoadedScene:
        self._check()
        width, height = self._request.width, self._request.height
        with self._easels:
            painted = self._painters.scene(picture.design, width, height, self._ctx)
        rate = self._request.timeline.frames_per_second
        return load(painted, picture, self._ctx.store, width=width, height=height, rate=rate)

    def _load_presenter(self, shown: Appearance) -> ScenePresenter:
        self._check()
        tiles = self._tiles.get(_Seat(person=shown.person, size=shown.size, x=shown.x, y=shown.y))
        return scene_presenter(shown, tiles, self._ctx.store, self._request.timeline.frames_per_second)

    def _load_captions(self, request: CaptionRequest) -> LoadedCaptions:
        self._check()
        with self._easels:
            painted = self._painters.captions(request, self._ctx)
        return load_captions(painted, self._ctx.store)
