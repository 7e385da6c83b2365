"""The render stage: every part of the film, from the cache or painted and encoded now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Event, Lock
from typing import Final

from videogen_agents.errors import InputError
from videogen_engine.render.allocator import release_large_blocks
from videogen_engine.render.model import RenderedFilm, RenderRequest, Segment
from videogen_engine.render.parts import Part, PlacedPart, cut, still
from videogen_engine.render.pool import queue_order, run_all, worker_count
from videogen_engine.render.studio import Painters, Studio
from videogen_engine.stage import MediaRef, StageContext, content_key

#: Part of every segment's key; raise it when the same part would be drawn or encoded differently.
VERSION: Final = "3"
KIND: Final = "segment"
POSTER_KIND: Final = "poster"


def render_with(
    painters: Painters, request: RenderRequest, ctx: StageContext, *, workers: int | None = None
) -> RenderedFilm:
    """``render`` with other painters than the engine's own."""
    if request.width < 16 or request.height < 16 or request.width % 2 or request.height % 2:
        raise InputError(f"A frame of {request.width} × {request.height} cannot be encoded; use even sides.")
    if not request.timeline.scenes:
        raise InputError("The timeline has no scenes.", code="empty_timeline")
    release_large_blocks()
    placed = cut(request, painters.version)
    keys = [content_key(KIND, VERSION, item.part, ".mp4") for item in placed]
    made = {key: media for key in dict.fromkeys(keys) if (media := ctx.store.find(key)) is not None}
    missing: dict[str, Part] = {}
    for item, key in zip(placed, keys, strict=True):
        if key not in made:
            missing.setdefault(key, item.part)
    count = worker_count(workers)
    stop = Event()
    progress = _Progress(ctx, sum(part.frames for part in missing.values()))
    studio = Studio(
        painters,
        request,
        # What is painted on the way must not report as if it were the whole render.
        replace(ctx, report=_unreported),
        workers=count,
        stop=stop,
        drawn=progress.frame,
    )

    still_part = still(request, painters.version)
    poster_key = content_key(POSTER_KIND, VERSION, still_part, ".jpg")
    poster = ctx.store.find(poster_key)

    def job(key: str) -> Callable[[], None]:
        def run() -> None:
            made[key] = studio.make(missing[key], key)

        return run

    def paint_poster() -> None:
        made[poster_key] = studio.poster(still_part, poster_key)

    jobs = [job(key) for key in missing]
    order = queue_order([part.frames for part in missing.values()], count)
    # The poster goes first: the scene it loads is the one that the first part needs.
    run_all([*([] if poster else [paint_poster]), *(jobs[index] for index in order)], count, stop.set)
    return RenderedFilm(
        width=request.width,
        height=request.height,
        frames_per_second=request.timeline.frames_per_second,
        segments=tuple(
            _segment(item, made[key], reused=key not in missing) for item, key in zip(placed, keys, strict=True)
        ),
        poster=poster or made[poster_key],
        encoding=request.encoding,
        frames_rendered=sum(part.frames for part in missing.values()),
    )


def _segment(item: PlacedPart, media: MediaRef, *, reused: bool) -> Segment:
    return Segment(
        scene_id=item.scene_id,
        media=media,
        frames=item.part.frames,
        reused=reused,
        first_frame=item.part.first,
        entering=item.part.before is not None,
    )


def _unreported(_fraction: float, _message: str) -> None:
    return None


class _Progress:
    """Counts the frames of all workers."""

    def __init__(self, ctx: StageContext, total: int) -> None:
        self._report, self._total, self._done = ctx.report, total, 0
        self._lock = Lock()

    def frame(self) -> None:
        with self._lock:
            self._done += 1
            self._report(self._done / self._total, f"{self._done} of {self._total} frames")
