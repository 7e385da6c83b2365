"""One live line on a terminal; one line per stage in a log."""

from __future__ import annotations

import sys
import time

import click

from videogen_agents.client import Job

BAR = 24


class ProgressLine:
    """Writes to stderr, so that stdout holds results only."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._started = time.monotonic()
        self._stage = ""
        self._shown = False

    def show(self, job: Job) -> None:
        """The newest state of the job."""
        stage = job.stage or job.status
        if self._live:
            filled = round(BAR * min(100.0, job.progress) / 100)
            seconds = time.monotonic() - self._started
            bar = "█" * filled + "░" * (BAR - filled)
            line = f"{bar} {job.progress:3.0f} %  {stage:<40.40} {seconds:4.0f} s"
            click.echo(f"\r{line}", nl=False, err=True)
            self._shown = True
            return
        # "Rendering: 119 of 145 frames": in a log, only the stage itself is news.
        name = stage.partition(":")[0]
        if name != self._stage:
            click.echo(f"{job.progress:3.0f} %  {name}", err=True)
        self._stage = name

    def finish(self) -> None:
        """End the live line, if there is one."""
        if self._shown:
            click.echo("", err=True)
            self._shown = False
