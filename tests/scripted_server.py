"""The scripted server of the test kit, under the name that the rooms know."""

from videogen_agents.testing.faults import Fault
from videogen_agents.testing.scripted_library import VOICES
from videogen_agents.testing.scripted_server import FILM_URL, THUMBNAIL_URL, ScriptedServer

__all__ = ["FILM_URL", "THUMBNAIL_URL", "VOICES", "Fault", "ScriptedServer"]
