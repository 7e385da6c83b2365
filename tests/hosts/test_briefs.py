"""Hosts that cut off long calls complete two briefs with no human, and the films arrive as files."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import av
import pytest

from ..command import environment
from .frameworks import HOSTS
from .maker import EDIT, EXPLAINER, UNDO, VERTICAL

pytestmark = pytest.mark.xdist_group("hosts")
#: Seconds that hosts give one call.
LIMITS = (5, 10, 60, 120)
#: Over MCP the Agents SDK cuts off at 5 s by its own default; 60 is what our helper sets.
PAIRS = [
    *itertools.product(("mcp", "agents sdk", "langchain"), LIMITS),
    *itertools.product(("agents sdk over mcp",), (5, 60)),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One engine for all hosts, so that pictures are drawn once."""
    return tmp_path_factory.mktemp("hosts") / "home"


@pytest.mark.parametrize(("framework", "limit"), PAIRS)
async def test_two_briefs_become_two_films_within_the_hosts_limit_for_every_call(
    framework: str, limit: int, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment(home).items():
        monkeypatch.setenv(name, value)
    async with HOSTS[framework](home, limit) as host:
        first = await host(EXPLAINER)
        second = await host(VERTICAL)
    wide, tall = film_in(first.answer), film_in(second.answer)
    assert 38 <= wide.seconds <= 52 and 38 <= tall.seconds <= 55
    assert wide.width * 9 == wide.height * 16
    assert tall.width * 16 == tall.height * 9
    assert wide.path != tall.path
    if framework != "agents sdk over mcp":
        assert any("SLT" in part for part in first.made_by)
        assert any(part.startswith("speech:") and "SLT" not in part for part in second.made_by)


@pytest.mark.parametrize("framework", ["mcp", "agents sdk", "langchain"])
async def test_an_edit_in_the_users_words_makes_another_film_and_undoing_it_the_same_film_again(
    framework: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment(home).items():
        monkeypatch.setenv(name, value)
    async with HOSTS[framework](home, 60) as host:
        first = await host(EXPLAINER)
        edited = await host(EDIT)
        undone = await host(UNDO)
    before, after, again = (film_in(told.answer) for told in (first, edited, undone))
    assert 3 < before.seconds - after.seconds < 12, "the third scene is gone"
    assert any(part.startswith("music:") for part in edited.made_by)
    assert not any(part.startswith("music:") for part in undone.made_by)
    assert again.path != before.path and again.path.read_bytes() == before.path.read_bytes()


class Film:
    """A film on disk, looked into."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with av.open(str(path)) as film:
            picture = film.streams.video[0]
            assert film.streams.audio and film.duration
            self.width, self.height = picture.width, picture.height
            self.seconds = film.duration / av.time_base


def film_in(answer: str) -> Film:
    """The film that the user is told of."""
    path = re.search(r"/\S.*\.mp4", answer)
    assert path is not None, answer
    return Film(Path(path.group()))
