"""One engine for all tests of this folder."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# The tests share what lies beside them.
sys.path.insert(0, str(Path(__file__).parent))

from booth import Booth


@pytest.fixture(scope="package")
def booth(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Booth]:
    opened = Booth(tmp_path_factory.mktemp("tools") / "home")
    yield opened
    opened.close()
