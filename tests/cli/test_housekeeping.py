"""``serve``, ``gc`` and ``doctor``: what they promise on the outside."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx

from videogen_engine.settings import load_engine_settings
from videogen_engine.store.artifact_store import MediaArtifactStore
from videogen_engine.store.media_store import MediaStore

from ..command import COMMAND, environment, run

#: What the ``engine`` extra brings, by import name.
ENGINE_MODULES = (
    "av",
    "numpy",
    "cv2",
    "PIL",
    "resvg_py",
    "wasmtime",
    "espeakng_loader",
    "obstore",
    "sqlalchemy",
    "alembic",
    "dbos",
    "starlette",
    "uvicorn",
    "filelock",
)
WITHOUT_ENGINE = f"""
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {ENGINE_MODULES!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Absent())
from videogen_agents.cli import main
main()
"""


def test_serve_prints_two_lines_to_paste_and_ends_cleanly(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "serve", "--port", "0"],
        env=environment(tmp_path / "home"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip().removeprefix("VIDEOGEN_BASE_URL=")
        key = process.stdout.readline().strip().removeprefix("VIDEOGEN_API_KEY=")
        assert url.startswith("http://127.0.0.1:") and key.startswith("sk_local_")
        assert httpx.get(f"{url}/healthz").status_code == 200
        assert httpx.get(f"{url}/v1/me").status_code == 401
        assert httpx.get(f"{url}/v1/me", headers={"Authorization": f"Bearer {key}"}).status_code == 200
        process.send_signal(signal.SIGINT)
        rest, logged = process.communicate(timeout=60)
    assert process.returncode == 0
    assert rest == ""
    assert "Traceback" not in logged and key not in logged


def test_gc_shows_first_and_frees_only_when_told(command, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert "nothing there yet" in command("gc").out
    settings = load_engine_settings(home=home, environ={})
    made = tmp_path / "made.json"
    made.write_bytes(b"{}" * 500)
    artifacts = MediaArtifactStore(MediaStore(settings.media_url))
    old = artifacts.path(artifacts.publish("step-plan/ab/abcdef.json", made, "application/json"))
    made.write_bytes(b"[]" * 500)
    fresh = artifacts.path(artifacts.publish("step-plan/cd/cdefab.json", made, "application/json"))
    long_ago = time.time() - 40 * 24 * 3600
    os.utime(old, (long_ago, long_ago))
    shown = command("gc")
    assert shown.code == 0
    assert "To free: 1.0 kB" in shown.out and "artifacts" in shown.out
    assert old.exists()
    assert "To free: 0 B" in command("gc", "--older-than", "60").out
    assert "To free: 1.0 kB" in command("gc", "--keep-gb", "0").out
    assert "Freed: 1.0 kB" in command("gc", "--free").out
    assert not old.exists() and fresh.exists()


def test_the_doctor_proves_every_needed_part(tmp_path: Path) -> None:
    result = run("doctor", "--json", home=tmp_path / "home")
    assert result.returncode == 0, result.stdout + result.stderr
    found = json.loads(result.stdout)
    parts = {part["part"]: part for part in found["parts"]}
    assert found["ready"] is True and found["backend"] == "embedded"
    assert {part["finding"] for part in parts.values() if part["needed"]} <= {"proven", "degraded"}
    for name in ("speech", "pictures", "film", "database", "word vectors", "voice, fonts and icons"):
        assert parts[name]["finding"] == "proven", parts[name]
        assert parts[name]["needed"] is True
    assert "voices in" in parts["voices and providers"]["said"]
    assert "63 operations of the contract" in parts["operations"]["said"] and not parts["operations"]["needed"]
    assert "generate sound effect" in parts["standalone assets"]["said"]
    assert parts["mcp adapter"]["finding"] == "proven"


def test_without_the_engine_the_doctor_says_what_to_install(tmp_path: Path) -> None:
    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", WITHOUT_ENGINE, *arguments],
            env=environment(tmp_path / "home"),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    result = call("doctor", "--json")
    assert result.returncode == 6, result.stderr
    parts = {part["part"]: part for part in json.loads(result.stdout)["parts"]}
    assert parts["data home"]["finding"] == "proven"
    for name in ("speech", "pictures", "film", "database", "durable queue"):
        assert parts[name]["finding"] == "missing"
    assert parts["speech"]["enable"] == "pip install 'videogen-agents[engine]'"
    for command in (["serve"], ["gc"], ["make", "-"]):
        refused = (
            call(*command)
            if command[0] != "make"
            else subprocess.run(
                [sys.executable, "-c", WITHOUT_ENGINE, *command],
                env=environment(tmp_path / "home"),
                input="Water keeps you sharp.",
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
        )
        assert refused.returncode == 5, refused.stderr
        assert "videogen-agents[engine]" in refused.stderr and "Traceback" not in refused.stderr
