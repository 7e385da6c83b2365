"""The licence text of every bundled package, as the package carries it or, for icon sets, as its author's statement.

The Iconify packages state author, licence and its address in ``info.json`` but carry no licence text; the MIT text
is then written out with the author named there.
"""

from __future__ import annotations

import json
from pathlib import Path

from asset_bundle.packages import BundleError, Package

_MIT = Path(__file__).parent / "licences" / "MIT.txt"


def licence_file_name(package: Package) -> str:
    """``@fontsource/inter`` → ``fontsource-inter.txt``."""
    return package.name.removeprefix("@").replace("/", "-") + ".txt"


def write_licence(package: Package, target: Path) -> None:
    """Write the licence text into the folder ``target``. Raises BundleError when there is none to be had."""
    target.mkdir(parents=True, exist_ok=True)
    carried = package.licence_file()
    text = carried.read_text(encoding="utf-8", errors="replace") if carried else _stated(package)
    (target / licence_file_name(package)).write_text(text, encoding="utf-8", newline="\n")


def _stated(package: Package) -> str:
    info = package.folder / "info.json"
    if not info.is_file() or package.licence != "MIT":
        raise BundleError(f"The package {package.name} carries no licence text; it cannot be bundled.")
    about = json.loads(info.read_text(encoding="utf-8"))
    if about["license"].get("spdx") != package.licence:
        raise BundleError(f"The package {package.name} states two different licences.")
    author, source = about["author"], about["license"]["url"]
    heading = f"{about['name']} by {author['name']} ({author['url']}); original licence: {source}\n\n"
    return heading + _MIT.read_text(encoding="utf-8").format(copyright=f"Copyright (c) {author['name']}")
