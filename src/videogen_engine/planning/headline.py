"""A scene's headline: at most six words that say what the sentence is about, never merely its first six.

Several ways of making one are tried per sentence (question, call to act, name of a list, whole short sentence,
shortened clause, subject, key phrase); each yields a text with a worth, and the best one wins. Headlines are
sentence case and carry no closing punctuation but a question mark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from videogen_engine.planning import fronts
from videogen_engine.planning.compress import (
    HEADLINE_WORDS,
    ROUND_NUMBERS,
    Words,
    complete,
    fits,
    main_clause,
    shortened,
)
from videogen_engine.planning.lexicon import Lexicon
from videogen_engine.planning.model import Structure
from videogen_engine.planning.nouns import (
    imperative,
    leading_noun_phrase,
    noun_phrase_after,
    subject,
    verb_index,
)
from videogen_engine.planning.reading import Reading
from videogen_engine.planning.tokens import Token, bare, capitalised, unspaced
from videogen_engine.planning.unspaced import unspaced_headline

#: Longest headline in characters: a single endless word is cut.
LONGEST = 60

_SPEAKERS = frozenset({"you", "we", "they", "it", "i"})
_OR = {"de": "oder", "es": "o", "fr": "ou", "it": "o", "pt": "ou", "nl": "of", "en": "vs."}


@dataclass(frozen=True)
class Headline:
    text: str
    worth: float


def headline(script: str, reading: Reading, lexicon: Lexicon) -> Headline:
    """The best headline of one sentence."""
    if not reading.words:
        return Headline(_cut(bare(script[reading.start : reading.end])), 0.0)
    if unspaced(script[reading.start : reading.end]):
        return Headline(unspaced_headline(bare(script[reading.start : reading.end])), 1.0)
    if fronts.greets(reading.words, lexicon):
        return Headline(show(reading.words), 0.2)
    best: Headline | None = None
    for text, worth in _candidates(script, reading, lexicon):
        if "://" not in text and "www." not in text and (best is None or worth > best.worth):
            best = Headline(text, worth)
    return best or Headline(_first_words(reading.words, lexicon), 0.1)


def heading_headline(script: str, reading: Reading, lexicon: Lexicon) -> str:
    """A heading as a headline: itself when it is short, else shortened."""
    words = reading.words
    if not words or len(words) <= HEADLINE_WORDS:
        return _cut(capitalised(bare(script[reading.start : reading.end]).rstrip(" .,;:")))
    short = shortened(main_clause(words, lexicon), lexicon)
    return show(short) if short is not None else _first_words(words, lexicon)


def announced(script: str, reading: Reading, lexicon: Lexicon) -> str:
    """The headline of a sentence that announces a list: "You will need:" → "What you will need"."""
    words = fronts.without_openers(reading.words, lexicon)
    return _what(words, lexicon) or headline(script, reading, lexicon).text


def _candidates(script: str, reading: Reading, lexicon: Lexicon) -> Iterator[tuple[str, float]]:
    words = fronts.without_asides(reading.words[reading.cue_words :] or reading.words)
    words = fronts.without_openers(fronts.without_label(words, lexicon), lexicon)
    if reading.structure is Structure.QUOTE and reading.quote is not None:
        yield from _quoted(words, reading, lexicon)
        return
    if reading.structure is Structure.COMPARISON and (text := _versus(words, reading, lexicon)):
        yield text, 6.0
    if reading.structure is Structure.QUESTION:
        yield from _question(words, lexicon)
    opening, rest = fronts.introduction(fronts.without_claims(words, lexicon), lexicon)
    rest = fronts.without_openers(rest, lexicon)
    if reading.listing is not None and (text := _list_name(rest, reading, lexicon)):
        yield text, 6.0
    if named := _named_time(opening, lexicon):
        yield show(named), 2.4
    if ban := fronts.forbidden(rest, lexicon):
        short = shortened(main_clause(ban, lexicon), lexicon)
        if short is not None and len(short) <= HEADLINE_WORDS - 2:
            yield "Do not " + _lowered(show(short)), 5.2
    rest, duty = fronts.without_duty(rest, lexicon)
    yield from _statement(rest, duty or imperative(rest, lexicon), reading, lexicon)


def _statement(words: Words, calls: bool, reading: Reading, lexicon: Lexicon) -> Iterator[tuple[str, float]]:
    if not words:
        return
    vague = _vague(words[0], lexicon)
    if (made := _made_easier(words)) is not None and fits(made, lexicon):
        yield show(made), 5.5
    if vague and not calls:
        rest, worth = _after_vague_start(words, lexicon)
        short = shortened(main_clause(rest, lexicon), lexicon) if rest else None
        if short is not None and _whole(short, reading):
            yield show(short), worth - _lone(short)
    whole = 5.0 if calls else (2.2 if vague else 4.6)
    if reading.listing is not None and reading.listing.items[0].start <= words[0].end:
        whole -= 2.0
    if fits(words, lexicon):
        yield show(words), whole - _lone(words)
    clause = main_clause(words, lexicon)
    first_part = _to_first_comma(clause)
    if calls and 2 <= len(first_part) < len(clause) and (short := shortened(first_part, lexicon)) is not None:
        yield show(short), whole - 0.1 - _lone(short)
    if (short := shortened(clause, lexicon)) is not None and _whole(short, reading):
        guess = 0.9 if lexicon.code != "en" and not calls and len(short) < len(words) else 0.0
        yield show(short), whole - 0.3 - guess - _lone(short)
    doer = _without_time(subject(clause, lexicon), lexicon)
    if doer and len(doer) <= HEADLINE_WORDS:
        lone = 0.4 if lexicon.code == "de" and len(doer[0].text) > 7 else _lone(doer) / 2
        yield show(doer), 2.6 + min(len(doer), 4) * 0.3 - lone
    if (counted := _counted(reading)) is not None:
        yield counted, 3.3 if lexicon.code == "en" else 4.2
    for key in reading.keys:
        worth = (1.3, 2.1, 2.3)[min(len(key.text.split()), 3) - 1]
        yield capitalised(key.text), worth - (0.6 if lexicon.code == "de" else 0.0)
    if len(reading.keys) >= 2 and not reading.items:
        named = ", ".join(key.text for key in reading.keys[:3])
        yield capitalised(named if len(named.split()) <= HEADLINE_WORDS else reading.keys[0].text), 1.5
    personal = vague and words[0].lower not in {"someone", "anyone", "everyone", "nobody", "those"}
    if not personal and 3 <= len(first := _to_clause_end(words, lexicon)) <= HEADLINE_WORDS:
        yield show(first), 1.9


def _counted(reading: Reading) -> str | None:
    """The figure with what it counts: "9 out of 10 orders"."""
    figure = reading.figure
    if figure is None or figure.label is None or reading.structure is not Structure.STATISTIC or figure.compares:
        return None
    if not figure.phrase.end < figure.label.start <= figure.phrase.end + 2:
        return None
    label = figure.label.text.split(" in ")[0].split(" within ")[0].split(" for ")[0].split(" on ")[0]
    text = f"{figure.phrase.text} {label}"
    return (
        capitalised(text)
        if len(text.split()) <= HEADLINE_WORDS and label.split()[0] not in {"of", "a", "an", "per"}
        else None
    )


def _without_time(doer: Words, lexicon: Lexicon) -> Words:
    """ "One night the storm" → "the storm"."""
    for index in range(2, len(doer)):
        if doer[index].lower in lexicon.articles and doer[index - 1].lower in lexicon.times:
            return doer[index:]
    return doer


def _lone(words: Sequence[Token]) -> float:
    """A single word seldom makes a headline."""
    return 2.4 if len(words) == 1 else 0.0


def _whole(words: Words, reading: Reading) -> bool:
    """Whether a shortened clause leaves the sentence's list and figure in one piece."""
    last = words[-1].end
    listing, figure = reading.listing, reading.figure
    cuts_list = listing is not None and listing.items[0].end < last < listing.items[-1].end
    cuts_figure = figure is not None and figure.phrase.start < last < figure.phrase.end
    bare_multiple = figure is not None and figure.worth == 4 and last == figure.phrase.end and figure.compares
    return not (cuts_list or cuts_figure or bare_multiple)


def _to_first_comma(words: Words) -> Words:
    at = next((index for index, word in enumerate(words) if word.comma), len(words) - 1)
    return words[: at + 1]


def _to_clause_end(words: Words, lexicon: Lexicon) -> Words:
    """The longest beginning of at most six words that ends where a phrase ends."""
    for length in range(min(HEADLINE_WORDS, len(words) - 1), 2, -1):
        following = words[length]
        if words[length - 1].lower in ROUND_NUMBERS:
            continue
        ends = words[length - 1].closes or following.lower in lexicon.auxiliaries | lexicon.conjunctions
        if ends and complete(words[:length], lexicon):
            return words[:length]
    return ()


def _question(words: Words, lexicon: Lexicon) -> Iterator[tuple[str, float]]:
    _, words = fronts.introduction(words, lexicon)
    claimed = fronts.without_claims(words, lexicon)
    if len(claimed) < len(words):
        clause = main_clause(claimed, lexicon)
        short = shortened(clause, lexicon) if lexicon.code != "de" else leading_noun_phrase(clause, lexicon)
        if short:
            yield show(short), 6.0
        return
    if len(words) <= HEADLINE_WORDS:
        yield _asked(words, lexicon), 7.0
        return
    for form in _shorter_questions(words, lexicon):
        if 2 <= len(form) <= HEADLINE_WORDS and complete(form, lexicon):
            yield _asked(form, lexicon), 6.5
            return
    if 3 <= len(first := _to_clause_end(words, lexicon)) <= HEADLINE_WORDS:
        yield _asked(first, lexicon), 3.0


def _asked(words: Words, lexicon: Lexicon) -> str:
    """A question with the marks of its language."""
    marks = {"es": ("¿", "?"), "fr": ("", "\u00a0?"), "ar": ("", "؟"), "fa": ("", "؟"), "ur": ("", "؟")}
    opens, closes = marks.get(lexicon.code, ("", "?"))
    return f"{opens}{show(words)}{closes}"


def _shorter_questions(words: Words, lexicon: Lexicon) -> Iterator[Words]:
    """ "Have you had a glass of water yet today?" → "Had a glass of water today?"."""
    fillers = lexicon.fillers - {"ever"}
    light = tuple(word for word in words if word.lower not in fillers)
    yield light
    if (
        lexicon.code == "en"
        and len(light) > 3
        and light[0].lower in lexicon.auxiliaries
        and light[1].lower in {"you", "we", "i"}
    ):
        rest = light[2:]
        yield rest
        if (short := shortened(main_clause(rest, lexicon), lexicon)) is not None:
            yield short
    clause = main_clause(light, lexicon)
    yield clause
    if (short := shortened(clause, lexicon)) is not None and len(short) >= 3:
        yield short


def _quoted(words: Words, reading: Reading, lexicon: Lexicon) -> Iterator[tuple[str, float]]:
    """A quotation's own words when they are few, else what it is about, else who said it."""
    quote = reading.quote
    if quote is None:
        return
    said = tuple(word for word in words if quote.words.start <= word.start and word.end <= quote.words.end)
    if said and fits(said, lexicon):
        yield show(said), 6.0
    if said and (short := shortened(main_clause(said, lexicon), lexicon)) is not None and len(short) >= 3:
        open_ended = _vague(short[0], lexicon) or short[0].lower in lexicon.question_words
        yield show(short), 2.0 if open_ended else 4.0
    doer = subject(main_clause(said, lexicon), lexicon) if said else ()
    if 2 <= len(doer) <= HEADLINE_WORDS:
        yield show(doer), 3.8
    if quote.attribution is not None and len(quote.attribution.text.split()) <= HEADLINE_WORDS:
        yield capitalised(quote.attribution.text), 3.0
    if said:
        for key in reading.keys:
            if quote.words.start <= key.start < quote.words.end:
                yield capitalised(key.text), 1.0 + len(key.text.split()) * 0.3


def _list_name(words: Words, reading: Reading, lexicon: Lexicon) -> str | None:
    """What the members of a list are members of."""
    if reading.listing is None:
        return None
    first = reading.listing.items[0].start
    lead = tuple(word for word in words if word.end <= first)
    while lead and lead[-1].lower in lexicon.determiners | lexicon.prepositions | lexicon.conjunctions | {"to"}:
        lead = lead[:-1]
    if not lead:
        return None
    if lead[-1].ends_list:
        short = shortened(lead, lexicon)
        return show(short) if short is not None and len(short) >= 2 else None
    if lexicon.code != "en":
        begin, finish = reading.listing.items[0].start, reading.listing.items[-1].end
        members = tuple(word for word in words if begin <= word.start < finish)
        return show(members) if 3 <= len(members) <= HEADLINE_WORDS else None
    if what := _what(lead, lexicon):
        return what
    index = verb_index(lead, lexicon)
    named = subject(lead, lexicon) if index is not None and not _vague(lead[0], lexicon) else ()
    return show(named) if 2 <= len(named) <= HEADLINE_WORDS else None


def _what(words: Words, lexicon: Lexicon) -> str | None:
    """ "You will need" → "What you will need", when the words want an object and nothing else."""
    if lexicon.code != "en" or not 2 <= len(words) <= HEADLINE_WORDS - 1 or words[0].lower not in _SPEAKERS:
        return None
    index = verb_index(words, lexicon)
    last = words[-1].lower
    if index != 1 or last in {"is", "are", "was", "were", "be"} or last not in lexicon.verbs:
        return None
    if len(words) == 2 and complete(words, lexicon):
        return None
    return "What " + bare(" ".join("I" if word.lower == "i" else word.text.lower() for word in words))


def _versus(words: Words, reading: Reading, lexicon: Lexicon) -> str | None:
    """Both sides of a comparison, containers unpacked: "Soda vs. water"; or "Not an act but a habit"."""
    if len(reading.items) != 2 or lexicon.code not in _OR:
        return None
    for no, but in lexicon.not_but:
        at = next((index for index, word in enumerate(words) if word.lower == no), None)
        if at is not None and any(word.lower == but for word in words[at:]) and len(words) - at <= HEADLINE_WORDS:
            return show(words[at:])
    sides = [_unpacked(item.text, lexicon) for item in reading.items]
    right = sides[1] if lexicon.code == "de" else _lowered(sides[1]) if _is_common(words, reading) else sides[1]
    text = f"{sides[0]} {_OR[lexicon.code]} {right}"
    return text if len(text.split()) <= HEADLINE_WORDS else None


def _is_common(words: Words, reading: Reading) -> bool:
    """Whether the second side is written in lower case in the script."""
    return any(word.start == reading.items[1].start and not word.capital for word in words)


def _unpacked(text: str, lexicon: Lexicon) -> str:
    parts = text.split()
    if len(parts) >= 3 and parts[0].lower() in lexicon.containers and parts[1].lower() in lexicon.of:
        return capitalised(" ".join(parts[2:]))
    return text


def _lowered(text: str) -> str:
    first = text.split(" ", 1)[0]
    return text if any(char.isupper() for char in first[1:]) else text[:1].lower() + text[1:]


def _made_easier(words: Words) -> Words | None:
    """ "… makes it harder to concentrate" → "Harder to concentrate"."""
    for index in range(len(words) - 3):
        if words[index].lower in {"make", "makes", "made"} and words[index + 1].lower == "it":
            return words[index + 2 :]
    return None


def _named_time(opening: Words, lexicon: Lexicon) -> Words:
    """ "On your first day," → "Your first day"."""
    if not opening or opening[0].lower not in lexicon.prepositions or opening[-1].lower in lexicon.closed:
        return ()
    rest = opening[1:]
    return rest if 2 <= len(rest) <= 4 and verb_index(rest, lexicon) is None and not rest[-1].numeric else ()


def _vague(word: Token, lexicon: Lexicon) -> bool:
    """A first word that says nothing by itself."""
    return word.lower in lexicon.pronouns or word.lower in {"there", "here", "this", "that", "it's", "es"}


def _after_vague_start(words: Words, lexicon: Lexicon) -> tuple[Words, float]:
    """What "There are …", "You save …", "He marked …" are about, with the worth of saying it."""
    first = words[0].lower
    if lexicon.code != "en":
        return (), 0.0
    if "'" in first and first != "let's":
        return words[1:], 3.4
    index = verb_index(words, lexicon)
    if index is None or index > 2 or index + 1 >= len(words):
        return (), 0.0
    rest = words[index + 1 :]
    if words[index].lower in {"is", "are", "was", "were"}:
        return rest, 3.4
    if first in {"you", "we", "they"} and words[index].lower in lexicon.verbs - lexicon.auxiliaries and index == 1:
        return words[index:], 3.4 if first == "you" else 2.6
    if rest[0].lower in lexicon.determiners and index == 1:
        return rest, 2.9
    return (), 0.0


def show(words: Sequence[Token]) -> str:
    """The words as a headline: single spaces, inner commas kept, capital first letter, no shouting."""
    parts: list[str] = []
    for index, word in enumerate(words):
        inner = index + 1 < len(words)
        mark = next((char for char in word.after if char in ",،、，"), "") if word.comma else ""
        if word.after == ":" or (word.after == "." and word.numeric):
            mark = word.after
        mark = mark if inner else ""
        parts.append(bare(word.text) + mark)
    text = " ".join(part for part in parts if part)
    letters = [char for char in text if char.isalpha()]
    if len(letters) > 8 and all(char.isupper() for char in letters) and letters[0].lower() != letters[0]:
        text = text.lower()
    return _cut(capitalised(text))


def _first_words(words: Sequence[Token], lexicon: Lexicon) -> str:
    """The plainest headline: the first words up to a mark, without a function word at the end."""
    taken: list[Token] = []
    for word in words:
        taken.append(word)
        if len(taken) == HEADLINE_WORDS or (word.closes and len(taken) > 1):
            break
    while len(taken) > 1 and taken[-1].lower in lexicon.closed:
        taken.pop()
    phrase = noun_phrase_after(taken, lexicon, HEADLINE_WORDS) if taken[-1].lower in lexicon.closed else tuple(taken)
    return show(phrase or taken)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
