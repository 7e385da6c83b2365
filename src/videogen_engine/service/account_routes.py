"""GET /v1/me."""

from __future__ import annotations

from videogen_agents.contract import Me, WireModel
from videogen_engine.service.call import Call


async def me(_call: Call) -> WireModel:
    """There are no accounts here: whoever has the key of this machine's engine is its owner."""
    return Me(
        api_key_id="local",
        api_key_nickname="Embedded engine on this machine",
        email="owner@localhost",
        display_name="Owner of this machine",
        team_id="local",
    )


ACCOUNT = {"getMe": me}
