"""``videogen-agents doctor``: whether this machine can make films, part by part."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import sys

import click

from videogen_agents.cli.backend_options import backend_option, settings_for
from videogen_agents.client import VideoClient
from videogen_agents.config import Backend, Settings
from videogen_agents.errors import VideoError
from videogen_engine.doctor import Examination, Finding, examine
from videogen_engine.settings import load_engine_settings

#: Exit code when a part is missing that films need.
MISSING_EXIT_CODE = 6
#: Adapter packages, each with the extra that it needs.
ADAPTERS = {"videogen_agents_mcp": "mcp", "videogen_agents_openai": "openai", "videogen_agents_langchain": "langchain"}
_MARKS = {Finding.PROVEN: ("✓", "green"), Finding.DEGRADED: ("~", "yellow"), Finding.MISSING: ("✗", "red")}


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@backend_option
def command(as_json: bool, backend: str | None) -> None:
    """Try every part that makes films: speak a word, draw a frame, encode a second, open the database …

    Each line says proven, degraded or missing, and what would enable it. Exits with 6 when a part is missing that
    the chosen backend needs. With the hosted backend, only the connection and the key are tried.
    """
    settings = settings_for(backend)
    # With the hosted backend films are made elsewhere: this machine's parts do not matter then.
    hosted = settings.backend is Backend.HOSTED
    found = [asyncio.run(_hosted(settings))] if hosted else list(examine(load_engine_settings()))
    found += _adapters()
    missing = [part for part in found if part.needed and part.finding is Finding.MISSING]
    if as_json:
        body = {
            "backend": settings.backend.value,
            "ready": not missing,
            "parts": [part.model_dump(mode="json") for part in found],
        }
        click.echo(json.dumps(body, indent=2, ensure_ascii=False))
    else:
        for part in found:
            _show(part)
        needs = ", ".join(part.part for part in missing)
        verdict = f"Missing for the {settings.backend.value} backend: {needs}" if missing else "Ready to make films"
        click.echo(f"{verdict}{'' if missing else f' with the {settings.backend.value} backend'}.")
    sys.exit(MISSING_EXIT_CODE if missing else 0)


def _adapters() -> list[Examination]:
    """The adapters of this version, and whether the framework that each one needs is installed."""
    found: list[Examination] = []
    for adapter, extra in ADAPTERS.items():
        if importlib.util.find_spec(adapter) is None:
            continue
        part = f"{extra} adapter"
        try:
            importlib.import_module(adapter)
        except ImportError as error:
            found.append(
                Examination(
                    part=part,
                    finding=Finding.MISSING,
                    needed=False,
                    said=f"{_missing_module(error)} is not installed",
                    enable=f"pip install 'videogen-agents[{extra}]'",
                )
            )
        else:
            found.append(Examination(part=part, finding=Finding.PROVEN, needed=False, said="loaded"))
    return found


async def _hosted(settings: Settings) -> Examination:
    async with VideoClient(settings) as client:
        try:
            me = await client.me()
        except VideoError as error:
            return Examination(
                part="hosted API",
                finding=Finding.MISSING,
                needed=True,
                said=f"{settings.base_url}: {error.message}",
                enable=error.next_step,
            )
    return Examination(
        part="hosted API", finding=Finding.PROVEN, needed=True, said=f"{settings.base_url} answers, key of {me.email}"
    )


def _show(part: Examination) -> None:
    mark, colour = _MARKS[part.finding]
    optional = "" if part.needed else " (optional)"
    click.echo(f"{click.style(mark, fg=colour)} {part.part:<24} {part.finding.value:<9}{part.said}{optional}")
    if part.enable is not None and part.finding is not Finding.PROVEN:
        click.echo(f"{'':<36}enable: {part.enable}")


def _missing_module(error: ImportError) -> str:
    """The module that a framework's own import error is about."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ModuleNotFoundError) and cause.name:
            return cause.name
        cause = cause.__cause__
    return "a part of it"
