"""removeImageBackground: a picture's subject as PNG with soft edges."""

from __future__ import annotations

from videogen_agents.contract import FileType, RemoveImageBackgroundRequest, ToolType
from videogen_engine.assets.asset import Asset, Bench
from videogen_engine.assets.model import MadeAsset
from videogen_engine.assets.retouching import asset_of, check_image, retouched, stem
from videogen_engine.retouch.model import CUT_OUT

_DEGRADED = (
    "The subject was found by colour and edges, not by a matting model: look at hair, glass and shadows before use.",
)


async def _make(request: RemoveImageBackgroundRequest, variant: int, bench: Bench) -> MadeAsset:
    del variant
    made = await retouched(bench, CUT_OUT, request.image_file_id, sized=False)
    name = stem(bench.file(request.image_file_id).name)
    return asset_of(
        made,
        FileType.IMAGE,
        f"{name}, cut out",
        description=f"“{name}” without its background.",
        made_by="matting: built-in, by colour",
        degraded=_DEGRADED,
        many=request.num_results > 1,
    )


REMOVE_IMAGE_BACKGROUND = Asset(ToolType.REMOVE_IMAGE_BACKGROUND, (CUT_OUT,), _make, check_image)
