"""image3dEffect: some seconds in which a picture's subject and background move apart."""

from __future__ import annotations

from videogen_agents.contract import FileType, Image3dEffectRequest, ToolType
from videogen_engine.assets.asset import Asset, Bench
from videogen_engine.assets.model import MadeAsset
from videogen_engine.assets.retouching import asset_of, check_image, retouched, stem
from videogen_engine.retouch.model import DEPTH

_DEGRADED = (
    "Depth was guessed from colour and place, and what was hidden filled in from its surroundings, without a model.",
)


async def _make(request: Image3dEffectRequest, variant: int, bench: Bench) -> MadeAsset:
    made = await retouched(bench, DEPTH, request.image_file_id, variant=variant)
    name = stem(bench.file(request.image_file_id).name)
    return asset_of(
        made,
        FileType.VIDEO,
        f"{name}, in depth",
        description=f"A camera moves past “{name}”; the clip ends as it begins.",
        made_by="depth: built-in parallax",
        degraded=_DEGRADED,
        many=False,
    )


IMAGE_3D_EFFECT = Asset(ToolType.IMAGE_3D_EFFECT, (DEPTH,), _make, check_image, quick=False)
