"""What hosts are shown is made ready beforehand, and is the table's own."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path

from videogen_agents.tools.listing import LISTINGS

ROOT = Path(__file__).parents[2]


def test_each_listing_is_what_its_table_says() -> None:
    recipe = runpy.run_path(str(ROOT / "tools" / "write_tool_listing.py"))
    for surface, path in LISTINGS.items():
        assert path.read_text(encoding="utf-8") == recipe["listing"](surface), "run tools/write_tool_listing.py"


def test_listing_the_tools_loads_neither_contract_nor_client() -> None:
    code = """
import sys
from videogen_agents.tools import Toolbox
assert len(Toolbox().tools()) > 3
print(sorted({"videogen_agents.contract", "videogen_agents.client", "httpx"} & set(sys.modules)))
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (result.stdout.strip(), result.stderr) == ("[]", "")
