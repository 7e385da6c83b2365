"""upscaleImage: twice the pixels each way."""

from __future__ import annotations

from videogen_agents.contract import FileType, ToolType, UpscaleImageRequest
from videogen_engine.assets.asset import Asset, Bench
from videogen_engine.assets.model import MadeAsset
from videogen_engine.assets.retouching import asset_of, check_image, retouched, stem
from videogen_engine.retouch.model import ENLARGE_IMAGE

DEGRADED = (
    "Enlarged by Lanczos interpolation, what detail there is sharpened, and not by a model: none was invented.",
)


async def _make(request: UpscaleImageRequest, variant: int, bench: Bench) -> MadeAsset:
    del variant
    made = await retouched(bench, ENLARGE_IMAGE, request.image_file_id, sized=False)
    name = stem(bench.file(request.image_file_id).name)
    return asset_of(
        made,
        FileType.IMAGE,
        f"{name}, enlarged",
        description=f"“{name}” at {made.width} × {made.height} pixels.",
        made_by="enlarging: Lanczos",
        degraded=DEGRADED,
        many=request.num_results > 1,
    )


UPSCALE_IMAGE = Asset(ToolType.UPSCALE_IMAGE, (ENLARGE_IMAGE,), _make, check_image)
