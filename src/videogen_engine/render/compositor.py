"""One part's frames, painted over one another: only what differs from the frame before is painted again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from videogen_engine.render.entrances import Stroke
from videogen_engine.render.presenter import ScenePresenter
from videogen_engine.render.raster import Planes, Tile
from videogen_engine.render.scene import ScenePainter
from videogen_engine.render.subtitles import Subtitles


@dataclass(frozen=True)
class _Kept:
    """What was on the frame where something was laid over it."""

    place: Planes
    pixels: Planes

    @staticmethod
    def under(tile: Tile, target: Planes) -> _Kept | None:
        left, top = max(0, tile.x), max(0, tile.y)
        width = min(tile.x + tile.width, target.width) - left
        height = min(tile.y + tile.height, target.height) - top
        if width <= 0 or height <= 0:
            return None
        place = target.crop(left, top, width, height)
        return _Kept(place, Planes(place.y.copy(), place.uv.copy()))

    def put_back(self) -> None:
        self.place.copy_from(self.pixels)


class Compositor:
    """Paints into ``target``, which nobody else may change between frames.

    ``entrance`` replaces the scene's own picture where it enters over the one before; everything is painted
    anew there.
    """

    def __init__(
        self,
        target: Planes,
        scratch: Planes,
        scene: ScenePainter,
        subtitles: Subtitles | None,
        logo: Tile | None,
        entrance: Callable[[Planes, int], None] | None,
        presenter: ScenePresenter | None = None,
    ) -> None:
        self._target, self._scratch, self._scene = target, scratch, scene
        self._subtitles, self._logo, self._entrance = subtitles, logo, entrance
        self._presenter = presenter
        self._moment: tuple[object, ...] | None = None
        self._still: tuple[object, ...] | None = None
        self._kept: list[_Kept] = []

    def paint(self, frame: int) -> None:
        """Let the target show the scene's frame number ``frame``; frames come in rising order."""
        said = self._subtitles.moment(frame) if self._subtitles is not None else None
        posed = self._presenter.moment(frame) if self._presenter is not None else None
        moment = (frame if self._entrance is not None else self._scene.moment(frame), said, posed)
        if moment == self._moment:
            return
        self._moment = moment
        self._ground(frame)
        over = [] if self._entrance is not None else self._scene.moving(frame)
        caption = self._subtitles.tile(frame) if self._subtitles is not None else None
        seen = self._presenter.tile(frame) if self._presenter is not None else None
        over += [Stroke(tile) for tile in (seen, caption, self._logo) if tile is not None]
        for stroke in over:
            if (kept := _Kept.under(stroke.tile, self._target)) is not None:
                self._kept.append(kept)
                stroke.draw(self._target)

    def _ground(self, frame: int) -> None:
        """Everything that does not move of itself: put back where it was covered, or painted."""
        still = None if self._entrance is not None else self._scene.still(frame)
        if still is not None and still == self._still:
            for kept in reversed(self._kept):
                kept.put_back()
        elif self._entrance is not None:
            self._entrance(self._target, frame)
        else:
            self._scene.draw_still(self._target, frame, self._scratch)
        self._still = still
        self._kept = []
