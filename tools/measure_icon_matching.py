"""Prints the tables of docs/icon-matching.md: judged sentences, the icon each gets, and whether it was judged fitting.

python tools/measure_icon_matching.py
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from videogen_engine.visuals.icon_matching import match_icons

SENTENCES = Path(__file__).resolve().parent.parent / "tests" / "visuals"
FILES = {"Sixty sentences": "icon_sentences.json", "Twenty held-out sentences": "icon_sentences_held_out.json"}


def main() -> None:
    """Write one table per file, then the time of one match."""
    match_icons("load the tables", (), 1)
    texts: list[str] = []
    for title, name in FILES.items():
        judged = json.loads((SENTENCES / name).read_text(encoding="utf-8"))
        rows: list[str] = []
        hits = 0
        for genre, text, acceptable in judged:
            found = match_icons(text, (), 1)[0]
            fits = found.name in acceptable
            hits += fits
            texts.append(text)
            mark = "yes" if fits else "**no**"
            rows.append(f"| {genre} | {text} | {found.name} | {found.word or '–'} | {mark} |")
        sys.stdout.write(f"\n## {title}: {hits} of {len(judged)}\n\n")
        sys.stdout.write("| kind | sentence | icon | by the word | fits |\n|---|---|---|---|---|\n")
        sys.stdout.write("\n".join(rows) + "\n")
    started = time.perf_counter()
    for text in texts:
        match_icons(text, (), 4)
    each = (time.perf_counter() - started) / len(texts)
    sys.stdout.write(f"\n{each * 1000:.2f} ms a sentence\n")


if __name__ == "__main__":
    main()
