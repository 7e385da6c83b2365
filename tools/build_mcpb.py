"""Zip ``mcpb/`` into ``dist/videogen-agents-VERSION.mcpb``, which hosts such as Claude Desktop install by a click.

The same files give the same bytes: names are sorted and times are fixed.
"""

from __future__ import annotations

import argparse
import json
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILES = ("manifest.json", "pyproject.toml", "src/server.py")
#: The earliest time that a zip archive can hold.
TIME = (1980, 1, 1, 0, 0, 0)


def build(folder: Path) -> Path:
    """The bundle's path, in ``folder``."""
    source = ROOT / "mcpb"
    manifest = json.loads((source / "manifest.json").read_text(encoding="utf-8"))
    folder.mkdir(parents=True, exist_ok=True)
    bundle = folder / f"{manifest['name']}-{manifest['version']}.mcpb"
    with zipfile.ZipFile(bundle, "w") as archive:
        for name in FILES:
            entry = zipfile.ZipInfo(name, TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, (source / name).read_bytes())
        entry = zipfile.ZipInfo("LICENSE", TIME)
        entry.external_attr = 0o644 << 16
        archive.writestr(entry, (ROOT / "LICENSE").read_bytes())
    return bundle


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    sys.stdout.write(f"{build(parser.parse_args().out)}\n")
