"""generateMotionGraphic: an animated title, chart, counter, list, callout …, see-through unless asked otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from videogen_agents.contract import (
    AspectRatio,
    EntityType,
    FileType,
    GenerateMotionGraphicRequest,
    ToolType,
)
from videogen_agents.contract.tools import SubToolMode
from videogen_agents.errors import InputError, LimitError
from videogen_engine.assets.asset import Asset, Bench, Desk
from videogen_engine.assets.model import MadeAsset
from videogen_engine.illustration.model import OwnPicture
from videogen_engine.motion.model import ANIMATE, LONGEST_PROMPT, MotionGraphic, MotionRequest
from videogen_engine.render.size import frame_size

_LINES = 1080
_WIDE = AspectRatio(width=16, height=9)
#: Seconds of graphics that one execution makes at most.
_MOST_SECONDS = 900


async def _check(request: GenerateMotionGraphicRequest, desk: Desk) -> None:
    if not request.prompt.strip() or len(request.prompt) > LONGEST_PROMPT:
        raise InputError(f"prompt must have 1 to {LONGEST_PROMPT} characters.", next_step="Say what is to be shown.")
    if request.num_results * (request.duration_seconds or 0) > _MOST_SECONDS:
        raise LimitError(
            f"numResults times durationSeconds is more than {_MOST_SECONDS} s.",
            code="invalid_request",
            next_step="Ask for fewer or shorter graphics at a time.",
        )
    _size(request, None)
    for file_id in request.file_ids or ():
        await desk.file("fileIds", file_id, FileType.IMAGE)
    for entity_id in request.entity_ids or ():
        await desk.entity("entityIds", entity_id)


async def _make(request: GenerateMotionGraphicRequest, variant: int, bench: Bench) -> MadeAsset:
    width, height = _size(request, bench.lines)
    entities = [bench.entity(entity_id) for entity_id in request.entity_ids or ()]
    files = [bench.file(file_id) for file_id in request.file_ids or ()]
    files += [one.file for entity in entities for one in entity.references[:1] if one.file.type is FileType.IMAGE]
    styles = [entity for entity in entities if entity.entity_type is EntityType.VISUAL_STYLE]
    made = await bench.step(
        ANIMATE,
        MotionRequest(
            prompt=request.prompt,
            width=width,
            height=height,
            seconds=request.duration_seconds,
            transparent=request.transparent_background,
            style=" ".join(entity.description or entity.name for entity in styles),
            variant=variant,
            encoding=bench.encoding,
            pictures=tuple(OwnPicture(media=file.media, name=file.name) for file in files),
        ),
        MotionGraphic,
    )
    shows = ", ".join(made.shows)
    return MadeAsset(
        media=made.media,
        type=FileType.VIDEO,
        name=f"{made.kind.capitalize()}{': ' + made.shows[0] if made.shows else ''}"[:80],
        description=f"{made.kind.capitalize()} that shows {shows}"[:400] if shows else made.kind.capitalize(),
        seconds=made.seconds,
        width=width,
        height=height,
        thumbnail=made.thumbnail,
        made_by=(f"graphic: built-in animator, {made.kind}", "fonts: Inter (OFL-1.1)"),
        degraded=("The prompt is read by its words and figures, not by a language model.",),
        warnings=made.notes,
    )


def _size(request: GenerateMotionGraphicRequest, lines: int | None) -> tuple[int, int]:
    """Pixels. Raises LimitError for a shape that no film has."""
    ratio = request.aspect_ratio or _WIDE
    return frame_size(ratio.width, ratio.height, lines or _LINES)


def _without_effect(request: GenerateMotionGraphicRequest) -> Sequence[str]:
    modes = request.sub_tool_modes
    wanted = modes is not None and SubToolMode.ENABLED in {
        modes.generate_images,
        modes.generate_video_clips,
        modes.generate_voiceover,
        modes.search_stock_media,
    }
    return ("subToolModes",) if wanted else ()


GENERATE_MOTION_GRAPHIC = Asset(
    ToolType.GENERATE_MOTION_GRAPHIC, (ANIMATE,), _make, _check, _without_effect, quick=False
)
