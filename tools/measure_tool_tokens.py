"""How many o200k_base tokens the tools cost a model's context, per tool and in sum.

Without arguments it prints a table from ``src/videogen_agents/tools/listing.json`` as it stands. ``--write`` measures
everything and writes ``docs/tool-budget.json``.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from conformance.tool_tokens import (
    FIGURES,
    LIMITS,
    LISTING,
    compact,
    count,
    figures,
    over_limits,
    shown,
    tools_list,
)


def table(whole: bool) -> str:
    """A line a tool: tokens of all that is shown, of the description, of the schema; and of the result's schema."""
    tools = json.loads(LISTING.read_text(encoding="utf-8"))
    all_shown = shown()
    parts: list[str] = []
    for tool in tools:
        parts += [all_shown[tool["name"]], tool["description"]]
        parts += [compact(tool["input_schema"]), compact(tool["result_schema"])]
    counts = count([*parts, compact(tools_list())] if whole else parts)
    rows = [counts[index : index + 4] for index in range(0, len(parts), 4)]
    lines = [f"{'tool':<18}{'all':>7}{'descr.':>8}{'schema':>8}   {'result':>6}"]
    for tool, row in zip(tools, rows, strict=True):
        over = f"  OVER {LIMITS['tool']}" if row[0] > LIMITS["tool"] else ""
        lines.append(f"{tool['name']:<18}{row[0]:>7}{row[1]:>8}{row[2]:>8}   {row[3]:>6}{over}")
    sums = [sum(column) for column in zip(*rows, strict=True)]
    lines.append(f"{f'{len(tools)} tools':<18}{sums[0]:>7}{sums[1]:>8}{sums[2]:>8}   {sums[3]:>6}")
    if whole:
        lines.append(f"tools/list as sent {counts[-1]:>6}")
    limits = ", ".join(f"{name} {limit}" for name, limit in LIMITS.items())
    return "\n".join([*lines, f"limits: {limits}"])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--whole", action="store_true", help="also the tools/list result as our server sends it")
    parser.add_argument("--write", action="store_true", help="measure everything and write docs/tool-budget.json")
    chosen = parser.parse_args()
    if not chosen.write:
        sys.stdout.write(table(chosen.whole) + "\n")
        return 0
    measured = figures()
    FIGURES.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")
    over = over_limits(measured)
    sys.stdout.write("\n".join([compact(measured), *over]) + "\n")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
