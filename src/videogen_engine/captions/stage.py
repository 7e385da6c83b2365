"""The captions stage: a scene's timed words become cues, and the tiles that show them word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

from videogen_engine.bundled_assets import bundled_assets
from videogen_engine.captions.cues import Cue, CueCutter
from videogen_engine.captions.glyphs import Hand, measure
from videogen_engine.captions.layout import CueLayout, lay_out, line_metrics
from videogen_engine.captions.model import (
    CaptionCue,
    CaptionPatch,
    CaptionRequest,
    CaptionState,
    CaptionTrack,
    CaptionWord,
    PaintedCaptions,
)
from videogen_engine.captions.paint import CuePainter, LitWord, Tile
from videogen_engine.captions.sheets import Spot, arrange, encoded
from videogen_engine.captions.style import ResolvedStyle, resolve
from videogen_engine.captions.typefaces import is_complex, lettering, missing_scripts, runs
from videogen_engine.captions.words import ShownWord, shown_words
from videogen_engine.planning.lexicon import lexicon
from videogen_engine.stage import MediaRef, StageContext

#: Raised whenever the same request would paint other pixels.
VERSION = "2"
_SHEET = "caption-sheet"


@dataclass(frozen=True)
class _Scene:
    """What both the track and the pictures are made from."""

    style: ResolvedStyle
    hand: Hand
    words: tuple[ShownWord, ...]
    cues: tuple[Cue, ...]
    space: float
    track: CaptionTrack


@dataclass(frozen=True)
class _PaintedCue:
    """A cue's base tile and the words that are lit on it."""

    cue: Cue
    layout: CueLayout
    base: Tile
    lit: tuple[LitWord, ...]

    @property
    def tiles(self) -> list[Tile]:
        return [self.base, *(word.pixels for word in self.lit)]


def caption(request: CaptionRequest, ctx: StageContext) -> PaintedCaptions:
    """Cues and painted states of one scene. Every tile lies inside the frame's safe area.

    Raises StageCancelledError once the job was cancelled, UnavailableError when the bundled fonts are missing.
    """
    scene = _scene(request)
    ctx.check()
    painted: list[_PaintedCue] = []
    metrics = line_metrics(scene.words, scene.style, scene.space)
    for cue in scene.cues:
        ctx.check()
        # Beside something, captions are in the middle of the room that is left to them.
        across = request.width if request.between is None else scene.style.area.left + scene.style.area.right
        layout = lay_out(cue, scene.words, scene.style, metrics, across, request.language)
        painter = CuePainter(layout, scene.words, scene.style)
        painted.append(_PaintedCue(cue, layout, painter.base(), tuple(painter.lit())))
    spots, sheets = arrange([item.tiles for item in painted])
    identity = [bundled_assets().fingerprint, request.model_dump(mode="json")]
    images = [
        ctx.cached_file(
            _SHEET,
            VERSION,
            [number, *identity],
            suffix=".png",
            media_type="image/png",
            make=partial(_write, sheet),
        )
        for number, sheet in enumerate(sheets)
    ]
    states = [
        state
        for item, places in zip(painted, spots, strict=True)
        for state in _states(item, places, images[places[0].sheet], scene.words)
    ]
    return PaintedCaptions(track=scene.track, states=tuple(states))


def caption_track(request: CaptionRequest) -> CaptionTrack:
    """The cues alone, without painting: what subtitle files are written from."""
    return _scene(request).track


def _scene(request: CaptionRequest) -> _Scene:
    style = resolve(request.style, request.width, request.height, request.between)
    hand = Hand(style.family, style.weight, style.size, style.stroke, request.language)
    words = tuple(shown_words(request.words, hand, style.line_width))
    space = measure(" ", hand) * style.spacing
    cutter = CueCutter(words, style.line_width, space, lexicon(request.language))
    cues = tuple(cutter.cut(request.scene_duration)) if words else ()
    lacking = missing_scripts((word.text for word in request.words), style.family, style.weight, request.language)
    track = CaptionTrack(
        cues=tuple(_cue(cue, words) for cue in cues),
        fonts=_families(words, hand),
        warnings=(*style.warnings, *lacking),
    )
    return _Scene(style, hand, words, cues, space, track)


def _cue(cue: Cue, words: Sequence[ShownWord]) -> CaptionCue:
    lines = tuple(
        tuple(
            CaptionWord(text=word.text, start=word.start, end=word.end, glued=word.glued)
            for word in words[first:behind]
        )
        for first, behind in cue.lines
    )
    return CaptionCue(start=cue.start, end=cue.end, lines=lines)


def _states(
    item: _PaintedCue, places: Sequence[Spot], image: MediaRef, words: Sequence[ShownWord]
) -> list[CaptionState]:
    """Each word's state from when it begins until the next one does; the first and last fill the cue."""
    cue, layout = item.cue, item.layout
    plain = CaptionState(
        start=cue.start,
        end=cue.end,
        image=image,
        sheet_x=places[0].x,
        sheet_y=places[0].y,
        x=layout.x,
        y=layout.y,
        width=layout.width,
        height=layout.height,
    )
    begins = [cue.start]
    begins += [min(max(words[word.index].start, cue.start), cue.end) for word in item.lit[1:]]
    states = [
        plain.model_copy(update={"start": start, "end": end, "patch": _patch(word, spot)})
        for (start, end), word, spot in zip(pairwise([*begins, cue.end]), item.lit, places[1:], strict=False)
        if end > start
    ]
    return states or [plain]


def _patch(word: LitWord, spot: Spot) -> CaptionPatch:
    height, width = word.pixels.shape[:2]
    return CaptionPatch(sheet_x=spot.x, sheet_y=spot.y, x=word.x, y=word.y, width=width, height=height)


def _families(words: Sequence[ShownWord], hand: Hand) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for word in words:
        if is_complex(word.text):
            fonts = [font.family for font in lettering(word.text, hand.family, hand.weight, hand.language)]
        else:
            fonts = [run.font.family for run in runs(word.text, hand.family, hand.weight, hand.language)]
        found.update(dict.fromkeys(fonts))
    return tuple(found)


def _write(sheet: Tile, path: Path) -> None:
    path.write_bytes(encoded(sheet))
