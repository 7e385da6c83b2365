"""Iconify sets pruned and packed as one zip of SVG files per set, and the words that describe the icons.

``keywords.json`` gives for each kept emoji icon the English label, tags, group and subgroup;
``keywords.LANGUAGE.json.gz`` the label and tags in another language. Both come from ``emojibase-data``.
"""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

from asset_bundle.packages import BundleError
from asset_bundle.unwanted import is_unwanted, is_unwanted_line

EMOJI_SETS = ("fluent-emoji", "fluent-emoji-flat")
LINE_SET = "tabler"
#: Where the Unicode characters of the icons are listed; the 3-D set has the same names and lists none.
CHARACTERS_OF = "fluent-emoji-flat"
FIXED_DATE = (2024, 1, 1, 0, 0, 0)
VARIATION_SELECTOR = "fe0f"


def convert(modules: Path, target: Path) -> None:
    """Write the icon archives and keyword files into ``target``."""
    target.mkdir(parents=True, exist_ok=True)
    sets = {name: _json(modules / "@iconify-json" / name / "icons.json") for name in (*EMOJI_SETS, LINE_SET)}
    described = _describe(modules)
    kept = sorted(
        name
        for name, about in described.items()
        if not is_unwanted(name, about["subgroup"]) and all(name in _names(sets[emoji]) for emoji in EMOJI_SETS)
    )
    if len(kept) < 500:
        raise BundleError(f"Only {len(kept)} emoji icons are left after pruning; the icon packages have changed.")
    for emoji in EMOJI_SETS:
        _pack(sets[emoji], kept, target / f"{emoji}.zip")
    lines = sorted(name for name in _names(sets[LINE_SET]) if not is_unwanted_line(name))
    _pack(sets[LINE_SET], lines, target / f"{LINE_SET}.zip")
    keywords = {name: {key: described[name][key] for key in ("label", "tags", "group", "subgroup")} for name in kept}
    (target / "keywords.json").write_text(_dump(keywords), encoding="utf-8")
    _write_languages(modules / "emojibase-data", {described[name]["hexcode"]: name for name in kept}, target)


def _describe(modules: Path) -> dict[str, dict[str, Any]]:
    """Label, tags, group, subgroup and hexcode of every icon that stands for a Unicode character."""
    characters = _json(modules / "@iconify-json" / CHARACTERS_OF / "chars.json")
    messages = _json(modules / "emojibase-data" / "en" / "messages.json")
    groups = {entry["order"]: entry["key"] for entry in messages["groups"]}
    subgroups = {entry["order"]: entry["key"] for entry in messages["subgroups"]}
    by_code = {_plain(code): name for code, name in characters.items()}
    described: dict[str, dict[str, Any]] = {}
    for entry in _json(modules / "emojibase-data" / "en" / "data.json"):
        name = by_code.get(_plain(entry["hexcode"]))
        if name is None or "group" not in entry:
            continue
        described[name] = {
            "label": entry["label"],
            "tags": sorted(entry.get("tags", [])),
            "group": groups[entry["group"]],
            "subgroup": subgroups[entry["subgroup"]],
            "hexcode": entry["hexcode"],
        }
    return described


def _write_languages(data: Path, names: dict[str, str], target: Path) -> None:
    for folder in sorted(data.iterdir()):
        source = folder / "data.json"
        if folder.name in {"en", "en-gb", "es-mx"} or not source.is_file():
            continue
        words = {
            names[entry["hexcode"]]: [entry["label"], *sorted(entry.get("tags", []))]
            for entry in _json(source)
            if entry["hexcode"] in names
        }
        packed = gzip.compress(_dump(words).encode("utf-8"), 9, mtime=0)
        (target / f"keywords.{folder.name}.json.gz").write_bytes(packed)


def _pack(icon_set: dict[str, Any], names: list[str], target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in names:
            member = zipfile.ZipInfo(f"{name}.svg", FIXED_DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, _svg(icon_set, name))


def _svg(icon_set: dict[str, Any], name: str) -> str:
    turns: list[dict[str, Any]] = []
    entry = icon_set["icons"].get(name)
    parent = name
    while entry is None:
        alias = icon_set["aliases"][parent]
        turns.append(alias)
        parent = alias["parent"]
        entry = icon_set["icons"].get(parent)
    width = entry.get("width", icon_set.get("width", 16))
    height = entry.get("height", icon_set.get("height", 16))
    body = entry["body"]
    for alias in turns:
        if alias.get("rotate") or alias.get("vFlip"):
            raise BundleError(f"The icon alias {name} turns its parent in a way that is not handled.")
        if alias.get("hFlip"):
            body = f'<g transform="translate({width} 0) scale(-1 1)">{body}</g>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{body}</svg>'


def _names(icon_set: dict[str, Any]) -> set[str]:
    return {*icon_set["icons"], *icon_set.get("aliases", {})}


def _plain(hexcode: str) -> str:
    return "-".join(part for part in hexcode.lower().split("-") if part != VARIATION_SELECTOR)


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
