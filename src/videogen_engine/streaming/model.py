"""Input and output of the stage that makes streams."""

from __future__ import annotations

from videogen_engine.frozen import Frozen
from videogen_engine.stage import MediaRef

#: What the playlist calls the media, which players then ask for beside it.
STREAM_NAME = "stream.mp4"
PLAYLIST_NAME = "stream.m3u8"


class StreamRequest(Frozen):
    """``nonce`` is the job that asks: a stream belongs to one public address and is deleted with it."""

    media: MediaRef
    nonce: str


class Stream(Frozen):
    """``playlist`` is HLS version 7; its segments are byte ranges of ``media``, one fragmented MP4.

    ``notes`` say what was not copied as it was.
    """

    playlist: MediaRef
    media: MediaRef
    notes: tuple[str, ...] = ()
