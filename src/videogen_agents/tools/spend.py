"""What a hosted call costs, who is asked before it, and the cap of a session.

The contract publishes no prices, so calls are told apart by class, and each class weighs a number of units: free 0,
low 1 (one picture, one voice clip, an export), medium 5 (a stock film, a new narrator), high 20 (generated video,
talking actors, upscaling). ``drawn`` (10) is a film of drawn pictures. Units only compare calls with one another; what
is charged is the vendor's rate card. The embedded engine costs nothing and never asks.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from videogen_agents.errors import AskUserError

#: Units above which a person is asked, unless a policy says otherwise.
CONFIRM_ABOVE = 10


class SpendClass(StrEnum):
    FREE = "free"
    LOW = "low"
    MEDIUM = "medium"
    DRAWN = "drawn"
    HIGH = "high"


UNITS: Mapping[SpendClass, int] = {
    SpendClass.FREE: 0,
    SpendClass.LOW: 1,
    SpendClass.MEDIUM: 5,
    SpendClass.DRAWN: 10,
    SpendClass.HIGH: 20,
}


@dataclass(frozen=True)
class Cost:
    """``spend_class`` is the dearest part's; ``units`` is the sum of the parts; ``what`` names them for a person."""

    spend_class: SpendClass = SpendClass.FREE
    units: int = 0
    what: str = ""

    @classmethod
    def of(cls, parts: Iterable[tuple[SpendClass, str, int]]) -> Cost:
        """The cost of several things: class, name, how many."""
        dear = [(kind, what, count) for kind, what, count in parts if UNITS[kind]]
        if not dear:
            return FREE
        return cls(
            max((kind for kind, _, _ in dear), key=UNITS.__getitem__),
            sum(UNITS[kind] * count for kind, _, count in dear),
            ", ".join(what if count == 1 else f"{count} × {what}" for _, what, count in dear),
        )


FREE = Cost()


@dataclass(frozen=True)
class Quote:
    """What a call would cost. ``confirm`` lets exactly this call through; ``question`` is one line for a person."""

    tool: str
    spend_class: str
    units: int
    question: str
    confirm: str


@dataclass
class SpendMeter:
    """What one session has spent, in units, and what a person has agreed to. Shared by all calls of a session."""

    spent: int = 0
    _secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    _agreed: set[str] = field(default_factory=set[str], repr=False)

    def token(self, tool: str, arguments: Mapping[str, Any]) -> str:
        """A token for this very call, which only this session can have made."""
        call = json.dumps([tool, arguments], sort_keys=True, separators=(",", ":"))
        return hmac.new(self._secret, call.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:12]

    def agree(self, token: str, given: object) -> bool:
        """Whether the call was agreed to: now, by ``given``, or before in this session."""
        if isinstance(given, str) and hmac.compare_digest(given.encode(), token.encode()):
            self._agreed.add(token)
        return token in self._agreed

    def reserve(self, cost: Cost, cap: int | None) -> None:
        """Count the cost before the call leaves. Raises AskUserError when it would pass the cap."""
        if cap is not None and cost.units and self.spent + cost.units > cap:
            raise AskUserError(
                f"This would cost {cost.units} units ({cost.what}); {self.spent} of {cap} are spent in this session.",
                code="spend_cap_reached",
                next_step="Ask the user: only they can start a session with a higher --max-spend.",
            )
        self.spent += cost.units

    def refund(self, cost: Cost) -> None:
        """Nothing was started after all."""
        self.spent = max(0, self.spent - cost.units)


def quote(tool: str, cost: Cost, token: str) -> Quote:
    """The quote of a call, in words."""
    return Quote(
        tool,
        cost.spend_class.value,
        cost.units,
        f"{tool} spends credits of the hosted account: {cost.what} (class {cost.spend_class.value}, "
        f"{cost.units} units; the contract names no price). Go on?",
        token,
    )


def confirmation_required(quoted: Quote) -> AskUserError:
    """The error of a call that a person must agree to first."""
    return AskUserError(
        f"Not started: {quoted.question.removesuffix(' Go on?')}",
        code="confirmation_required",
        next_step=f'Ask the user; if they agree, call {quoted.tool} again with the same arguments and "confirm": '
        f'"{quoted.confirm}".',
    )


def declined_error(quoted: Quote) -> AskUserError:
    """The error of a call that the person did not agree to."""
    return AskUserError(
        f"Not started: the user declined {quoted.tool} ({quoted.units} units).",
        code="declined",
        next_step="Offer something cheaper, or ask what they want instead.",
    )
