"""CMU Flite in a sandbox: a WASI module that sees one empty folder, no environment and bounded memory.

Run as ``python -m videogen_engine.speech.flite_process MODULE.wasm COMPILED.cwasm SCRATCH_FOLDER``. A request
is ``{"id", "text", "voice", "stretch"}`` with text of ``a``–``z``, apostrophes and pause marks; the body is
``{"sample_rate", "phones": [[symbol, end], …], "words": [[symbol, …], …]}`` (seconds; one list per word,
the phones of that word spoken by itself), the sound is mono PCM16.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
import tempfile
import wave
from pathlib import Path
from threading import Lock

from wasmtime import Config, Engine, ExitTrap, Linker, Module, Store, WasiConfig, WasmtimeError

from videogen_engine.speech.child_server import Message, serve

_MEMORY_BYTES = 512 * 1024 * 1024
#: The quickest voice with the same dictionary and phones; it speaks words only to tell their phones.
_LEXICON_VOICE = "kal16"
_VOICES = frozenset({"slt", "rms", "awb", "kal16"})
_PLAIN = re.compile(r"[a-z' .,?!;:]{1,2000}")
_PAUSE_MARKS = ".,?!;:"


class FliteSandbox:
    """Runs the module's command line, one fresh instance for each call. Safe in several threads."""

    def __init__(self, module: Path, compiled: Path, scratch: Path) -> None:
        self._engine = Engine(Config())
        self._module = _load(self._engine, module, compiled)
        self._linker = Linker(self._engine)
        self._linker.define_wasi()
        self._scratch = scratch
        self._phones: dict[str, list[str]] = {}
        self._learning = Lock()

    def answer(self, request: Message) -> tuple[Message, bytes]:
        text, voice, stretch = str(request["text"]), str(request["voice"]), float(str(request["stretch"]))
        if not _PLAIN.fullmatch(text) or voice not in _VOICES or not 0.2 <= stretch <= 5:
            raise ValueError("the request holds something that is not plain text, a voice or a stretch")
        words = [bare for word in text.split() if (bare := word.strip(_PAUSE_MARKS))]
        self._learn(words)
        with tempfile.TemporaryDirectory(dir=self._scratch) as folder:
            options = ["-voice", voice, "--setf", f"duration_stretch={stretch:.4f}", "-psdur"]
            printed = self._run(Path(folder), [*options, "-t", text, "-o", "/speech.wav"])
            rate, sound = _wave_of((Path(folder) / "speech.wav").read_bytes())
        phones = [[symbol, float(end)] for symbol, _, end in (part.rpartition(":") for part in printed.split())]
        body: Message = {"sample_rate": rate, "phones": phones, "words": [self._phones[w] for w in words]}
        return body, sound

    def _learn(self, words: list[str]) -> None:
        with self._learning:
            new = sorted({word for word in words if word not in self._phones})
            lines = self._spell(new) if new else []
            if len(lines) != len(new):
                lines = [" ".join(self._spell([word])) for word in new]
            for word, line in zip(new, lines, strict=True):
                self._phones[word] = [phone for phone in line.split() if phone != "pau"]

    def _spell(self, words: list[str]) -> list[str]:
        with tempfile.TemporaryDirectory(dir=self._scratch) as folder:
            # Without the empty lines at the end the last word is dropped.
            (Path(folder) / "words.txt").write_text("".join(f"{word}\n\n" for word in words) + "\n\n", "ascii")
            options = ["-voice", _LEXICON_VOICE, "--setf", "duration_stretch=0.05", "-ps"]
            printed = self._run(Path(folder), [*options, "-f", "/words.txt", "-o", "none"])
        return [line for line in printed.splitlines() if line.strip()]

    def _run(self, folder: Path, arguments: list[str]) -> str:
        """What the command line prints; files go to ``folder``, which the module sees as its root."""
        printed = folder / ".printed"
        wasi = WasiConfig()
        wasi.argv = ["flite", *arguments]
        wasi.preopen_dir(str(folder), "/")
        wasi.stdout_file = str(printed)
        store = Store(self._engine)
        store.set_limits(memory_size=_MEMORY_BYTES, instances=1, memories=1)
        store.set_wasi(wasi)
        start = self._linker.instantiate(store, self._module).exports(store)["_start"]
        try:
            start(store)  # pyright: ignore[reportCallIssue]
        except ExitTrap as ended:
            if ended.code:
                raise RuntimeError(f"flite ended with code {ended.code}") from None
        finally:
            store.close()
        return printed.read_text("ascii")


def _load(engine: Engine, module: Path, compiled: Path) -> Module:
    """The module from machine code kept by an earlier run, or compiled now (0.5 s) and kept.

    Kept code is used only if no one else could have written it; wasmtime itself refuses code that another
    version of it made or that this processor cannot run. A cache that cannot be kept is done without.
    """
    with contextlib.suppress(OSError):
        compiled.parent.mkdir(mode=0o700, exist_ok=True)
    private = _is_private(compiled.parent)
    if private and compiled.is_file() and _is_private(compiled):
        with contextlib.suppress(WasmtimeError):
            return Module.deserialize_file(engine, str(compiled))
    made = Module(engine, module.read_bytes())
    if private:
        with contextlib.suppress(OSError):
            with tempfile.NamedTemporaryFile(dir=compiled.parent, delete=False) as file:
                file.write(made.serialize())
            Path(file.name).replace(compiled)
    return made


def _is_private(path: Path) -> bool:
    """Whether only this user can have written it. Where there are no such bits, the temporary folder is private."""
    if not hasattr(os, "getuid"):
        return path.exists()
    try:
        found = path.lstat()
    except OSError:
        return False
    return found.st_uid == os.getuid() and not found.st_mode & 0o022 and not path.is_symlink()


def _wave_of(data: bytes) -> tuple[int, bytes]:
    with wave.open(io.BytesIO(data)) as file:
        return file.getframerate(), file.readframes(file.getnframes())


def main() -> None:
    module, compiled, scratch = (Path(argument) for argument in sys.argv[1:4])
    serve(lambda: FliteSandbox(module, compiled, scratch), workers=2)


if __name__ == "__main__":
    main()
