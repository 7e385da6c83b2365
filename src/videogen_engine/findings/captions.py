"""Captions that cannot be read: too large, too faint, or in letters that no font has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from videogen_agents.contract import CaptionStyle
from videogen_engine.captions.areas import default_font_size
from videogen_engine.captions.style import DEFAULT_WEIGHT, resolve
from videogen_engine.captions.typefaces import family_for, missing_scripts
from videogen_engine.findings.film_file import FilmFile
from videogen_engine.findings.mends import PLAIN_CAPTIONS, asked
from videogen_engine.findings.model import Finding, FindingKind
from videogen_engine.timeline.document import Timeline

#: How the captions stage begins the sentence about colours that it had to outline.
_OUTLINED: Final = "The caption style cannot guarantee"
#: Pixels that a size may differ by rounding.
_ROUNDING: Final = 0.51


def caption_findings(timeline: Timeline, film: FilmFile) -> Iterator[Finding]:
    style = timeline.caption_style
    if style is not None:
        yield from _style(timeline, style, film)
    at = 0
    rate = timeline.frames_per_second
    family = family_for(None if style is None else style.font_name)[0]
    weight = DEFAULT_WEIGHT if style is None else style.font_weight or DEFAULT_WEIGHT
    for number, scene in enumerate(timeline.scenes, 1):
        start, at = at, at + scene.frames
        words = [] if scene.speech is None or style is None else [word.text for word in scene.speech.words]
        words += [word for element in scene.picture.design.elements for word in (element.text or "").split()]
        for sentence in missing_scripts(words, family, weight, timeline.language):
            yield Finding(
                kind=FindingKind.GLYPHS,
                start=round(start / rate, 3),
                end=round(at / rate, 3),
                scene=number,
                sentence=f"Scene {number}: {sentence}",
                mend=asked("hide the captions"),
            )


def _style(timeline: Timeline, style: CaptionStyle, film: FilmFile) -> Iterator[Finding]:
    resolved = resolve(style, film.width, film.height)
    asked_size = (style.font_size or default_font_size(film.width, film.height)) * resolved.area.scale
    if style.font_size is not None and resolved.size < asked_size - _ROUNDING:
        yield Finding(
            kind=FindingKind.CAPTION_OVERFLOW,
            start=0,
            end=timeline.duration,
            scene=None,
            sentence=f"Captions of {style.font_size:g} px do not fit the frame, so they are smaller.",
            mend=asked("make the captions smaller"),
        )
    for warning in resolved.warnings:
        if warning.startswith(_OUTLINED):
            yield Finding(
                kind=FindingKind.CAPTION_CONTRAST,
                start=0,
                end=timeline.duration,
                scene=None,
                sentence=warning,
                mend=PLAIN_CAPTIONS,
            )
