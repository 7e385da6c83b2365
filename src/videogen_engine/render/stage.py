"""The render stage: a timeline and a frame size become one closed-GOP H.264 segment per scene and part."""

from __future__ import annotations

from videogen_engine.bundled_assets import bundled_assets
from videogen_engine.captions.stage import VERSION as CAPTIONS_VERSION
from videogen_engine.captions.stage import caption
from videogen_engine.render.film import render_with
from videogen_engine.render.model import RenderedFilm, RenderRequest
from videogen_engine.render.studio import Painters
from videogen_engine.stage import StageContext
from videogen_engine.visuals.paint import PAINT_VERSION, paint_scene


def render(request: RenderRequest, ctx: StageContext, *, workers: int | None = None) -> RenderedFilm:
    """Render the film. Parts that were rendered before, from the same inputs, come from the cache.

    ``workers`` is the number of threads; None takes ``VIDEOGEN_AGENTS_RENDER_WORKERS``, or one per core. It
    never changes bytes. Raises InputError for a timeline without scenes, a size that cannot be encoded, and a
    logo or featured video that cannot be decoded; StageCancelledError once the job was cancelled. Whatever
    ends it, finished segments stay in the cache and nothing half-written does.
    """
    return render_with(engine_painters(), request, ctx, workers=workers)


def engine_painters() -> Painters:
    """The engine's own illustrator and captions. Their fonts and icons are part of the version."""
    version = f"scenes {PAINT_VERSION}, captions {CAPTIONS_VERSION}, assets {bundled_assets().fingerprint}"
    return Painters(scene=paint_scene, captions=caption, version=version)
