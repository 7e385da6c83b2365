"""The command line: what it prints where, what it refuses before it starts, and its exit codes."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from videogen_agents import __version__
from videogen_agents.cli import COMMANDS


def test_help_names_every_command_and_exit_code(command) -> None:
    shown = command("--help")
    assert shown.code == 0
    assert all(name in shown.out for name in COMMANDS)
    assert "130 interrupted" in " ".join(shown.out.split())
    for name in COMMANDS:
        assert command(name, "--help").code == 0


def test_the_version_is_the_packages(command) -> None:
    assert __version__ in command("--version").out


def test_help_loads_neither_client_nor_engine() -> None:
    code = (
        "import sys\nfrom videogen_agents.cli import main\nsys.argv = ['videogen-agents', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n"
        "    print(sorted({'httpx', 'pydantic', 'videogen_engine'} & set(sys.modules)), file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert result.stderr.strip() == "[]"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["no-such-command"], 2),
        (["make"], 2),
        (["make", "script.txt", "--pacing", "QUICK"], 2),
        (["make", "script.txt", "--aspect", "wide"], 2),
        (["make", "script.txt", "--aspect", "0:9"], 3),
        (["make", "script.txt", "--speed", "9"], 2),
        (["make", "script.txt", "-o", "."], 2),
        (["make", "script.txt", "-o", "script.txt"], 2),
        (["make", "script.txt", "-o", "script.txt/film.mp4"], 3),
        (["make", "missing.txt"], 3),
        (["make", "empty.txt"], 3),
        (["make", "binary.txt"], 3),
        (["make", "long.txt"], 3),
        (["make", "script.txt", "--backend", "hosted"], 3),
        (["make", "script.txt", "--backend", "cloud"], 2),
        (["jobs", "--limit", "0"], 2),
        (["serve", "--port", "70000"], 2),
        (["mcp", "--tools", "no_such_tool"], 3),
        (["gc", "--keep-gb", "-1"], 2),
    ],
)
def test_what_is_refused_says_why_and_touches_nothing(arguments: list[str], code: int, command, tmp_path: Path) -> None:
    (tmp_path / "script.txt").write_text("Water keeps you sharp.")
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / "binary.txt").write_bytes(b"\xff\xfe\x00\x01")
    (tmp_path / "long.txt").write_bytes(b"a" * 1_000_001)
    outcome = command(*arguments)
    assert outcome.code == code
    assert outcome.out == ""
    assert outcome.err.strip() and "Traceback" not in outcome.err
    if code == 3:
        assert outcome.err.startswith("error: ") and "fix_input]" in outcome.err and "next: " in outcome.err
    assert not (tmp_path / "home").exists()
    assert (tmp_path / "script.txt").read_text() == "Water keeps you sharp."


def test_an_empty_script_on_standard_input_is_refused(command) -> None:
    assert command("make", "-", text=b"").code == 3


def test_a_port_that_is_taken_is_to_be_tried_later(command) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = command("serve", "--port", str(taken.getsockname()[1]))
    assert refused.code == 4
    assert refused.out == "" and "retry_later" in refused.err


def test_an_address_that_others_reach_is_refused(command) -> None:
    refused = command("serve", "--host", "0.0.0.0", "--port", "0")
    assert refused.code == 3
    assert refused.out == "" and "remote_bind_refused" in refused.err


def test_an_unknown_backend_in_the_environment_is_refused(command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIDEOGEN_AGENTS_BACKEND", "cloud")
    refused = command("jobs")
    assert refused.code == 3 and "'hosted' or 'embedded'" in refused.err


def test_a_home_without_jobs_lists_none_and_knows_no_job(command) -> None:
    listed = command("jobs")
    assert listed.code == 0 and "No jobs yet" in listed.out
    for name in ("job", "cancel"):
        unknown = command(name, "vg_work_none")
        assert unknown.code == 3
        assert "There is no job 'vg_work_none'" in unknown.err
