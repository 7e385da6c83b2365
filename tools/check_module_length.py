"""Fail when a module outgrows its room: 450 lines for source, 600 for a test file."""

from __future__ import annotations

import sys
from pathlib import Path

LIMITS = {"src": 450, "adapters": 450, "tests": 600, "benchmarks": 600, "conformance": 600, "tools": 600}


def main() -> int:
    root = Path(__file__).resolve().parent.parent
    too_long = [
        f"{path.relative_to(root)}: {lines} lines, at most {limit}"
        for folder, limit in LIMITS.items()
        for path in sorted((root / folder).rglob("*.py"))
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > limit
    ]
    sys.stdout.write("\n".join(too_long) + "\n" if too_long else "module length: ok\n")
    return 1 if too_long else 0


if __name__ == "__main__":
    raise SystemExit(main())
