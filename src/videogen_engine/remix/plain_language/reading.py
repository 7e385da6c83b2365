"""Plain words become operations, all of them or none.

A request is cut at the ends of sentences, at commas and at "and". Parts are joined again where a rule reads them
only together ("remove scenes 2 and 3"), and a part without a verb takes what it lacks from the clause before it
("hide the captions and the logo"). Of all ways to read a request the one counts that lends the fewest words and
has the most clauses. Whatever no rule reads as a whole makes the request fail as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import Final

from videogen_agents.contract import (
    EnableCaptionsAction,
    GenerateMusicAction,
    RegenerateImagesAction,
    ResizeProjectAction,
)
from videogen_engine.remix.plain_language import (
    caption_rules,
    film_rules,
    music_rules,
    picture_rules,
    scene_rules,
    voice_rules,
    word_rules,
)
from videogen_engine.remix.plain_language.colours import COLOUR_WORDS
from videogen_engine.remix.plain_language.foreign import foreign_language
from videogen_engine.remix.plain_language.operations import (
    MOST_CHARS,
    MOST_OPERATIONS,
    ChangePace,
    ChangeTitle,
    ChangeVoice,
    KeepToDuration,
    Operation,
    Redo,
    Undo,
)
from videogen_engine.remix.plain_language.outline import Outline
from videogen_engine.remix.plain_language.phrases import Prepared, mended, plain_request, prepare
from videogen_engine.remix.plain_language.quantities import NUMBER_WORDS, ORDINAL_WORDS
from videogen_engine.remix.plain_language.rules import LONGEST_CLAUSE, MACROS, Found, Rule
from videogen_engine.remix.plain_language.scene_references import Unclear

TOPICS: Final = (word_rules, scene_rules, caption_rules, music_rules, picture_rules, voice_rules, film_rules)
#: How many parts one clause may be joined from.
_LONGEST_JOIN: Final = 6
_MOST_PARTS: Final = 3 * MOST_OPERATIONS
_FAILED: Final = 1000
#: What a film has one of.
_SETTINGS: Final = (
    ResizeProjectAction, ChangePace, ChangeTitle, ChangeVoice, KeepToDuration, RegenerateImagesAction,
    GenerateMusicAction,
)  # fmt: skip
_VERB: Final = re.compile(
    r"(?:make it|make this|make the video|cut it to|turn it into|get rid of|turn off|switch off|turn on|take out|"
    r"we don't need|i don't need|cut out|leave out|[a-z']+)(?= )",
    re.I,
)
_PRONOUN: Final = re.compile(r"\b(?:its|it|them|they|those|these|that|this)\b", re.IGNORECASE)
#: What a pronoun or a bare quality refers to, by the words of the clause before.
_SUBJECTS: Final = (
    ("captions", re.compile(r"\b(?:captions?|subtitles?|subs)\b", re.I)),
    ("music", re.compile(r"\b(?:music|soundtrack|song|track)\b", re.I)),
    ("logo", re.compile(r"\blogo\b", re.I)),
    ("voice", re.compile(r"\b(?:voice|narrator|speaker|speak|talk|narrat\w+)\b", re.I)),
)


@dataclass(frozen=True)
class Clause:
    """What one clause came to. ``reason`` says why it cannot be done, when it was read and cannot."""

    words: str
    operations: tuple[Operation, ...] = ()
    reason: str | None = None

    @property
    def is_read(self) -> bool:
        return bool(self.operations)


@dataclass(frozen=True)
class Understood:
    """``corrected`` is the request as it was read, when slips of the fingers were put right in it."""

    clauses: tuple[Clause, ...]
    corrected: str | None = None

    @property
    def operations(self) -> tuple[Operation, ...]:
        return tuple(chain.from_iterable(clause.operations for clause in self.clauses))


@dataclass(frozen=True)
class Refused:
    """``parts`` were not understood, or cannot be done; ``understood`` would have been done without them."""

    reason: str
    parts: tuple[str, ...] = ()
    understood: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


def read(text: str, film: Outline) -> Understood | Refused:
    """The request as operations on ``film``, in the order given, or why there are none. Never raises."""
    if len(text) > MOST_CHARS:
        return Refused(f"The request has {len(text)} characters; at most {MOST_CHARS} are read at once.")
    if not any(char.isalnum() for char in text):
        return Refused("The request is empty.", examples=_examples(""))
    prepared = prepare(text)
    if len(prepared.parts) > _MOST_PARTS:
        return Refused(f"The request has more than {MOST_OPERATIONS} edits; send them in several requests.")
    clauses = _Reader(prepared, film).read()
    corrected: str | None = None
    if not all(clause.is_read for clause in clauses):
        again = tuple(mended(part, vocabulary()) for part in prepared.parts)
        if again != prepared.parts:
            mended_request = Prepared(again, prepared.joints, prepared.quotes)
            second = _Reader(mended_request, film).read()
            if all(clause.is_read for clause in second):
                clauses = second
                corrected = ", ".join(prepared.shown(part) for part in again)
    if not clauses or not all(clause.is_read for clause in clauses):
        return _refused(text, clauses)
    understood = Understood(clauses, corrected)
    return _whole(understood) or understood


def _whole(understood: Understood) -> Refused | None:
    """What is wrong with the operations together."""
    operations = understood.operations
    if len(operations) > MOST_OPERATIONS:
        return Refused(f"The request has {len(operations)} edits; at most {MOST_OPERATIONS} are done at once.")
    if len(operations) > 1 and any(isinstance(operation, Undo | Redo) for operation in operations):
        return Refused(
            "Undo and redo go to another version of the film, so they are done alone.",
            understood=tuple(clause.words for clause in understood.clauses),
        )
    twice = _contradiction(operations)
    if twice is not None:
        return Refused(f"The request asks for two different things: {twice}.", parts=(), examples=_examples(twice))
    return None


def _contradiction(operations: Sequence[Operation]) -> str | None:
    """What is to be two things at once."""
    given: dict[str, object] = {}
    for operation in operations:
        fields: dict[str, object] = {}
        if isinstance(operation, EnableCaptionsAction):
            style = operation.caption_style
            names = () if style is None else style.model_fields_set
            fields = {f"caption {name.replace('_', ' ')}": getattr(style, name) for name in names}
        elif isinstance(operation, _SETTINGS):
            fields = {str(operation.type).replace("_", " ").lower(): operation}
        for name, value in fields.items():
            if given.setdefault(name, value) != value:
                return name
    return None


def _refused(text: str, clauses: Sequence[Clause]) -> Refused:
    failed = [clause for clause in clauses if not clause.is_read]
    understood = tuple(clause.words for clause in clauses if clause.is_read)
    parts = tuple(clause.words for clause in failed) or (text.strip(),)
    reasons = [clause.reason for clause in failed if clause.reason]
    if reasons:
        return Refused(reasons[0], parts, understood, _examples(" ".join(parts)))
    language = foreign_language(text)
    if language is not None:
        return Refused(f"Edits are read in English only; this looks like {language}.", parts, (), _examples(""))
    return Refused("", parts, understood, _examples(" ".join(parts)))


@dataclass
class _Reader:
    prepared: Prepared
    film: Outline
    _known: dict[str, Clause] = field(default_factory=dict[str, Clause])

    def read(self) -> tuple[Clause, ...]:
        """The best way to cut the request into clauses; clauses that no rule reads are part of it."""
        count = len(self.prepared.parts)
        #: For every place: cost, and the clauses up to there.
        nothing: tuple[tuple[int, int], tuple[Clause, ...]] = ((0, 0), ())
        best: list[tuple[tuple[int, int], tuple[Clause, ...]] | None] = [nothing, *([None] * count)]
        for end in range(1, count + 1):
            for start in range(max(0, end - _LONGEST_JOIN), end):
                so_far = best[start]
                words = self.prepared.joined(start, end)
                if so_far is None or words is None:
                    continue
                clause, cost = self._clause(words, so_far[1], single=end - start == 1)
                if clause is None:
                    continue
                total = (so_far[0][0] + cost, so_far[0][1] - 1)
                current = best[end]
                if current is None or total < current[0]:
                    best[end] = (total, (*so_far[1], clause) if clause.words else so_far[1])
        found = best[count]
        return found[1] if found is not None else ()

    def _clause(self, words: str, before: tuple[Clause, ...], *, single: bool) -> tuple[Clause | None, int]:
        """What the words come to and at which cost; None when joining them made nothing."""
        plain = plain_request(words)
        if not plain:
            return Clause(""), 0
        if len(plain) > LONGEST_CLAUSE:
            return (Clause(self.prepared.shown(words)), _FAILED) if single else (None, 0)
        shown = self.prepared.shown(plain)
        read = self._rules(plain)
        if read.is_read:
            return Clause(shown, read.operations), 0
        reason = read.reason
        for lent in _lent(plain, before):
            again = self._rules(lent)
            if again.is_read:
                return Clause(self.prepared.shown(lent), again.operations), 1
            reason = reason or again.reason
        if single or reason is not None:
            return Clause(shown, reason=reason), _FAILED - (1 if reason is not None else 0)
        return None, 0

    def _rules(self, words: str) -> Clause:
        if words not in self._known:
            self._known[words] = self._tried(words)
        return self._known[words]

    def _tried(self, words: str) -> Clause:
        reason: str | None = None
        for pattern, rule in compiled_rules():
            match = pattern.fullmatch(words)
            if match is None:
                continue
            try:
                made = rule.make(Found(match, self.film, self.prepared.quotes))
            except Unclear as unclear:
                reason = reason or unclear.reason
                continue
            if made:
                return Clause(words, tuple(made))
        return Clause(words, reason=reason)


def _lent(words: str, before: tuple[Clause, ...]) -> list[str]:
    """The words completed by what the clause before has."""
    if not before or not before[-1].words:
        return []
    last = before[-1].words
    found: list[str] = []
    subject = next((name for name, words_of in _SUBJECTS if words_of.search(last)), None)
    if subject is not None:
        named = _PRONOUN.sub(f"the {subject}", words, count=1)
        if named != words:
            found.append(named)
        else:
            found.append(f"make the {subject} {words}")
    verb = _VERB.match(last)
    if verb is not None and not words.lower().startswith(verb[0].lower()):
        found.append(f"{verb[0]} {words}")
    return found


@cache
def compiled_rules() -> tuple[tuple[re.Pattern[str], Rule], ...]:
    return tuple((rule.compiled(), rule) for topic in TOPICS for rule in topic.RULES)


@cache
def vocabulary() -> frozenset[str]:
    """Every word of four letters or more that some rule knows."""
    patterns = chain((rule.pattern for topic in TOPICS for rule in topic.RULES), MACROS.values())
    known = {word.lower() for pattern in patterns for word in re.findall(r"(?<!\\)[A-Za-z]{4,}", pattern)}
    known |= {word for topic in TOPICS for line in topic.EXAMPLES for word in re.findall(r"[a-z]{4,}", line.lower())}
    return frozenset(
        {*known, *NUMBER_WORDS, *ORDINAL_WORDS, *COLOUR_WORDS, *music_rules.MOODS}
        | {
            "please",
            "scene",
            "scenes",
            "last",
            "bold",
            "larger",
            "bigger",
            "smaller",
            "bottom",
            "middle",
            "could",
            "would",
        }
    )


def _examples(text: str) -> tuple[str, ...]:
    """Three requests that are understood, those that share most words with ``text`` first."""
    words = set(re.findall(r"[a-z]{3,}", text.lower()))
    lines = [line for topic in TOPICS for line in topic.EXAMPLES]
    ranked = sorted(lines, key=lambda line: -len(words & set(re.findall(r"[a-z]{3,}", line.lower()))))
    shared = [line for line in ranked if words & set(re.findall(r"[a-z]{3,}", line.lower()))]
    usual = ["drop the third scene", "make the captions larger", "add calm music"]
    return tuple(dict.fromkeys((*shared[:3], *usual)))[:3]
