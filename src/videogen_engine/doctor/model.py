"""What the doctor finds."""

from __future__ import annotations

from enum import StrEnum

from videogen_engine.frozen import Frozen


class Finding(StrEnum):
    """``proven``: seen to work just now. ``degraded``: works, or is left out, with less than there could be."""

    PROVEN = "proven"
    DEGRADED = "degraded"
    MISSING = "missing"


class Examination(Frozen):
    """One part of the machine. ``said`` is what was seen, ``enable`` what would make it better, if anything.

    Without a ``needed`` part no film can be made.
    """

    part: str
    finding: Finding
    needed: bool
    said: str
    enable: str | None = None


class Seen(Frozen):
    """What a probe saw when it did not fail."""

    said: str
    finding: Finding = Finding.PROVEN
    enable: str | None = None
