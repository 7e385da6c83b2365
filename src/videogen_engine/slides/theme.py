"""The stage that reads a theme out of what shows it: pictures, PDF pages, a PowerPoint file's own theme, or words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from videogen_agents.errors import InputError, LimitError
from videogen_engine.captions.typefaces import family_for
from videogen_engine.media_kinds import HEAD_BYTES, kind_of
from videogen_engine.slides.model import ThemeReading, ThemeRequest
from videogen_engine.slides.page_art import small_picture
from videogen_engine.slides.pdf import draw_page, page_fonts, pdf_document
from videogen_engine.slides.powerpoint_theme import deck_theme
from videogen_engine.slides.theme_colours import ThemeColours, colours_of, seen_in, theme_from
from videogen_engine.stage import MediaRef, StageContext
from videogen_engine.visuals.colour import Rgb, hex_code, to_oklch
from videogen_engine.visuals.featured_art import grounded, read_picture
from videogen_engine.visuals.model import FeaturedFile, SlideTheme
from videogen_engine.visuals.palette import palette_named
from videogen_engine.visuals.pixels import Pixels
from videogen_engine.visuals.style_words import read_style

#: PDF pages that are looked at, and their size in px for that.
_PAGES: Final = 5
_LOOK: Final = 240
#: A picture with less variety than this is a plain colour, which is no backdrop.
_PLAIN: Final = 9.0


@dataclass(frozen=True)
class _Read:
    """What one reference says. Families are the fonts' own names."""

    colours: ThemeColours
    title: str | None = None
    body: str | None = None
    backdrop: MediaRef | None = None


def read_theme(request: ThemeRequest, ctx: StageContext) -> ThemeReading:
    """Colours from the first reference that can be read, fonts from the first that has letters, the backdrop from
    the first picture. Without references the words are read for colours.
    """
    read: list[_Read] = []
    warnings: list[str] = []
    for number, reference in enumerate(request.references):
        ctx.check()
        ctx.report(number / len(request.references), "Reading the theme")
        try:
            read.append(_read(reference, ctx))
        except (InputError, LimitError) as error:
            warnings.append(f"The theme's reference “{reference.display_name}” cannot be used: {error.message}")
    if not read:
        spoken = _from_words(request.words)
        if spoken is None:
            warnings.append(
                f"The theme “{request.name}” has no reference that can be read, and its description names no colours, "
                "so it changes nothing."
            )
            return ThemeReading(theme=None, warnings=tuple(warnings))
        read.append(spoken)
    colours = read[0].colours
    title = next((one.title for one in read if one.title), None)
    body = next((one.body for one in read if one.body), title)
    return ThemeReading(
        theme=SlideTheme(
            name=request.name,
            paper=hex_code(colours.paper),
            ink=hex_code(colours.ink),
            accents=tuple(map(hex_code, colours.accents)),
            ground=hex_code(colours.ground),
            title_family=family_for(title or body)[0],
            body_family=family_for(body)[0],
            backdrop=next((one.backdrop for one in read if one.backdrop is not None), None),
        ),
        warnings=tuple(warnings),
    )


def _read(reference: FeaturedFile, ctx: StageContext) -> _Read:
    path = ctx.store.path(reference.media)
    with path.open("rb") as stream:
        kind = kind_of(stream.read(HEAD_BYTES))
    if kind is not None and kind.reader == "pdf":
        return _pdf(reference, ctx)
    if kind is not None and kind.reader == "zip":
        found = deck_theme(path)
        accents = [colour for colour in found.accents if to_oklch(colour)[1] > 0.02]
        return _Read(colours_of(found.paper, found.ink, accents), found.title, found.body)
    layer = read_picture(path)
    if layer is None:
        raise InputError("It is no picture that can be read.", next_step="Upload it as PNG or JPEG.")
    small = small_picture(grounded(layer))
    plain = float(small.reshape(-1, 3).std(axis=0).max()) < _PLAIN
    return _Read(theme_from(seen_in([small])), backdrop=None if plain else reference.media)


def _pdf(reference: FeaturedFile, ctx: StageContext) -> _Read:
    looks: list[Pixels] = []
    letters: Counter[str] = Counter()
    largest: tuple[float, str | None] = (0.0, None)
    with pdf_document(ctx.store.path(reference.media)) as document:
        every = max(1, len(document) // _PAGES)
        for number in range(0, len(document), every)[:_PAGES]:
            ctx.check()
            looks.append(small_picture(draw_page(document, number, _LOOK, _LOOK)))
            for name, size, count in page_fonts(document, number):
                letters[name] += count
                largest = max(largest, (size, name), key=lambda item: item[0])
    body = max(letters, key=lambda name: (letters[name], name), default=None)
    return _Read(theme_from(seen_in(looks)), largest[1], body)


def _from_words(words: str) -> _Read | None:
    """The colours that a description names, on light paper, or on dark when it says so."""
    reading = read_style(words)
    if reading.palette is None:
        return None
    palette = palette_named(reading.palette)
    paper: Rgb = palette.tone(0.2, 0.03) if palette.dark else palette.tone(0.985, 0.006)
    accents = [palette.tone(0.52, 0.16), palette.tone(0.6, 0.17, "accent"), palette.tone(0.55, 0.13, "second")]
    return _Read(colours_of(paper, None, accents))
