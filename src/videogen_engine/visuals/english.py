"""English words: where they stand in a text, what they may be forms of, and which say nothing by themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_SHORT_SYLLABLE = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]$")
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")

#: Forms that no rule finds.
IRREGULAR = {
    "ate": "eat",
    "bought": "buy",
    "broke": "break",
    "broken": "break",
    "brought": "bring",
    "built": "build",
    "caught": "catch",
    "children": "child",
    "chose": "choose",
    "chosen": "choose",
    "dice": "die",
    "drank": "drink",
    "driven": "drive",
    "drove": "drive",
    "drunk": "drink",
    "eaten": "eat",
    "feet": "foot",
    "flew": "fly",
    "flown": "fly",
    "fought": "fight",
    "frozen": "freeze",
    "froze": "freeze",
    "geese": "goose",
    "grew": "grow",
    "grown": "grow",
    "knives": "knife",
    "leaves": "leaf",
    "lives": "life",
    "loaves": "loaf",
    "lost": "lose",
    "men": "man",
    "mice": "mouse",
    "paid": "pay",
    "ran": "run",
    "rode": "ride",
    "ridden": "ride",
    "sang": "sing",
    "sent": "send",
    "shelves": "shelf",
    "slept": "sleep",
    "sold": "sell",
    "spent": "spend",
    "spoke": "speak",
    "spoken": "speak",
    "stolen": "steal",
    "swam": "swim",
    "taught": "teach",
    "teeth": "tooth",
    "thieves": "thief",
    "thought": "think",
    "threw": "throw",
    "told": "tell",
    "wives": "wife",
    "wolves": "wolf",
    "women": "woman",
    "won": "win",
    "wore": "wear",
    "worn": "wear",
    "written": "write",
    "wrote": "write",
}

#: Words that look derived and are not.
INVARIABLE = frozenset(
    {
        "always",
        "bed",
        "bless",
        "building",
        "christmas",
        "evening",
        "gas",
        "glasses",
        "goods",
        "headquarters",
        "lens",
        "meeting",
        "morning",
        "news",
        "species",
        "series",
        "smoking",
        "sled",
        "spring",
        "string",
        "summons",
        "texas",
        "thing",
        "wedding",
    }
)

_STOP = """
a about above across actually after again against ago all almost along already also although always am among an and
another
any anyone anything anyway apart are around as at away back be became because become been before behind being
below beside besides between both but by came can cannot come comes could did do does doing down during each
either else enough entirely especially even ever every everybody everyone everything except far few first for
from full further gave get gets getting give given gives go goes going gone got had has have having he her here hers
him himself his how however i if in instead into is it its itself just keep keeps kept know known last later
least less let lets likely little long lot lots made main make makes making many may maybe me mean means might
mine more most mostly much must my myself near nearly need needs neither never next nobody none nor not nothing
now of off often oh on once one ones only onto or other others ought our ours out over own part per perhaps please
put puts quite rather really same say says seem seems several shall she should simply since so some someone
something sometimes soon still such take taken takes than that the their theirs them themselves then there these they
thing things this those though three through throughout thus till to too took toward towards try turn turns two under
until up upon us use used uses using usually very via was way ways we well went were what whatever when whenever where
whether which while who whom whose will with within without would yet you your yours yourself
eight five four hundred million nine seven six ten thousand billion
m ll re ve d s t don doesn didn isn aren wasn weren won't can't don't doesn't didn't isn't aren't it's you're we're
they're i'm i've you've we've you'll we'll that's there's what's let's
"""

#: Words that carry no picture.
STOP_WORDS = frozenset(_STOP.split())


@dataclass(frozen=True)
class TextWord:
    """A word of a text: as written, folded for look-ups, and the character offset where it starts."""

    written: str
    folded: str
    start: int


#: Endings of regular forms (plural, past, -ing) and what may stand in their place.
_FORMS = (
    ("ies", ("y", "ie")),
    ("ied", ("y", "ie")),
    ("es", ("e", "")),
    ("s", ("",)),
    ("ing", ("", "e")),
    ("ed", ("", "e")),
)
#: Endings of derived words; too often misleading to be taken off unless the word itself is unknown.
_DERIVED = (
    ("ily", ("y",)),
    ("iest", ("y",)),
    ("ier", ("y",)),
    ("iness", ("y",)),
    ("er", ("", "e")),
    ("est", ("", "e")),
    ("ly", ("", "le")),
    ("ness", ("",)),
    ("ment", ("",)),
)
#: Endings before which a final consonant is doubled (``stop``, ``stopping``).
_DOUBLING = frozenset({"ing", "ed", "er", "est"})
_NO_FORMS = ("ss", "us", "is", "ics", "eed")


def words_of(text: str) -> list[TextWord]:
    """The words of ``text`` in order; hyphens and apostrophes inside a word are part of it."""
    found: list[TextWord] = []
    for match in _WORD.finditer(text):
        folded = _POSSESSIVE.sub("", match.group().casefold()).replace("’", "'")
        found.append(TextWord(match.group(), folded, match.start()))
    return found


def base_forms(word: str) -> list[str]:
    """Words that ``word`` may be a regular form of (``baking``: ``bak``, ``bake``), the likeliest first."""
    if word in IRREGULAR:
        return [IRREGULAR[word]]
    if word in INVARIABLE or word.endswith(_NO_FORMS):
        return []
    return _without_endings(word, _FORMS)


def roots(word: str) -> list[str]:
    """``base_forms``, then words that ``word`` may be derived from otherwise, then the parts of a compound."""
    forms = base_forms(word)
    if word not in INVARIABLE:
        forms += _without_endings(word, _DERIVED)
    if "-" in word:
        forms += [word.replace("-", ""), word.rpartition("-")[2]]
    return forms


def _without_endings(word: str, endings: tuple[tuple[str, tuple[str, ...]], ...]) -> list[str]:
    forms: list[str] = []
    for ending, replacements in endings:
        body = word[: -len(ending)]
        if word.endswith(ending) and len(body) >= 2:
            doubled = ending in _DOUBLING and len(body) > 3 and body[-1] == body[-2] and body[-1] not in "lsz"
            if doubled:
                forms.append(body[:-1])
            if ending in _DOUBLING and _SHORT_SYLLABLE.match(body):
                # "rated" is not of "rat", which would be "ratted".
                replacements = replacements[::-1]
            forms += [body + replacement for replacement in replacements if len(body + replacement) >= 3]
    return forms
