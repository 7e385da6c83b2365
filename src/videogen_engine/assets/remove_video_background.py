"""removeVideoBackground: a video's subject as WebM with transparency."""

from __future__ import annotations

from videogen_agents.contract import FileType, RemoveVideoBackgroundRequest, ToolType
from videogen_engine.assets.asset import Asset, Bench, Desk
from videogen_engine.assets.model import MadeAsset
from videogen_engine.assets.retouching import asset_of, check_video, retouched, stem
from videogen_engine.retouch.model import CUT_OUT_SECONDS, CUT_OUT_VIDEO

_DEGRADED = ("The subject was found by colour and movement, not by a matting model: look at its edges before use.",)


async def _check(request: RemoveVideoBackgroundRequest, desk: Desk) -> None:
    await check_video(request, desk, CUT_OUT_SECONDS)


async def _make(request: RemoveVideoBackgroundRequest, variant: int, bench: Bench) -> MadeAsset:
    del variant
    made = await retouched(bench, CUT_OUT_VIDEO, request.video_file_id)
    name = stem(bench.file(request.video_file_id).name)
    return asset_of(
        made,
        FileType.VIDEO,
        f"{name}, cut out",
        description=f"“{name}” without its background, with transparency (VP9 in WebM).",
        made_by="matting: built-in, by colour and movement",
        degraded=_DEGRADED,
        many=request.num_results > 1,
    )


REMOVE_VIDEO_BACKGROUND = Asset(ToolType.REMOVE_VIDEO_BACKGROUND, (CUT_OUT_VIDEO,), _make, _check, quick=False)
