"""Input and output of the stage that gets a file from the web."""

from __future__ import annotations

from videogen_agents.contract import FileType
from videogen_engine.frozen import Frozen
from videogen_engine.stage import MediaRef


class FetchRequest(Frozen):
    """``nonce`` is the job that asks: what an address gives today need not be what it gave yesterday, so every job
    fetches for itself. ``declared`` is what the caller says the file is.

    ``allowed_hosts`` are ``host`` or ``host:port`` that may have private addresses.
    """

    url: str
    nonce: str
    declared: FileType | None = None
    max_bytes: int
    max_seconds: float
    allowed_hosts: tuple[str, ...] = ()


class FetchedFile(Frozen):
    """``name`` is what the server calls the file, or its address does; ``from_page`` says that the address was that
    of a web page, and this the file that the page names as its own."""

    media: MediaRef
    name: str
    from_page: bool = False
