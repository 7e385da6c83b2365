"""What the build hook put into the installation, and how the engine reaches it."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest
from PIL import ImageFont

from videogen_agents.errors import NotFoundError, UnavailableError
from videogen_engine import bundled_assets
from videogen_engine.bundled_assets import BUNDLE_FOLDER, BundledAssets, IconSet, font_files, font_for, icon_svg

ROOT = Path(__file__).resolve().parents[2]
THIRD_PARTY_ENDINGS = (".ttf", ".otf", ".woff", ".woff2", ".wasm", ".svg.zip", ".gz", ".onnx", ".safetensors")


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    return _json(BUNDLE_FOLDER / "bundle.json")


@pytest.fixture(scope="module")
def notice_rows() -> dict[str, list[str]]:
    rows = [line.strip("| ").split(" | ") for line in (ROOT / "NOTICE").read_text().splitlines() if line[:2] == "| "]
    return {row[0]: row for row in rows}


def test_the_notice_names_every_bundled_package_with_its_own_licence(
    manifest: dict[str, Any], notice_rows: dict[str, list[str]]
) -> None:
    locked = _json(ROOT / "build_assets" / "package-lock.json")["packages"]
    assert manifest["packages"]
    for package in manifest["packages"]:
        stated = locked[f"node_modules/{package['name']}"]
        assert notice_rows[package["name"]][1:3] == [stated["version"], stated["license"]]
        assert (package["version"], package["licence"]) == (stated["version"], stated["license"])


def test_every_direct_dependency_lands_in_the_bundle(manifest: dict[str, Any]) -> None:
    wanted = _json(ROOT / "build_assets" / "package.json")["dependencies"]
    assert {package["name"] for package in manifest["packages"]} == set(wanted)


def test_every_bundled_package_brings_its_licence_text(manifest: dict[str, Any]) -> None:
    for package in manifest["packages"]:
        text = bundled_assets.licence_of(package["name"]).text.read_text(encoding="utf-8")
        assert "copyright" in text.lower()
        assert len(text) > 800


def test_the_lock_file_has_hashes_and_no_download_addresses() -> None:
    locked = _json(ROOT / "build_assets" / "package-lock.json")["packages"]
    for name, entry in locked.items():
        assert "resolved" not in entry, name
        assert not name or entry["integrity"].startswith("sha512-"), name


def test_nothing_third_party_is_committed() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    tracked = listed.stdout.splitlines()
    assert [name for name in tracked if name.endswith(THIRD_PARTY_ENDINGS)] == []
    assert [name for name in tracked if "src/videogen_engine/bundled/" in name or "node_modules/" in name] == []


def test_every_file_of_the_bundle_is_as_it_was_made(manifest: dict[str, Any]) -> None:
    for name, about in manifest["files"].items():
        assert hashlib.sha256((BUNDLE_FOLDER / name).read_bytes()).hexdigest() == about["sha256"], name


def test_the_voice_is_a_wasm_module() -> None:
    assert bundled_assets.flite_module().read_bytes()[:4] == b"\0asm"


@pytest.mark.parametrize(
    ("family", "weights"),
    [
        ("Inter", [400, 500, 600, 700, 800, 900]),
        ("Fraunces", [600, 700]),
        ("Playfair", [700]),
        ("Space Grotesk", [500, 700]),
        ("Anton", [400]),
        ("Bebas Neue", [400]),
        ("Caveat", [700]),
        ("Patrick Hand", [400]),
        ("JetBrains Mono", [500]),
    ],
)
def test_the_design_families_are_there_in_their_weights(family: str, weights: list[int]) -> None:
    assert [font.weight for font in font_files() if font.family == family] == weights


def test_every_font_names_itself_as_the_manifest_does_and_draws_what_it_says_it_covers() -> None:
    for font in font_files():
        face = ImageFont.truetype(str(font.path), 16)
        assert str(face.getname()[0]).startswith(font.family)
        for first, _ in font.ranges[:: max(1, len(font.ranges) // 12)]:
            assert font.covers(chr(first))
            if chr(first).isalpha():
                assert face.getmask(chr(first)).getbbox() is not None, (font.path.name, hex(first))


@pytest.mark.parametrize(
    ("text", "language", "family"),
    [
        ("Plain English – “quoted”, 25 °C", "en", "Fraunces"),
        ("Привет, мир", "ru", "Inter"),
        ("Ελληνικά", "el", "Inter"),
        ("مرحبا بالعالم", "ar", "Noto Sans Arabic"),
        ("שלום עולם", "he", "Noto Sans Hebrew"),
        ("नमस्ते दुनिया", "hi", "Noto Sans Devanagari"),
        ("สวัสดีชาวโลก", "th", "Noto Sans Thai"),
        ("你好，世界", "zh", "Noto Sans SC"),
        ("你好，世界", "zh-TW", "Noto Sans TC"),
        ("日本語の字幕", "ja", "Noto Sans JP"),
        ("한국어 자막", "ko", "Noto Sans KR"),
        ("∑ → √ ≤ ✓ ★", "en", "Noto Sans"),
    ],
)
def test_a_text_is_written_in_a_font_that_has_all_of_it(text: str, language: str, family: str) -> None:
    font = bundled_assets.font_for_text(text, family="Fraunces", weight=700, language=language)
    assert font.family == family
    assert font.missing(text) == ()


def test_missing_characters_are_named_once_and_in_order() -> None:
    assert font_for("Inter", 500).missing("a\u0d90b\u0d91\u0d90 \u200d\ufe0f\n") == ("\u0d90", "\u0d91")


def test_the_nearest_weight_is_chosen_and_the_heavier_of_two() -> None:
    assert font_for("Inter", 450).weight == 500
    assert font_for("Fraunces", 100).weight == 600


def test_an_unknown_family_is_answered_with_those_there_are() -> None:
    with pytest.raises(NotFoundError) as caught:
        font_for("Comic Sans", 400)
    assert "Inter" in str(caught.value.next_step)


@pytest.mark.parametrize("icon_set", list(IconSet))
def test_every_icon_is_a_standalone_svg_with_ids_of_its_own(icon_set: IconSet) -> None:
    names = bundled_assets.icon_names(icon_set)
    assert len(names) > 1000
    for name in names[::25]:
        root = ElementTree.fromstring(icon_svg(icon_set, name, id_prefix="scene1-"))
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert root.get("viewBox", "").startswith("0 0 ")
        ids = {element.get("id", "") for element in root.iter()} - {""}
        values = " ".join(value for element in root.iter() for value in element.attrib.values())
        assert all(identity.startswith("scene1-") for identity in ids)
        assert set(re.findall(r"url\(#([^)]+)\)", values)) <= ids


def test_both_emoji_sets_have_the_same_icons_and_each_is_described() -> None:
    shaded = bundled_assets.icon_names(IconSet.EMOJI)
    assert shaded == bundled_assets.icon_names(IconSet.EMOJI_FLAT)
    assert set(shaded) == set(bundled_assets.bundled_assets().icon_words)


def test_icons_that_would_embarrass_are_not_in_the_bundle() -> None:
    names = set(bundled_assets.icon_names(IconSet.EMOJI))
    unwanted = {"pile-of-poo", "skull", "middle-finger", "bomb", "dagger", "latin-cross", "mosque", "crossed-swords"}
    assert names.isdisjoint(unwanted)
    assert not [name for name in names if name.endswith(("-medium-dark", "-oclock", "-thirty"))]
    assert not [name for name in bundled_assets.icon_names(IconSet.LINE) if name.startswith("brand-")]


def test_an_unknown_icon_is_not_found() -> None:
    for name in ("no-such-icon", "../bundle", ""):
        with pytest.raises(NotFoundError):
            icon_svg(IconSet.EMOJI, name)


def test_labels_and_tags_exist_in_other_languages_and_not_in_made_up_ones() -> None:
    german = bundled_assets.bundled_assets().icon_words_in("de")
    assert german["rocket"][0] == "Rakete"
    assert bundled_assets.bundled_assets().icon_words_in("../../etc") == {}
    assert bundled_assets.bundled_assets().icon_words_in("xx") == {}


def test_a_missing_bundle_is_an_error_that_says_how_to_get_it(tmp_path: Path) -> None:
    empty = BundledAssets(tmp_path)
    for ask in (empty.flite_module, lambda: empty.fonts, lambda: empty.icon_svg(IconSet.EMOJI, "rocket")):
        with pytest.raises(UnavailableError) as caught:
            ask()
        assert caught.value.code == "assets_missing"
        assert "hatch_build.py" in str(caught.value.next_step)


def test_licences_are_found_by_package_icon_set_and_font_family() -> None:
    assert bundled_assets.licence_of("tabler").licence == "MIT"
    assert bundled_assets.licence_of("Inter").licence == "OFL-1.1"
    assert bundled_assets.licence_of(bundled_assets.VOICE_PACKAGE).version == "0.1.1"
    with pytest.raises(NotFoundError):
        bundled_assets.licence_of("nothing")
