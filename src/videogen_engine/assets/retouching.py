"""What the picture and video tools have in common: their file, its limits, and a result that says how it was made."""

from __future__ import annotations

from collections.abc import Sequence

from videogen_agents.contract import FileType, WatermarkMode
from videogen_agents.contract.tools import ImageToolRequest, VideoToolRequest
from videogen_agents.errors import LimitError, UnavailableError
from videogen_engine.assets.asset import Bench, Desk
from videogen_engine.assets.model import MadeAsset
from videogen_engine.retouch.model import Retouched, RetouchRequest

ALIKE = "The same picture comes out the same way each time, so all results are alike."


async def check_image(request: ImageToolRequest, desk: Desk) -> None:
    """Raises for a watermark, and what the desk raises for a file that is no ready image."""
    check_watermark(request.watermark_mode)
    await desk.file("imageFileId", request.image_file_id, FileType.IMAGE)


async def check_video(request: VideoToolRequest, desk: Desk, most_seconds: float) -> None:
    """Raises for a watermark, LimitError for a video that is too long, and what the desk raises."""
    check_watermark(request.watermark_mode)
    file = await desk.file("videoFileId", request.video_file_id, FileType.VIDEO)
    if file.seconds is not None and file.seconds > most_seconds + 0.5:
        raise LimitError(
            f"The video is {file.seconds:.0f} s long; at most {most_seconds:.0f} s are worked on.",
            code="video_too_long",
            ids={"file_id": request.video_file_id},
            next_step="Cut it into parts.",
        )


def check_watermark(mode: WatermarkMode) -> None:
    if mode is WatermarkMode.VIDEO_GEN:
        raise UnavailableError(
            "watermarkMode cannot be honoured: the embedded engine has no VideoGen watermark.",
            code="not_built",
            requirement="hosted_backend",
            next_step="Leave it out.",
        )


async def retouched(bench: Bench, stage: str, file_id: str, *, variant: int = 0, sized: bool = True) -> Retouched:
    """``sized`` stages make what is as large as the bench says."""
    file = bench.file(file_id)
    lines = bench.lines if sized else None
    return await bench.step(stage, RetouchRequest(media=file.media, lines=lines, variant=variant), Retouched)


def asset_of(
    made: Retouched, type_: FileType, name: str, *, description: str, made_by: str, degraded: Sequence[str], many: bool
) -> MadeAsset:
    """``many`` says that more results than one were asked for of a tool that has only one."""
    return MadeAsset(
        media=made.media,
        type=type_,
        name=name,
        description=description,
        seconds=made.seconds,
        width=made.width,
        height=made.height,
        thumbnail=made.thumbnail,
        made_by=(made_by,),
        degraded=tuple(degraded),
        notes=(*made.notes, *((ALIKE,) if many else ())),
    )


def stem(name: str) -> str:
    """The file's name without its suffix."""
    head, dot, suffix = name.rpartition(".")
    return head if dot and head and suffix.isalnum() else name
