"""Which tools may be used and what they may spend: one object, resolved once, that fails closed.

Sources are arguments, the environment and the headers of an HTTP request; each can only tighten the others. Unknown
names raise. Read-only wins. Of several caps the lowest counts.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field

from videogen_agents.errors import AskUserError, InputError
from videogen_agents.tools.spec import ToolFlags
from videogen_agents.tools.spend import CONFIRM_ABOVE


class PolicyRow(Protocol):
    """What a policy needs to know of a tool."""

    @property
    def name(self) -> str: ...

    @property
    def toolset(self) -> str: ...

    @property
    def flags(self) -> ToolFlags: ...


class Policy(BaseModel):
    """``tools`` None means all. Names are tool names or toolset names.

    ``max_spend`` is the session's cap in units, None for none. Hosted calls above ``confirm_above`` units are first
    agreed to by a person.
    """

    model_config = ConfigDict(frozen=True)

    tools: frozenset[str] | None = None
    exclude: frozenset[str] = frozenset()
    read_only: bool = False
    max_spend: int | None = Field(default=None, ge=0)
    confirm_above: int = Field(default=CONFIRM_ABOVE, ge=0)

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


#: Where a policy's parts stand in the environment and in the headers of a request.
_PREFIX = "VIDEOGEN_AGENTS_"
HEADERS: Mapping[str, str] = {
    "TOOLS": "x-videogen-tools",
    "EXCLUDE": "x-videogen-exclude",
    "READ_ONLY": "x-videogen-read-only",
    "MAX_SPEND": "x-videogen-max-spend",
    "CONFIRM_ABOVE": "x-videogen-confirm-above",
}


def resolve_policy(
    specs: Iterable[PolicyRow],
    *,
    tools: Iterable[str] | None = None,
    exclude: Iterable[str] = (),
    read_only: bool = False,
    max_spend: int | None = None,
    confirm_above: int | None = None,
    environ: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Policy:
    """The policy of arguments, environment (``VIDEOGEN_AGENTS_TOOLS``, ``_EXCLUDE``, ``_READ_ONLY``, ``_MAX_SPEND``,
    ``_CONFIRM_ABOVE``) and request headers (``X-Videogen-Tools`` …) together.

    A tool must be allowed by all. Raises InputError for a name that no tool or toolset has, for a value that cannot be
    read, and when no tool is left.
    """
    rows = tuple(specs)
    env = os.environ if environ is None else environ
    sent = {name.lower(): value for name, value in (headers or {}).items()}
    sources = [
        {part: env[_PREFIX + part] for part in HEADERS if _PREFIX + part in env},
        {part: sent[header] for part, header in HEADERS.items() if header in sent},
    ]
    listed = [_names(rows, tools)] if tools is not None else []
    listed += [_names(rows, source["TOOLS"].split(",")) for source in sources if "TOOLS" in source]
    caps = [max_spend, *(_units(source, "MAX_SPEND") for source in sources)]
    limits = [confirm_above, *(_units(source, "CONFIRM_ABOVE") for source in sources)]
    excluded = _names(rows, exclude)
    for source in sources:
        excluded |= _names(rows, source.get("EXCLUDE", "").split(","))
    switches = [read_only, *(_switch(source.get("READ_ONLY")) for source in sources)]
    allowed: frozenset[str] | None = None
    for names in listed:
        allowed = names if allowed is None else allowed & names
    policy = Policy(
        tools=allowed,
        exclude=excluded,
        read_only=any(switches),
        max_spend=min((cap for cap in caps if cap is not None), default=None),
        confirm_above=min((limit for limit in limits if limit is not None), default=CONFIRM_ABOVE),
    )
    if not any(policy.allows(row) for row in rows):
        raise InputError(
            "The policy leaves no tool.",
            code="no_tools",
            next_step="Loosen --tools, --exclude or --read-only, or VIDEOGEN_AGENTS_TOOLS, _EXCLUDE or _READ_ONLY.",
        )
    return policy


def _units(source: Mapping[str, str], part: str) -> int | None:
    text = source.get(part, "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) <= 9:
        return int(text)
    raise InputError(
        f"{part} is {text[:40]!r}.", code="invalid_setting", next_step="Set it to a whole number of units."
    )


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
    raise InputError(f"READ_ONLY is {value[:40]!r}.", code="invalid_setting", next_step="Set it to true or false.")
