"""Which tools may be used: one object, resolved once, that fails closed.

Sources are arguments and the environment; each can only tighten the other. Unknown names raise. Read-only wins.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Protocol

from pydantic import BaseModel, ConfigDict

from videogen_agents.errors import AskUserError, InputError
from videogen_agents.tools.spec import ToolFlags


class PolicyRow(Protocol):
    """What a policy needs to know of a tool."""

    @property
    def name(self) -> str: ...

    @property
    def toolset(self) -> str: ...

    @property
    def flags(self) -> ToolFlags: ...


class Policy(BaseModel):
    """``tools`` None means all. Names are tool names or toolset names."""

    model_config = ConfigDict(frozen=True)

    tools: frozenset[str] | None = None
    exclude: frozenset[str] = frozenset()
    read_only: bool = False

    def allows(self, spec: PolicyRow) -> bool:
        names = {spec.name, spec.toolset}
        if self.read_only and not (spec.flags.read_only or spec.flags.saves):
            return False
        return not names & self.exclude and (self.tools is None or bool(names & self.tools))

    def check(self, spec: PolicyRow) -> None:
        """Raise AskUserError for a tool that the policy leaves out, however the call got here."""
        if not self.allows(spec):
            raise AskUserError(
                f"The tool {spec.name} is switched off by this server's policy.",
                code="tool_not_allowed",
                next_step="Ask the user to allow it (--tools, --exclude, --read-only).",
            )


def resolve_policy(
    specs: Iterable[PolicyRow],
    *,
    tools: Iterable[str] | None = None,
    exclude: Iterable[str] = (),
    read_only: bool = False,
    environ: Mapping[str, str] | None = None,
) -> Policy:
    """The policy of arguments and environment (``VIDEOGEN_AGENTS_TOOLS``, ``_EXCLUDE``, ``_READ_ONLY``) together.

    A tool must be allowed by both. Raises InputError for a name that no tool or toolset has, for a read-only
    switch that is neither on nor off, and when no tool is left.
    """
    env = os.environ if environ is None else environ
    rows = tuple(specs)
    from_arguments = _names(rows, tools) if tools is not None else None
    listed = env.get("VIDEOGEN_AGENTS_TOOLS")
    from_environment = _names(rows, listed.split(",")) if listed is not None else None
    allowed = (
        from_arguments & from_environment
        if from_arguments is not None and from_environment is not None
        else (from_arguments if from_arguments is not None else from_environment)
    )
    excluded = _names(rows, exclude) | _names(rows, env.get("VIDEOGEN_AGENTS_EXCLUDE", "").split(","))
    policy = Policy(
        tools=allowed,
        exclude=excluded,
        read_only=read_only or _switch(env.get("VIDEOGEN_AGENTS_READ_ONLY")),
    )
    if not any(policy.allows(row) for row in rows):
        raise InputError(
            "The policy leaves no tool.",
            code="no_tools",
            next_step="Loosen --tools, --exclude or --read-only, or VIDEOGEN_AGENTS_TOOLS, _EXCLUDE or _READ_ONLY.",
        )
    return policy


def _names(rows: tuple[PolicyRow, ...], names: Iterable[str]) -> frozenset[str]:
    """Tool names for names of tools and toolsets."""
    resolved: set[str] = set()
    for name in (part.strip() for part in names):
        if not name:
            continue
        matching = {row.name for row in rows if name in (row.name, row.toolset)}
        if not matching:
            known = sorted({row.name for row in rows} | {row.toolset for row in rows})
            raise InputError(
                f"No tool or toolset is called {name!r}.",
                code="unknown_tool",
                next_step=f"Use one of: {', '.join(known)}.",
            )
        resolved |= matching
    return frozenset(resolved)


def _switch(value: str | None) -> bool:
    if value is None or value.lower() in ("", "0", "false", "no", "off"):
        return False
    if value.lower() in ("1", "true", "yes", "on"):
        return True
    raise InputError(
        f"VIDEOGEN_AGENTS_READ_ONLY is {value!r}.", code="invalid_setting", next_step="Set it to true or false."
    )
