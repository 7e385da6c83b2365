"""``python -m benchmarks [--quick] [NAME …]``: run the benchmarks and print their tables as Markdown."""

from __future__ import annotations

import argparse
import importlib
import sys

from benchmarks.report import Options, machine, section

#: Module of ``benchmarks`` with ``rows(options)``, and the heading of its table.
BENCHMARKS = {
    "film": "One minute, 1080p30",
    "growth": "Ten minutes",
    "user_films": "Films of what users bring, 1080p30",
    "remix": "Edits of twenty scenes, 1080p30",
    "mcp_start": "MCP server start",
    "tool_overhead": "A tool call",
    "waits": "Waits",
    "search": "Finding files",
    "alignment": "Texts found in recordings",
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--quick", action="store_true", help="small pictures, no MoviePy: minutes, not an hour")
    parser.add_argument("--repeats", type=int, default=3, help="what medians are taken of")
    chosen = parser.parse_args()
    options = Options(repeats=chosen.repeats, quick=chosen.quick)
    print(machine(), flush=True)
    missed = 0
    for name in chosen.names or BENCHMARKS:
        found = importlib.import_module(f"benchmarks.{name}").rows(options)
        missed += sum(row.met is False for row in found)
        print("\n" + section(BENCHMARKS[name], found), flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
