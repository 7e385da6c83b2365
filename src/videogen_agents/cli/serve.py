"""``videogen-agents serve``: the contract over HTTP on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from videogen_agents.cli.engine_extra import engine_extra

if TYPE_CHECKING:
    from videogen_engine.service.server import Serving

#: Addresses that mean "every interface" when listened on, and where this machine reaches them.
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}  # noqa: S104  # what is listened on is the caller's choice


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=4010, show_default=True, help="Port to listen on; 0 takes any."
)
@click.option("--allow-remote", is_flag=True, help="Allow an address that other machines reach.")
def command(host: str, port: int, allow_remote: bool) -> None:
    """Serve the VideoGen contract on this machine, for any client of it.

    Prints two lines to paste into the client's environment, then serves until Ctrl-C. Unfinished jobs are kept.
    """
    with engine_extra():
        from videogen_engine.service.server import serve
        from videogen_engine.settings import load_engine_settings
    try:
        serve(
            host=host,
            port=port,
            settings=load_engine_settings(),
            allow_remote=allow_remote,
            on_ready=_announce,
        )
    except KeyboardInterrupt:
        # Only before the server took the signals over: nothing was served yet.
        return


def _announce(served: Serving) -> None:
    url = served.url
    for listened, reached in _EVERYWHERE.items():
        url = url.replace(f"//{listened}:", f"//{reached}:")
    click.echo(f"VIDEOGEN_BASE_URL={url}")
    click.echo(f"VIDEOGEN_API_KEY={served.api_key.get_secret_value()}")
    click.echo("Serving until Ctrl-C. Paste the two lines above into the client's environment.", err=True)
