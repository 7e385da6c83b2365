"""Where nobody speaks: measured against how loud the recording is and how noisy its room."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from videogen_engine.listening.model import Silence

#: 10 ms at 48 kHz.
BLOCK: Final = 480
#: A recording that never gets louder (dBFS) is silent.
SILENT_DB: Final = -60.0
#: dB under the voice that are silence in any case, and that silence must be under it at least.
_DEEP, _SHALLOW = 35.0, 14.0
#: dB over the room's own noise up to which it is still the room.
_OVER_ROOM: Final = 5.0
#: Blocks; a shorter gap is part of a word.
_SHORTEST: Final = 20


def block_levels(samples: NDArray[np.int16]) -> NDArray[np.float32]:
    """dBFS of each block of 10 ms; the last one may be shorter."""
    count = -(-len(samples) // BLOCK)
    padded = np.zeros(count * BLOCK, np.float32)
    padded[: len(samples)] = samples.astype(np.float32) / 32768
    power = np.mean(padded.reshape(count, BLOCK) ** 2, axis=1)
    return np.asarray(10 * np.log10(power + 1e-12), np.float32)


def find_silences(levels: NDArray[np.float32], samples: int) -> tuple[Silence, ...]:
    """Every silence of at least 0.2 s, in order."""
    voice, room = np.percentile(levels, [95, 10])
    threshold = min(max(voice - _DEEP, room + _OVER_ROOM), voice - _SHALLOW)
    quiet = np.concatenate([[0], (levels < threshold).astype(np.int8), [0]])
    changes = np.flatnonzero(np.diff(quiet))
    return tuple(
        Silence(start=int(first) * BLOCK, end=min(samples, int(last) * BLOCK))
        for first, last in zip(changes[::2], changes[1::2], strict=True)
        if last - first >= _SHORTEST
    )
