"""The Range header (RFC 9110 §14), one range at a time."""

from __future__ import annotations

import re

from videogen_agents.errors import InputError

_RANGE = re.compile(r"\s*bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*")


class RangeNotSatisfiableError(InputError):
    """Nothing of the requested range exists. ``size`` in bytes."""

    default_code = "range_not_satisfiable"
    default_status = 416

    def __init__(self, size: int) -> None:
        super().__init__(
            f"The requested range lies outside of the {size} bytes of these media.",
            next_step="Ask for bytes that exist, or leave the Range header out.",
        )
        self.size = size


def wanted_range(header: str | None, size: int) -> tuple[int, int] | None:
    """First byte and the byte after the last, or None for the whole.

    Several ranges, other units and malformed headers are answered with the whole, as the standard allows.
    Raises RangeNotSatisfiableError when the range begins past the end, or asks for the last 0 bytes.
    """
    found = _RANGE.fullmatch(header) if header is not None else None
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        length = int(found[2])
        if length == 0 or size == 0:
            raise RangeNotSatisfiableError(size)
        return max(0, size - length), size
    start = int(found[1])
    end = int(found[2]) + 1 if found[2] else size
    if found[2] and end <= start:
        return None
    if start >= size:
        raise RangeNotSatisfiableError(size)
    return start, min(end, size)
