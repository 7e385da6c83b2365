"""One line for each thing that was checked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """``what`` is a sentence; ``fault`` says what was seen instead, and is empty when it holds."""

    what: str
    fault: str = ""

    @property
    def passed(self) -> bool:
        return not self.fault

    def line(self) -> str:
        return f"ok    {self.what}" if self.passed else f"FAIL  {self.what}\n      {self.fault}"
