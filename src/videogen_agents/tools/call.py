"""Call a tool by name: policy, validation, the function, and an outcome whatever happens."""

from __future__ import annotations

import asyncio
import importlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from videogen_agents.config import Settings, load_settings
from videogen_agents.errors import InputError, InternalError, VideoError
from videogen_agents.tools.file_names import MAX_NAME_BYTES
from videogen_agents.tools.listing import ListedTool, listed_tools
from videogen_agents.tools.policy import Policy
from videogen_agents.tools.result import ToolOutcome
from videogen_agents.tools.spec import ReportProgress

if TYPE_CHECKING:
    # What runs the tools is loaded by the first call: hosts start servers long before they use them.
    from videogen_agents.client import VideoClient

logger = logging.getLogger("videogen_agents.tools")


def _silent(_progress: float, _message: str) -> None:
    return None


@dataclass(frozen=True)
class CallContext:
    """The ToolContext of one call."""

    client: VideoClient
    settings: Settings
    report: ReportProgress
    may_save: bool

    def writable_path(self, path: str) -> Path:
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
                "The path lies outside the folders that may be written to.",
                code="path_not_allowed",
                next_step="Use a path under "
                + " or ".join(str(root) for root in self.settings.allowed_roots)
                + ", or leave it out.",
            )
        return resolved


@dataclass
class Toolbox:
    """A client and a policy for a row of calls. The client, and an engine behind it, open on first use."""

    settings: Settings = field(default_factory=load_settings)
    policy: Policy = field(default_factory=Policy)
    client: VideoClient | None = None
    _opening: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the client if one was opened. Jobs go on."""
        if self.client is not None:
            await self.client.aclose()
            self.client = None

    async def open_client(self) -> VideoClient:
        """The client, made when it is first needed."""
        from videogen_agents.client import VideoClient

        async with self._opening:
            if self.client is None:
                self.client = VideoClient(self.settings)
            return self.client

    def tools(self) -> tuple[ListedTool, ...]:
        """The tools that the policy allows, in table order."""
        return tuple(tool for tool in listed_tools() if self.policy.allows(tool))


async def call_tool(
    toolbox: Toolbox, name: str, arguments: Mapping[str, Any], report: ReportProgress = _silent
) -> ToolOutcome:
    """Run a tool. Every VideoError becomes an outcome with ``is_error``; cancellation passes through.

    A fault of ours becomes one too, without its details: those go to the log.
    """
    try:
        await asyncio.to_thread(importlib.import_module, "videogen_agents.tools.table")
        from videogen_agents.tools.arguments import readable_arguments
        from videogen_agents.tools.table import tool_named

        spec = tool_named(name)
        toolbox.policy.check(spec)
        request = spec.parse(readable_arguments(arguments, spec.schema))
        may_save = not toolbox.policy.read_only
        context = CallContext(await toolbox.open_client(), toolbox.settings, report, may_save)
        return await spec.run(request, context)
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
