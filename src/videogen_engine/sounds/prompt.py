"""What a prompt asks for: sounds at once or one after the other, and how each is to be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from videogen_agents.errors import InputError, UnavailableError
from videogen_engine.sounds.model import LONGEST_PROMPT
from videogen_engine.sounds.vocabulary import CHANGES, EMPTY, SEQUENCE, SOUNDS, Change

_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LONGEST_PHRASE = 5
_MOST_SOUNDS = 6


@dataclass(frozen=True)
class Brief:
    """``parts`` follow one another; the sounds (names) of a part are heard together."""

    parts: tuple[tuple[str, ...], ...]
    change: Change
    words: frozenset[str]
    unread: tuple[str, ...] = ()

    @property
    def sounds(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for part in self.parts for name in part))


@dataclass
class _Reading:
    sounds: list[str] = field(default_factory=list[str])
    changes: list[Change] = field(default_factory=list[Change])
    unread: list[str] = field(default_factory=list[str])


def read_effect(prompt: str) -> Brief:
    """Raises InputError for an empty or overlong prompt, UnavailableError when no word of it names a known sound."""
    if not prompt.strip() or len(prompt) > LONGEST_PROMPT:
        raise InputError(
            f"prompt must have 1 to {LONGEST_PROMPT} characters.",
            next_step="Name it in a few words, such as “heavy rain on a roof” or “whoosh followed by an impact”.",
        )
    text = prompt.casefold().replace("ü", "u")
    readings = [_read(part) for part in re.split(SEQUENCE, text)]
    parts = [tuple(dict.fromkeys(reading.sounds))[:_MOST_SOUNDS] for reading in readings if reading.sounds]
    if not parts:
        raise UnavailableError(
            f"No word of “{' '.join(prompt.split())[:80]}” names a sound that can be synthesised here. Others need a "
            "recording of yours, or VideoGen's hosted backend (VIDEOGEN_API_KEY). "
            f"Known here: {', '.join(SOUNDS)}.",
            code="sound_not_known",
            requirement="hosted_backend",
            next_step="Use one of the known words, or upload a recording.",
        )
    words = frozenset(form for token in _TOKEN.findall(text) for form in _forms(token))
    return Brief(
        tuple(parts[:_MOST_SOUNDS]),
        _joined([change for reading in readings for change in reading.changes]),
        words,
        tuple(dict.fromkeys(word for reading in readings for word in reading.unread)),
    )


def _read(text: str) -> _Reading:
    """Left to right, the longest phrase first. A word that names a sound may change it as well ("deep drone")."""
    tokens = _TOKEN.findall(text)
    found = _Reading()
    at = 0
    while at < len(tokens):
        for length in range(min(_LONGEST_PHRASE, len(tokens) - at), 0, -1):
            name = _named(tokens[at : at + length])
            if name is not None:
                found.sounds.append(name)
                at += length
                break
        else:
            token = tokens[at]
            if (change := CHANGES.get(token)) is not None:
                found.changes.append(change)
            elif token not in EMPTY and not token.isdigit() and not _material(token):
                found.unread.append(token)
            at += 1
    if not found.sounds:
        return found
    # "Fire crackle" is one sound, and "a car door" is the door.
    for general, special in _CLEARER:
        if general in found.sounds and special in found.sounds:
            found.sounds = [name for name in found.sounds if name != general]
    return found


#: Of two sounds that were both named, the first was only said about the second.
_CLEARER = (
    ("engine", "door"),
    ("engine", "siren"),
    ("engine", "horn"),
    ("door", "knock"),
    ("crowd", "applause"),
    ("stream", "rain"),
    ("stream", "ocean waves"),
    ("stream", "water drop"),
    ("stream", "splash"),
    ("stream", "bubbles"),
    ("horn", "train"),
    ("crowd", "footsteps"),
    ("glass breaking", "glass clink"),
    ("clock", "alarm"),
    ("notification", "bell"),
    ("beep", "typing"),
    ("static", "wind"),
    ("metal hit", "sword"),
    ("metal hit", "door"),
    ("metal hit", "coin"),
    ("switch", "click"),
    ("crickets", "rain"),
    ("clock", "bell"),
    ("birds", "fire"),
    ("boom", "transition"),
    ("glass breaking", "rain"),
    ("boom", "drum"),
    ("clap", "thunder"),
    ("click", "camera shutter"),
    ("click", "typing"),
    ("drum", "finger snap"),
    ("birds", "footsteps"),
    ("wind", "magic sparkle"),
    ("boom", "metal hit"),
)


def _material(token: str) -> bool:
    """Grounds and kinds that single sounds look for by themselves."""
    return not _MATERIALS.isdisjoint(_forms(token))


_MATERIALS = frozenset(
    (  # noqa: SIM905  # a table
        "gravel snow leave leaves grass sand wood wooden floor concrete stairs roof window umbrella tin "
        "tent rev revving "
        "idle idling passing past driving electronic police mobile cell vibrating mouse double cork "
        "church crumple creaky "
        "squeaky kick bass snare roll up down upward downward european ambulance mechanical open opening closing close "
        "ringing radio digital puddle forest bottle champagne tower accelerating start starting retro 8-bit arcade"
    ).split(" ")
)


def _named(tokens: list[str]) -> str | None:
    table = _phrases()
    if len(tokens) > 1:
        return table.get(" ".join(tokens)) or table.get(" ".join((*tokens[:-1], _singular(tokens[-1]))))
    return next((table[form] for form in _forms(tokens[0]) if form in table), None)


def _singular(token: str) -> str:
    return token[:-1] if token.endswith("s") and not token.endswith("ss") else token


def _forms(token: str) -> Iterator[str]:
    """The word, and what it may be a form of."""
    yield token
    yield _singular(token)
    for ending in ("es", "ing", "ed", "er"):
        if token.endswith(ending) and len(token) > len(ending) + 2:
            stem = token[: -len(ending)]
            yield stem
            yield stem + "e"
            if len(stem) > 3 and stem[-1] == stem[-2]:
                yield stem[:-1]


@cache
def _phrases() -> dict[str, str]:
    return {phrase: name for name, sound in SOUNDS.items() for phrase in (*sound.words.split("|"), name)}


def _joined(changes: list[Change]) -> Change:
    size = pace = force = 1.0
    level = far = muffled = room = 0.0
    for change in changes:
        size, pace, force = size * change.size, pace * change.pace, force * change.force
        level += change.level
        far, muffled = far + change.far, max(muffled, change.muffled)
        room = change.room or room
    return Change(
        size=min(max(size, 0.45), 2.4),
        pace=min(max(pace, 0.4), 2.5),
        force=min(max(force, 0.3), 2.5),
        level=min(max(level, -14.0), 4.0),
        far=min(max(far, 0.0), 1.0),
        muffled=muffled,
        room=room,
    )
