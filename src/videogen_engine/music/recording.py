"""A recording of the user's, listened to before a film relies on it."""

from __future__ import annotations

from typing import Final

import av
import numpy as np
from av.audio.resampler import AudioResampler
from av.error import FFmpegError

from videogen_agents.contract import FileType
from videogen_agents.errors import InputError
from videogen_engine.media_kinds import HEAD_BYTES, kind_of
from videogen_engine.music.model import Recording, RecordingRequest
from videogen_engine.stage import StageContext

#: Seconds that are decoded at most: enough to know that the rest will be.
_LISTENED: Final = 60.0
_RATE: Final = 48_000
#: Quieter than one step of 16 bits is silence.
_SILENT: Final = 2


def check_recording(request: RecordingRequest, ctx: StageContext) -> Recording:
    """Raises InputError for a file without sound, with nothing but silence, or that cannot be decoded."""
    path = ctx.store.path(request.media)
    with path.open("rb") as stream:
        kind = kind_of(stream.read(HEAD_BYTES))
    count = loudest = 0
    try:
        if kind is None or FileType.AUDIO not in kind.types:
            raise _no_music(request.name)
        with av.open(str(path), "r", format=kind.reader, metadata_errors="ignore") as container:
            resampler = AudioResampler(format="s16", layout="stereo", rate=_RATE)
            for decoded in container.decode(container.streams.audio[0]):
                ctx.check()
                for frame in resampler.resample(decoded):
                    samples = np.asarray(frame.to_ndarray(), np.int32)
                    count += samples.size // 2
                    loudest = max(loudest, int(np.abs(samples).max(initial=0)))
                if count >= _LISTENED * _RATE:
                    break
    except (FFmpegError, IndexError, ValueError) as error:
        raise _no_music(request.name) from error
    if loudest < _SILENT:
        raise _no_music(request.name)
    return Recording(heard=round(count / _RATE, 3))


def _no_music(name: str) -> InputError:
    return InputError(
        f"The file “{name[:80]}” has no sound that could play as music.",
        code="unreadable_music",
        next_step="Use an audio file (MP3, M4A, WAV, FLAC, OGG), or a video with sound.",
    )
