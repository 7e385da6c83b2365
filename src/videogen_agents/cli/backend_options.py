"""Options that every command talking to a backend shares."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from videogen_agents.config import Backend, Settings, load_settings

Function = TypeVar("Function", bound=Callable[..., Any])


def backend_option(function: Function) -> Function:
    """``--backend hosted|embedded``."""
    return click.option(
        "--backend",
        type=click.Choice([backend.value for backend in Backend]),
        help="Who makes the film. Default: hosted when VIDEOGEN_API_KEY is set, else embedded.",
    )(function)


def settings_for(backend: str | None, output_dir: Path | None = None) -> Settings:
    """Settings of this call."""
    return load_settings(backend=backend, output_dir=output_dir)
