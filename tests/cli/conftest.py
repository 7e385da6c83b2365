"""The command, called in this process."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from videogen_agents.cli import main


class Outcome:
    """A finished call of the command in this process."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path):
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, text: bytes | None = None) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["videogen-agents", *arguments])
        if text is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Outcome(int(ended.value.code or 0), printed.out, printed.err)

    return run
