"""Which toolbox a call uses: the one that the run's context carries, else the tools' own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from weakref import WeakKeyDictionary

from videogen_agents.client import VideoClient
from videogen_agents.tools import Toolbox
from videogen_agents.tools.call import Session
from videogen_agents.tools.toolbox_options import under_policy
from videogen_agents.tools.transfer_desk import TransferDesk

#: Attributes or keys of the run's context in which a Toolbox or a VideoClient is looked for.
NAMES = ("toolbox", "video_client")
#: Transfers outlive a call, and belong to one client alone.
_DESKS: WeakKeyDictionary[VideoClient, TransferDesk] = WeakKeyDictionary()


def toolbox_of(context: object, default: Toolbox) -> Toolbox:
    """The Toolbox or VideoClient that ``context`` is, or carries as ``toolbox`` or ``video_client``; else ``default``.

    A carried one is used under the default's policy too, and a bare client shares the default's spend. Whoever put it
    there closes it.
    """
    for found in (context, *(_member(context, name) for name in NAMES)):
        if isinstance(found, Toolbox):
            return under_policy(found, default.policy)
        if isinstance(found, VideoClient):
            session = Session(found, default.session.spend, _DESKS.setdefault(found, TransferDesk()))
            return Toolbox(found.settings, default.policy, surface=default.surface, session=session)
    return default


def _member(context: object, name: str) -> object:
    if isinstance(context, Mapping):
        return cast("Mapping[str, Any]", context).get(name)
    return getattr(context, name, None)
