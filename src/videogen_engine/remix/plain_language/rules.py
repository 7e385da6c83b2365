"""The form of a rule: a pattern for a whole clause, and what it comes to.

Patterns are matched against a clause as a whole and whatever its case, so a word that a rule does not know makes
it fail instead of being passed over. ``{NAME}`` in a pattern stands for one of ``MACROS``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from videogen_engine.remix.plain_language.operations import Operation
from videogen_engine.remix.plain_language.outline import Outline
from videogen_engine.remix.plain_language.scene_references import Unclear, scenes_named

_THE: Final = "the|my|our|your|this|that|these|those|a|an|some|all|all the|all of the|any|its|their|of the"
MACROS: Final[Mapping[str, str]] = {
    "the": f"(?:(?:{_THE}) )?",
    "MAKE": "(?:make|turn|get|set|change|have|keep|let|want|render)",
    "USE": "(?:use|take|try|pick|choose|switch to|change to|go with|go for|want|have|need|prefer|set|apply)",
    "DROP": (
        "(?:remove|delete|drop|cut|cut out|cut away|take out|take away|get rid of|kill|skip|erase|eliminate|leave out|"
        "throw out|throw away|lose|discard|omit|strip|scrap|ditch|axe|do without|we don't need|i don't need|"
        "i don't want|we don't want|clear)"
    ),
    "OFF": (
        "(?:hide|turn off|switch off|disable|stop|mute|no|no more|without|don't show|do not show|stop showing|"
        "don't use)"
    ),
    "CAPS": "(?:captions?|subtitles?|subs|caption text|captions' text|subtitle text|closed captions)",
    "MUSIC": "(?:(?:background |backing )?(?:music|soundtrack|score|song|track|tune))",
    "VOICE": "(?:voice|narrator|narration|speaker|voice-?over|speech|reading|reader)",
    "FILM": (
        "(?:it|this|that|everything|"
        "(?:the|my|this|whole|entire|the whole|the entire) (?:video|film|movie|clip|thing|project))"
    ),
    "PICTURE": "(?:picture|image|visual|photo|illustration|background|background picture|background image|drawing)",
    "LOOK": "(?:look|style|theme|aesthetic|design|visual style|feel|look and feel|vibe)",
    "NUM": r"(?:\d{1,6}(?:[.,]\d{1,4})?|[a-z]+(?:[- ][a-z]+){0,2}?)",
    "PCT": r"(?:\d{1,4}(?:[.,]\d)? ?%|(?:\d{1,4}|[a-z]+(?:[- ][a-z]+)?) ?(?:percent|per cent))",
    "DEGREE": (
        r"(?:(?:much|a lot|lots|way|far|significantly|considerably|really|very|a bit|a little|a little bit|slightly|"
        r"somewhat|a touch|a tad|even|just a bit) )"
    ),
    "INSCENE": "(?:in|for|of|on|at|during|to|from)",
}
#: Words that begin a request; unquoted text that goes on with one of them after a comma or "and" is two requests.
_REQUESTS: Final = (
    "make|add|remove|delete|drop|hide|show|use|put|move|swap|replace|change|set|turn|cut|do|tell|write|send|ignore|"
    "print|speak|say|read|export|open|run|give|forget|stop|start|end|then|also|but|please|order|buy|undo|redo|keep"
)
_TWO_REQUESTS: Final = re.compile(rf"(?:,|;|\band\b|\bthen\b|&)\s*(?:{_REQUESTS})\b", re.IGNORECASE)
_MACRO: Final = re.compile(r"\{([A-Za-z]+)\}")
_QUOTE: Final = re.compile("«(\\d+)»")
LONGEST_CLAUSE: Final = 400


@dataclass(frozen=True)
class Found:
    """A clause that a pattern matched."""

    match: re.Match[str]
    film: Outline
    quotes: Sequence[str]

    def __getitem__(self, name: str) -> str:
        """The words of a group, in small letters; empty when it took no part."""
        return (self.match.groupdict().get(name) or "").lower().strip()

    def scenes(self, name: str = "scenes") -> tuple[int, ...] | None:
        """The scenes that a group names; None when it names none. Raises Unclear when there are no such scenes."""
        return scenes_named(self[name], self.film)

    def scene(self, name: str = "scenes") -> int | None:
        """As ``scenes``, but exactly one. Raises Unclear when it names several."""
        found = self.scenes(name)
        if found is not None and len(found) != 1:
            raise Unclear(f"“{self[name]}” names {len(found)} scenes, and this is done to one")
        return None if found is None else found[0]

    def text(self, name: str, *, quoted: bool = False) -> str | None:
        """The words of a group as they were written. With ``quoted``, only words in quotation marks."""
        raw = (self.match.groupdict().get(name) or "").strip()
        if (whole := _QUOTE.fullmatch(raw)) is not None:
            return self.quotes[int(whole[1])].strip() or None
        if quoted or not raw or "«" in raw or _TWO_REQUESTS.search(raw):
            return None
        return raw


Made: TypeAlias = "Sequence[Operation] | None"


@dataclass(frozen=True)
class Rule:
    """``make`` answers None when the words are not meant for it, and raises Unclear when they are but cannot be."""

    pattern: str
    make: Callable[[Found], Made]

    def compiled(self) -> re.Pattern[str]:
        return re.compile(expanded(self.pattern), re.IGNORECASE)


def expanded(pattern: str) -> str:
    return _MACRO.sub(lambda found: MACROS[found[1]], pattern)


def always(*operations: Operation) -> Callable[[Found], Made]:
    return lambda _found: operations
