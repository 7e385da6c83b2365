"""The shape of what planning knows about a language."""

from __future__ import annotations

from dataclasses import dataclass, field


def words(text: str) -> frozenset[str]:
    """The words of a space-separated list."""
    return frozenset(text.split())


def phrases(text: str) -> tuple[str, ...]:
    """The phrases of a list separated by ``|``, longest first, so that the longest match is found first."""
    return tuple(sorted((part.strip() for part in text.split("|") if part.strip()), key=lambda p: (-len(p), p)))


@dataclass(frozen=True)
class Lexicon:
    """Function words and cues of one language, lower case.

    ``articles`` may be dropped from a headline, other ``determiners`` only open a noun phrase. ``fillers`` are
    adverbs without weight. ``openers`` are dropped from the front of a sentence; ``claims`` report what follows
    ("researchers found that"); ``duties`` make the infinitive after them a call to act ("you should").
    ``ordinals`` map a step's opening word to its number; ``sequels`` open a step without one. ``conjoiners``
    stand before a list's last member. ``containers`` hold what is really meant ("glass of water"). ``finals`` are
    function words that a phrase may end with, ``weak`` words make no key phrase alone, ``times`` are units of time.
    """

    code: str
    articles: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    conjoiners: frozenset[str] = frozenset()
    conjunctions: frozenset[str] = frozenset()
    subordinators: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()
    negations: frozenset[str] = frozenset()
    fillers: frozenset[str] = frozenset()
    adverbs: frozenset[str] = frozenset()
    question_words: frozenset[str] = frozenset()
    openers: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    labels: frozenset[str] = frozenset()
    contrasts: tuple[str, ...] = ()
    versus: frozenset[str] = frozenset()
    than: frozenset[str] = frozenset()
    comparatives: frozenset[str] = frozenset()
    not_but: tuple[tuple[str, str], ...] = ()
    ordinals: dict[str, int] = field(default_factory=dict[str, int])
    sequels: tuple[str, ...] = ()
    step_nouns: frozenset[str] = frozenset()
    multiples: frozenset[str] = frozenset()
    scales: frozenset[str] = frozenset()
    number_words: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    months: frozenset[str] = frozenset()
    percent: frozenset[str] = frozenset()
    reporting: frozenset[str] = frozenset()
    approximations: frozenset[str] = frozenset()
    containers: frozenset[str] = frozenset()
    finals: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    greetings: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()

    @property
    def closed(self) -> frozenset[str]:
        """Words that no phrase may end with, and that carry no topic."""
        return _closed(self)


_CLOSED_OF: dict[str, frozenset[str]] = {}


def _closed(lexicon: Lexicon) -> frozenset[str]:
    known = _CLOSED_OF.get(lexicon.code)
    if known is None:
        known = frozenset[str]().union(
            lexicon.articles,
            lexicon.determiners,
            lexicon.pronouns,
            lexicon.prepositions,
            lexicon.conjoiners,
            lexicon.conjunctions,
            lexicon.subordinators,
            lexicon.auxiliaries,
            lexicon.negations,
            lexicon.fillers,
            lexicon.question_words,
        )
        _CLOSED_OF[lexicon.code] = known
    return known
