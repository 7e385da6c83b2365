"""Music: added by its mood, louder, quieter, gone."""

from __future__ import annotations

import re
from typing import Final

from videogen_agents.contract import GenerateMusicAction, SetBackgroundMusicAction
from videogen_engine.remix.plain_language.amounts import Steps, factor, multiple
from videogen_engine.remix.plain_language.operations import ChangeMusicVolume
from videogen_engine.remix.plain_language.quantities import number
from videogen_engine.remix.plain_language.rules import Found, Made, Rule, always
from videogen_engine.remix.plain_language.scene_references import Unclear

EXAMPLES: Final = (
    "add calm music",
    "change the music to something epic",
    "make the music quieter",
    "set the music volume to 30%",
    "no music",
)
_LOUDER: Final = Steps(1.2, 1.4, 2.0)
_QUIETER: Final = Steps(0.85, 0.7, 0.5)
_MORE: Final = {
    "happier": "happy", "calmer": "calm", "sadder": "sad", "darker": "dark", "brighter": "bright", "warmer": "warm",
    "gentler": "gentle", "softer": "soft", "funnier": "funny", "jazzier": "jazzy", "moodier": "dark", "livelier": "lively",
    "livelyer": "lively",
}  # fmt: skip
#: What music may be called by: feelings, kinds, instruments, paces.
_MOODS_TEXT: Final = (
    "calm peaceful relaxing relaxed soft quiet soothing serene tranquil mellow chill slow upbeat happy energetic "
    "cheerful joyful bright lively positive optimistic uplifting motivational inspiring inspirational pop summer "
    "party festive warm cozy cosy gentle tender romantic intimate hopeful dark scary ominous gloomy eerie sad "
    "melancholy melancholic nostalgic bittersweet ambient atmospheric meditation meditative dreamy ethereal "
    "corporate business professional tech technology cinematic film movie orchestral documentary emotional dramatic "
    "trailer lofi lo-fi hiphop hip-hop chillhop jazzy jazz beats playful fun funny quirky cute childlike whimsical "
    "bouncy acoustic folk country indie organic electronic edm synth synthwave techno house dance electro trance "
    "futuristic epic heroic powerful triumphant adventure majestic grand tense suspense suspenseful thriller urgent "
    "mystery mysterious piano guitar ukulele harp marimba strings violin cello flute bells drums percussion minimal "
    "minimalist sparse simple subtle fast driving elegant light rock classical spooky modern"
)
MOODS: Final = frozenset(_MOODS_TEXT.split())
_FILLERS: Final = frozenset(
    [
        "a",
        "an",
        "some",
        "the",
        "really",
        "very",
        "more",
        "bit",
        "nice",
        "something",
        "slightly",
        "somewhat",
        "and",
        "little",
    ]
)
_NOUNS: Final = frozenset(["music", "beats", "beat", "sounds", "sound", "tune", "track", "song", "soundtrack", "score"])


def _mood(text: str) -> str | None:
    """The words for music without fillers; None when a word is no way that music sounds."""
    kept: list[str] = []
    for word in re.findall(r"[a-z]+(?:-[a-z]+)*", text.replace("background ", "").replace("'", "")):
        word = _MORE.get(word, word)
        if word in MOODS:
            kept.append(word)
        elif word not in _FILLERS:
            return None
    if re.search(r"[^a-z\s,'-]", text) or "«" in text:
        return None
    return " ".join(kept)


def _add(found: Found) -> Made:
    mood = _mood(found["mood"])
    if mood is None:
        return _strange(found) if found.match.groupdict().get("surely") else None
    if not mood and "must" in found.match.re.groupindex:
        return None
    last = mood.split()[-1] if mood else ""
    prompt = mood if last in _NOUNS else f"{mood or 'background'} music"
    return (GenerateMusicAction(prompt=prompt),)


def _strange(found: Found) -> Made:
    mood = found["mood"]
    if len(mood.split()) > 4 or not re.fullmatch(r"[a-z -]+", mood):
        return None
    raise Unclear(f"“{mood}” is no kind of music that can be made; calm, upbeat, cinematic or jazzy are some that are")


def _change(found: Found) -> Made:
    mood = _mood(found["mood"])
    if not mood:
        return None
    last = mood.split()[-1]
    return (GenerateMusicAction(prompt=mood if last in _NOUNS else f"{mood} music"),)


def _volume(found: Found) -> Made:
    way = found["way"]
    up = way in {"louder", "up", "increase", "raise", "stronger", "boost", "more audible", "turn up", "higher"}
    changed = factor(found["degree"] or found["by"], up=up, steps=_LOUDER if up else _QUIETER)
    return (ChangeMusicVolume(factor=changed),)


def _times(found: Found) -> Made:
    times = multiple(found["times"])
    return None if times is None else (ChangeMusicVolume(factor=times),)


def _absolute(found: Found) -> Made:
    said = found["level"]
    digits = re.sub(r" ?(?:%|percent|per cent)$", "", said)
    amount = number(digits)
    if amount is None:
        return None
    volume = amount / 100 if digits != said or amount > 1 else amount
    if not 0 <= volume <= 1:
        raise Unclear("the music's volume is 0 to 100 %")
    return (ChangeMusicVolume(volume=volume),)


_DEG: Final = "(?:(?P<degree>{DEGREE}|{PCT} ))?"
_AMOUNT: Final = "(?: (?P<degree>a bit|a little|slightly|a lot|much|somewhat|a touch))?(?: by (?P<by>{PCT}))?"
_UNDER: Final = "(?: (?:underneath|under it|under the (?:voice|narration|video)|in the background|to (?:it|the (?:video|film))|behind the (?:voice|narration)|throughout))?"
_ADDING: Final = (
    "(?:add|put|use|play|include|insert|lay|give (?:it|me)|get|generate|create|compose|make|want|have|choose|with|try)"
)

RULES: Final = (
    Rule(f"{_ADDING} (?P<mood>.*?) ?(?:background |backing )?(?:music|soundtrack|score|song|tune|track){_UNDER}", _add),
    Rule(f"(?P<surely>add|play|compose|generate) (?:some |a |an )?(?P<mood>.+?) (?:background )?music{_UNDER}", _add),
    Rule(f"{_ADDING} (?P<must>)(?P<mood>(?:.*? )?beats?){_UNDER}", _add),
    Rule("(?P<must>)(?P<mood>.+?) (?:background )?music(?: instead)?", _add),
    Rule("(?:{MAKE}|switch|replace|swap) {the}{MUSIC} (?:to |into |with |for |by )?(?:something )?(?P<mood>.+?)(?: music)?", _change),
    Rule("(?:{the}{MUSIC} should (?:be|sound) )(?P<mood>.+)", _change),
    Rule("(?:{DROP}|{OFF}|take off|silence|mute) {the}{MUSIC}", always(SetBackgroundMusicAction(file_id=None))),
    Rule("(?:turn|switch|take) {the}{MUSIC} (?:off|out)|{the}{MUSIC} (?:off|out|gone)", always(SetBackgroundMusicAction(file_id=None))),
    Rule(f"(?:(?:{{MAKE}}|{{USE}}|play) )?{{the}}{{MUSIC}} (?:should be )?{_DEG}(?P<way>louder|quieter|softer|lower|higher|stronger)(?: by (?P<by>{{PCT}}))?", lambda f: _volume(f)),
    Rule(f"{_DEG}(?P<way>louder|quieter|softer) {{MUSIC}}", lambda f: _volume(f)),
    Rule("{the}{MUSIC} (?:is|sounds) (?:a bit |a little |way |much )?too (?P<way>loud|strong|quiet|soft|low|faint)", lambda f: (ChangeMusicVolume(factor=_QUIETER.plain if f["way"] in {"loud", "strong"} else _LOUDER.plain),)),
    Rule(f"turn {{the}}{{MUSIC}}(?: volume)? (?P<way>up|down){_AMOUNT}|turn (?P<way2>up|down) {{the}}{{MUSIC}}(?: volume)?(?: (?P<degree2>a bit|a little|slightly|a lot))?(?: by (?P<by2>{{PCT}}))?", lambda f: _turned(f)),
    Rule(f"(?P<way>lower|reduce|decrease|soften|increase|raise|boost|quieten|dim) {{the}}(?:(?:volume|level|loudness) of {{the}}{{MUSIC}}|{{MUSIC}}(?: (?:volume|level|loudness))?){_AMOUNT}", lambda f: _volume(f)),
    Rule("(?:make|set|play) {the}{MUSIC} (?P<times>half|twice|[\\d.]+ times) as loud", _times),
    Rule("(?:{MAKE}|lower|raise|reduce|increase|put) {the}(?:{MUSIC} (?:volume|level)|(?:volume|level) of {the}{MUSIC}|{MUSIC}) (?:down |up )?(?:to|at) (?P<level>.+)", _absolute),
    Rule("{the}{MUSIC}(?: volume| level)? (?:(?:at|to) )?(?P<level>.+)", _absolute),
)  # fmt: skip


def _turned(found: Found) -> Made:
    up = (found["way"] or found["way2"]) == "up"
    degree = found["degree"] or found["degree2"] or found["by"] or found["by2"]
    return (ChangeMusicVolume(factor=factor(degree, up=up, steps=_LOUDER if up else _QUIETER)),)
