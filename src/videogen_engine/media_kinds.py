"""What a file is, by its first bytes. Names and declared types are only ever compared with this."""

from __future__ import annotations

import re
from dataclasses import dataclass

from videogen_agents.contract import FileType

#: This many bytes decide.
HEAD_BYTES = 4096


@dataclass(frozen=True)
class MediaKind:
    """``types`` the file may turn out to be, likeliest first. ``reader`` is the decoder's name for the format."""

    name: str
    media_type: str
    suffix: str
    types: tuple[FileType, ...]
    reader: str


_AV = (FileType.VIDEO, FileType.AUDIO)
_MP4 = MediaKind("MP4", "video/mp4", ".mp4", _AV, "mov")
_M4A = MediaKind("M4A", "audio/mp4", ".m4a", (FileType.AUDIO, FileType.VIDEO), "mov")
_MOV = MediaKind("QuickTime", "video/quicktime", ".mov", _AV, "mov")
_WEBM = MediaKind("WebM", "video/webm", ".webm", _AV, "matroska")
_MKV = MediaKind("Matroska", "video/x-matroska", ".mkv", _AV, "matroska")
_MP3 = MediaKind("MP3", "audio/mpeg", ".mp3", (FileType.AUDIO,), "mp3")
_WEBP = MediaKind("WebP", "image/webp", ".webp", (FileType.IMAGE,), "WEBP")
_WAV = MediaKind("WAV", "audio/wav", ".wav", (FileType.AUDIO,), "wav")
_PPTX = MediaKind(
    "PowerPoint",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".pptx",
    (FileType.SLIDESHOW,),
    "zip",
)
_JSON = MediaKind("Lottie", "application/json", ".json", (FileType.TEXT, FileType.LOTTIE), "json")
_TEXT = MediaKind("text", "text/plain", ".txt", (FileType.TEXT,), "text")

_BY_MAGIC: tuple[tuple[bytes, MediaKind], ...] = (
    (b"\x89PNG\r\n\x1a\n", MediaKind("PNG", "image/png", ".png", (FileType.IMAGE,), "PNG")),
    (b"\xff\xd8\xff", MediaKind("JPEG", "image/jpeg", ".jpg", (FileType.IMAGE,), "JPEG")),
    (b"GIF87a", MediaKind("GIF", "image/gif", ".gif", (FileType.IMAGE,), "GIF")),
    (b"GIF89a", MediaKind("GIF", "image/gif", ".gif", (FileType.IMAGE,), "GIF")),
    (b"fLaC", MediaKind("FLAC", "audio/flac", ".flac", (FileType.AUDIO,), "flac")),
    (b"OggS", MediaKind("Ogg", "audio/ogg", ".ogg", (FileType.AUDIO,), "ogg")),
    (b"ID3", _MP3),
    (b"%PDF-", MediaKind("PDF", "application/pdf", ".pdf", (FileType.PDF, FileType.SLIDESHOW), "pdf")),
)
#: Text of these is a program for a browser or a picture format of its own, not words.
_MARKUP = re.compile(rb"^\s*<(\?xml|!doctype|html|svg|script)", re.IGNORECASE)

ACCEPTED = "PNG, JPEG, WebP, GIF, MP4, MOV, WebM, MKV, MP3, WAV, M4A, FLAC, Ogg, PDF, PPTX, Lottie and plain text"


def kind_of(head: bytes) -> MediaKind | None:
    """The kind of a file that begins with ``head`` (``HEAD_BYTES``, or the whole file); None if not accepted."""
    for magic, kind in _BY_MAGIC:
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF":
        return {b"WEBP": _WEBP, b"WAVE": _WAV}.get(head[8:12])
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        if brand in {b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1"}:
            return None
        return _M4A if brand in {b"M4A ", b"M4B "} else _MOV if brand == b"qt  " else _MP4
    if head[4:8] in {b"moov", b"mdat", b"wide", b"free"}:
        return _MOV
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return _WEBM if b"webm" in head[:64] else _MKV
    if head.startswith(b"PK\x03\x04"):
        return _PPTX if b"ppt/" in head or b"[Content_Types].xml" in head else None
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2:
        return _MP3
    return _text_kind(head)


def _text_kind(head: bytes) -> MediaKind | None:
    if not head or b"\x00" in head or _MARKUP.match(head):
        return None
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        # The head may end inside a character; anything earlier is no UTF-8.
        if error.start < len(head) - 3:
            return None
    return _JSON if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else _TEXT
