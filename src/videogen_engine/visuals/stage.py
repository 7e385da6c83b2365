"""The visuals stage: which picture each scene gets. Painting is in ``paint``."""

from __future__ import annotations

from collections.abc import Mapping

from videogen_engine.bundled_assets import IconSet, licence_of
from videogen_engine.planning.model import Structure
from videogen_engine.stage import StageContext
from videogen_engine.visuals.design import Drafted, design_scene, draft, structure_of
from videogen_engine.visuals.faces import lettering_for
from videogen_engine.visuals.featured import assign_featured
from videogen_engine.visuals.featured_art import fills_frame, is_readable_picture
from videogen_engine.visuals.film_style import FilmStyle, film_style
from videogen_engine.visuals.icon_matching import IconMatch
from videogen_engine.visuals.looks.base import IconKind
from videogen_engine.visuals.looks.catalogue import LOOKS
from videogen_engine.visuals.model import (
    FeaturedFile,
    Picture,
    PictureRequest,
    PictureScene,
    PictureSet,
    SceneDesign,
    Shown,
    Source,
)
from videogen_engine.visuals.wording import missing_scripts

_SAYS = {
    Structure.STATEMENT: "statement",
    Structure.LIST: "list of {count}: one card each",
    Structure.STATISTIC: "statistic: the figure large",
    Structure.COMPARISON: "comparison: two sides",
    Structure.QUOTE: "quote",
    Structure.QUESTION: "question",
    Structure.STEP: "step {step}",
}


def picture(request: PictureRequest, ctx: StageContext) -> PictureSet:
    """A design for every scene, with its reason, sources and licences. No pixel is painted here.

    Equal requests give equal designs. A scene's design depends on its own plan, words and direction, on the
    film's title, style and language, and on the one scene before it. Raises StageCancelledError when cancelled.
    """
    film = film_style(request)
    count = len(request.scenes)
    usable = tuple(file for file in request.featured if _is_usable(file, ctx))
    scenes = tuple(_with_usable_files(scene, request, ctx) for scene in request.scenes)
    shown = assign_featured(usable, scenes)
    drafts: list[Drafted] = []
    for index, scene in enumerate(scenes):
        ctx.check()
        drafts.append(draft(scene, film, index, count, index in shown, request.language))
    pictures: list[Picture] = []
    ratio = (request.ratio_width, request.ratio_height)
    for index, scene in enumerate(scenes):
        ctx.check()
        design, icons = design_scene(scene, film, index, drafts, request.language, ratio, shown.get(index))
        pictures.append(
            Picture(design=design, reason=_reason(scene, design, film, icons), sources=_sources(design, icons))
        )
        ctx.report((index + 1) / count, "Choosing pictures")
    return PictureSet(pictures=tuple(pictures), warnings=_warnings(request, film, usable, shown, ctx))


def _reason(scene: PictureScene, design: SceneDesign, film: FilmStyle, icons: tuple[IconMatch, ...]) -> str:
    plan = scene.plan
    what = _SAYS[structure_of(plan)].format(count=len(plan.items), step=plan.step_number)
    parts = [what]
    if design.featured is not None:
        parts.append(f"your file “{design.featured.display_name}”")
    parts.extend(
        f"the drawn presenter “{inset.drawn}”" if inset.file is None else f"your picture of “{inset.file.display_name}”"
        for inset in design.insets
    )
    parts.extend(match.reason for match in icons)
    parts.append(f"look {design.look}, palette {design.palette} ({film.why})")
    return "; ".join(parts)


def _sources(design: SceneDesign, icons: tuple[IconMatch, ...]) -> tuple[Source, ...]:
    sources: list[Source] = []
    if design.featured is not None:
        sources.append(Source(name=design.featured.display_name, licence="user"))
    own = (inset.file for inset in design.insets if inset.file is not None)
    sources.extend(Source(name=file.display_name, licence="user") for file in own)
    look = LOOKS[design.look]
    icon_set = IconSet.EMOJI if look.icon_kind is IconKind.SHADED else IconSet.EMOJI_FLAT
    licence = licence_of(icon_set.value)
    for match in icons:
        sources.append(Source(name=f"{icon_set.value}: {match.name}", licence=licence.licence, url=licence.homepage))
    for family in _families(design):
        font = licence_of(family)
        sources.append(Source(name=f"font: {family}", licence=font.licence, url=font.homepage))
    return tuple(sources)


def _families(design: SceneDesign) -> tuple[str, ...]:
    """The fonts that the design's texts are set in, scripts that the look's own fonts lack included."""
    look = LOOKS[design.look]
    faces = {Shown.FIGURE: look.figure, Shown.CARD: look.label, Shown.QUOTE: look.quote, Shown.KICKER: look.kicker}
    found: dict[str, None] = {}
    for element in design.elements:
        if element.text:
            style = faces.get(element.kind, look.headline)
            text = element.text.upper() if style.upper else element.text
            found.update(dict.fromkeys(lettering_for(text, style.face, design.language).families))
    return tuple(found)


def _with_usable_files(scene: PictureScene, request: PictureRequest, ctx: StageContext) -> PictureScene:
    pinned = scene.pinned if scene.pinned is not None and _is_usable(scene.pinned, ctx) else None
    insets = tuple(inset for inset in scene.insets if inset.file is None or _is_usable(inset.file, ctx))
    if pinned is None and len(insets) == 1 and not insets[0].person and insets[0].file is not None:
        alone = insets[0].file
        if fills_frame(ctx.store.path(alone.media), request.ratio_width / request.ratio_height):
            pinned, insets = alone, ()
    if (pinned, insets) == (scene.pinned, scene.insets):
        return scene
    return scene.model_copy(update={"pinned": pinned, "insets": insets})


def _is_usable(file: FeaturedFile, ctx: StageContext) -> bool:
    return file.duration is not None or is_readable_picture(ctx.store.path(file.media))


def _warnings(
    request: PictureRequest,
    film: FilmStyle,
    usable: tuple[FeaturedFile, ...],
    shown: Mapping[int, FeaturedFile],
    ctx: StageContext,
) -> tuple[str, ...]:
    warnings = list(film.warnings)
    pinned = (scene.pinned for scene in request.scenes if scene.pinned is not None)
    insets = (inset.file for scene in request.scenes for inset in scene.insets if inset.file is not None)
    for file in dict.fromkeys((*request.featured, *pinned, *insets)):
        if not _is_usable(file, ctx):
            warnings.append(f"The featured file “{file.display_name}” cannot be read as a picture and was left out.")
    left = len(usable) - len(shown)
    if left > 0:
        warnings.append(
            f"{left} of {len(request.featured)} featured files found no scene: there are more files than scenes."
        )
    scripts = missing_scripts(scene.plan.headline for scene in request.scenes)
    if scripts:
        warnings.append(
            f"Headlines in {', '.join(scripts)} cannot be lettered with the bundled fonts; those letters stay empty."
        )
    return tuple(warnings)
