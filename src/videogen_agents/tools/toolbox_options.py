"""A toolbox from the keywords that every framework adapter takes, and two policies as one."""

from __future__ import annotations

from collections.abc import Iterable

from videogen_agents.errors import InputError
from videogen_agents.tools.call import Toolbox
from videogen_agents.tools.listing import listed_tools
from videogen_agents.tools.policy import Policy, resolve_policy


def configured_toolbox(
    toolbox: Toolbox | None = None,
    *,
    tools: Iterable[str] | None = None,
    exclude: Iterable[str] = (),
    read_only: bool | None = None,
    max_spend: int | None = None,
    approve_above: int | None = None,
    granular: bool = False,
) -> Toolbox:
    """``toolbox`` under a policy that these keywords tighten; without one, a new toolbox of the environment's settings.

    ``tools`` and ``exclude`` take names of tools and toolsets; ``max_spend`` and ``approve_above`` are in units.
    Raises InputError for unknown names, when no tool is left, and for ``granular`` beside a toolbox that is not.
    """
    surface = "granular" if granular else "flat"
    if toolbox is not None and granular and toolbox.surface != surface:
        raise InputError(
            "This toolbox has the flat tools.",
            code="wrong_surface",
            next_step="Make it with Toolbox(surface='granular').",
        )
    asked = resolve_policy(
        listed_tools(surface if toolbox is None else toolbox.surface),
        tools=tools,
        exclude=exclude,
        read_only=bool(read_only),
        max_spend=max_spend,
        confirm_above=approve_above,
        environ=None if toolbox is None else {},
    )
    if toolbox is None:
        return Toolbox(policy=asked, surface=surface)
    limit = toolbox.policy.confirm_above if approve_above is None else asked.confirm_above
    return under_policy(toolbox, asked.model_copy(update={"confirm_above": limit}))


def under_policy(toolbox: Toolbox, policy: Policy) -> Toolbox:
    """The same session, with only what the toolbox's own policy and this one both allow."""
    own = toolbox.policy
    if own == policy:
        return toolbox
    caps = [cap for cap in (own.max_spend, policy.max_spend) if cap is not None]
    names = frozenset(tool.name for tool in toolbox.tools() if policy.allows(tool))
    if not names:
        raise InputError(
            "The two policies together leave no tool.",
            code="no_tools",
            next_step="Loosen the toolbox's own policy, or tools, exclude and read_only.",
        )
    return toolbox.tightened(
        Policy(
            tools=names,
            read_only=own.read_only or policy.read_only,
            max_spend=min(caps, default=None),
            confirm_above=min(own.confirm_above, policy.confirm_above),
        )
    )
