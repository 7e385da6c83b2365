"""Entities named inside a text, as ``@[entity:<id>|ACTOR|<name>]``."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final

from videogen_agents.contract import EntityType
from videogen_agents.errors import InputError
from videogen_engine.frozen import Frozen

#: What may be mentioned; a slideshow theme may not.
MENTIONED: Final = (EntityType.ACTOR, EntityType.PRODUCT, EntityType.VISUAL_STYLE)
_TOKEN: Final = re.compile(
    r"@\[entity:([^|\[\]\s]+)\|(" + "|".join(kind.value for kind in MENTIONED) + r")\|([^\[\]]*)\]"
)
_BEGUN: Final = re.compile(r"@\[\s*entity\b.{0,60}", re.IGNORECASE | re.DOTALL)
#: Words that lead to a style's name and mean nothing without it.
_LEADING: Final = re.compile(
    r"[,;]?\s*\b(?:(?:drawn|painted|made|rendered)\s+)?(?:in|with)\s+(?:the\s+)?(?:(?:style|look)(?:\s+of)?\s+)?$", re.I
)
_GAPS: Final = re.compile(r"\s+([,.;:!?])")


class Mention(Frozen):
    """``name`` is as written in the text, and may be empty."""

    entity_id: str
    entity_type: EntityType
    name: str


def mentions_in(text: str, field: str) -> tuple[Mention, ...]:
    """Each mention once, in order. Raises InputError naming ``field`` for a token that is not well formed."""
    rest = _TOKEN.sub(" ", text)
    if (broken := _BEGUN.search(rest)) is not None:
        raise InputError(
            f"{field} has a mention that cannot be read: “{broken[0]}”.",
            next_step="Write mentions as @[entity:<id>|ACTOR|<name>], with ACTOR, PRODUCT or VISUAL_STYLE.",
        )
    found = [
        Mention(entity_id=id_, entity_type=EntityType(kind), name=name) for id_, kind, name in _TOKEN.findall(text)
    ]
    return tuple(dict.fromkeys(found))


def spoken(text: str, names: dict[str, str]) -> str:
    """The text with each mention's name in its place. ``names`` by entity id stand in for empty ones."""
    return _TOKEN.sub(lambda token: token[3].strip() or names.get(token[1], ""), text)


def pictured(text: str, names: dict[str, str], shown: Container[str] = ()) -> str:
    """The text as guidance for a picture: styles are left out, for they are no thing to show, and so are the
    entities ``shown`` otherwise; of the others the names stay.
    """
    parts: list[str] = []
    at = 0
    for token in _TOKEN.finditer(text):
        before = text[at : token.start()]
        at = token.end()
        if token[2] == EntityType.VISUAL_STYLE.value:
            parts.append(_LEADING.sub("", before))
        elif token[1] in shown:
            parts.append(before)
        else:
            parts.append(before + (token[3].strip() or names.get(token[1], "")))
    return _GAPS.sub(r"\1", " ".join("".join((*parts, text[at:])).split())).strip(" ,;")
