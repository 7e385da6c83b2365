"""``python -m conformance.fixture_server PORT``: the server of ``fixtures``, served as users' is."""

from __future__ import annotations

import sys
from typing import Any

from mcp.server.lowlevel import Server

from conformance.fixtures import add_fixtures
from videogen_agents.tools import Toolbox
from videogen_agents_mcp import http

_build = http.build_server


def _build_with_fixtures(*arguments: Any, **options: Any) -> Server[None]:
    return add_fixtures(_build(*arguments, **options))


def main(port: int) -> None:
    # The application around the server is the one that users get; only what it serves is extended.
    http.build_server = _build_with_fixtures
    http.serve_http(Toolbox(), http.HttpOptions(port=port), tasks=True, on_ready=lambda _url: None)


if __name__ == "__main__":
    main(int(sys.argv[1]))
