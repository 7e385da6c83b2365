"""Stills that are handed to a model."""

from __future__ import annotations

from videogen_agents.errors import VideoError
from videogen_agents.tools.result import Thumbnail
from videogen_agents.tools.spec import ToolContext

#: Bytes of a still that is handed to a model.
THUMBNAIL_BYTES = 100_000
#: Bytes of a sheet of stills.
SHEET_BYTES = 150_000
#: The still formats that models read, by their first bytes.
_STILLS = (("image/jpeg", b"\xff\xd8\xff"), ("image/png", b"\x89PNG\r\n"), ("image/webp", b"RIFF"))


async def thumbnail_at(url: str, ctx: ToolContext, most: int = THUMBNAIL_BYTES) -> Thumbnail | None:
    """The still at a signed URL; None when it is too large, no picture, or not to be had."""
    try:
        content = await ctx.client.fetch_bytes(url, most)
    except VideoError:
        # The work is there; a missing still is no reason to hide it.
        return None
    for media_type, start in _STILLS:
        if content.startswith(start):
            return Thumbnail(content, media_type)
    return None
