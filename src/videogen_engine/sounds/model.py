"""Input and output of the sound effect stage."""

from __future__ import annotations

from typing import Final

from videogen_engine.frozen import Frozen
from videogen_engine.stage import MediaRef

#: Every sound is computed here from formulas; nothing is a recording of anyone's.
LICENCE: Final = "CC0-1.0"
MADE_BY: Final = "built-in synthesiser"
#: Seconds that a sound without an end of its own lasts when nobody says.
DEFAULT_SECONDS: Final = 10.0
SHORTEST_SECONDS: Final = 0.05
LONGEST_SECONDS: Final = 30.0
LONGEST_PROMPT: Final = 1000


class EffectRequest(Frozen):
    """``seconds`` None lets the sound decide: an impact rings out, rain lasts ten seconds.

    ``influence`` (0–1): how closely pitch and pace keep to what the words say. Each ``variant`` is another take.
    """

    prompt: str
    seconds: float | None = None
    influence: float = 0.5
    variant: int = 0


class SoundEffect(Frozen):
    """``media`` is 48 kHz stereo FLAC. ``sounds`` are the names of what is heard, in the order of the prompt.

    ``unread`` are words of the prompt that made no difference.
    """

    media: MediaRef
    name: str
    seconds: float
    sounds: tuple[str, ...]
    integrated_lufs: float | None
    true_peak_dbtp: float
    unread: tuple[str, ...] = ()
