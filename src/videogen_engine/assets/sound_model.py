"""Input and output of the sound file stage."""

from __future__ import annotations

from typing import Final

from videogen_engine.frozen import Frozen
from videogen_engine.probe_model import Thumbnail
from videogen_engine.stage import MediaRef

#: The stage's name in the registry, which assets do not import.
SOUND_FILE: Final = "sound_file"


class SoundFileRequest(Frozen):
    """``media`` is WAV or FLAC at 48 kHz. ``mastered`` brings it to −16 LUFS; without, its level stays."""

    media: MediaRef
    mastered: bool = True


class SoundFile(Frozen):
    """``media`` is MP3; ``thumbnail`` shows how loud it is when. Loudness is None when nothing sounds."""

    media: MediaRef
    seconds: float
    thumbnail: Thumbnail
    integrated_lufs: float | None = None
    true_peak_dbtp: float | None = None
