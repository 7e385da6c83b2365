"""A client and a toolbox over the scripted server, in process, with time that a test owns."""

from __future__ import annotations

from pathlib import Path

from videogen_agents.client import HostedTransport, VideoClient
from videogen_agents.config import load_settings
from videogen_agents.testing.manual_clock import ManualClock
from videogen_agents.testing.scripted_server import ScriptedServer
from videogen_agents.tools import Policy, Toolbox
from videogen_agents.webhooks import WebhookInbox

ORIGIN = "https://api.example"
KEY = "sk_test"


def scripted_client(
    folder: Path, server: ScriptedServer, clock: ManualClock | None = None, *, inbox: WebhookInbox | None = None
) -> VideoClient:
    """A hosted client that talks to ``server`` and keeps its ledger and files under ``folder``.

    Nothing opens before the first call. Two clients over one folder are two processes with one ledger.
    """
    settings = load_settings(
        api_key=KEY, base_url=ORIGIN, home=folder / "home", output_dir=folder / "videos", environ={}
    )
    transport = HostedTransport(ORIGIN, KEY, http_transport=server)
    return VideoClient(settings, transport=transport, clock=clock or ManualClock(), inbox=inbox)


def scripted_toolbox(
    folder: Path, server: ScriptedServer, clock: ManualClock | None = None, policy: Policy | None = None
) -> Toolbox:
    """The tools over ``scripted_client``."""
    client = scripted_client(folder, server, clock)
    return Toolbox(settings=client.settings, client=client, policy=policy or Policy())
