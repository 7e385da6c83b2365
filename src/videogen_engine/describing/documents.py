"""What documents and texts say of themselves: their titles, their first words, the words they use most."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, cast

from videogen_engine.describing.model import Findings
from videogen_engine.slides.deck import first_line
from videogen_engine.slides.pdf import page_text, pdf_document
from videogen_engine.slides.powerpoint import deck_content
from videogen_engine.stage import StageContext
from videogen_engine.visuals.english import STOP_WORDS, base_forms, words_of
from videogen_engine.visuals.word_vectors import word_vectors

#: Pages whose words are read, and characters of a text.
_MOST_PAGES: Final = 60
_MOST_CHARS: Final = 60_000
_BEGINNING: Final = 110
_KEY_WORDS: Final = 6
_LONG_NUMBER: Final = re.compile(r"[\d\W_]+")


def read_pages(path: Path, reader: str, ctx: StageContext) -> Findings:
    """Raises InputError for a document that is locked or broken."""
    what, pages = _pdf_pages(path, ctx) if reader == "pdf" else _slides(path)
    count = f"{what} of {pages[0]} page{'s' if pages[0] != 1 else ''}"
    texts = [text for text in pages[1] if text.strip()]
    title = next((line for text in texts if (line := first_line(text))), "")
    if not texts:
        return Findings(sentences=(f"{count} without readable words; they may be pictures of pages.",))
    named = f"{count}, titled “{title}”" if title else count
    return Findings(sentences=(f"{named}.", *_key_word_sentence(texts)), passages=tuple(texts))


def read_text(path: Path) -> Findings:
    text = path.read_text(encoding="utf-8-sig")[:_MOST_CHARS]
    count = len(text.split())
    sentences = [f"Text of {count} words." if len(text) < _MOST_CHARS else "Long text."]
    if start := beginning(text):
        sentences.append(f"It begins: “{start}”.")
    return Findings(sentences=(*sentences, *_key_word_sentence([text])), passages=(text,))


def read_lottie(path: Path) -> Findings:
    """Sides in pixels and length as the animation states them, and the names of its layers."""
    parsed = cast("dict[str, object]", json.loads(path.read_text(encoding="utf-8-sig")))
    layers = parsed.get("layers")
    rows = cast("list[object]", layers) if isinstance(layers, list) else []
    names = [str(cast("dict[str, object]", row).get("nm", "")) for row in rows if isinstance(row, dict)]
    size = " × ".join(f"{parsed[side]:.0f}" for side in ("w", "h") if isinstance(parsed.get(side), (int, float)))
    first, last, rate = (parsed.get(name) for name in ("ip", "op", "fr"))
    parts = ["Lottie animation" + (f", {size} px" if " × " in size else "")]
    if (
        isinstance(first, (int, float))
        and isinstance(last, (int, float))
        and isinstance(rate, (int, float))
        and rate > 0
    ):
        parts.append(f"{(last - first) / rate:.1f} s")
    return Findings(
        sentences=(f"{', '.join(parts)}, {len(rows)} layer{'' if len(rows) == 1 else 's'}.",),
        passages=(" ".join(names[:200]),),
    )


def beginning(text: str) -> str:
    """The first words, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _BEGINNING else line[:_BEGINNING].rsplit(" ", 1)[0].rstrip(' ,;:.“"') + " …"


def key_words(texts: Iterable[str]) -> tuple[str, ...]:
    """The words that are used most for how rare they are in general; those used once do not count."""
    table = word_vectors()
    counts: Counter[str] = Counter()
    for text in texts:
        for word in words_of(text):
            folded = word.folded
            if len(folded) > 2 and folded not in STOP_WORDS and not _LONG_NUMBER.fullmatch(folded):
                base = next((form for form in base_forms(folded) if form in counts), folded)
                counts[base] += 1
    scored = [(count * (0.2 + table.weight(word)), word) for word, count in counts.items() if count > 1]
    return tuple(word for _, word in sorted(scored, key=lambda item: (-item[0], item[1]))[:_KEY_WORDS])


def _key_word_sentence(texts: Sequence[str]) -> tuple[str, ...]:
    words = key_words(texts)
    return (f"Words it uses most: {', '.join(words)}.",) if words else ()


def _pdf_pages(path: Path, ctx: StageContext) -> tuple[str, tuple[int, list[str]]]:
    with pdf_document(path) as document:
        count = len(document)
        texts: list[str] = []
        for number in range(min(count, _MOST_PAGES)):
            ctx.check()
            ctx.report(0.9 * number / count, "Reading the pages")
            texts.append(page_text(document, number))
    return "PDF", (count, texts)


def _slides(path: Path) -> tuple[str, tuple[int, list[str]]]:
    content = deck_content(path)
    texts = [f"{slide.text}\n{slide.notes}" for slide in content.slides[:_MOST_PAGES]]
    return "PowerPoint file", (len(content.slides), texts)
