"""Which asset each standalone tool makes. What is missing here is refused when it is asked for.

An asset's module loads models only, never a stage: this table is read where requests come in.
"""

from __future__ import annotations

from collections.abc import Mapping

from videogen_agents.contract import ToolRequest, ToolType
from videogen_agents.contract.operations import OPERATIONS
from videogen_agents.errors import UnavailableError
from videogen_engine.assets.asset import AnyAsset
from videogen_engine.assets.avatar import GENERATE_AVATAR
from videogen_engine.assets.image import GENERATE_IMAGE
from videogen_engine.assets.image_3d_effect import IMAGE_3D_EFFECT
from videogen_engine.assets.motion_graphic import GENERATE_MOTION_GRAPHIC
from videogen_engine.assets.music import GENERATE_MUSIC
from videogen_engine.assets.remove_image_background import REMOVE_IMAGE_BACKGROUND
from videogen_engine.assets.remove_video_background import REMOVE_VIDEO_BACKGROUND
from videogen_engine.assets.sound_effect import GENERATE_SOUND_EFFECT
from videogen_engine.assets.text_to_speech import TEXT_TO_SPEECH
from videogen_engine.assets.upscale_image import UPSCALE_IMAGE
from videogen_engine.assets.upscale_video import UPSCALE_VIDEO
from videogen_engine.assets.vectorize_image import VECTORIZE_IMAGE
from videogen_engine.assets.video_clip import GENERATE_VIDEO_CLIP

_BUILT: tuple[AnyAsset, ...] = (
    GENERATE_MUSIC,
    TEXT_TO_SPEECH,
    GENERATE_SOUND_EFFECT,
    GENERATE_IMAGE,
    GENERATE_MOTION_GRAPHIC,
    GENERATE_AVATAR,
    GENERATE_VIDEO_CLIP,
    VECTORIZE_IMAGE,
    REMOVE_IMAGE_BACKGROUND,
    UPSCALE_IMAGE,
    IMAGE_3D_EFFECT,
    REMOVE_VIDEO_BACKGROUND,
    UPSCALE_VIDEO,
)
ASSETS: Mapping[ToolType, AnyAsset] = {asset.tool: asset for asset in _BUILT}


def _tools() -> dict[str, tuple[ToolType, type[ToolRequest]]]:
    found: dict[str, tuple[ToolType, type[ToolRequest]]] = {}
    for operation in OPERATIONS.values():
        if operation.request is not None and issubclass(operation.request, ToolRequest):
            name = operation.path.rpartition("/")[2].replace("-", "_").upper()
            found[operation.id] = ToolType(name), operation.request
    return found


#: By operation id, the tool and its request.
TOOLS: Mapping[str, tuple[ToolType, type[ToolRequest]]] = _tools()
REQUESTS: Mapping[ToolType, type[ToolRequest]] = dict(TOOLS.values())


def missing_assets() -> tuple[ToolType, ...]:
    """The tools that this engine cannot do, in the contract's order."""
    return tuple(tool for tool in ToolType if tool not in ASSETS)


def asset_of(tool: ToolType) -> AnyAsset:
    """Raises UnavailableError for a tool that is not built here."""
    asset = ASSETS.get(tool)
    if asset is None:
        raise UnavailableError(
            f"The tool {tool.value} is not built in the embedded engine.",
            code="not_built",
            requirement="hosted_backend",
            next_step="VideoGen's hosted backend does it: set VIDEOGEN_API_KEY and send the request there.",
        )
    return asset
