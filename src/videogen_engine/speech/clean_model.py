"""Input and output of the clean-up stage. Times are seconds from the start of each scene's clip."""

from __future__ import annotations

from typing import Final

from videogen_engine.frozen import Frozen
from videogen_engine.speech.model import SceneSpeech

#: A pause this long is cut when nobody says otherwise (s).
MIN_PAUSE_SECONDS: Final = 0.8


class CleanUpRequest(Frozen):
    """``fillers`` are words or phrases to cut, None the language's own. ``min_pause`` in seconds.

    ``sliced`` scenes are slices of one recording that follow each other without a gap: their ends stay as they are,
    and they stay whole frames long.
    """

    scenes: tuple[SceneSpeech, ...]
    language: str
    remove_fillers: bool = True
    remove_pauses: bool = True
    fillers: tuple[str, ...] | None = None
    min_pause: float = MIN_PAUSE_SECONDS
    sliced: bool = False


class CleanedScene(Frozen):
    """``removed`` are indices of the words that were cut; ``seconds`` is how much shorter the clip is."""

    speech: SceneSpeech
    removed: tuple[int, ...] = ()
    pauses: int = 0
    seconds: float = 0.0


class CleanedSpeech(Frozen):
    """``kept_whole`` scenes say nothing but fillers, and were left as they are."""

    scenes: tuple[CleanedScene, ...]
    kept_whole: int = 0
