"""The entry point of the .mcpb bundle: the host installs what pyproject.toml names, and runs this."""

from __future__ import annotations

import os
import sys

from videogen_agents.cli import main

if __name__ == "__main__":
    for name, value in list(os.environ.items()):
        # Some hosts leave the placeholder of a setting that nobody filled in.
        if name.startswith("VIDEOGEN_") and value.startswith("${user_config."):
            del os.environ[name]
    sys.argv = ["videogen-agents", "mcp"]
    main()
