"""A film of one word, made by the real stages in a folder of its own, and looked at and listened to afterwards."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from videogen_agents.errors import UnavailableError
from videogen_engine.doctor.model import Finding, Seen

if TYPE_CHECKING:
    from videogen_engine.package.model import PackagedFilm
    from videogen_engine.planning.model import ScenePlan
    from videogen_engine.speech.model import Narration
    from videogen_engine.stage import StageContext
    from videogen_engine.visuals.model import PictureSet

Made = TypeVar("Made")

_SCRIPT = "Ready."
_WIDTH, _HEIGHT = 256, 144
#: Loudness below which sound counts as silence (dBFS), and spread below which a picture counts as blank (of 255).
_SILENCE = -50.0
_BLANK = 2.0


class Rehearsal:
    """Each method needs those before it to have succeeded, and says so when they have not."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._plan: ScenePlan | None = None
        self._narration: Narration | None = None
        self._pictures: PictureSet | None = None

    def plan(self) -> Seen:
        """Split the script into scenes."""
        from videogen_engine.planning.model import PlanRequest
        from videogen_engine.planning.stage import plan

        self._plan = plan(PlanRequest(script=_SCRIPT), self._context())
        return Seen(said=f"planned {len(self._plan.scenes)} scene")

    def speak(self) -> Seen:
        """Speak the word and listen to it."""
        from videogen_engine.speech.model import SpeechRequest, SpokenScene
        from videogen_engine.speech.stage import speak
        from videogen_engine.speech.wave_file import read_wave

        scenes = tuple(SpokenScene(sentences=scene.sentences) for scene in _there(self._plan, "plan").scenes)
        context = self._context()
        narration = speak(SpeechRequest(scenes=scenes, language="en"), context)
        scene = narration.scenes[0]
        level = _level(read_wave(context.store.path(scene.clip)) / 32768.0)
        if level < _SILENCE or not scene.words:
            return Seen(said="the voice spoke silence", finding=Finding.MISSING)
        self._narration = narration
        return Seen(said=f"{narration.provider} spoke a word in {scene.duration:.2f} s at {level:.0f} dBFS")

    def draw(self) -> Seen:
        """Design the scene, paint it and look at it."""
        import cv2

        from videogen_engine.timeline.pace import picture_scenes
        from videogen_engine.visuals.model import PictureRequest
        from videogen_engine.visuals.paint import paint_scene
        from videogen_engine.visuals.stage import picture

        plan, narration = _there(self._plan, "plan"), _there(self._narration, "speech")
        context = self._context()
        scenes = picture_scenes(plan, narration)
        pictures = picture(
            PictureRequest(scenes=scenes, language="en", ratio_width=16, ratio_height=9, title=plan.title), context
        )
        design = pictures.pictures[0].design
        painted = paint_scene(design, _WIDTH, _HEIGHT, context)
        image = cv2.imread(str(context.store.path(painted.background)))
        if image is None or float(image.std()) < _BLANK or not painted.sprites:
            return Seen(said="the painted frame is blank", finding=Finding.MISSING)
        self._pictures = pictures
        return Seen(said=f"drew a frame of {len(painted.sprites)} sprites in the look {design.look}")

    def encode(self) -> Seen:
        """Render and package the film, then decode all of it again."""
        from videogen_engine.package.model import PackageRequest
        from videogen_engine.package.stage import package
        from videogen_engine.render.model import Encoding, RenderRequest
        from videogen_engine.render.stage import render
        from videogen_engine.timeline.assemble import AssembleRequest, assemble

        context = self._context()
        timeline = assemble(
            AssembleRequest(
                plan=_there(self._plan, "plan"),
                narration=_there(self._narration, "speech"),
                pictures=_there(self._pictures, "pictures"),
            ),
            context,
        )
        film = render(RenderRequest(timeline=timeline, width=_WIDTH, height=_HEIGHT, encoding=Encoding.DRAFT), context)
        packaged = package(PackageRequest(timeline=timeline, film=film), context)
        return _decoded(context.store.path(packaged.video), packaged)

    def _context(self) -> StageContext:
        from videogen_engine.stage import StageContext
        from videogen_engine.store.artifact_store import MediaArtifactStore

        store = MediaArtifactStore((self._folder / "media").as_uri())
        return StageContext(store=store, scratch=self._folder / "scratch")


def _there(made: Made | None, part: str) -> Made:
    if made is None:
        raise UnavailableError(f"Not tried, because the part before it is missing: {part}.")
    return made


def _decoded(path: Path, packaged: PackagedFilm) -> Seen:
    import av
    import numpy as np

    with av.open(str(path)) as container:
        codecs = [stream.codec_context.name for stream in (*container.streams.video, *container.streams.audio)]
        pictures = [frame.to_ndarray(format="gray") for frame in container.decode(video=0)]
        container.seek(0)
        sound = np.concatenate([frame.to_ndarray().ravel() for frame in container.decode(audio=0)])
    if len(pictures) != packaged.frames:
        return Seen(said=f"decoded {len(pictures)} of {packaged.frames} frames", finding=Finding.MISSING)
    if float(pictures[-1].std()) < _BLANK or _level(sound) < _SILENCE:
        return Seen(said="the film decodes to nothing to see or hear", finding=Finding.MISSING)
    return Seen(
        said=f"encoded and decoded {len(pictures)} frames and {packaged.duration:.1f} s of sound ({', '.join(codecs)})"
    )


def _level(samples: object) -> float:
    """Mean power in dBFS of samples of full scale 1."""
    import numpy as np

    power = float(np.mean(np.square(np.asarray(samples, dtype=np.float64))))
    return 10 * math.log10(max(power, 1e-12))
