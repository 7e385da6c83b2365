"""The stage that lets a drawn presenter speak a recording: an MP4 of head and shoulders, with the sound."""

from __future__ import annotations

import hashlib
import math
import wave
from fractions import Fraction
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from videogen_agents.errors import InputError
from videogen_engine.presenters.figure import SIDE, Mouth, body_svg, head_svg
from videogen_engine.presenters.model import FRAMES_PER_SECOND, PresenterClip, PresenterRequest
from videogen_engine.presenters.people import BY_KEY, Person
from videogen_engine.presenters.speaking import OPENNESS, lids, mouths
from videogen_engine.probe_model import Thumbnail
from videogen_engine.render.container import AudioTrack, Writer, add_audio, add_video, create
from videogen_engine.render.encoder import OPTIONS
from videogen_engine.render.model import Encoding
from videogen_engine.stage import StageContext, content_key
from videogen_engine.visuals.colour import rgb_of, to_oklch
from videogen_engine.visuals.looks.base import Ground
from videogen_engine.visuals.looks.catalogue import look_named
from videogen_engine.visuals.palette import Palette
from videogen_engine.visuals.pixels import Pixels, lay_over, resized, write_background
from videogen_engine.visuals.svg_raster import raster

#: Part of the clip's key; raise it when the same request would look or sound different.
VERSION: Final = "1"
_KIND: Final = "presenter-clip"
_RATE: Final = 48_000
_THUMBNAIL: Final = 640
#: The figure's square as a share of the frame's height, and of its width where that is less.
_TALL, _WIDE = 0.94, 1.06
_BIT_RATE: Final = 128_000
_SCENERY_LOOK: Final = "glass"


def present(request: PresenterRequest, ctx: StageContext) -> PresenterClip:
    """Equal requests give equal bytes. Raises InputError for an unknown presenter, StageCancelledError."""
    person = BY_KEY.get(request.person)
    if person is None:
        raise InputError(f"There is no presenter {request.person!r}.", next_step="Use a built-in ACTOR entity.")
    key, picture_key = (content_key(_KIND, VERSION, request, ending) for ending in (".mp4", ".jpg"))

    def make() -> PresenterClip:
        film, still = ctx.temporary(".mp4"), ctx.temporary(".jpg")
        try:
            poster = _written(film, request, person, ctx)
            scale = min(1.0, _THUMBNAIL / max(poster.shape[:2]))
            small = resized(poster, max(1, round(poster.shape[1] * scale)), max(1, round(poster.shape[0] * scale)))
            write_background(still, small)
            picture = ctx.store.publish(picture_key, still, "image/jpeg")
            media = ctx.store.publish(key, film, "video/mp4")
        finally:
            film.unlink(missing_ok=True)
            still.unlink(missing_ok=True)
        return PresenterClip(
            media=media,
            thumbnail=Thumbnail(media=picture, width=small.shape[1], height=small.shape[0]),
            seconds=round(request.samples / _RATE, 3),
        )

    made = ctx.cached_model(_KIND, VERSION, request, PresenterClip, make)
    # What is known about the clip may outlive the clip itself, which is the larger file.
    return made if ctx.store.find(key) is not None and ctx.store.find(picture_key) is not None else make()


class Sitter:
    """One presenter in a frame of some size, whatever mouth, eyes and posture."""

    def __init__(self, person: Person, width: int, height: int) -> None:
        self._person = person
        side = round(min(height * _TALL, width * _WIDE))
        self._side, self._left, self._top = side, (width - side) // 2, height - side
        self._heads: dict[tuple[Mouth, float], Pixels] = {}
        self._body = raster(body_svg(person), side, side, view=f"0 0 {SIDE:g} {SIDE:g}")
        colour = rgb_of(person.clothes)
        hue = to_oklch(colour)[2]
        palette = Palette(person.key, (hue + 150) % 360, (hue + 190) % 360, hue, 0.55)
        look = look_named(_SCENERY_LOOK)
        seed = int.from_bytes(hashlib.sha256(person.key.encode()).digest()[:4])
        self.scenery = Ground(width, height, palette, look.sceneries[0], seed)
        self._ground = look.background(self.scenery)

    def draw(self, mouth: Mouth, closed: float, turn: float, across: float, down: float) -> Pixels:
        """BGR. ``turn`` in degrees, ``across`` and ``down`` in units of the figure, for the head."""
        key = (mouth, closed)
        if key not in self._heads:
            svg = head_svg(self._person, mouth, closed)
            self._heads[key] = raster(svg, self._side, self._side, view=f"0 0 {SIDE:g} {SIDE:g}")
        unit = self._side / SIDE
        matrix = cv2.getRotationMatrix2D((200 * unit, 268 * unit), turn, 1.0)
        matrix[:, 2] += (across * unit, down * unit)
        head = cv2.warpAffine(self._heads[key], matrix, (self._side, self._side), flags=cv2.INTER_LINEAR)
        frame = self._ground.copy()
        lay_over(frame, self._body, self._left, self._top + round(down * unit * 0.3))
        lay_over(frame, np.asarray(head, np.uint8), self._left, self._top)
        return frame


def posture(frame: int, openness: float) -> tuple[float, float, float]:
    """Turn, and way across and down of the head: slow sways that never repeat alike, and a nod on loud words."""
    t = frame / FRAMES_PER_SECOND
    turn = 1.3 * math.sin(0.9 * t) + 0.7 * math.sin(2.1 * t + 1)
    return turn, 2.0 * math.sin(0.7 * t + 0.4), 1.4 * math.sin(1.3 * t) + 2.6 * openness


def _written(path: Path, request: PresenterRequest, person: Person, ctx: StageContext) -> Pixels:
    """Write the clip; the frame in which the presenter looks at you first with an open mouth."""
    with wave.open(str(ctx.store.path(request.sound)), "rb") as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.int16, copy=False)
    shown = mouths(samples, _RATE, FRAMES_PER_SECOND)
    digest = hashlib.sha256(f"{request.sound.key}|{person.key}".encode()).digest()
    closed = lids(len(shown), FRAMES_PER_SECOND, int.from_bytes(digest[:4]))
    sitter = Sitter(person, request.width, request.height)
    poster_at = next((i for i, m in enumerate(shown) if m in {Mouth.SLIGHT, Mouth.OPEN} and closed[i] == 0), 0)
    poster: Pixels | None = None
    writer = create(path)
    try:
        track = add_video(writer, "libx264", FRAMES_PER_SECOND, OPTIONS[Encoding(request.encoding)])
        context = track.codec_context
        context.width, context.height, context.pix_fmt = request.width, request.height, "yuv420p"
        context.time_base = Fraction(1, FRAMES_PER_SECOND)
        context.thread_count = 1
        sound = add_audio(writer, "aac", _RATE, {"aac_coder": "fast"})
        sound.codec_context.bit_rate = _BIT_RATE
        nod = 0.0
        step = _RATE // FRAMES_PER_SECOND
        for number, mouth in enumerate(shown):
            ctx.check()
            ctx.report(number / len(shown), "drawing the presenter")
            nod += (OPENNESS[mouth] - nod) * 0.22
            turn, across, down = posture(number, nod)
            image = sitter.draw(mouth, float(closed[number]), turn, across, down)
            if number == poster_at:
                poster = image
            frame = VideoFrame.from_ndarray(image, format="bgr24").reformat(format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, FRAMES_PER_SECOND)
            writer.mux(track.encode(frame))
            _hear(writer, sound, samples[number * step : (number + 1) * step], number * step)
        writer.mux(track.encode(None))
        writer.mux(sound.encode(None))
    finally:
        writer.close()
    if poster is None:
        raise InputError("The recording has no sound.", code="no_sound", next_step="Upload one that can be heard.")
    return poster


def _hear(writer: Writer, track: AudioTrack, samples: NDArray[np.int16], at: int) -> None:
    if not len(samples):
        return
    planar = np.repeat((samples.astype(np.float32) / 32768)[None, :], 2, axis=0)
    frame = AudioFrame.from_ndarray(np.ascontiguousarray(planar), format="fltp", layout="stereo")
    frame.sample_rate, frame.pts, frame.time_base = _RATE, at, Fraction(1, _RATE)
    writer.mux(track.encode(frame))
