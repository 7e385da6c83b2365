"""``python -m conformance [PART …]``: run the parts, print a line for each check, end non-zero when one fails."""

from __future__ import annotations

import argparse
import importlib
import sys
import time
import traceback
from collections.abc import Iterator

from conformance import node
from conformance.report import Check

#: Module of ``conformance`` with ``checks() -> Iterable[Check]``, and what it asks.
PARTS = {
    "budget": "what the tools cost a model's context",
    "suites": "the protocol's own conformance suites",
    "inspector": "the protocol's Inspector, as a command",
    "ai_sdk": "the AI SDK's client, up to a film",
}


def _checks(part: str) -> Iterator[Check]:
    """The checks of a part, with one more when it broke off: the other parts still say what they see."""
    try:
        yield from importlib.import_module(f"conformance.{part}").checks()
    except Exception:
        yield Check(f"{part} runs to its end", traceback.format_exc())


def main() -> int:
    parser = argparse.ArgumentParser(prog="conformance", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help="; ".join(f"{k}: {v}" for k, v in PARTS.items()))
    chosen = parser.parse_args().parts or list(PARTS)
    if unknown := sorted(set(chosen) - set(PARTS)):
        parser.error(f"there is no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    try:
        node.install()
    except node.NodeError as error:
        print(error, file=sys.stderr)
        return 2
    passed = failed = 0
    for part in chosen:
        began = time.monotonic()
        print(f"\n{part}: {PARTS[part]}", flush=True)
        for check in _checks(part):
            print(f"  {check.line()}", flush=True)
            passed += check.passed
            failed += not check.passed
        print(f"  ({time.monotonic() - began:.0f} s)", flush=True)
    print(f"\nconformance: {passed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
