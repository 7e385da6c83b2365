"""What a command says when the engine it needs is not installed."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from videogen_agents.errors import UnavailableError


@contextmanager
def engine_extra() -> Generator[None]:
    """Around the import of engine modules. Raises UnavailableError naming the extra when one is missing."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise UnavailableError(
            f"The embedded engine is not installed (missing {error.name}).",
            code="engine_not_installed",
            requirement="install_extra",
            next_step="Install it with: pip install 'videogen-agents[engine]'",
        ) from error
