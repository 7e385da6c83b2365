"""The figures of ``docs/tool-budget.json`` are true, and within their limits."""

from __future__ import annotations

import json
from collections.abc import Iterator

from conformance.report import Check
from conformance.tool_tokens import FIGURES, LIMITS, figures, over_limits


def checks() -> Iterator[Check]:
    """Two checks: the limits, and the file."""
    measured = figures()
    yield Check(
        f"{measured['tools']} tools cost {measured['surface']} tokens (at most {LIMITS['surface']}),"
        f" tools/list {measured['tools_list']} (at most {LIMITS['tools_list']}),"
        f" a finished film {measured['finished_film']} (at most {LIMITS['finished_film']})",
        "; ".join(over_limits(measured)),
    )
    written = json.loads(FIGURES.read_text(encoding="utf-8"))
    changed = [name for name in measured if written.get(name) != measured[name]]
    said = f"{', '.join(changed)} differ; look at the change and write it down with: make budget"
    yield Check("docs/tool-budget.json is what was measured", said if changed else "")
