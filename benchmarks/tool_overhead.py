"""What a tool call costs beyond the one HTTP request that answers it, by each way in."""

from __future__ import annotations

from benchmarks.processes import median, module
from benchmarks.report import Options, Row

NAMES = {
    "table": "call_tool",
    "openai": "OpenAI Agents SDK tool",
    "langchain": "LangChain tool",
    "mcp": "MCP in process, 2026-07-28",
    "mcp_legacy": "MCP in process, 2025-11-25",
}
GOAL_MS = 2.0


def rows(options: Options) -> list[Row]:
    """Each run asks every way in by turns; of the runs' medians the median is shown. Processor time decides: it is
    what the call costs, whatever else the machine does."""
    rounds = "100" if options.quick else "500"
    runs = [module("tool_calls", rounds) for _ in range(options.repeats)]
    found: list[Row] = []
    for tool, what in (("find", "find voices"), ("get_job", "get_job of a running job")):
        direct = {clock: median(runs, f"{tool} direct {clock}") for clock in ("cpu", "wall")}
        found.append(Row(f"{what}: the request by httpx", f"{direct['cpu']:.2f} ms CPU, {direct['wall']:.2f} ms wall"))
        for name, shown in NAMES.items():
            beyond = {clock: median(runs, f"{tool} {name} {clock}") - direct[clock] for clock in direct}
            value = f"+ {beyond['cpu']:.2f} ms CPU, + {beyond['wall']:.2f} ms wall"
            found.append(Row(f"{what}: {shown}", value, f"≤ + {GOAL_MS:.0f} ms CPU", beyond["cpu"] <= GOAL_MS))
    bare = {clock: median(runs, f"find mcp_bare {clock}") for clock in ("cpu", "wall")}
    value = f"{bare['cpu']:.2f} ms CPU, {bare['wall']:.2f} ms wall"
    return [*found, Row("for comparison: a bare `mcp` tool that says hello, 2025-11-25", value)]
