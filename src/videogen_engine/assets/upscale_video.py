"""upscaleVideo: twice the pixels each way, at the same pace, with the same sound."""

from __future__ import annotations

from videogen_agents.contract import FileType, ToolType, UpscaleVideoRequest
from videogen_engine.assets.asset import Asset, Bench, Desk
from videogen_engine.assets.model import MadeAsset
from videogen_engine.assets.retouching import asset_of, check_video, retouched, stem
from videogen_engine.assets.upscale_image import DEGRADED
from videogen_engine.retouch.model import ENLARGE_VIDEO, ENLARGED_SECONDS


async def _check(request: UpscaleVideoRequest, desk: Desk) -> None:
    await check_video(request, desk, ENLARGED_SECONDS)


async def _make(request: UpscaleVideoRequest, variant: int, bench: Bench) -> MadeAsset:
    del variant
    made = await retouched(bench, ENLARGE_VIDEO, request.video_file_id, sized=False)
    name = stem(bench.file(request.video_file_id).name)
    return asset_of(
        made,
        FileType.VIDEO,
        f"{name}, enlarged",
        description=f"“{name}” at {made.width} × {made.height} pixels.",
        made_by="enlarging: Lanczos",
        degraded=DEGRADED,
        many=request.num_results > 1,
    )


UPSCALE_VIDEO = Asset(ToolType.UPSCALE_VIDEO, (ENLARGE_VIDEO,), _make, _check, quick=False)
