"""The command line: one module per command, each imported only when it is called.

Exit codes: 0 success, 1 a fault of ours, 2 wrong usage, 3 the input must change, 4 try again later, 5 a person must
act, 6 the doctor found something missing, 130 interrupted (the job stays resumable).
"""

from __future__ import annotations

import importlib
import sys
from typing import NoReturn

import click

from videogen_agents import __version__
from videogen_agents.errors import VideoError

#: Command name → (module, one line for --help). The line stands here so that help imports nothing.
COMMANDS: dict[str, tuple[str, str]] = {
    "make": ("videogen_agents.cli.make", "Make a video from a script."),
    "ask": ("videogen_agents.cli.ask", "Make what plain words ask for, with a language model of yours."),
    "mcp": ("videogen_agents.cli.mcp", "Serve the tools to an MCP host, over stdio or HTTP."),
    "install": ("videogen_agents.cli.install", "Tell Cursor, Claude, VS Code, Gemini CLI or Codex about the server."),
    "serve": ("videogen_agents.cli.serve", "Serve the VideoGen contract over HTTP on this machine."),
    "jobs": ("videogen_agents.cli.jobs", "List what was started."),
    "job": ("videogen_agents.cli.job", "Follow a job, resuming it if need be, and save its film."),
    "cancel": ("videogen_agents.cli.cancel", "Stop a job."),
    "doctor": ("videogen_agents.cli.doctor", "Prove that this machine can make films, part by part."),
    "gc": ("videogen_agents.cli.gc", "Show what the data home holds, and free space."),
}


class LazyCommands(click.Group):
    """A group that imports a command's module when it is run or asked for its own help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


#: Shown under --help.
EXIT_CODES_HELP = (
    "Exit codes: 0 done, 1 a fault of ours, 2 wrong usage, 3 change the input, 4 try again later, 5 a person must act, "
    "6 the doctor found something missing, 130 interrupted (the job is kept)."
)


@click.group(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]}, epilog=EXIT_CODES_HELP)
@click.version_option(__version__, package_name="videogen-agents", prog_name="videogen-agents")
def root() -> None:
    """Finished videos for people and AI agents.

    Without a key everything is rendered on this machine. Set VIDEOGEN_API_KEY to use VideoGen's hosted API.

    \b
      videogen-agents make script.txt -o film.mp4
      videogen-agents make - --aspect 9:16 --style "chalkboard"
      videogen-agents doctor
    """


def main() -> NoReturn:
    """Entry point of the ``videogen-agents`` command."""
    try:
        root.main(standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except VideoError as error:
        click.echo(f"error: {error.text()}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.exit(0)
    sys.exit(0)
