"""A reference to the user's key that the host could not follow is no key."""

from __future__ import annotations

from pathlib import Path

import pytest

from videogen_agents.config import Backend, load_settings


@pytest.mark.parametrize(
    "left",
    ["${VIDEOGEN_API_KEY}", "${env:VIDEOGEN_API_KEY}", "${input:videogen-api-key}", "${user_config.api_key}", ""],
)
def test_what_hosts_leave_of_a_reference_is_read_as_nothing(left: str, tmp_path: Path) -> None:
    settings = load_settings(
        environ={
            "VIDEOGEN_API_KEY": left,
            "VIDEOGEN_BASE_URL": left,
            "VIDEOGEN_AGENTS_BACKEND": left,
            "VIDEOGEN_AGENTS_HOME": str(tmp_path),
            "VIDEOGEN_AGENTS_OUTPUT_DIR": left,
        }
    )
    assert (settings.backend, settings.api_key) == (Backend.EMBEDDED, None)
    assert settings.output_dir == tmp_path / "videos"


def test_a_key_that_only_looks_odd_is_a_key(tmp_path: Path) -> None:
    settings = load_settings(environ={"VIDEOGEN_API_KEY": "sk_${x}", "VIDEOGEN_AGENTS_HOME": str(tmp_path)})
    assert settings.backend is Backend.HOSTED
