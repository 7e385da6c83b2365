"""A site on this machine, and a fetch from it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from .site import Site, opened_site


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with opened_site() as opened:
        yield opened
