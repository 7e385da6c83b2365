"""The stage that gets a file from the web."""

from __future__ import annotations

import asyncio
import hashlib
import math

from videogen_engine.fetching.download import download
from videogen_engine.fetching.model import FetchedFile, FetchRequest
from videogen_engine.stage import StageContext

#: Of a file of unknown length, half is thought to have come after this many bytes.
_USUAL_BYTES = 20_000_000


def fetch(request: FetchRequest, ctx: StageContext) -> FetchedFile:
    """The file, whole and of an accepted kind. Raises what ``download`` raises."""
    target = ctx.temporary(".part")

    def on_bytes(size: int, announced: int | None) -> None:
        ctx.check()
        share = size / announced if announced else 1 - math.exp(-size / _USUAL_BYTES)
        ctx.report(min(share, 1.0) * 0.98, f"Fetching, {size / 1_000_000:.1f} MB so far")

    ctx.report(0.0, "Fetching")
    found = asyncio.run(download(request, target, on_bytes))
    with target.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    media = ctx.store.publish(f"fetched/{digest[:2]}/{digest}{found.suffix}", target, found.media_type)
    return FetchedFile(media=media, name=found.name, from_page=found.from_page)
