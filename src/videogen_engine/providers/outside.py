"""What a step that asks an outside service is given. It runs in the runtime's own process: it only waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from videogen_engine.providers.endpoint import Endpoint
from videogen_engine.stage import MediaRef


class ProviderSettings(Protocol):
    """The engine's settings, as far as providers need them."""

    @property
    def language_model(self) -> Endpoint | None: ...

    @property
    def transcriber(self) -> Endpoint | None: ...


@dataclass(frozen=True)
class OutsideRoom:
    """``path`` gives a readable local path of stored bytes; ``report`` takes a few words about what is waited for.

    Keys are in ``settings`` and nowhere else: no request, no result and no other process has them.
    """

    settings: ProviderSettings
    path: Callable[[MediaRef], Path]
    report: Callable[[str], None]
