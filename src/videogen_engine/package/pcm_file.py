"""Sound on disk that reads like an array, a piece at a time: an hour takes no more memory than a minute."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Final, cast, overload

import numpy as np
from numpy.typing import NDArray

_BYTES: Final = 2


class PcmFile:
    """``length`` 16-bit samples, all zero at first: ``[n]`` with one channel, ``[n, channels]`` with more.

    Close it, or use it as a context manager. What it gives out are copies; ``write`` changes the file.
    """

    def __init__(self, path: Path, length: int, channels: int = 1) -> None:
        self._length, self._channels = length, channels
        self._file = path.open("w+b", buffering=0)
        self._file.truncate(length * channels * _BYTES)

    @property
    def ndim(self) -> int:
        return 1 if self._channels == 1 else 2

    @property
    def shape(self) -> tuple[int, ...]:
        return (self._length,) if self._channels == 1 else (self._length, self._channels)

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, part: slice) -> NDArray[np.int16]: ...
    @overload
    def __getitem__(self, part: tuple[slice, int]) -> _Channel: ...
    def __getitem__(self, part: slice | tuple[slice, int]) -> NDArray[np.int16] | _Channel:
        if isinstance(part, tuple):
            return _Channel(self, part[1])
        start, stop, _ = part.indices(self._length)
        self._file.seek(start * self._channels * _BYTES)
        samples = np.frombuffer(self._file.read(max(0, stop - start) * self._channels * _BYTES), np.int16)
        return samples if self._channels == 1 else samples.reshape(-1, self._channels)

    def write(self, start: int, samples: NDArray[np.int16]) -> None:
        """Replace the samples from ``start`` on; what would be behind the end is dropped."""
        self._file.seek(start * self._channels * _BYTES)
        self._file.write(np.ascontiguousarray(samples[: max(0, self._length - start)]).tobytes())

    def shorten(self, length: int) -> None:
        """Drop what is behind the first ``length`` samples."""
        self._length = min(self._length, length)
        self._file.truncate(self._length * self._channels * _BYTES)

    def as_array(self) -> NDArray[np.int16]:
        """This file for functions that only ask an array for its shape and for slices, as the meters do."""
        return cast(NDArray[np.int16], cast(object, self))

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> PcmFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Channel:
    """One channel of a file."""

    def __init__(self, file: PcmFile, index: int) -> None:
        self._file, self._index = file, index

    def __len__(self) -> int:
        return len(self._file)

    def __getitem__(self, part: slice) -> NDArray[np.int16]:
        return self._file[part][:, self._index]
