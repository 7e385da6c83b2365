"""The engines' own processes: they are replaced when they die, stopped when they hang, and end with us."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from videogen_agents.errors import InternalError, UnavailableError
from videogen_engine.bundled_assets import flite_module
from videogen_engine.speech.child_process import ChildProcess
from videogen_engine.speech.voices import find_voice

ESPEAK = "videogen_engine.speech.espeak_process"
FLITE = "videogen_engine.speech.flite_process"
HELLO = {"text": "hello world", "voice": "en-us", "rate": 155, "speed": 1.0}


def flite_arguments(folder: Path) -> list[str]:
    scratch = folder / "scratch"
    scratch.mkdir(exist_ok=True)
    return [str(flite_module()), str(folder / "code" / "flite.cwasm"), str(scratch)]


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Arguments whose compiled code the first user leaves to the others."""
    return flite_arguments(tmp_path_factory.mktemp("flite"))


def started(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    source = str(Path(__file__).resolve().parents[2] / "src")
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": source},
    )


@pytest.mark.parametrize("module", [ESPEAK, FLITE])
def test_a_process_ends_when_its_parent_is_gone(module: str, compiled: list[str]) -> None:
    process = started(module, *(compiled if module == FLITE else []))
    output, _ = process.communicate(b"", timeout=60)
    assert process.returncode == 0
    assert output == b""


def test_a_killed_process_is_replaced_at_the_next_question() -> None:
    child = ChildProcess(ESPEAK, [], needs="nothing")
    try:
        _, first = child.ask(dict(HELLO), 60)
        running = child._running
        assert running is not None
        running._process.kill()
        running._process.wait()
        _, second = child.ask(dict(HELLO), 60)
    finally:
        child.close()
    assert first == second


def test_a_process_that_does_not_answer_in_time_is_stopped() -> None:
    child = ChildProcess(ESPEAK, [], needs="nothing")
    try:
        with pytest.raises(InternalError, match="did not answer") as caught:
            child.ask(dict(HELLO), 0.0)
        assert caught.value.code == "speech_timeout"
        assert child.ask(dict(HELLO), 60)[1]
    finally:
        child.close()


def test_an_engine_that_cannot_start_says_what_to_install(tmp_path: Path) -> None:
    child = ChildProcess(
        FLITE, [str(tmp_path / "missing.wasm"), str(tmp_path / "x" / "y"), str(tmp_path)], needs="the extra"
    )
    try:
        with pytest.raises(UnavailableError) as caught:
            child.ask({"text": "a", "voice": "slt", "stretch": 1.0}, 60)
    finally:
        child.close()
    assert caught.value.next_step == "Install the extra."


def test_a_closed_engine_answers_nothing_more() -> None:
    child = ChildProcess(ESPEAK, [], needs="nothing")
    child.close()
    with pytest.raises(InternalError, match="closed"):
        child.ask(dict(HELLO), 60)


@pytest.mark.parametrize(
    "request_",
    [
        {"text": "HELLO", "voice": "slt", "stretch": 1.0},
        {"text": "hello 5", "voice": "slt", "stretch": 1.0},
        {"text": "hello", "voice": "/etc/passwd", "stretch": 1.0},
        {"text": "hello", "voice": "slt", "stretch": 1000.0},
        {"text": "a" * 3000, "voice": "slt", "stretch": 1.0},
        {"text": "hello", "voice": "nobody", "stretch": 1.0, "unknown": [1, 2]},
    ],
)
def test_the_sandbox_takes_only_plain_words_and_known_settings(
    request_: dict[str, object], compiled: list[str]
) -> None:
    child = ChildProcess(FLITE, compiled, needs="nothing")
    try:
        with pytest.raises(InternalError, match="speech engine failed"):
            child.ask(request_, 60)
        assert child.ask({"text": "hello", "voice": "slt", "stretch": 1.0}, 60)[1]
    finally:
        child.close()


def test_spoiled_compiled_code_is_made_anew(tmp_path: Path) -> None:
    arguments = flite_arguments(tmp_path)
    compiled = Path(arguments[1])
    compiled.parent.mkdir(mode=0o700)
    compiled.write_bytes(b"not machine code")
    compiled.chmod(0o600)
    child = ChildProcess(FLITE, arguments, needs="nothing")
    try:
        assert child.ask({"text": "hello", "voice": "slt", "stretch": 1.0}, 60)[1]
    finally:
        child.close()
    assert compiled.stat().st_size > 1_000_000


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="file modes mean nothing here")
def test_compiled_code_that_others_could_write_is_not_used(tmp_path: Path) -> None:
    arguments = flite_arguments(tmp_path)
    compiled = Path(arguments[1])
    compiled.parent.mkdir(mode=0o777)
    compiled.parent.chmod(0o777)
    compiled.write_bytes(b"not ours")
    child = ChildProcess(FLITE, arguments, needs="nothing")
    try:
        assert child.ask({"text": "hello", "voice": "slt", "stretch": 1.0}, 60)[1]
    finally:
        child.close()
    assert compiled.read_bytes() == b"not ours"


def test_no_secret_of_the_environment_reaches_a_child(monkeypatch: pytest.MonkeyPatch) -> None:
    from videogen_engine.speech.child_process import _environment

    monkeypatch.setenv("VIDEOGEN_API_KEY", "sk_secret")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    assert not {"VIDEOGEN_API_KEY", "AWS_SECRET_ACCESS_KEY"} & set(_environment())


def test_importing_the_package_brings_in_neither_numpy_nor_an_engine() -> None:
    code = (
        "import sys; import videogen_engine.speech; from videogen_engine.speech.voices import voices; voices();"
        "print(*sorted({'numpy', 'wasmtime', 'espeakng_loader'} & set(sys.modules)))"
    )
    source = str(Path(__file__).resolve().parents[2] / "src")
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env={**os.environ, "PYTHONPATH": source}, check=True
    )
    assert result.stdout.strip() == b""


def test_the_default_voice_is_in_the_bundle() -> None:
    assert flite_module().is_file()
    assert find_voice("vg_voic_flite_slt").is_default
