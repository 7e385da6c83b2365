"""The entry point of the .mcpb bundle: the host installs what pyproject.toml names, and runs this."""

from __future__ import annotations

import sys

from videogen_agents.cli import main

if __name__ == "__main__":
    sys.argv = ["videogen-agents", "mcp"]
    main()
