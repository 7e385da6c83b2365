"""The motion graphic stage: a prompt is read, drawn frame by frame, and encoded with or without a ground."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from av.video.frame import VideoFrame

from videogen_engine.motion.board import Board, Painter, blank, smooth
from videogen_engine.motion.cards import bullet_list, callout, logo, lower_third, quote, title
from videogen_engine.motion.charts import bars, countdown, counter, line_chart, pie, progress
from videogen_engine.motion.model import FRAMES_PER_SECOND, MotionGraphic, MotionRequest
from videogen_engine.motion.reading import Graphic, Kind, read_graphic
from videogen_engine.probe_model import Thumbnail
from videogen_engine.render.container import VideoTrack, Writer, add_video, create
from videogen_engine.render.encoder import OPTIONS
from videogen_engine.render.model import Encoding
from videogen_engine.stage import StageContext, content_key
from videogen_engine.visuals.featured_art import read_picture
from videogen_engine.visuals.inset_art import InsetPicture
from videogen_engine.visuals.looks.base import Ground
from videogen_engine.visuals.looks.catalogue import look_named
from videogen_engine.visuals.palette import palette_named
from videogen_engine.visuals.pixels import Pixels, lay_over, resized, straight, write_background

#: Part of the graphic's key; raise it when the same request would look different.
VERSION: Final = "1"
_KIND: Final = "motion-graphic"
_LOOKS: Final = ("flat", "glass", "minimal", "clay")
_WEBM: Final = {
    "deadline": "realtime", "cpu-used": "8", "auto-alt-ref": "0", "lag-in-frames": "0", "crf": "20", "b": "0",
    "g": "90", "threads": "1", "row-mt": "0",
}  # fmt: skip
_EXIT: Final = 0.4
_THUMBNAIL: Final = 640


def animate(request: MotionRequest, ctx: StageContext) -> MotionGraphic:
    """The graphic as WebM with alpha, or MP4. Equal requests give equal bytes.

    Raises InputError for an empty or overlong prompt, StageCancelledError.
    """
    suffix, media_type = (".webm", "video/webm") if request.transparent else (".mp4", "video/mp4")
    key, picture_key = (content_key(_KIND, VERSION, request, ending) for ending in (suffix, ".jpg"))

    def make() -> MotionGraphic:
        graphic = read_graphic(request.prompt, request.style, pictures=len(request.pictures))
        seconds = request.seconds or graphic.seconds
        board = Board(request.width, request.height, palette_named(graphic.palette), seconds)
        painter = _painter(board, graphic, request, ctx)
        ground = None if request.transparent else _ground(request, graphic)
        film, still = ctx.temporary(suffix), ctx.temporary(".jpg")
        try:
            poster = _encoded(film, board, painter, ground, request, ctx)
            scale = min(1.0, _THUMBNAIL / max(board.width, board.height))
            small = resized(poster, max(1, round(board.width * scale)), max(1, round(board.height * scale)))
            write_background(still, small)
            picture = ctx.store.publish(picture_key, still, "image/jpeg")
            media = ctx.store.publish(key, film, media_type)
        finally:
            film.unlink(missing_ok=True)
            still.unlink(missing_ok=True)
        return MotionGraphic(
            media=media,
            thumbnail=Thumbnail(media=picture, width=small.shape[1], height=small.shape[0]),
            seconds=round(_frames(seconds) / FRAMES_PER_SECOND, 3),
            kind=graphic.kind.value,
            shows=(*graphic.texts, *(f"{one.label} {one.shown}".strip() for one in graphic.data if one.shown)),
            notes=graphic.notes,
        )

    made = ctx.cached_model(_KIND, VERSION, request, MotionGraphic, make)
    # What is known about the graphic may outlive the graphic itself, which is the larger file.
    return made if ctx.store.find(key) is not None and ctx.store.find(picture_key) is not None else make()


def _frames(seconds: float) -> int:
    return max(1, round(seconds * FRAMES_PER_SECOND))


def _painter(board: Board, graphic: Graphic, request: MotionRequest, ctx: StageContext) -> Painter:
    if graphic.kind is Kind.LOGO:
        found = [(read_picture(ctx.store.path(own.media)), own.person) for own in request.pictures[:1]]
        return logo(
            board, graphic, tuple(InsetPicture(pixels, person) for pixels, person in found if pixels is not None)
        )
    makers = {
        Kind.TITLE: title, Kind.LOWER_THIRD: lower_third, Kind.COUNTER: counter, Kind.BARS: bars, Kind.LINE: line_chart,
        Kind.PIE: pie, Kind.LIST: bullet_list, Kind.QUOTE: quote, Kind.CALLOUT: callout, Kind.COUNTDOWN: countdown,
        Kind.PROGRESS: progress,
    }  # fmt: skip
    return makers[graphic.kind](board, graphic)


def _ground(request: MotionRequest, graphic: Graphic) -> Pixels:
    seed = int.from_bytes(
        hashlib.sha256(f"{request.prompt}|{request.variant}".encode("utf-8", "surrogatepass")).digest()[:4]
    )
    look = look_named(_LOOKS[request.variant % len(_LOOKS)])
    scenery = look.sceneries[seed % len(look.sceneries)]
    return look.background(Ground(request.width, request.height, palette_named(graphic.palette), scenery, seed))


def _encoded(
    path: Path, board: Board, painter: Painter, ground: Pixels | None, request: MotionRequest, ctx: StageContext
) -> Pixels:
    """Write the film; the most telling frame as BGR."""
    count = _frames(board.seconds)
    poster_at = min(count - 1, round(count * 0.72))
    poster: Pixels | None = None
    writer = create(path, container="webm" if request.transparent else "mp4")
    try:
        track = _track(writer, board, request)
        red, green, blue = board.ground
        fill = np.full((board.height, board.width, 4), (blue, green, red, 0), np.uint8)
        before: Pixels | None = None
        frame: VideoFrame | None = None
        for number in range(count):
            ctx.check()
            ctx.report(number / count, "drawing frames")
            t = number / FRAMES_PER_SECOND
            layer = blank(board)
            painter(layer, t)
            left = (count - 1 - number) / FRAMES_PER_SECOND
            if request.transparent and left < _EXIT:
                layer = (layer * smooth(left / _EXIT)).astype(np.uint8)
            if number == poster_at:
                poster = _over_grey(layer) if ground is None else None
            if before is not None and number != poster_at and np.array_equal(before, layer):
                # While nothing moves, the frame before is shown on.
                pass
            elif ground is None:
                frame = _see_through(layer, fill)
            else:
                shown = ground.copy()
                lay_over(shown, layer, 0, 0)
                poster = shown if number == poster_at else poster
                frame = VideoFrame.from_ndarray(shown, format="bgr24").reformat(format="yuv420p")
            before = layer
            assert frame is not None
            frame.pts = number
            frame.time_base = Fraction(1, FRAMES_PER_SECOND)
            writer.mux(track.encode(frame))
        writer.mux(track.encode(None))
    finally:
        writer.close()
    assert poster is not None
    return poster


def _track(writer: Writer, board: Board, request: MotionRequest) -> VideoTrack:
    if request.transparent:
        track = add_video(writer, "libvpx-vp9", FRAMES_PER_SECOND, _WEBM)
        track.metadata["alpha_mode"] = "1"
    else:
        track = add_video(writer, "libx264", FRAMES_PER_SECOND, OPTIONS[Encoding(request.encoding)])
    context = track.codec_context
    context.width, context.height = board.width, board.height
    context.pix_fmt = "yuva420p" if request.transparent else "yuv420p"
    context.time_base = Fraction(1, FRAMES_PER_SECOND)
    context.thread_count = 1
    return track


def _see_through(layer: Pixels, fill: Pixels) -> VideoFrame:
    """Straight alpha. What is clear has the colour of ``fill``, so that no edge darkens when the film is scaled."""
    whole = straight(layer)
    cv2.copyTo(fill, (whole[..., 3] == 0).astype(np.uint8), whole)
    rgba = np.asarray(cv2.cvtColor(whole, cv2.COLOR_BGRA2RGBA), np.uint8)
    return VideoFrame.from_ndarray(rgba, format="rgba").reformat(format="yuva420p")


def _over_grey(layer: Pixels) -> Pixels:
    """Over a checkerboard, as what is see-through is shown."""
    height, width = layer.shape[:2]
    side = max(8, min(width, height) // 24)
    rows, columns = np.indices((-(-height // side), -(-width // side)))
    squares = np.where((rows + columns) % 2 == 1, 214, 238).astype(np.uint8)
    ground = squares.repeat(side, axis=0).repeat(side, axis=1)[:height, :width]
    shown = np.asarray(cv2.cvtColor(np.ascontiguousarray(ground), cv2.COLOR_GRAY2BGR), np.uint8)
    lay_over(shown, layer, 0, 0)
    return shown
