"""A presenter as a disc for the corner of a film: what it shows in each frame, and its pixels."""

from __future__ import annotations

import hashlib
import math
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from videogen_engine.presenters.figure import Mouth
from videogen_engine.presenters.people import Person
from videogen_engine.presenters.speaking import OPENNESS, lids, mouths
from videogen_engine.presenters.stage import Sitter
from videogen_engine.visuals.inset_art import InsetPicture, inset_art
from videogen_engine.visuals.pixels import Pixels, straight

_RATE: Final = 48_000
#: The disc shows this share of a sitter's frame, from the middle and a little below the top.
_SEEN: Final = 0.76
_ABOVE: Final = 0.08
#: Steps of the head to either side, degrees and units of the figure for each, and seconds of a sway.
_STEPS: Final = 3
_DEGREES: Final = 0.55
_ACROSS: Final = 0.8
_SWAYS: Final = (6.1, 3.7)
#: Seconds at a scene's start and end in which the head is on its way from and to the middle.
_TAPER: Final = 0.8
#: Units of the figure that a loud word lowers the head by, and how fast it follows.
_NOD: Final = 2.2
_FOLLOWS: Final = 0.22


@dataclass(frozen=True)
class Pose:
    """``lids`` 0-1 closed. ``sway`` counts steps of the head to the right, ``nod`` is whether it is lowered."""

    mouth: Mouth = Mouth.CLOSED
    lids: float = 0.0
    sway: int = 0
    nod: bool = False


def poses(sound: Path, person: Person, offset: float, frames: int, rate: int, seed: str) -> tuple[Pose, ...]:
    """One for each of a scene's ``frames``; the 48 kHz mono WAV at ``sound`` begins ``offset`` seconds into it.

    The head is in the middle where the scene begins and ends, so that it does not jump at cuts. There are few
    different poses, so that each is drawn once. Equal input gives equal poses.
    """
    with wave.open(str(sound), "rb") as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.int16, copy=False)
    heard = mouths(samples, _RATE, rate) if len(samples) else ()
    lead = round(offset * rate)
    said = [Mouth.CLOSED] * lead + list(heard)
    said = (said + [Mouth.CLOSED] * frames)[:frames]
    digest = hashlib.sha256(f"{seed}|{person.key}".encode()).digest()
    closed = lids(frames, rate, int.from_bytes(digest[:4]))
    phase = digest[4] / 255 * math.tau
    return tuple(
        Pose(mouth, float(shut), _sway(frame / rate, frames / rate, phase), nod)
        for frame, (mouth, shut, nod) in enumerate(zip(said, closed, _nods(said), strict=True))
    )


def _sway(at: float, end: float, phase: float) -> int:
    taper = min(1.0, at / _TAPER, max(0.0, end - at) / _TAPER)
    turned = 0.65 * math.sin(math.tau * at / _SWAYS[0] + phase) + 0.35 * math.sin(math.tau * at / _SWAYS[1])
    return round(turned * taper * _STEPS)


def _nods(said: list[Mouth]) -> Iterator[bool]:
    level, down = 0.0, False
    for mouth in said:
        level += (OPENNESS[mouth] - level) * _FOLLOWS
        # Two thresholds, so that the head does not tremble between both.
        down = level > (0.38 if down else 0.62)
        yield down


class DiscArtist:
    """Draws one presenter at one size. Not shared between threads."""

    def __init__(self, person: Person, size: int) -> None:
        side = round(size / _SEEN)
        self._sitter = Sitter(person, side, side)
        self._size = size
        self._left, self._top = (side - size) // 2, round(side * _ABOVE)

    def draw(self, pose: Pose) -> tuple[Pixels, int]:
        """BGRA with straight alpha, and how far the disc's top left is inside it on both axes: there is a shadow."""
        turn, across = pose.sway * _DEGREES, pose.sway * _ACROSS
        image = self._sitter.draw(pose.mouth, pose.lids, -turn, across, _NOD if pose.nod else 0.0)
        seen = image[self._top : self._top + self._size, self._left : self._left + self._size]
        art = inset_art(InsetPicture(np.ascontiguousarray(seen), person=True), self._size, self._sitter.scenery)
        return straight(art.pixels), art.pad
