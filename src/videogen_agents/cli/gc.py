"""``videogen-agents gc``: what the data home holds, and freeing what nothing needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from videogen_agents.cli.engine_extra import engine_extra

if TYPE_CHECKING:
    from videogen_engine.store.gc import SpaceReport

#: Days that unused work is kept when neither option says otherwise.
KEEP_DAYS = 30.0
_UNITS = ("B", "kB", "MB", "GB", "TB")


@click.command("gc")
@click.option("--free", is_flag=True, help="Free the space. Without it, only show what would be freed.")
@click.option(
    "--older-than", type=click.FloatRange(min=0), metavar="DAYS", help="Drop work unused for so long. Default: 30."
)
@click.option("--keep-gb", type=click.FloatRange(min=0), metavar="N", help="Drop the longest unused work beyond N GB.")
def command(free: bool, older_than: float | None, keep_gb: float | None) -> None:
    """Show what takes space in the data home and, with --free, drop what nothing needs.

    Films, projects and uploads are never dropped; what is dropped is made again when it is needed.
    """
    with engine_extra():
        from videogen_engine.settings import load_engine_settings
        from videogen_engine.store.gc import free_space, report
        from videogen_engine.store.media_store import MediaStore
        from videogen_engine.store.metadata import Metadata
    settings = load_engine_settings()
    if not settings.home.is_dir():
        click.echo(f"{settings.home}: nothing there yet")
        return
    if older_than is None and keep_gb is None:
        older_than = KEEP_DAYS
    store = Metadata.open(settings.database_url)
    try:
        media = MediaStore(settings.media_url, cache=settings.scratch / "fetched")
        held = report(settings, store, media)
        click.echo(f"{settings.home}: {_size(held.bytes)}")
        _table(held)
        freed = free_space(
            settings,
            store,
            media,
            older_than_days=older_than,
            keep_bytes=None if keep_gb is None else round(keep_gb * 1e9),
            dry_run=not free,
        )
    finally:
        store.close()
    if freed.open_jobs:
        click.echo(f"{freed.open_jobs} unfinished jobs hold finished work back; see: videogen-agents jobs", err=True)
    done = "Freed" if free else "To free"
    click.echo(f"{done}: {_size(freed.bytes)}")
    _table(freed)
    if not free and freed.bytes:
        click.echo("Free it with --free.", err=True)


def _table(space: SpaceReport) -> None:
    for use in space.uses:
        if use.objects:
            click.echo(f"  {use.kind.value:<10} {_size(use.bytes):>9}  in {use.objects}")


def _size(count: float) -> str:
    for unit in _UNITS[:-1]:
        if count < 1000:
            return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} {_UNITS[-1]}"
