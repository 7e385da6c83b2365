"""Settings and the keys that a home makes for itself."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from videogen_agents.errors import InputError
from videogen_engine.settings import load_engine_settings


def test_every_limit_is_overridden_by_its_own_variable(tmp_path: Path) -> None:
    environ = {
        "VIDEOGEN_AGENTS_MAX_SCRIPT_CHARS": "50",
        "VIDEOGEN_AGENTS_MAX_DURATION_SECONDS": "12.5",
        "VIDEOGEN_AGENTS_RENDER_LINES": "180",
        "VIDEOGEN_AGENTS_RENDER_ENCODING": "draft",
    }
    settings = load_engine_settings(home=tmp_path, environ=environ)
    assert settings.limits.max_script_chars == 50
    assert settings.limits.max_duration_seconds == 12.5
    assert settings.render_lines == 180
    assert settings.encoding == "draft"
    assert settings.database_url.endswith("/app.db")
    assert settings.engine_database == tmp_path / "engine.db"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("MAX_SCRIPT_CHARS", "many"),
        ("MAX_UPLOAD_BYTES", "0"),
        ("RENDER_LINES", "181"),
        ("RENDER_ENCODING", "best"),
        ("PUBLIC_URL", "ftp://host"),
        ("PUBLIC_URL", "http://user:secret@host"),
    ],
)
def test_a_bad_value_is_refused_by_the_variable_s_name(tmp_path: Path, variable: str, value: str) -> None:
    with pytest.raises(InputError, match=f"VIDEOGEN_AGENTS_{variable}") as caught:
        load_engine_settings(home=tmp_path, environ={f"VIDEOGEN_AGENTS_{variable}": value})
    assert "secret" not in caught.value.text()


def test_the_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    settings = load_engine_settings(home=tmp_path, environ={})
    key = settings.api_key().get_secret_value()
    assert key.startswith("sk_local_") and len(key) > 40
    assert load_engine_settings(home=tmp_path, environ={}).api_key().get_secret_value() == key
    assert settings.media_secret().get_secret_value() != key
    assert key not in repr(settings)
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "keys" / "api_key").stat().st_mode) == 0o600


def test_processes_that_start_together_agree_on_the_key(tmp_path: Path) -> None:
    program = (
        "import json, sys; from pathlib import Path; from videogen_engine.settings import load_engine_settings\n"
        "sys.stdin.read(1)\n"
        "s = load_engine_settings(home=Path(sys.argv[1]), environ={})\n"
        "print(json.dumps([s.api_key().get_secret_value(), s.media_secret().get_secret_value()]))"
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("!")
        process.stdin.close()
        process.stdin = None
    found = {process.communicate()[0] for process in processes}
    assert len(found) == 1
    assert len(json.loads(found.pop())) == 2
