"""Call a tool by name: policy, validation, spend, the function, and an outcome whatever happens."""

from __future__ import annotations

import asyncio
import importlib
import logging
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from videogen_agents.config import Backend, Settings, load_settings
from videogen_agents.errors import BusyError, ConnectionLostError, InputError, InternalError, VideoError
from videogen_agents.tools.file_names import MAX_NAME_BYTES
from videogen_agents.tools.listing import ListedTool, Surface, listed_tools
from videogen_agents.tools.policy import Policy
from videogen_agents.tools.result import ToolOutcome
from videogen_agents.tools.spec import ReportProgress, ToolSpec
from videogen_agents.tools.spend import FREE, Cost, Quote, SpendMeter, confirmation_required, declined_error, quote
from videogen_agents.tools.transfer_desk import TransferDesk

if TYPE_CHECKING:
    # What runs the tools is loaded by the first call: hosts start servers long before they use them.
    from videogen_agents.client import VideoClient

logger = logging.getLogger("videogen_agents.tools")
#: ``starting_patience`` for hosts that end calls after 5 s, as some do.
HOST_PATIENCE = 4.0
#: Takes most of a second to load; a host's event loop must not stand still for that.
_TABLE = "videogen_agents.tools.table"


def _silent(_progress: float, _message: str) -> None:
    return None


@dataclass(frozen=True)
class CallContext:
    """The ToolContext of one call."""

    client: VideoClient
    settings: Settings
    report: ReportProgress
    may_save: bool
    transfers: TransferDesk

    def allowed_path(self, path: str) -> Path:
        """See ToolContext."""
        wanted = Path.home() / path[2:] if path.startswith(("~/", "~\\")) else Path(path)
        try:
            resolved = (wanted if wanted.is_absolute() else self.settings.output_dir / wanted).resolve()
        except (OSError, RuntimeError, ValueError) as error:
            raise InputError(
                "The path cannot be followed.", code="invalid_path", next_step="Use another one."
            ) from error
        if any(len(part.encode("utf-8", "surrogatepass")) > MAX_NAME_BYTES for part in resolved.parts):
            raise InputError(
                f"A name in the path has more than {MAX_NAME_BYTES} bytes.",
                code="invalid_path",
                next_step="Use a shorter name.",
            )
        if not any(resolved.is_relative_to(root) for root in self.settings.allowed_roots):
            raise InputError(
                "The path lies outside the folders that may be read and written.",
                code="path_not_allowed",
                next_step="Use a path under "
                + " or ".join(str(root) for root in self.settings.allowed_roots)
                + ". The user can allow more with VIDEOGEN_AGENTS_ROOTS.",
            )
        return resolved


@dataclass
class Session:
    """What the calls of one session share: the client, what was spent, and transfers under way."""

    client: VideoClient | None = None
    spend: SpendMeter = field(default_factory=SpendMeter)
    transfers: TransferDesk = field(default_factory=TransferDesk)
    opening: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass
class Toolbox:
    """A client and a policy for a row of calls. The client, and an engine behind it, open on first use.

    ``surface``: the twelve flat tools, or ``granular``, one tool for each workflow, edit and asset.
    ``starting_patience``: seconds after which a call that still waits for the engine to start is told to come again;
    what was begun goes on, and the next call finds it done. None waits as long as it takes.
    """

    settings: Settings = field(default_factory=load_settings)
    policy: Policy = field(default_factory=Policy)
    client: VideoClient | None = None
    surface: Surface = "flat"
    session: Session = field(default_factory=Session)
    starting_patience: float | None = None

    def __post_init__(self) -> None:
        if self.client is not None:
            self.session.client = self.client

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the client if one was opened, and end transfers. Jobs go on."""
        await self.session.transfers.aclose()
        if self.session.client is not None:
            await self.session.client.aclose()
            self.session.client = self.client = None

    async def open_client(self) -> VideoClient:
        """The client, made when it is first needed."""
        from videogen_agents.client import VideoClient

        async with self.session.opening:
            if self.session.client is None:
                self.session.client = VideoClient(self.settings, opening_patience=self.starting_patience)
            return self.session.client

    @property
    def backend(self) -> Backend:
        return self.session.client.backend if self.session.client is not None else self.settings.backend

    def tools(self) -> tuple[ListedTool, ...]:
        """The tools that the policy allows, in table order."""
        return tuple(tool for tool in listed_tools(self.surface) if self.policy.allows(tool))

    def tightened(self, policy: Policy) -> Toolbox:
        """The same session under a tighter policy, for one request."""
        return replace(self, policy=policy, client=None)

    def with_own_client(self) -> Toolbox:
        """The same policy, spend and cap with a client of its own, for another event loop."""
        return replace(self, client=None, session=Session(spend=self.session.spend))


async def call_tool(
    toolbox: Toolbox, name: str, arguments: Mapping[str, Any], report: ReportProgress = _silent
) -> ToolOutcome:
    """Run a tool. Every VideoError becomes an outcome with ``is_error``; cancellation passes through.

    A fault of ours becomes one too, without its details: those go to the log.
    """
    try:
        begun = time.monotonic()
        await _load_table(toolbox.starting_patience)
        call = _read_call(toolbox, name, arguments)
        await asyncio.sleep(0)
        if call.quoted is not None:
            raise confirmation_required(call.quoted)
        client = await toolbox.open_client()
        if toolbox.starting_patience is not None:
            client.opening_patience = max(0.5, toolbox.starting_patience - (time.monotonic() - begun))
        context = CallContext(
            client,
            toolbox.settings,
            report,
            not toolbox.policy.read_only,
            toolbox.session.transfers,
        )
        return await _spending(toolbox, call, context)
    except VideoError as error:
        return ToolOutcome.from_error(error)
    except Exception:
        # The last line of defence: an agent must get an answer, and a stack trace may hold secrets.
        logger.exception("tool %s failed", name)
        return ToolOutcome.from_error(
            InternalError(
                f"{name} failed because of a fault in videogen-agents.",
                next_step="Tell the user; the log on stderr has the details.",
            )
        )


async def _load_table(patience: float | None) -> None:
    # A module that another thread is still loading stands in sys.modules already, without its names.
    if hasattr(sys.modules.get(_TABLE), "tool_named"):
        return
    loading = asyncio.ensure_future(asyncio.to_thread(importlib.import_module, _TABLE))
    done, _ = await asyncio.wait({loading}, timeout=patience)
    if not done:
        raise BusyError(
            "The tools are still loading on this machine.",
            code="still_starting",
            next_step="Nothing was started yet. Call again in a moment with the same arguments.",
        )
    loading.result()


def quote_call(toolbox: Toolbox, name: str, arguments: Mapping[str, Any]) -> Quote | None:
    """The quote that a person must agree to before this call, or None when nothing is to be asked.

    None also for a call that cannot be made: making it says why. On a yes, call again with ``confirm`` from the quote
    among the arguments.
    """
    try:
        return _read_call(toolbox, name, arguments).quoted
    except VideoError:
        return None


def declined(quoted: Quote) -> ToolOutcome:
    """The outcome of a call that the person did not agree to."""
    return ToolOutcome.from_error(declined_error(quoted))


@dataclass(frozen=True)
class _Call:
    spec: ToolSpec[Any]
    request: Any
    cost: Cost
    quoted: Quote | None


def _read_call(toolbox: Toolbox, name: str, arguments: Mapping[str, Any]) -> _Call:
    from videogen_agents.tools.arguments import readable_arguments
    from videogen_agents.tools.table import tool_named

    spec = tool_named(name, toolbox.surface)
    toolbox.policy.check(spec)
    values = readable_arguments(arguments, spec.schema)
    given = values.pop("confirm", None) if spec.flags.paid else None
    if given is not None and not isinstance(given, str):
        raise InputError(
            "confirm is the text that a quote gave.",
            code="invalid_arguments",
            next_step="Leave confirm out; if the call has to be confirmed, its answer says with which text.",
        )
    request = spec.parse(dict(values))
    cost = FREE if toolbox.backend is Backend.EMBEDDED else spec.cost(request)
    quoted = None
    if cost.units > toolbox.policy.confirm_above:
        meter = toolbox.session.spend
        token = meter.token(name, {key: value for key, value in values.items() if value is not None})
        quoted = None if meter.agree(token, given) else quote(name, cost, token)
    return _Call(spec, request, cost, quoted)


async def _spending(toolbox: Toolbox, call: _Call, context: CallContext) -> ToolOutcome:
    """Run the call with its cost counted before it leaves, and given back when nothing new was started."""
    meter = toolbox.session.spend
    meter.reserve(call.cost, toolbox.policy.max_spend)
    try:
        outcome = await call.spec.run(call.request, context)
    except ConnectionLostError:
        # It may have been started: what is counted stays counted until a repeat finds out.
        raise
    except VideoError:
        meter.refund(call.cost)
        raise
    if getattr(outcome.data, "reused", False):
        meter.refund(call.cost)
    return outcome
