"""Where the engine's own warnings go: ``logs/engine.log`` in the data home, never the host program's output."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

_MOST_BYTES = 1024**2
#: Without a handler of its own DBOS would write to stderr.
_LOGGERS = ("dbos", "videogen_engine")


def open_engine_log(path: Path) -> logging.Handler:
    """Send warnings and worse of the engine and of DBOS to ``path``, until ``close_engine_log``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(path, maxBytes=_MOST_BYTES, backupCount=1, delay=True, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.setLevel(logging.WARNING)
    for name in _LOGGERS:
        logging.getLogger(name).addHandler(handler)
    dbos = logging.getLogger("dbos")
    dbos.propagate = False
    dbos.setLevel(logging.WARNING)
    return handler


def close_engine_log(handler: logging.Handler) -> None:
    for name in _LOGGERS:
        logging.getLogger(name).removeHandler(handler)
    handler.close()
