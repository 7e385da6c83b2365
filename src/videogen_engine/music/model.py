"""Input and output of the music stage. Times are seconds from the start of the music."""

from __future__ import annotations

from typing import Final

from videogen_engine.frozen import Frozen
from videogen_engine.stage import MediaRef

#: The music is made here, note by note, from no recording of anyone's; it is given away whole.
LICENCE: Final = "CC0-1.0"
MADE_BY: Final = "built-in composer"
#: Lengths in seconds: of a track when nobody says, and the least and most that are composed. Longer films
#: repeat the middle of the music.
DEFAULT_SECONDS: Final = 30.0
SHORTEST_SECONDS: Final = 4.0
LONGEST_SECONDS: Final = 180.0
LONGEST_PROMPT: Final = 2000


class MusicRequest(Frozen):
    """``prompt`` says in words how it should sound; ``seconds`` is the length with the ending in it.

    Each ``variant`` is another piece for the same words.
    """

    prompt: str
    seconds: float = DEFAULT_SECONDS
    variant: int = 0


class MusicForm(Frozen):
    """Where the music may be cut and joined.

    Bars of ``bar`` seconds begin at 0. What is between ``loop_start`` and ``loop_end`` can be repeated or
    left out by whole bars; the ending begins at ``loop_end`` and its last chord at ``final_at``.
    """

    bar: float
    loop_start: float
    loop_end: float
    final_at: float
    seconds: float


class MusicSection(Frozen):
    """``kind`` is ``intro``, ``A``, ``B``, ``C`` or ``outro``."""

    kind: str
    start: float
    end: float


class MusicBed(Frozen):
    """``media`` is 48 kHz stereo FLAC at −20 LUFS. ``key`` reads like ``D minor``, ``tempo`` is in beats a minute.

    ``understood`` are the prompt's words that decided something; ``warnings`` are sentences for the user.
    """

    media: MediaRef
    name: str
    licence: str = LICENCE
    made_by: str = MADE_BY
    seconds: float
    mood: str
    key: str
    tempo: float
    instruments: tuple[str, ...]
    form: MusicForm
    sections: tuple[MusicSection, ...]
    integrated_lufs: float
    true_peak_dbtp: float
    understood: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def loopable_seconds(self) -> float:
        return self.form.loop_end - self.form.loop_start


class RecordingRequest(Frozen):
    """A recording of the user's, who calls it ``name``."""

    media: MediaRef
    name: str


class Recording(Frozen):
    """``heard`` is how many seconds were listened to."""

    heard: float
