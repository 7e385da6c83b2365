"""An uploaded file goes in; what it is, how large, how long, and a thumbnail come out.

Runs as a stage, so in a child process with a memory limit: decoders are where hostile files do harm. Each file is
opened as the one format its first bytes name, which keeps playlists and references to other files out.
"""

from __future__ import annotations

import json
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image, ImageOps, UnidentifiedImageError

from videogen_agents.contract import FileType
from videogen_agents.errors import InputError, LimitError
from videogen_engine.media_kinds import ACCEPTED, HEAD_BYTES, MediaKind, kind_of
from videogen_engine.probe_model import ProbeRequest, ProbeResult, Thumbnail
from videogen_engine.stage import StageContext

VERSION = "1"
_THUMBNAIL_SIDE = 640
_MOST_TEXT_BYTES = 16 * 1024**2
_MOST_SLIDE_FILES = 20_000


def probe(request: ProbeRequest, ctx: StageContext) -> ProbeResult:
    """Look into the file. Raises InputError when it is broken or not what was declared, LimitError when too big."""
    path = ctx.store.path(request.media)
    with path.open("rb") as stream:
        kind = kind_of(stream.read(HEAD_BYTES))
    if kind is None:
        raise InputError(
            "The file's contents are of no accepted kind.",
            code="unsupported_media",
            next_step=f"Accepted are {ACCEPTED}.",
        )
    ctx.report(0.1, f"Checking the {kind.name} file")
    if kind.types[0] is FileType.IMAGE:
        result = _image(path, kind, request, ctx)
    elif FileType.AUDIO in kind.types:
        result = _audio_or_video(path, kind, request, ctx)
    else:
        result = _document(path, kind, request)
    if request.declared is not None and request.declared is not result.type:
        raise InputError(
            f"The file was announced as {request.declared.value}, but it is {result.type.value} ({kind.name}).",
            code="wrong_file_type",
            next_step="Upload it again with the right type, or leave `type` out.",
        )
    return result


def _image(path: Path, kind: MediaKind, request: ProbeRequest, ctx: StageContext) -> ProbeResult:
    try:
        with warnings.catch_warnings():
            # Pillow's own limit only warns; the one below refuses.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path, formats=[kind.reader]) as image:
                _check_pixels(image.width, image.height, request)
                shown = ImageOps.exif_transpose(image)
                width, height = shown.size
                thumbnail = _thumbnail(shown.convert("RGBA"), request, ctx)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise _broken(kind) from error
    return ProbeResult(type=FileType.IMAGE, media_type=kind.media_type, width=width, height=height, thumbnail=thumbnail)


def _audio_or_video(path: Path, kind: MediaKind, request: ProbeRequest, ctx: StageContext) -> ProbeResult:
    try:
        with av.open(str(path), "r", format=kind.reader, metadata_errors="ignore") as container:
            video = _moving_pictures(container) if FileType.VIDEO in kind.types else None
            duration = _duration(container, ctx)
            if duration > request.max_duration_seconds:
                raise LimitError(
                    f"The file is {duration:.0f} s long; at most {request.max_duration_seconds:.0f} s are accepted.",
                    code="media_too_long",
                    next_step="Cut it, and upload the parts that matter.",
                )
            if video is not None:
                return _video(container, video, kind, duration, request, ctx)
            if not container.streams.audio:
                raise _broken(kind)
            next(_frames(container, container.streams.audio[0].index))
            media_type = _M4A if kind.media_type == "video/mp4" else kind.media_type
            return ProbeResult(type=FileType.AUDIO, media_type=media_type, duration_seconds=duration)
    except (FFmpegError, StopIteration, UnicodeDecodeError, ValueError) as error:
        raise _broken(kind) from error


_M4A = "audio/mp4"


def _video(
    container: InputContainer,
    stream: VideoStream,
    kind: MediaKind,
    duration: float,
    request: ProbeRequest,
    ctx: StageContext,
) -> ProbeResult:
    _check_pixels(stream.codec_context.width, stream.codec_context.height, request)
    stream.codec_context.thread_count = 1
    ctx.check()
    # A tenth in, past the usual black start.
    if duration > 1:
        container.seek(int(duration * 0.1 * 1_000_000))
    frame = next(_frames(container, stream.index))
    assert isinstance(frame, VideoFrame)
    _check_pixels(frame.width, frame.height, request)
    picture = Image.fromarray(np.ascontiguousarray(frame.to_ndarray(format="rgba")), "RGBA")
    if frame.rotation % 360:
        picture = picture.rotate(frame.rotation, expand=True)
    return ProbeResult(
        type=FileType.VIDEO,
        media_type=kind.media_type,
        width=picture.width,
        height=picture.height,
        duration_seconds=duration,
        thumbnail=_thumbnail(picture, request, ctx),
    )


def _document(path: Path, kind: MediaKind, request: ProbeRequest) -> ProbeResult:
    """PDF, slides, text and Lottie: whole enough to be opened later. Nothing is unpacked here."""
    type_ = next((type_ for type_ in kind.types if type_ is request.declared), kind.types[0])
    size = path.stat().st_size
    if kind.reader in {"text", "json"}:
        if size > _MOST_TEXT_BYTES:
            raise LimitError(
                f"The text has {size} bytes; at most {_MOST_TEXT_BYTES} are accepted.",
                code="media_too_large",
                next_step="Split it.",
            )
        try:
            text = path.read_text(encoding="utf-8-sig")
            if type_ is FileType.LOTTIE:
                _check_lottie(text)
        except (UnicodeDecodeError, ValueError, RecursionError) as error:
            raise _broken(kind) from error
    if kind.reader == "zip":
        try:
            with zipfile.ZipFile(path) as archive:
                names = archive.namelist()
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise _broken(kind) from error
        if len(names) > _MOST_SLIDE_FILES or "ppt/presentation.xml" not in names:
            raise _broken(kind)
    if kind.reader == "pdf" and b"%%EOF" not in path.read_bytes()[-4096:]:
        raise _broken(kind)
    return ProbeResult(type=type_, media_type=kind.media_type)


def _check_lottie(text: str) -> None:
    parsed: object = json.loads(text)
    if not isinstance(parsed, dict) or not {"v", "layers"} <= parsed.keys():
        raise ValueError("no Lottie animation")


def _moving_pictures(container: InputContainer) -> VideoStream | None:
    """The film's stream; a cover picture is none."""
    return next(
        (stream for stream in container.streams.video if not stream.disposition & Disposition.attached_pic), None
    )


def _duration(container: InputContainer, ctx: StageContext) -> float:
    """Seconds; counted from the packets when the container does not say."""
    if container.duration is not None:
        return container.duration / 1_000_000
    end = 0.0
    for number, packet in enumerate(container.demux()):
        if number % 500 == 0:
            ctx.check()
        if packet.pts is not None:
            end = max(end, float((packet.pts + (packet.duration or 0)) * packet.time_base))
    container.seek(0)
    return end


def _frames(container: InputContainer, index: int) -> Iterator[object]:
    yield from container.decode(container.streams[index])


def _thumbnail(picture: Image.Image, request: ProbeRequest, ctx: StageContext) -> Thumbnail:
    small = picture.copy()
    small.thumbnail((_THUMBNAIL_SIDE, _THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    flat = Image.new("RGB", small.size, (255, 255, 255))
    flat.paste(small, mask=small.getchannel("A"))
    media = ctx.cached_file(
        "thumbnail",
        VERSION,
        {"source": request.media.key},
        suffix=".jpg",
        media_type="image/jpeg",
        make=lambda path: flat.save(path, "JPEG", quality=85),
    )
    return Thumbnail(media=media, width=flat.width, height=flat.height)


def _check_pixels(width: int, height: int, request: ProbeRequest) -> None:
    if width * height > request.max_pixels:
        raise LimitError(
            f"The picture has {width} × {height} pixels; at most {request.max_pixels} are accepted.",
            code="media_too_large",
            next_step="Scale it down and upload it again.",
        )


def _broken(kind: MediaKind) -> InputError:
    return InputError(
        f"The {kind.name} file is damaged or incomplete and cannot be decoded.",
        code="damaged_media",
        next_step="Save it again, and upload the new file.",
    )
