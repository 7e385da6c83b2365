"""What is said over each page, and how long a page without words is shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import Final

from videogen_engine.planning.model import PlannedScene, ScenePlan
from videogen_engine.planning.sentences import sentences_of
from videogen_engine.planning.speakable import speakable
from videogen_engine.planning.title import shortened
from videogen_engine.slides.model import Deck, DeckPage, SlidePlan, SlidePlanRequest
from videogen_engine.stage import StageContext

#: Seconds that a silent page is shown: long enough to find one's way, and to read it.
_SHORTEST, _LONGEST = 3.0, 10.0
_LOOKING: Final = 1.5
#: Characters that are read in a second, in scripts with and without spaces between words.
_LETTERS, _SIGNS = 22.0, 7.0
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1780-\u17ff]")
_BREAK = "\n\n"


def spoken_texts(deck: Deck, scripts: Sequence[str] | None) -> tuple[str, ...]:
    """What is said, by page: the contract's rules for ``slideScripts``. None reads the speaker notes."""
    given = [page.notes for page in deck.pages] if scripts is None else list(scripts)
    texts = [speakable(text) for text in given[: len(deck.pages)]]
    return (*texts, *([""] * (len(deck.pages) - len(texts))))


def plan_slides(request: SlidePlanRequest, ctx: StageContext) -> SlidePlan:
    """A scene per page, in order. Offsets count in the texts of all pages, joined by blank lines."""
    script = _BREAK.join(text for text in request.texts if text)
    scenes: list[PlannedScene] = []
    at = 0
    for index, (page, text) in enumerate(zip(request.deck.pages, request.texts, strict=True)):
        ctx.check()
        sentences = tuple(sentences_of(script, at, at + len(text), request.language)) if text else ()
        headline = page.title or shortened(text) or f"Page {index + 1}"
        scenes.append(
            PlannedScene(
                index=index, text=text, start=at, end=at + len(text), sentences=sentences, headline=headline[:80]
            )
        )
        if text:
            at = min(len(script), at + len(text) + len(_BREAK))
    silent = tuple(
        None if text else reading_seconds(page) for page, text in zip(request.deck.pages, request.texts, strict=True)
    )
    title = next((page.title for page in request.deck.pages[:1] if page.title), "") or PurePath(request.name).stem
    plan = ScenePlan(script=script, language=request.language, title=shortened(title) or "Slides", scenes=tuple(scenes))
    return SlidePlan(plan=plan, silent_seconds=silent)


def reading_seconds(page: DeckPage) -> float:
    """3–10 s, by the words on the page."""
    signs = len(_UNSPACED.findall(page.text))
    letters = len("".join(page.text.split())) - signs
    return round(min(_LONGEST, max(_SHORTEST, _LOOKING + letters / _LETTERS + signs / _SIGNS)), 1)
