"""Media types by suffix. A fixed table, because the platform's own differs from machine to machine."""

from __future__ import annotations

from pathlib import PurePosixPath

_BY_SUFFIX = {
    ".aac": "audio/aac",
    ".bin": "application/octet-stream",
    ".csv": "text/csv",
    ".fcpxml": "application/xml",
    ".flac": "audio/flac",
    ".gif": "image/gif",
    ".h264": "video/h264",
    ".html": "text/html",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".m3u8": "application/vnd.apple.mpegurl",
    ".m4a": "audio/mp4",
    ".mkv": "video/x-matroska",
    ".mov": "video/quicktime",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".npy": "application/x-npy",
    ".npz": "application/x-npz",
    ".nut": "video/x-nut",
    ".ogg": "audio/ogg",
    ".otio": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".srt": "application/x-subrip",
    ".svg": "image/svg+xml",
    ".ts": "video/mp2t",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".wav": "audio/wav",
    ".webm": "video/webm",
    ".webp": "image/webp",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
UNKNOWN = "application/octet-stream"


def media_type_of(name: str) -> str:
    """By suffix, whatever its case; ``application/octet-stream`` when the suffix says nothing."""
    return _BY_SUFFIX.get(PurePosixPath(name).suffix.lower(), UNKNOWN)


def suffix_of(media_type: str) -> str:
    """The first suffix with that media type, or ``.bin``."""
    found = [suffix for suffix, known in _BY_SUFFIX.items() if known == media_type]
    return min(found, key=lambda suffix: (len(suffix), suffix)) if found else ".bin"
