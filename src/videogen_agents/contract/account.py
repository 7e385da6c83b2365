"""Who the key belongs to."""

from videogen_agents.contract.base import Nullable, Response


class Me(Response):
    api_key_id: str
    api_key_nickname: str
    email: str
    display_name: Nullable[str] = None
    team_id: str
