"""vectorizeImage: an SVG of flat shapes, traced from a picture."""

from __future__ import annotations

from videogen_agents.contract import FileType, ToolType, VectorizeImageRequest
from videogen_engine.assets.asset import Asset, Bench
from videogen_engine.assets.model import MadeAsset
from videogen_engine.assets.retouching import asset_of, check_image, retouched, stem
from videogen_engine.retouch.model import TRACE


async def _make(request: VectorizeImageRequest, variant: int, bench: Bench) -> MadeAsset:
    del variant
    made = await retouched(bench, TRACE, request.image_file_id, sized=False)
    name = stem(bench.file(request.image_file_id).name)
    return asset_of(
        made,
        FileType.IMAGE,
        f"{name}, vectorized",
        description=f"“{name}” as shapes that scale without loss.",
        made_by="shapes: vtracer",
        degraded=(),
        many=request.num_results > 1,
    )


VECTORIZE_IMAGE = Asset(ToolType.VECTORIZE_IMAGE, (TRACE,), _make, check_image)
