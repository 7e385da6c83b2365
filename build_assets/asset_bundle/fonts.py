"""Web-font subsets of the ``@fontsource`` packages merged into one TTF per family and weight.

``fonts.json`` lists for each file the family, weight, package, scripts and the covered code points as
inclusive ranges, so that the engine needs no font library to know what a font can write.
"""

from __future__ import annotations

import json
import logging
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from asset_bundle.faces import FACES, Face
from asset_bundle.packages import BundleError

#: No hinting at video sizes, no axes in a static font (STAT), no vertical writing (and some parts lack its tables).
DROPPED_TABLES = ("prep", "fpgm", "cvt ", "gasp", "STAT", "DSIG", "HVAR", "MVAR", "VVAR", "vhea", "vmtx", "VORG")
#: 2024-01-01 in seconds since 1904: equal input gives equal bytes.
FIXED_STAMP = 3_786_912_000
#: A script counts as covered from this many of its characters on.
SCRIPT_FLOOR = 20
STYLE_NAMES = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold", 800: "ExtraBold", 900: "Black"}


def convert(modules: Path, target: Path, faces: Sequence[Face] = FACES) -> None:
    """Write every face as TTF into ``target`` together with ``fonts.json``."""
    target.mkdir(parents=True, exist_ok=True)
    jobs = [(face, modules, target / face.file_name) for face in faces]
    workers = min(8, os.cpu_count() or 1)
    # Spawned, not forked: the caller may be a build front end with threads of its own.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        entries = list(pool.map(_convert_one, jobs))
    entries.sort(key=lambda entry: str(entry["file"]))
    text = json.dumps({"fonts": entries}, sort_keys=True, separators=(",", ":"))
    (target / "fonts.json").write_text(text + "\n", encoding="utf-8")


def _convert_one(job: tuple[Face, Path, Path]) -> dict[str, object]:
    # fontTools takes long to import and is needed in the workers only. It warns of every doubled glyph it renames.
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    from fontTools.merge import Merger, Options
    from fontTools.ttLib import TTFont

    face, modules, target = job
    with TemporaryDirectory(prefix="videogen-font-") as scratch:
        parts = _cut_parts(face, modules, Path(scratch)) if face.axes else _static_parts(face, modules, Path(scratch))
        if len(parts) > 1:
            font = Merger(options=Options(drop_tables=list(DROPPED_TABLES))).merge([str(path) for path in parts])
        else:
            font = TTFont(parts[0])
            font.flavor = None
            for table in DROPPED_TABLES:
                if table in font:
                    del font[table]
        about = json.loads((modules / face.npm_name / "metadata.json").read_text(encoding="utf-8"))
        _set_names(font["name"], about["family"], face.weight)
        # Boxes of glyphs that were merged unchanged need not be measured again.
        font.recalcTimestamp = font.recalcBBoxes = False
        font["head"].created = font["head"].modified = FIXED_STAMP
        font["OS/2"].usWeightClass = face.weight
        covered = sorted(font.getBestCmap())
        font.save(target)
    return {
        "file": target.name,
        "family": about["family"],
        "weight": face.weight,
        "package": face.npm_name,
        "scripts": _scripts(covered),
        "ranges": _ranges(covered),
    }


def _static_parts(face: Face, modules: Path, scratch: Path) -> list[Path]:
    """The WOFF files of the sources (their tables need no rebuilding, unlike WOFF2's), cut to ranges if need be."""
    parts: list[Path] = []
    for number, source in enumerate(face.sources):
        name = f"{source.package}-{source.subset}-{source.weight}-normal.woff"
        path = modules / source.npm_name / "files" / name
        if path.is_file():
            parts.append(_only(path, scratch / f"{number}.ttf", source.ranges) if source.ranges else path)
        elif number == 0:
            raise BundleError(f"The package {source.npm_name} has no file {name}.")
    return parts


def _only(web_font: Path, target: Path, ranges: Sequence[tuple[int, int]]) -> Path:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(web_font)
    font.flavor = None
    subsetter = Subsetter(Options(layout_features=[], drop_tables=[*DROPPED_TABLES, "MATH", "GSUB", "GPOS"]))
    subsetter.populate(unicodes=[point for first, last in ranges for point in range(first, last + 1)])
    subsetter.subset(font)
    font.save(target)
    return target


def _cut_parts(face: Face, modules: Path, scratch: Path) -> list[Path]:
    folder = modules / face.npm_name / "files"
    axis = "wght" if len(face.axes) == 1 else "standard"
    ending = f"-{axis}-normal.woff2"
    first = f"{face.package}-latin{ending}"
    if face.subsets:
        paths = [folder / f"{face.package}-{subset}{ending}" for subset in face.subsets]
    else:
        paths = sorted(folder.glob(f"{face.package}-*{ending}"), key=lambda path: (path.name != first, path.name))
    found = [path for path in paths if path.is_file()]
    if not found or found[0].name != first:
        raise BundleError(f"The package {face.npm_name} has no file {first}.")
    return [_cut(path, scratch / f"{number}.ttf", dict(face.axes)) for number, path in enumerate(found)]


def _cut(web_font: Path, target: Path, axes: dict[str, float]) -> Path:
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(web_font)
    font.flavor = None
    font = instantiateVariableFont(font, axes, inplace=True)
    font.save(target)
    return target


def _set_names(names: Any, family: str, weight: int) -> None:
    """Name the file so that every font engine finds it by family and weight: the web-font cuts often carry the
    name of the variable font's default style instead."""
    names.names = [record for record in names.names if record.nameID in {0, 5, 13, 14}]
    style = STYLE_NAMES[weight]
    postscript = f"{family.replace(' ', '')}-{style.replace(' ', '')}"
    values = {4: f"{family} {style}", 6: postscript}
    if weight in {400, 700}:
        values |= {1: family, 2: style}
    else:
        values |= {1: f"{family} {style}", 2: "Regular", 16: family, 17: style}
    for name_id, value in sorted(values.items()):
        names.setName(value, name_id, 3, 1, 0x409)


def _scripts(code_points: Iterable[int]) -> list[str]:
    from fontTools.unicodedata import script

    counts = Counter(script(point) for point in code_points)
    return sorted(name for name, count in counts.items() if count >= SCRIPT_FLOOR and name not in {"Zyyy", "Zinh"})


def _ranges(code_points: Iterable[int]) -> list[list[int]]:
    ranges: list[list[int]] = []
    for point in code_points:
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return ranges
