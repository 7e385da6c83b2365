"""A scene's picture, ready to be drawn frame by frame: what lies under everything, and what enters over it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from videogen_engine.frozen import Frozen
from videogen_engine.render.clip import Clip
from videogen_engine.render.drift import Ground, still
from videogen_engine.render.entrances import RISE_MARGIN, Stroke
from videogen_engine.render.raster import Planes, decode, opaque, tile
from videogen_engine.render.sprites import Actor, Cast
from videogen_engine.stage import ArtifactStore
from videogen_engine.timeline.document import Motion
from videogen_engine.visuals.model import Entrance, PaintedScene, SceneDesign


class ScenePicture(Frozen):
    """Everything that decides a scene's picture, captions and logo apart."""

    design: SceneDesign
    motion: Motion
    frames: int


@dataclass(frozen=True)
class LoadedScene:
    """Decoded pixels of a painted scene; threads may share it. ``clip`` plays in place of ``ground``."""

    actors: tuple[Actor, ...]
    ground: Ground | None
    clip: Path | None
    width: int
    height: int
    frames: int
    rate: int


def load(
    painted: PaintedScene,
    picture: ScenePicture,
    store: ArtifactStore,
    *,
    width: int,
    height: int,
    rate: int,
) -> LoadedScene:
    """Read a painted scene's files. Raises InputError when one is no image."""
    actors = tuple(
        Actor(
            tile(
                decode(store.path(sprite.image).read_bytes(), "A sprite"),
                sprite.x,
                sprite.y,
                margin=RISE_MARGIN if sprite.entrance is Entrance.RISE else 0,
            ),
            sprite.entrance,
            round(sprite.appear * rate),
            round(sprite.entrance_seconds * rate),
        )
        for sprite in painted.sprites
    )
    ground = None
    if painted.clip is None:
        source = opaque(decode(store.path(painted.background).read_bytes(), "A background"))
        ground = still(source, picture.motion, width, height, picture.frames)
    clip = store.path(painted.clip) if painted.clip is not None else None
    return LoadedScene(actors, ground, clip, width, height, picture.frames, rate)


class ScenePainter:
    """Draws one scene's frames in rising order. Each thread needs its own."""

    def __init__(self, scene: LoadedScene) -> None:
        self._cast = Cast(scene.actors, min(scene.width, scene.height))
        if scene.clip is not None:
            self._ground: Ground = Clip(scene.clip, scene.width, scene.height, scene.frames, scene.rate)
        elif scene.ground is not None:
            self._ground = scene.ground
        else:
            raise ValueError("a scene needs a ground or a clip")

    def moment(self, frame: int) -> tuple[object, ...]:
        """Equal for two frames that look the same."""
        return (self._ground.step(frame), self._cast.progress(frame))

    def still(self, frame: int) -> tuple[object, ...]:
        """Equal for two frames for which ``draw_still`` draws the same."""
        return (self._ground.step(frame), self._cast.still(frame))

    def draw_still(self, target: Planes, frame: int, scratch: Planes) -> None:
        """Fill ``target`` with the ground and all that has settled on it."""
        self._ground.draw(target, frame, scratch)
        self._cast.draw_still(target, frame)

    def moving(self, frame: int) -> list[Stroke]:
        """What enters over that, in paint order."""
        return self._cast.moving(frame)

    def draw(self, target: Planes, frame: int, scratch: Planes) -> None:
        """Fill ``target`` with frame ``frame`` of the scene; frames past its end belong to its tail."""
        self.draw_still(target, frame, scratch)
        for stroke in self.moving(frame):
            stroke.draw(target)
