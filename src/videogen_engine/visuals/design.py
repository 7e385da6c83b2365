"""One planned scene to a design: its elements, its layout, its scenery, and why."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from videogen_engine.planning.model import Phrase, PlannedScene, Structure
from videogen_engine.visuals.film_style import FilmStyle
from videogen_engine.visuals.icon_matching import IconMatch, match_icons
from videogen_engine.visuals.layouts import CLOSING, FEATURED, INSETS, LAYOUTS, OPENING, WORDLESS
from videogen_engine.visuals.looks.catalogue import LOOKS
from videogen_engine.visuals.model import Accent, Element, FeaturedFile, PictureScene, SceneDesign, Shown
from videogen_engine.visuals.percentage import counted_icon, percentage_share
from videogen_engine.visuals.text_art import bare
from videogen_engine.visuals.timing import phrase_time, spoken_at, spread
from videogen_engine.visuals.variety import varied
from videogen_engine.visuals.wording import accent_words, showable

_CLAUSE = re.compile(r"[,;:.]\s| in front of | leaning | next to | against | with | on | in | at | under | behind ")
#: Words that ask for a certain scenery, where a look has it.
SCENERY_WORDS: tuple[tuple[str, str], ...] = (
    ("sea", r"sea|ocean|beach|water|wave|sail|ship|river|lake|coast|swim|fish"),
    ("mountains", r"mountain|hik|climb|peak|summit|alps|goal|challenge"),
    ("forest", r"forest|tree|wood|jungle|wildlife|nature|plant|leaf|leaves"),
    ("desert", r"desert|sand|dune|heat|hot|dry|drought"),
    ("city", r"city|cities|urban|street|office|business|company|market|traffic|building|news|night"),
    ("snow", r"snow|winter|ice|cold|ski|arctic|frost"),
    ("space", r"space|star|planet|moon|universe|galax|rocket|orbit|satellite|physics|gravity"),
    ("meadow", r"meadow|field|farm|grass|spring|garden|flower|countryside|morning"),
)


#: People and things that one scene shows beside its words.
MOST_INSETS = 3


@dataclass(frozen=True)
class Drafted:
    """What a scene says before its neighbours are asked: digest, kind of layout, look, scenery's digit, icons."""

    digest: int
    group: str
    look: str
    place: int
    icons: tuple[IconMatch, ...]
    directed: bool = False


def digest_of(text: str, key: str, salt: str = "") -> int:
    body = f"{key}|{salt}|{text}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.sha256(body).digest()[:8], "big")


def _salt(purpose: str, variant: int) -> str:
    return f"{purpose} {variant}" if variant else purpose


def structure_of(plan: PlannedScene) -> Structure:
    """The plan's structure, or STATEMENT where the parts that the structure needs are missing."""
    needs = {
        Structure.LIST: len(plan.items) >= 2,
        Structure.COMPARISON: len(plan.items) >= 2,
        Structure.STATISTIC: plan.figure is not None and bool(showable(plan.figure.text)),
        Structure.QUOTE: plan.quote is not None,
        Structure.STEP: plan.step_number is not None,
    }
    return plan.structure if needs.get(plan.structure, True) else Structure.STATEMENT


def draft(scene: PictureScene, film: FilmStyle, index: int, count: int, featured: bool, language: str) -> Drafted:
    """What the scene decides by itself."""
    plan = scene.plan
    structure = structure_of(plan)
    digest = digest_of(plan.text, film.key, _salt("", scene.variant))
    group = structure.value
    if featured:
        group = "featured"
    elif scene.insets:
        group = "insets"
    elif structure is Structure.STATEMENT and not showable(plan.headline):
        group = "wordless"
    elif structure in {Structure.STATEMENT, Structure.QUESTION} and count > 1:
        if index == 0:
            group = "opening"
        elif index == count - 1 and structure is Structure.STATEMENT:
            group = "closing"
    look = film.look_for(structure, digest, edge=group in {"opening", "closing"})
    icons = match_icons(plan.text, [phrase.text for phrase in plan.key_phrases], 4, language=language)
    wanted = _directed(scene)
    icons = (*wanted, *(match for match in icons if match.name not in {one.name for one in wanted}))[:4]
    return Drafted(digest, group, look, _place(scene, look, digest), icons, bool(wanted))


def _directed(scene: PictureScene) -> tuple[IconMatch, ...]:
    """Icons for the scene's direction, which go before those for its words; none when it names no thing."""
    if not scene.direction:
        return ()
    # What is to be seen is named first, then what is around it.
    subject = _CLAUSE.split(scene.direction, maxsplit=1)[0]
    most = 2 if scene.plan.text else 4
    lead = match_icons(subject, [subject], 1)
    rest = match_icons(scene.direction, [subject], most, {match.name for match in lead})
    return tuple(match for match in (*lead, *rest) if match.word is not None)[:most]


def design_scene(
    scene: PictureScene,
    film: FilmStyle,
    index: int,
    drafts: Sequence[Drafted],
    language: str,
    ratio: tuple[int, int],
    featured: FeaturedFile | None,
) -> tuple[SceneDesign, tuple[IconMatch, ...]]:
    """The design of scene ``index`` and the icon matches it shows."""
    own, before = drafts[index], drafts[index - 1] if index else None
    structure = structure_of(scene.plan)
    layout = _layout(own, before, index, structure)
    scenery = _scenery(own, before, index)
    avoid = before.icons[:1] if before is not None and not own.directed else ()
    main = [match for match in own.icons if match.name not in {other.name for other in avoid}] or list(own.icons)
    elements, used = _elements(scene, structure, own.group, main, language)
    design = SceneDesign(
        look=own.look,
        layout=layout,
        palette=film.palette,
        seed=digest_of(scene.plan.text, film.key, _salt("seed", scene.variant)) & 0x7FFFFFFF,
        language=language,
        ratio_width=ratio[0],
        ratio_height=ratio[1],
        elements=elements,
        featured=featured,
        scenery=scenery,
        insets=scene.insets[:MOST_INSETS],
    )
    return design, used


def _layout(own: Drafted, before: Drafted | None, index: int, structure: Structure) -> str:
    groups = {"opening": OPENING, "closing": CLOSING, "featured": FEATURED, "insets": INSETS, "wordless": WORDLESS}
    options = groups.get(own.group) or LAYOUTS[structure]
    options = LOOKS[own.look].layouts.get(own.group, tuple(options))
    alike = before is not None and (before.group, before.look) == (own.group, own.look)
    return varied(tuple(options), own.digest, before.digest if before is not None and alike else None, index)


def _scenery(own: Drafted, before: Drafted | None, index: int) -> str:
    alike = before is not None and before.look == own.look
    other = before.place if before is not None and alike else None
    return varied(LOOKS[own.look].sceneries, own.place, other, index)


def _place(scene: PictureScene, look: str, digest: int) -> int:
    """The scenery's digit: that of the scenery which text or guidance names, else from the digest.

    The two sceneries kept for ties are never named.
    """
    options = LOOKS[look].sceneries[:-2]
    text = f"{scene.direction or ''} {scene.plan.text}".lower()
    for name, words in SCENERY_WORDS:
        if name in options and re.search(rf"\b(?:{words})s?\b", text):
            return options.index(name)
    return digest >> 16


def _elements(
    scene: PictureScene, structure: Structure, group: str, icons: list[IconMatch], language: str
) -> tuple[tuple[Element, ...], tuple[IconMatch, ...]]:
    plan = scene.plan
    parts: list[Element] = []
    kicker = showable(plan.kicker or "")
    if kicker and group not in {"opening"}:
        parts.append(Element(kind=Shown.KICKER, text=kicker[:60], appear=0.05))
    headline = showable(plan.headline)
    if headline:
        parts.append(Element(kind=Shown.HEADLINE, text=headline, appear=0.1, accents=_accents(scene, headline)))
    used: list[IconMatch] = []
    counted = _counted(scene) if structure is Structure.STATISTIC else None
    if counted is not None:
        icons = [counted, *(match for match in icons if match.name != counted.name)]
    if icons and group not in {"featured", "insets"}:
        used.append(icons[0])
        when = spoken_at(scene, _said(plan, icons[0].word), 0.3)
        parts.append(Element(kind=Shown.ICON, icon=icons[0].name, appear=min(0.9, when) if when is not None else 0.3))
    if group in {"featured", "insets"}:
        structure = structure if structure is Structure.STATISTIC else Structure.STATEMENT
    if structure in {Structure.LIST, Structure.COMPARISON}:
        most = 4 if structure is Structure.LIST else 2
        cards, matches = _cards(scene, plan.items[:most], [match.name for match in used], language)
        parts.extend(cards)
        used.extend(matches)
    elif structure is Structure.STATISTIC and plan.figure is not None:
        parts.extend(_figure(scene, plan.figure, counted))
    elif structure is Structure.QUOTE and plan.quote is not None:
        parts.extend(_quote(scene, plan.quote))
    elif structure is Structure.STEP:
        parts.append(Element(kind=Shown.BADGE, text=str(plan.step_number), appear=0.1))
    elif group not in {"featured", "insets"}:
        companions = [match for match in icons[1:4] if match.word is not None]
        for number, match in enumerate(companions):
            when = spoken_at(scene, _said(plan, match.word), 0.5)
            used.append(match)
            parts.append(Element(kind=Shown.ICON, icon=match.name, appear=when or 0.6 + 0.2 * number))
    return tuple(parts), tuple(used)


def _said(plan: PlannedScene, word: str | None) -> int:
    """The script offset of ``word`` in the scene, or of its start."""
    at = plan.text.casefold().find(word.casefold()) if word else -1
    return plan.start + max(0, at)


def _accents(scene: PictureScene, headline: str) -> tuple[Accent, ...]:
    words = accent_words(headline, [phrase.text for phrase in (*scene.plan.items, *scene.plan.key_phrases)])
    accents: list[Accent] = []
    for number, word in enumerate(words):
        when = next((w.start for w in scene.words if bare(w.text) == word), None)
        fallback = 0.6 + 0.35 * number
        latest = max(0.5, scene.duration - 0.9)
        accents.append(Accent(word=word, appear=round(min(latest, when if when is not None else fallback), 3)))
    return tuple(accents)


def _cards(
    scene: PictureScene, items: Sequence[Phrase], taken: Sequence[str], language: str
) -> tuple[list[Element], list[IconMatch]]:
    times = spread([phrase_time(scene, item, i, len(items)) for i, item in enumerate(items)])
    # The first may lead its words, for the same reason as a figure; the others come as they are said.
    times[:1] = [min(1.6, time) for time in times[:1]]
    cards: list[Element] = []
    matches: list[IconMatch] = []
    for item, when in zip(items, times, strict=True):
        exclude = (*taken, *(match.name for match in matches))
        found = next(iter(match_icons(item.text, [item.text], 1, exclude, language=language)), None)
        if found is not None:
            matches.append(found)
        cards.append(
            Element(
                kind=Shown.CARD, text=_capital(showable(item.text)), icon=found.name if found else None, appear=when
            )
        )
    return cards, matches


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:] if text[:1].islower() and not text[1:2].isupper() else text


def _counted(scene: PictureScene) -> IconMatch | None:
    """The icon of what the scene's percentage counts, if it counts things."""
    figure, label = scene.plan.figure, scene.plan.figure_label
    if figure is None or label is None or percentage_share(figure.text, scene.plan.text) is None:
        return None
    return counted_icon(label.text)


def _figure(scene: PictureScene, figure: Phrase, counted: IconMatch | None) -> list[Element]:
    # Named late in the sentence, the figure leads its words: a picture that waits for them is an empty one.
    when = min(1.2, phrase_time(scene, figure))
    share = percentage_share(figure.text, scene.plan.text)
    icon = None if counted is None else counted.name
    parts = [Element(kind=Shown.FIGURE, text=showable(figure.text), icon=icon, share=share, appear=when)]
    label = scene.plan.figure_label
    if label is not None and showable(label.text):
        parts.append(Element(kind=Shown.LABEL, text=showable(label.text), appear=min(1.5, phrase_time(scene, label))))
    return parts


def _quote(scene: PictureScene, quote: Phrase) -> list[Element]:
    text = showable(quote.text).strip("\"“”„«»‘’' ")
    parts = [Element(kind=Shown.QUOTE, text=text, appear=min(0.6, phrase_time(scene, quote)))]
    said = scene.plan.attribution
    if said is not None and showable(said.text):
        when = max(0.8, phrase_time(scene, said))
        parts.append(Element(kind=Shown.ATTRIBUTION, text=showable(said.text), appear=when))
    return parts
