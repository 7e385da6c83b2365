"""The stage that looks into a file and says what it is."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Final

from av.error import FFmpegError
from PIL import Image, ImageOps, UnidentifiedImageError

from videogen_agents.contract import FileType
from videogen_agents.errors import InputError
from videogen_engine.describing.documents import beginning, read_lottie, read_pages, read_text
from videogen_engine.describing.model import Described, DescribeRequest, Findings, PictureLook, SoundKind, SoundLook
from videogen_engine.describing.moving import VideoLook, watch
from videogen_engine.describing.pictures import look_at
from videogen_engine.describing.sounds import listen_to, sound_of
from videogen_engine.media_kinds import HEAD_BYTES, MediaKind, kind_of
from videogen_engine.search.index import index_of
from videogen_engine.stage import StageContext

_MEASURED: Final = "Measured, not recognised: what it shows is not known."
_LISTENED: Final = "Measured, not transcribed."
_SIDE: Final = 2048
_DARK, _BRIGHT = 0.28, 0.72
#: Sides that differ by less are those of a square.
_SQUARE: Final = 1.05


def describe(request: DescribeRequest, ctx: StageContext) -> Described:
    """Raises InputError for a file that cannot be read after all."""
    path = ctx.store.path(request.media)
    with path.open("rb") as stream:
        kind = kind_of(stream.read(HEAD_BYTES))
    ctx.report(0.0, "Looking into the file")
    try:
        found = _findings(path, kind, request, ctx)
    except (FFmpegError, UnidentifiedImageError, OSError, SyntaxError, ValueError, RecursionError) as error:
        raise InputError("The file could not be looked into.", code="damaged_media") from error
    told = [text for text in request.told if text.strip()]
    sentences = [*found.sentences, *(f"Words that came with it: “{beginning(text)}”." for text in told[:1])]
    words, vectors = index_of(request.name, " ".join(sentences), (*told, *found.passages))
    description = " ".join(part for part in (*sentences, found.how) if part)
    return Described(description=description, words=words, vectors=base64.b64encode(vectors).decode())


def _findings(path: Path, kind: MediaKind | None, request: DescribeRequest, ctx: StageContext) -> Findings:
    if kind is None:
        # No upload is of such a kind, but what tools make may be.
        drawn = request.media.media_type == "image/svg+xml"
        return Findings(sentences=("Vector graphic (SVG)." if drawn else "File of a kind that is not looked into.",))
    match request.type:
        case FileType.IMAGE:
            return _image(path, kind, request)
        case FileType.VIDEO:
            return _video(path, kind, request, ctx)
        case FileType.AUDIO:
            return _audio(path, kind, request, ctx)
        case FileType.PDF | FileType.SLIDESHOW:
            return read_pages(path, kind.reader, ctx)
        case FileType.LOTTIE:
            return read_lottie(path)
        case FileType.TEXT:
            return read_text(path)


def _image(path: Path, kind: MediaKind, request: DescribeRequest) -> Findings:
    with Image.open(path, formats=[kind.reader]) as image:
        # A JPEG may be decoded at a part of its size, which keeps memory flat.
        image.draft("RGB", (_SIDE, _SIDE))
        shown = ImageOps.exif_transpose(image).convert("RGBA")
    # The probe's size: what was decoded may be smaller.
    look = look_at(shown, request.name)
    size = _size(request.width or shown.width, request.height or shown.height)
    what = f"{_capital(look.kind.value)}, {size}: {_looks(look)}"
    return Findings(sentences=(f"{what}{', partly transparent' if look.transparent else ''}.",), how=_MEASURED)


def _video(path: Path, kind: MediaKind, request: DescribeRequest, ctx: StageContext) -> Findings:
    seconds = request.seconds or 0.0
    video = watch(path, kind.reader, seconds, request.name, ctx)
    samples = sound_of(path, kind.reader, ctx)
    sound = None if samples is None or not samples.size else listen_to(samples)
    size = "" if request.width is None or request.height is None else f", {_size(request.width, request.height)}"
    return Findings(
        sentences=(
            f"Video of {_length(seconds)}{size}: {_motion(video)}, {_looks(video.picture)}.",
            "It has no sound." if sound is None else f"Its sound: {_sounds(sound)}.",
        ),
        how=_MEASURED,
    )


def _audio(path: Path, kind: MediaKind, request: DescribeRequest, ctx: StageContext) -> Findings:
    samples = sound_of(path, kind.reader, ctx)
    if samples is None or not samples.size:
        return Findings(sentences=("Audio file without sound.",))
    sentence = f"Audio of {_length(request.seconds or 0.0)}: {_sounds(listen_to(samples))}."
    return Findings(sentences=(sentence,), how="" if request.told else _LISTENED)


def _motion(video: VideoLook) -> str:
    moves = "stills" if video.still and video.cuts else "a still picture" if video.still else "moving pictures"
    if video.cuts is None:
        return moves
    return f"{moves} with {video.cuts or 'no'} hard cut{'' if video.cuts == 1 else 's'}"


def _looks(look: PictureLook) -> str:
    light = "dark" if look.light < _DARK else "bright" if look.light > _BRIGHT else "of medium brightness"
    *others, last = look.colours
    return f"mostly {', '.join(others)}{' and ' if others else ''}{last}, {light}"


def _sounds(sound: SoundLook) -> str:
    if sound.kind is SoundKind.SILENCE or sound.lufs is None:
        return "silence"
    name = {SoundKind.SPEECH: "what sounds like speech", SoundKind.MUSIC: "what sounds like music"}.get(
        sound.kind, "neither plainly speech nor plainly music"
    )
    return f"{name}, {sound.lufs:.0f} LUFS, {sound.pauses * 100:.0f} % pauses".replace("-", "−")


def _size(width: int, height: int) -> str:
    shape = "landscape" if width > height * _SQUARE else "portrait" if height > width * _SQUARE else "square"
    return f"{width} × {height} px ({shape})"


def _length(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"
    whole = round(seconds)
    return f"{whole // 60} min {whole % 60} s"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
