"""How many o200k_base tokens the tools cost a model's context, per tool and in sum.

Without arguments it prints a table from ``src/videogen_agents/tools/listing.json`` as it stands. ``--whole`` also
measures the tools/list result as our server sends it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LISTING = ROOT / "src" / "videogen_agents" / "tools" / "listing.json"
sys.path.insert(0, str(ROOT))

from conformance import node  # noqa: E402  (lives at the root of the repository, not on the path before)

MAX_TOOLS, MAX_SURFACE, MAX_TOOL, MAX_WHOLE = 12, 2_500, 600, 4_500


def compact(value: Any) -> str:
    """JSON as hosts send it to models: no spaces, no escapes beyond the necessary."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def count(texts: Sequence[str]) -> list[int]:
    """Tokens of each text. Raises NodeError when the tokeniser cannot run."""
    done = node.run("count_tokens.mjs", stdin=json.dumps(list(texts)))
    if done.returncode != 0:
        raise node.NodeError(f"count_tokens.mjs ended with code {done.returncode}.\n{done.stderr}")
    return json.loads(done.stdout)


def tools_list() -> dict[str, Any]:
    """The result of tools/list of our server over stdio."""
    messages = [
        {
            "jsonrpc": "2.0",
            "id": 1,
            "method": "initialize",
            "params": {
                "protocolVersion": "2025-11-25",
                "capabilities": {},
                "clientInfo": {"name": "budget", "version": "1"},
            },
        },
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/list", "params": {}},
    ]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VIDEOGEN_")}
    with (
        tempfile.TemporaryDirectory() as home,
        subprocess.Popen(
            [sys.executable, "-m", "videogen_agents", "mcp"],
            env={**kept, "VIDEOGEN_AGENTS_HOME": home},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        ) as server,
    ):
        assert server.stdin is not None
        assert server.stdout is not None
        for message in messages:
            server.stdin.write(json.dumps(message) + "\n")
        server.stdin.flush()
        answers = [json.loads(server.stdout.readline()) for _ in range(2)]
        server.stdin.close()
    return answers[1]["result"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--whole", action="store_true", help="also the tools/list result as our server sends it")
    chosen = parser.parse_args()
    tools = json.loads(LISTING.read_text(encoding="utf-8"))
    parts: list[str] = []
    for tool in tools:
        shown = {"name": tool["name"], "description": tool["description"], "inputSchema": tool["input_schema"]}
        parts += [compact(shown), tool["description"], compact(tool["input_schema"]), compact(tool["result_schema"])]
    whole = [compact(tools_list())] if chosen.whole else []
    counts = count(parts + whole)
    rows = [counts[index : index + 4] for index in range(0, len(parts), 4)]
    out = [f"{'tool':<18}{'all':>7}{'descr.':>8}{'schema':>8}   {'result':>6}"]
    for tool, row in zip(tools, rows, strict=True):
        over = f"  OVER {MAX_TOOL}" if row[0] > MAX_TOOL else ""
        out.append(f"{tool['name']:<18}{row[0]:>7}{row[1]:>8}{row[2]:>8}   {row[3]:>6}{over}")
    sums = [sum(column) for column in zip(*rows, strict=True)]
    over = f"  OVER {MAX_SURFACE}" if sums[0] > MAX_SURFACE else ""
    out.append(f"{f'{len(tools)} tools':<18}{sums[0]:>7}{sums[1]:>8}{sums[2]:>8}   {sums[3]:>6}{over}")
    if whole:
        over = f"  OVER {MAX_WHOLE}" if counts[-1] > MAX_WHOLE else ""
        out.append(f"tools/list as sent {counts[-1]:>6}{over}")
    out.append(f"limits: {MAX_TOOLS} tools, {MAX_SURFACE} in sum, {MAX_TOOL} a tool, {MAX_WHOLE} tools/list as sent")
    sys.stdout.write("\n".join(out) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
