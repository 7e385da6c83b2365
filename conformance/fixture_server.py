"""``python -m conformance.fixture_server PORT``: the server of ``fixtures`` over HTTP."""

from __future__ import annotations

import sys

import uvicorn

from conformance.fixtures import add_fixtures
from videogen_agents.tools import Toolbox
from videogen_agents_mcp.server import build_server


def main(port: int) -> None:
    app = add_fixtures(build_server(Toolbox())).streamable_http_app()
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    main(int(sys.argv[1]))
