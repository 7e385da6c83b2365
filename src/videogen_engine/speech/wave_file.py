"""Mono PCM16 WAV files."""

from __future__ import annotations

import wave
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


def write_wave(path: Path, parts: Iterable[NDArray[np.int16]], rate: int) -> None:
    """Write ``parts`` one after the other at ``rate`` Hz."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        for part in parts:
            file.writeframesraw(part.astype("<i2", copy=False).tobytes())


def read_wave(path: Path) -> NDArray[np.int16]:
    """The samples of a file that ``write_wave`` wrote."""
    with wave.open(str(path), "rb") as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2")
