"""The protocol's own conformance suites, against the server that users get, with the suites' fixtures added.

``baseline.toml`` names every check that may fail, with the reason. A failure that it does not name fails the run, and
so does a named check that passes: the entry is then to be removed.
"""

from __future__ import annotations

import asyncio
import json
import re
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from conformance import node
from conformance.report import Check
from conformance.serving import environment, free_port, python, served
from mcp import Client

BASELINE = Path(__file__).with_name("baseline.toml")
NEW = "node_modules/@modelcontextprotocol/conformance/dist/index.js"
STABLE = "node_modules/conformance-stable/dist/index.js"
#: Each run: the suite's program, and which scenarios. ``--requirements`` is the frozen list of a released revision,
#: with its optional extensions, each judged at that revision's wire.
RUNS: dict[str, tuple[str, tuple[str, ...]]] = {
    "stable release, every scenario": (STABLE, ("--suite", "all")),
    "2025-11-25": (NEW, ("--requirements", "2025-11-25")),
    "2026-07-28": (NEW, ("--requirements", "2026-07-28")),
}
#: Scenarios that each run must at least have judged: a suite that judged nothing has proven nothing.
FEWEST = 25
#: As the suites name what they write: the scenario and the time.
FOLDER_OF_SCENARIO = re.compile(r"server-(.+)-\d{4}-\d\d-\d\dT[\d-]+Z")


def checks() -> Iterator[Check]:
    """One check for each run and each failure that the baseline does not explain."""
    expected = _baseline()
    with tempfile.TemporaryDirectory() as home:
        environ = environment(Path(home))
        port = free_port()
        with served([python(), "-m", "conformance.fixture_server", str(port)], port, environ) as url:
            asyncio.run(_engine_is_up(url))
            for run, (program, chosen) in RUNS.items():
                results = Path(home) / run
                done = node.run(program, "server", "--url", url, *chosen, "-o", str(results), environ=environ)
                yield from judge(run, _results(results), expected.pop(run, {}), done.stderr)
    for run in expected:
        yield Check(f"baseline.toml names only runs that exist ({run})", "there is no such run")


async def _engine_is_up(url: str) -> None:
    """Calls that come while the engine starts are told to come again, which no suite does."""
    async with Client(url) as client:
        while "still_starting" in str(await client.call_tool("find", {"type": "voices"})):
            pass


def _baseline() -> dict[str, dict[tuple[str, str], str]]:
    """Reason by scenario and check, by run."""
    entries = tomllib.loads(BASELINE.read_text(encoding="utf-8"))["expected"]
    found: dict[str, dict[tuple[str, str], str]] = {}
    for entry in entries:
        if not entry["reason"].strip():
            raise ValueError(f"{BASELINE.name}: an entry of {entry['scenario']} has no reason.")
        for run in entry["runs"]:
            for check in entry["checks"]:
                found.setdefault(run, {})[entry["scenario"], check] = entry["reason"]
    return found


def _results(folder: Path) -> dict[str, list[dict[str, str]]]:
    """What the suite wrote of each scenario: its checks with ``id``, ``status`` and perhaps ``errorMessage``."""
    found: dict[str, list[dict[str, str]]] = {}
    for path in sorted(folder.glob("*/checks.json")):
        scenario = FOLDER_OF_SCENARIO.fullmatch(path.parent.name)
        assert scenario is not None, path.parent.name
        found[scenario[1]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def judge(
    run: str, results: dict[str, list[dict[str, str]]], expected: dict[tuple[str, str], str], errors: str
) -> Iterator[Check]:
    failed: dict[tuple[str, str], str] = {}
    passed: set[tuple[str, str]] = set()
    for scenario, found in results.items():
        for check in found:
            key = scenario, check["id"]
            if check["status"] in {"FAILURE", "WARNING"}:
                failed[key] = check.get("errorMessage") or check.get("description", "")
            elif check["status"] == "SUCCESS":
                passed.add(key)
    for (scenario, check), message in sorted(failed.items()):
        if (scenario, check) not in expected:
            yield Check(f"MCP conformance, {run}: {scenario}, {check}", message)
    for scenario, check in sorted(expected):
        if (scenario, check) not in failed:
            what = "passes" if (scenario, check) in passed else "was not judged"
            yield Check(
                f"MCP conformance, {run}: the baseline is current for {scenario}, {check}",
                f"the check {what}; remove it from baseline.toml",
            )
    known = sum(key in expected for key in failed)
    yield Check(
        f"MCP conformance, {run}: {len(passed - set(failed))} checks of {len(results)} scenarios pass,"
        f" {known} fail as baseline.toml explains",
        "" if len(results) >= FEWEST else f"fewer than {FEWEST} scenarios were judged:\n{errors[-2000:]}",
    )
