"""The presenter in a film's corner, frame by frame: each pose is drawn once and used again."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Final

from videogen_agents.errors import InputError
from videogen_engine.presenters.disc import DiscArtist, Pose, poses
from videogen_engine.presenters.people import BY_KEY
from videogen_engine.render.presenter_place import Appearance
from videogen_engine.render.raster import Tile, tile
from videogen_engine.stage import ArtifactStore

#: Bytes of drawn poses that are kept for a film, and how many at least.
_KEPT_BYTES: Final = 48_000_000
_LEAST_KEPT: Final = 24
#: Bytes of a tile for each of its pixels.
_PIXEL_BYTES: Final = 3


class PresenterTiles:
    """Drawn poses of one presenter at one size and place; threads may share it."""

    def __init__(self, person: str, size: int, x: int, y: int) -> None:
        known = BY_KEY.get(person)
        if known is None:
            raise InputError(
                f"There is no presenter {person!r}.",
                next_step="Change the narrator with the actorEntityId of a built-in actor, or with null for nobody.",
            )
        self._artist = DiscArtist(known, size)
        self._x, self._y = x, y
        self._lock = Lock()
        self._kept: OrderedDict[Pose, Tile] = OrderedDict()

    def get(self, pose: Pose) -> Tile:
        with self._lock:
            made = self._kept.get(pose)
            if made is None:
                pixels, pad = self._artist.draw(pose)
                made = self._kept[pose] = tile(pixels, self._x - pad, self._y - pad)
            self._kept.move_to_end(pose)
            most = max(_LEAST_KEPT, _KEPT_BYTES // (made.width * made.height * _PIXEL_BYTES))
            while len(self._kept) > most:
                self._kept.popitem(last=False)
            return made


@dataclass(frozen=True)
class ScenePresenter:
    """What the presenter does in one scene; threads may share it."""

    poses: tuple[Pose, ...]
    tiles: PresenterTiles

    def moment(self, frame: int) -> Pose:
        """Equal for two frames in which the presenter looks the same."""
        return self.poses[max(0, min(frame, len(self.poses) - 1))]

    def tile(self, frame: int) -> Tile:
        return self.tiles.get(self.moment(frame))


def scene_presenter(shown: Appearance, tiles: PresenterTiles, store: ArtifactStore, rate: int) -> ScenePresenter:
    """The presenter who says what is said in a scene, at ``rate`` frames per second."""
    person = BY_KEY[shown.person]
    return ScenePresenter(
        poses(store.path(shown.sound), person, shown.offset, shown.frames, rate, shown.sound.key), tiles
    )
