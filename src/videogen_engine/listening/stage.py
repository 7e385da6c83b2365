"""The listening stage: any file with sound becomes one plain recording, and its pauses are found."""

from __future__ import annotations

import wave
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.error import FFmpegError
from numpy.typing import NDArray

from videogen_agents.contract import FileType
from videogen_agents.errors import InputError, LimitError
from videogen_engine.listening.model import HeardRecording, ListenRequest
from videogen_engine.listening.silences import BLOCK, SILENT_DB, block_levels, find_silences
from videogen_engine.media_kinds import HEAD_BYTES, MediaKind, kind_of
from videogen_engine.speech.model import SAMPLE_RATE
from videogen_engine.stage import StageContext

VERSION = "1"
#: Shorter than this no scene can be.
_SHORTEST_SECONDS: Final = 0.5
#: Samples that are measured at a time.
_CHUNK: Final = BLOCK * 6_000


def listen(request: ListenRequest, ctx: StageContext) -> HeardRecording:
    """The recording as plain sound, with its pauses.

    Raises InputError for a file without sound, one that is silent, shorter than half a second or cannot be
    decoded, LimitError for one that is longer than ``max_seconds``.
    """
    path = ctx.store.path(request.media)
    with path.open("rb") as stream:
        kind = kind_of(stream.read(HEAD_BYTES))
    if kind is None or FileType.AUDIO not in kind.types:
        raise _soundless()
    media = ctx.cached_file(
        "recording",
        VERSION,
        {"source": request.media.key, "longest": request.max_seconds},
        suffix=".wav",
        media_type="audio/wav",
        make=lambda target: _decode(path, kind, request.max_seconds, target, ctx),
    )
    samples, levels = _measure(ctx.store.path(media), ctx)
    if samples < _SHORTEST_SECONDS * SAMPLE_RATE:
        raise InputError(
            f"The recording lasts {samples / SAMPLE_RATE:.2f} s; a film needs at least {_SHORTEST_SECONDS:.1f} s.",
            code="recording_too_short",
            next_step="Upload the whole recording.",
        )
    if levels.max() < SILENT_DB:
        raise InputError(
            "The recording is silent from start to end.",
            code="silent_recording",
            next_step="Check the microphone or the export settings, and upload a recording that can be heard.",
        )
    ctx.report(1.0, f"Listened to {samples / SAMPLE_RATE:.0f} s")
    return HeardRecording(sound=media, samples=samples, silences=find_silences(levels, samples))


def read_slice(path: Path, start: int, end: int) -> NDArray[np.int16]:
    """Samples ``start`` up to ``end`` of a recording that ``listen`` decoded."""
    with wave.open(str(path), "rb") as file:
        file.setpos(start)
        return np.frombuffer(file.readframes(end - start), "<i2").astype(np.int16, copy=False)


def _decode(path: Path, kind: MediaKind, longest: float, target: Path, ctx: StageContext) -> None:
    """Write the sound frame by frame, so that hours take no more memory than seconds."""
    count = 0
    try:
        # Opened as the one format its first bytes name, which keeps playlists of other files out.
        with av.open(str(path), "r", format=kind.reader, metadata_errors="ignore") as container, ExitStack() as stack:
            if not container.streams.audio:
                raise _soundless()
            file = stack.enter_context(wave.open(str(target), "wb"))
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(SAMPLE_RATE)
            resampler = AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)

            def write(decoded: AudioFrame | None) -> int:
                written = 0
                for frame in resampler.resample(decoded):
                    samples = np.asarray(frame.to_ndarray(), "<i2").reshape(-1)
                    file.writeframesraw(samples.tobytes())
                    written += len(samples)
                return written

            for decoded in container.decode(container.streams.audio[0]):
                ctx.check()
                count += write(decoded)
                if count > longest * SAMPLE_RATE:
                    raise LimitError(
                        f"The recording is longer than {longest:.0f} s, the most that is accepted.",
                        code="media_too_long",
                        next_step="Cut it, and make several videos.",
                    )
            if count:
                write(None)
    except (FFmpegError, UnicodeDecodeError, ValueError) as error:
        raise InputError(
            f"The {kind.name} file is damaged or incomplete; its sound cannot be decoded.",
            code="damaged_media",
            next_step="Save the recording again, and upload the new file.",
        ) from error


def _measure(path: Path, ctx: StageContext) -> tuple[int, NDArray[np.float32]]:
    """How many samples there are, and the level (dBFS) of each block of 10 ms."""
    levels: list[NDArray[np.float32]] = []
    with wave.open(str(path), "rb") as file:
        total = file.getnframes()
        while raw := file.readframes(_CHUNK):
            ctx.check()
            levels.append(block_levels(np.frombuffer(raw, "<i2")))
            ctx.report(0.5 + 0.5 * min(1.0, file.tell() / max(1, total)), "Listening for pauses")
    return total, np.concatenate(levels) if levels else np.full(1, -120.0, np.float32)


def _soundless() -> InputError:
    return InputError(
        "The file has no sound.",
        code="no_sound",
        next_step="Upload an audio file (MP3, M4A, WAV, FLAC, Ogg), or a video with sound.",
    )
