"""What a prompt asks for: a mood and what differs from it, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from videogen_engine.music.moods import MOODS, Mood, Role
from videogen_engine.music.theory import MINOR_MODES, MODES, NOTE_NAMES

FALLBACK: Final = "calm"
#: Kinds of music outweigh feelings: "calm lo-fi" is lo-fi played calmly.
_KINDS: Final = {
    "ambient": "ambient ambience atmospheric meditation meditative spa drone dreamy space spacious ethereal floating",
    "corporate": "corporate business professional tech technology technological startup presentation explainer "
    "tutorial commercial product company office news",
    "cinematic": "cinematic soundtrack score orchestral orchestra documentary emotional dramatic trailer",
    "lo-fi": "lofi chillhop hiphop study jazzy jazz beats",
    "playful": "playful fun funny quirky cute children kids childlike comic comedy silly cartoon bouncy whimsical",
    "acoustic": "acoustic folk country campfire unplugged organic rustic indie",
    "electronic": "electronic edm synth synthwave techno house dance electro trance futuristic club synthesizer",
    "epic": "epic heroic powerful massive triumphant battle adventure majestic grand victory",
    "tense": "tense tension suspense suspenseful thriller urgent nervous anxious investigative crime",
}
_FEELINGS: Final = {
    "dark": "dark horror mystery mysterious scary ominous sinister gloomy eerie brooding",
    "sad": "sad melancholy melancholic sorrowful mournful lonely tragic nostalgic grief bittersweet",
    "upbeat": "upbeat happy energetic cheerful joyful bright lively positive optimistic uplifting motivational "
    "inspiring inspirational pop summer party celebration festive",
    "warm": "warm cozy cosy gentle tender romantic love intimate soulful heartfelt hopeful",
    "calm": "calm peaceful relaxing relaxed soft quiet soothing serene tranquil mellow chill slow sleep yoga nature",
}
_MINOR: Final = frozenset({"dark", "sad"})
_MAJOR: Final = frozenset({"upbeat", "warm"})
#: A word for an instrument puts it in place of what plays the first pattern that suits it.
_INSTRUMENTS: Final = {
    "piano": "piano", "keys": "piano", "guitar": "steel guitar", "guitars": "steel guitar", "ukulele": "nylon guitar",
    "harp": "harp", "marimba": "marimba", "xylophone": "marimba", "kalimba": "kalimba", "vibraphone": "vibraphone",
    "glockenspiel": "glockenspiel", "bells": "bell", "bell": "bell", "strings": "strings", "violin": "strings",
    "violins": "strings", "cello": "low strings", "pads": "warm pad", "pad": "warm pad", "rhodes": "electric piano",
    "pluck": "pluck", "plucks": "pluck", "flute": "flute", "horns": "horn", "horn": "horn", "brass": "horn",
    "pizzicato": "pizzicato",
}  # fmt: skip
_HELD: Final = frozenset({"strings", "low strings", "warm pad", "horn", "flute"})
_PARTS: Final = {
    "drums": Role.DRUMS, "drum": Role.DRUMS, "percussion": Role.DRUMS, "beat": Role.DRUMS, "drumless": Role.DRUMS,
    "melody": Role.MELODY, "lead": Role.MELODY, "bass": Role.BASS, "pad": Role.HOLD, "pads": Role.HOLD,
    "arpeggio": Role.ARP, "arpeggios": Role.ARP,
}  # fmt: skip
_FASTER: Final = frozenset({"fast", "faster", "quick", "driving", "rapid", "brisk"})
_SLOWER: Final = frozenset({"slow", "slower", "downtempo", "leisurely"})
_THINNER: Final = frozenset({"minimal", "minimalist", "minimalistic", "sparse", "simple", "subtle", "unobtrusive"})
_NOTHING: Final = (
    "a an the and or of for with in on to as at by is it its be my our your this that some very really slightly bit "
    "more less please make create generate compose add music musical track song tune background bed instrumental "
    "sound sounding audio theme feel feeling feels style styled like vibe vibes mood tone seconds second minute long "
    "video film movie clip project piece kind loop no without not tempo bpm key medium mid light nice good "
    "great i want need use play plays playing about from under voice narration over into that's"
)
_BPM: Final = re.compile(r"\b(\d{2,3})\s*bpm\b")
_KEY: Final = re.compile(r"\b([a-g])(#|♯|b|♭| sharp| flat)?[ -](major|minor|dorian|lydian|mixolydian|phrygian)\b")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True)
class Brief:
    """What the composer is to make. ``name`` is of ``MOODS``; ``tempo`` and ``tonic`` None leave the choice.

    ``understood`` are the words that decided something, ``strange`` those that nothing could be made of.
    """

    name: str
    mood: Mood
    tempo: float | None
    tonic: int | None
    understood: tuple[str, ...]
    strange: tuple[str, ...]
    mood_named: bool


def read_prompt(prompt: str) -> Brief:
    """The prompt's wishes. Every text has an answer: without a mood in it, the music is calm."""
    text = re.sub(r"\blo[ -]fi\b", "lofi", prompt.casefold())
    text = re.sub(r"\bhip[ -]hop\b", "hiphop", text)
    found: dict[str, None] = {}
    tempo, text = _tempo(text, found)
    tonic, mode, text = _key(text, found)
    words = [match.group() for match in _WORD.finditer(text)]
    refused = {words[at + 1] for at, word in enumerate(words[:-1]) if word in {"no", "without", "not"}}
    wished = [word for word in words if word not in refused]
    kinds = _named(wished, _KINDS, found)
    feelings = _named(wished, _FEELINGS, found)
    name = next(iter((*kinds, *feelings)), FALLBACK)
    mood = _flavoured(MOODS[name], [feeling for feeling in feelings if feeling != name])
    mood = _orchestrated(mood, wished, found)
    mood = _without(mood, refused, wished, found)
    mood, tempo = _paced(mood, tempo, wished, found)
    if mode is None:
        mode = next((word for word in words if word in MODES and word not in refused), None)
        found.update({mode: None} if mode else {})
    if mode is not None:
        mood = _in_mode(mood, mode)
    strange = tuple(dict.fromkeys(word for word in wished if word not in found and word not in _NOTHING.split()))
    return Brief(name, mood, tempo, tonic, tuple(found), strange, bool(kinds or feelings))


def _tempo(text: str, found: dict[str, None]) -> tuple[float | None, str]:
    match = _BPM.search(text)
    if match is None:
        return None, text
    found[f"{match[1]} bpm"] = None
    return float(min(180, max(40, int(match[1])))), text.replace(match.group(), " ")


def _key(text: str, found: dict[str, None]) -> tuple[int | None, str | None, str]:
    match = _KEY.search(text)
    if match is None:
        return None, None, text
    found[match.group()] = None
    tonic = NOTE_NAMES.index(match[1].upper())
    sign = (match[2] or "").strip()
    tonic += 1 if sign in {"#", "♯", "sharp"} else -1 if sign else 0
    return tonic % 12, match[3], text.replace(match.group(), " ")


def _named(words: list[str], table: dict[str, str], found: dict[str, None]) -> list[str]:
    by_word = {word: name for name, line in table.items() for word in (*line.split(), name)}
    names = [(word, by_word[word]) for word in words if word in by_word]
    found.update(dict.fromkeys(word for word, _ in names))
    return list(dict.fromkeys(name for _, name in names))


def _in_mode(mood: Mood, mode: str) -> Mood:
    if mode == "minor" and mood.mode in MINOR_MODES:
        return mood
    if mode == "major" and mood.mode not in MINOR_MODES:
        return mood
    return replace(mood, mode=mode)


def _flavoured(mood: Mood, feelings: list[str]) -> Mood:
    """The mood with the colour of further feelings: mode, tempo and brightness."""
    low, high = mood.tempo
    for feeling in feelings:
        if feeling in _MINOR:
            mood = _in_mode(mood, "minor")
        elif feeling in _MAJOR:
            mood = _in_mode(mood, "major")
        factor = {"upbeat": 1.1, "calm": 0.88, "sad": 0.9, "dark": 0.95}.get(feeling, 1.0)
        low, high = low * factor, high * factor
        if feeling in {"warm", "calm", "dark"}:
            mood = replace(mood, cutoff=mood.cutoff * 0.8)
        if feeling == "calm":
            players = tuple(player for player in mood.players if player.role is not Role.DRUMS or mood.pump)
            mood = replace(mood, players=players, wet=mood.wet * 1.15)
    return replace(mood, tempo=(round(low), round(high)))


def _orchestrated(mood: Mood, words: list[str], found: dict[str, None]) -> Mood:
    players = list(mood.players)
    for word in words:
        instrument = _INSTRUMENTS.get(word)
        if instrument is None:
            continue
        found[word] = None
        if any(instrument in player.instrument for player in players):
            continue
        roles = (Role.HOLD,) if instrument in _HELD else (Role.ARP, Role.BLOCK)
        place = next((at for at, player in enumerate(players) if player.role in roles), None)
        if place is not None:
            players[place] = replace(players[place], instrument=instrument)
            if instrument not in _HELD:
                players = [
                    replace(player, instrument=instrument)
                    if player.role is Role.MELODY and player.instrument not in _HELD
                    else player
                    for player in players
                ]
    return replace(mood, players=tuple(players))


def _without(mood: Mood, refused: set[str], words: list[str], found: dict[str, None]) -> Mood:
    gone = {_PARTS[word] for word in refused if word in _PARTS}
    found.update(dict.fromkeys(f"no {word}" for word in sorted(refused) if word in _PARTS))
    if "drumless" in words:
        found["drumless"] = None
        gone.add(Role.DRUMS)
    if any(word in _THINNER for word in words):
        found.update(dict.fromkeys(word for word in words if word in _THINNER))
        gone |= {Role.MELODY, Role.DRUMS}
    wanted = {_PARTS[word] for word in words if word in _PARTS} - gone
    found.update(dict.fromkeys(word for word in words if word in _PARTS))
    players = tuple(player for player in mood.players if player.role not in gone)
    if Role.DRUMS in wanted and not any(player.role is Role.DRUMS for player in players):
        steady = next(player for player in MOODS["corporate"].players if player.role is Role.DRUMS)
        players = (*players, steady)
    return replace(mood, players=players or mood.players)


def _paced(mood: Mood, tempo: float | None, words: list[str], found: dict[str, None]) -> tuple[Mood, float | None]:
    fast = [word for word in words if word in _FASTER]
    slow = [word for word in words if word in _SLOWER]
    found.update(dict.fromkeys((*fast, *slow)))
    if tempo is None and fast and not slow:
        mood = replace(mood, tempo=(round(mood.tempo[0] * 1.18), round(mood.tempo[1] * 1.18)))
    if tempo is None and slow and not fast:
        mood = replace(mood, tempo=(round(mood.tempo[0] * 0.86), round(mood.tempo[1] * 0.86)))
    return mood, tempo
