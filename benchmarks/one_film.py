"""The stages, strung together without the server: what a film costs by itself."""

from __future__ import annotations

from pathlib import Path

from benchmarks.stages import Meter
from videogen_agents.contract import CaptionStyle
from videogen_engine.package.model import PackagedFilm, PackageRequest
from videogen_engine.package.stage import package
from videogen_engine.planning.model import PlanRequest
from videogen_engine.planning.stage import plan
from videogen_engine.render.model import RenderRequest
from videogen_engine.render.size import frame_size
from videogen_engine.render.stage import render
from videogen_engine.speech.model import SpeechRequest, SpokenScene
from videogen_engine.speech.stage import speak
from videogen_engine.stage import StageContext
from videogen_engine.store.artifact_store import MediaArtifactStore
from videogen_engine.timeline.assemble import AssembleRequest, assemble
from videogen_engine.timeline.document import Timeline
from videogen_engine.timeline.pace import picture_scenes
from videogen_engine.visuals.model import PictureRequest
from videogen_engine.visuals.stage import picture


def context(folder: Path) -> StageContext:
    return StageContext(store=MediaArtifactStore((folder / "media").as_uri()), scratch=folder / "scratch")


def timeline(text: str, ctx: StageContext, meter: Meter) -> Timeline:
    """The document of a film that says ``text``."""
    planned = meter.stage("plan", lambda: plan(PlanRequest(script=text), ctx))
    spoken_scenes = tuple(SpokenScene(sentences=scene.sentences) for scene in planned.scenes)
    narration = meter.stage("speak", lambda: speak(SpeechRequest(scenes=spoken_scenes), ctx))
    request = PictureRequest(
        scenes=picture_scenes(planned, narration),
        language="en",
        ratio_width=16,
        ratio_height=9,
        title=planned.title,
    )
    pictures = meter.stage("picture", lambda: picture(request, ctx))
    assembled = AssembleRequest(plan=planned, narration=narration, pictures=pictures, caption_style=CaptionStyle())
    return meter.stage("assemble", lambda: assemble(assembled, ctx))


def make(folder: Path, lines: int, text: str, meter: Meter) -> PackagedFilm:
    """The finished film, its parts left in ``folder``."""
    ctx = context(folder)
    document = timeline(text, ctx, meter)
    width, height = frame_size(document.ratio_width, document.ratio_height, lines)
    request = RenderRequest(timeline=document, width=width, height=height)
    rendered = meter.stage("render", lambda: render(request, ctx))
    (folder / "timeline.json").write_text(document.model_dump_json())
    return meter.stage("package", lambda: package(PackageRequest(timeline=document, film=rendered), ctx))
