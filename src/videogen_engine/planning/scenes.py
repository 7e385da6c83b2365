"""A group of read sentences becomes a planned scene: its structure, headline, key phrases and parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from videogen_engine.planning.blocks import BlockKind
from videogen_engine.planning.compress import HEADLINE_WORDS
from videogen_engine.planning.headline import announced, heading_headline, headline
from videogen_engine.planning.keyphrases import MOST_PHRASES
from videogen_engine.planning.lexicon import Lexicon
from videogen_engine.planning.lists import LABEL_WORDS
from videogen_engine.planning.model import Phrase, PlannedScene, Sentence, Structure
from videogen_engine.planning.nouns import noun_phrase_after, strip_front
from videogen_engine.planning.quotes import find_attribution
from videogen_engine.planning.reading import Reading
from videogen_engine.planning.tokens import Token, bare, phrase

#: Which structure a scene of several sentences takes, strongest first; a question only leads when it opens.
_STRENGTH = (
    Structure.QUOTE,
    Structure.LIST,
    Structure.COMPARISON,
    Structure.STATISTIC,
    Structure.STATEMENT,
)


@dataclass(frozen=True)
class SceneParts:
    """What a scene is made of. ``kicker`` is the heading in force, ``opening`` marks the script's own title.

    ``lead`` is the sentence that announced the list which this scene continues.
    """

    readings: tuple[Reading, ...]
    sentences: tuple[Sentence, ...]
    step_number: int | None
    kicker: str | None
    opening: bool
    lead: Reading | None = None


def build_scene(script: str, index: int, parts: SceneParts, lexicon: Lexicon) -> PlannedScene:
    """The planned scene. Spans of all phrases lie inside ``script[start:end]``, except a quote's speaker's."""
    start, end = parts.sentences[0].start, parts.sentences[-1].end
    body = tuple(reading for reading in parts.readings if reading.kind is not BlockKind.HEADING)
    chosen, structure, items = _lead(script, body or parts.readings, parts.step_number, lexicon)
    quote = chosen.quote if structure is Structure.QUOTE else None
    figure = chosen.figure if structure is Structure.STATISTIC else None
    top = _headline(script, parts, body, chosen, structure, items, lexicon)
    return PlannedScene(
        index=index,
        text=script[start:end],
        start=start,
        end=end,
        sentences=parts.sentences,
        headline=top,
        key_phrases=_keys(body or parts.readings),
        structure=structure,
        items=items,
        figure=figure.phrase if figure else None,
        figure_label=figure.label if figure else None,
        quote=quote.words if quote else None,
        attribution=(quote.attribution or find_attribution(script, chosen.end, end)) if quote else None,
        step_number=parts.step_number if structure is Structure.STEP else None,
        kicker=_kicker(script, parts, top),
    )


def _kicker(script: str, parts: SceneParts, top: str) -> str | None:
    """The heading in force, unless it is the headline already."""
    name = parts.kicker
    if parts.opening:
        first = parts.readings[0]
        name = bare(script[first.start : first.end])
    return name if name is not None and name.lower() != top.lower() else None


def _lead(
    script: str, readings: Sequence[Reading], step_number: int | None, lexicon: Lexicon
) -> tuple[Reading, Structure, tuple[Phrase, ...]]:
    """The sentence that decides the picture, the scene's structure, and its items."""
    first = readings[0]
    if step_number is not None:
        stepping = next((reading for reading in readings if reading.step is not None), first)
        return stepping, Structure.STEP, ()
    bullets = [reading for reading in readings if reading.kind is BlockKind.BULLET]
    if len(bullets) >= 2 and len(bullets) <= 4:
        labels = tuple(bullet_label(script, reading.words, lexicon) for reading in bullets)
        shown = tuple(label for label in labels if label is not None)
        if len(shown) == len(bullets) and len({label.text.lower() for label in shown}) == len(shown):
            return first, Structure.LIST, shown
    if first.structure is Structure.QUESTION:
        return first, Structure.QUESTION, ()
    for structure in _STRENGTH:
        for reading in readings:
            if reading.structure is structure:
                items = reading.items if structure in {Structure.LIST, Structure.COMPARISON} else ()
                return reading, structure, items
    return first, Structure.STATEMENT, ()


def bullet_label(script: str, words: Sequence[Token], lexicon: Lexicon) -> Phrase | None:
    """A list item's label of at most three words: what stands before a colon, else its leading noun phrase."""
    if not words:
        return None
    named = next((index for index, word in enumerate(words[:5]) if any(char in ":—–(" for char in word.after)), None)
    body = words[: named + 1] if named is not None else words
    label = _without_quantity(strip_front(body, lexicon), lexicon)
    if len(label) > LABEL_WORDS:
        label = list(noun_phrase_after(label, lexicon, LABEL_WORDS)) or label[:LABEL_WORDS]
    label = label[:LABEL_WORDS]
    while len(label) > 1 and label[-1].lower in lexicon.closed:
        label.pop()
    return phrase(script, label, capital=True) if label else None


def _without_quantity(label: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """ "1 kg ripe tomatoes" → "ripe tomatoes", "two cloves of garlic" → "garlic"; "two eggs" stays."""
    rest = list(label)
    if rest and (rest[0].numeric or rest[0].lower in lexicon.number_words | {"one"}):
        rest = rest[1:]
    if len(rest) >= 3 and rest[0].lower in lexicon.containers and rest[1].lower in lexicon.of:
        return strip_front(rest[2:], lexicon)
    if len(rest) >= 2 and len(rest) < len(label) and rest[0].lower in lexicon.units:
        return strip_front(rest[1:], lexicon) if rest[1].lower not in lexicon.of else strip_front(rest[2:], lexicon)
    return list(label)


def _headline(
    script: str,
    parts: SceneParts,
    body: Sequence[Reading],
    chosen: Reading,
    structure: Structure,
    items: tuple[Phrase, ...],
    lexicon: Lexicon,
) -> str:
    headings = [reading for reading in parts.readings if reading.kind is BlockKind.HEADING]
    listed = structure is Structure.LIST and chosen.listing is None
    if headings and ((parts.opening and not listed) or not body):
        return heading_headline(script, headings[-1] if not body else headings[0], lexicon)
    if listed:
        return _list_headline(script, parts, body, items, lexicon)
    if structure in {Structure.QUESTION, Structure.STEP, Structure.COMPARISON}:
        return headline(script, chosen, lexicon).text
    best: tuple[float, str] | None = None
    for place, reading in enumerate(body):
        made = headline(script, reading, lexicon)
        worth = made.worth - 0.2 * place
        if reading is chosen and structure is not Structure.STATEMENT:
            worth += 1.5
        elif reading is not chosen and reading.structure is Structure.QUESTION:
            worth -= 2.5
        if best is None or worth > best[0]:
            best = (worth, made.text)
    return best[1] if best is not None else headline(script, chosen, lexicon).text


def _list_headline(
    script: str, parts: SceneParts, body: Sequence[Reading], items: tuple[Phrase, ...], lexicon: Lexicon
) -> str:
    """A bulleted list is named by the sentence that announces it, else by its heading, else by its members."""
    lead = next((reading for reading in body if reading.kind is not BlockKind.BULLET), parts.lead)
    if lead is not None:
        return announced(script, lead, lexicon)
    if parts.kicker is not None and len(parts.kicker.split()) <= HEADLINE_WORDS:
        return parts.kicker
    names = [items[0].text, *(item.text[:1].lower() + item.text[1:] for item in items[1:])]
    last = sorted(lexicon.conjoiners & {"and", "und", "y", "et"})
    joined = ", ".join(names[:-1]) + (f" {last[0]} " if last else ", ") + names[-1]
    return joined if len(joined.split()) <= HEADLINE_WORDS else items[0].text


def _keys(readings: Sequence[Reading]) -> tuple[Phrase, ...]:
    """The scene's phrases, each sentence heard in turn so that no one fills all places."""
    chosen: list[Phrase] = []
    seen: set[str] = set()
    for turn in range(MOST_PHRASES):
        for reading in readings:
            if turn < len(reading.keys) and len(chosen) < MOST_PHRASES:
                key = reading.keys[turn]
                if key.text.lower() not in seen:
                    seen.add(key.text.lower())
                    chosen.append(key)
    return tuple(sorted(chosen, key=lambda key: key.start))
