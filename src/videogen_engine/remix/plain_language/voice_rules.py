"""The voice: which, how fast, and how often the picture changes."""

from __future__ import annotations

import re
from typing import Final

from videogen_agents.errors import NotFoundError
from videogen_engine.planning.model import Pacing
from videogen_engine.remix.plain_language.amounts import Steps, factor, multiple
from videogen_engine.remix.plain_language.operations import ChangePace, ChangeSpeed, ChangeVoice
from videogen_engine.remix.plain_language.outline import Outline
from videogen_engine.remix.plain_language.quantities import number
from videogen_engine.remix.plain_language.rules import Found, Made, Rule, always
from videogen_engine.remix.plain_language.scene_references import Unclear
from videogen_engine.speech.voices import Gender, Voice, find_voice, voices

EXAMPLES: Final = (
    "use a male voice",
    "a British woman should narrate",
    "change the voice to Flite RMS",
    "speak 10 % slower",
    "slower pacing",
)
_FASTER: Final = Steps(1.07, 1.15, 1.3)
_SLOWER: Final = Steps(0.93, 0.85, 0.75)
_WOMAN: Final = frozenset(["female", "woman", "lady", "girl", "she", "feminine", "her", "women"])
_MAN: Final = frozenset(["male", "man", "guy", "gentleman", "boy", "he", "masculine", "him", "men", "dude"])
#: Regions and accents, by what a voice's accent, tag or description says.
_REGIONS: Final[dict[str, tuple[str, ...]]] = {
    "american": ("en-US",), "us": ("en-US",), "british": ("en-GB",), "english": ("en",), "uk": ("en-GB",),
    "scottish": ("scottish",), "scots": ("scottish",), "german": ("de",), "french": ("fr",), "spanish": ("es",),
    "italian": ("it",), "portuguese": ("pt",), "dutch": ("nl",), "polish": ("pl",), "russian": ("ru",),
    "mexican": ("es-MX", "es-419"), "brazilian": ("pt-BR",), "swedish": ("sv",), "japanese": ("ja",),
    "chinese": ("zh", "cmn"), "turkish": ("tr",), "hindi": ("hi",), "korean": ("ko",), "arabic": ("ar",),
}  # fmt: skip
_MANNERS: Final = frozenset(["calm", "clear", "robotic", "robot"])
_NOTHING_TEXT: Final = (
    "s a an the voice narrator speaker narration with accent accented from deep friendly warm nice pleasant "
    "professional natural reader person one sounding in by new different another other mature young old adult "
    "voiceover of"
)
_NOTHING: Final = frozenset(_NOTHING_TEXT.split())
_NAMED: Final = re.compile(r"\b(?:voice|narrat\w+|speaker|reader|accent|speak|talk|read|tell)\b", re.IGNORECASE)
_LANGUAGE_PARTS: Final = re.compile(r"[-_]")


def _described(found: Found) -> Made:
    """A voice by what it is like. None when a word is no quality of a voice."""
    words = re.findall(r"[a-z]+", found["who"] + " " + found["more"])
    if not words:
        return None
    gender: Gender | None = None
    regions: list[tuple[str, ...]] = []
    manners: list[str] = []
    another = False
    named = _NAMED.search(found.match[0])
    for word in words:
        if word in _WOMAN or word in _MAN:
            gender = Gender.FEMALE if word in _WOMAN else Gender.MALE
        elif word in _REGIONS:
            regions.append(_REGIONS[word])
        elif word in _MANNERS:
            manners.append("robotic" if word.startswith("robot") else word)
        elif word not in _NOTHING:
            return None
        another = another or word in {"different", "another", "other", "new"}
    if gender is None and (named is None or not (regions or manners or another)):
        return None
    if named is None and found.match[0].lower().startswith(("add", "with", "make", "give", "like")):
        return None
    return (ChangeVoice(voice_id=_chosen(found.film, gender, regions, manners, another=another).voice_id),)


def _chosen(
    film: Outline, gender: Gender | None, regions: list[tuple[str, ...]], manners: list[str], *, another: bool
) -> Voice:
    """The first that fits, the film's own if it does and no other is asked for. Raises Unclear when none does."""
    language = _LANGUAGE_PARTS.split(film.language)[0].lower()
    spoken = [voice for voice in voices() if _LANGUAGE_PARTS.split(voice.language_code)[0].lower() == language]
    fitting = [
        voice
        for voice in spoken
        if (gender is None or voice.gender is gender)
        and all(_is_from(voice, region) for region in regions)
        and all(manner in voice.description.lower() for manner in manners)
    ]
    if regions == [("en-GB",)]:
        # British is asked for to hear an English accent; a Scottish one has its own name.
        fitting = [voice for voice in fitting if voice.accent != "scottish"] or fitting
    if not fitting:
        raise Unclear("there is no such voice for the film's language; the list of voices says which there are")
    return next((voice for voice in fitting if (voice.voice_id == film.voice_id) is not another), fitting[0])


def _is_from(voice: Voice, region: tuple[str, ...]) -> bool:
    return any(
        voice.language_code == part or voice.accent == part or _LANGUAGE_PARTS.split(voice.language_code)[0] == part
        for part in region
    )


def _named(found: Found) -> Made:
    name = found.text("name")
    if name is None or len(name) > 80:
        return None
    try:
        return (ChangeVoice(voice_id=find_voice(name).voice_id),)
    except NotFoundError as error:
        if found.match.groupdict().get("surely"):
            raise Unclear(f"there is no voice “{name}”. {error.next_step}".rstrip(".")) from error
        return None


def _speed(found: Found) -> Made:
    up = found["way"] in {
        "faster",
        "quicker",
        "more quickly",
        "fast",
        "quickly",
        "more fast",
        "speed up",
        "increase",
        "accelerate",
        "raise",
    }
    changed = factor(found["degree"] or found["by"] or found["by2"], up=up, steps=_FASTER if up else _SLOWER)
    if not 0.25 <= changed <= 4:
        raise Unclear("a voice can be slowed down or sped up to half or double")
    return (ChangeSpeed(factor=changed),)


def _times(found: Found) -> Made:
    times = multiple(found["times"])
    if times is None:
        return None
    return (ChangeSpeed(factor=1 / times if found["way"] == "slow" and times > 1 else times),)


def _absolute(found: Found) -> Made:
    said = found["speed"].removesuffix("x").removesuffix("times").strip()
    speed = 1.0 if said in {"normal", "regular", "its normal", "the normal", "original"} else number(said)
    if speed is None and said.endswith(("%", "percent")):
        percents = number(said.removesuffix("%").removesuffix("percent").strip())
        speed = None if percents is None else percents / 100
    if speed is None:
        return None
    if not 0.5 <= speed <= 2:
        raise Unclear("a voice's speed is 0.5 to 2, and 1 is its own")
    return (ChangeSpeed(speed=speed),)


def _pace(found: Found) -> Made:
    word = found["pace"]
    if word in {
        "fast",
        "faster",
        "quick",
        "quicker",
        "snappier",
        "snappy",
        "brisk",
        "brisker",
        "high",
        "livelier",
        "more often",
        "more frequently",
        "rapid",
    }:
        return (ChangePace(pacing=Pacing.FAST),)
    return (ChangePace(pacing=Pacing.MEDIUM if word in {"medium", "normal", "moderate", "middle"} else Pacing.SLOW),)


def _ambiguous(_found: Found) -> Made:
    raise Unclear("that could mean the voice or the pictures; say “speak faster” or “faster pacing”")


_PACE: Final = "(?P<pace>faster|fast|quicker|quick|snappier|snappy|brisker|brisk|rapid|livelier|slower|slow|calmer|calm|gentler|medium|normal|moderate)"
_WAY: Final = "(?P<way>faster|quicker|more quickly|slower|more slowly|fast|quickly|slow|slowly)"
_DEG: Final = "(?:(?P<degree>{DEGREE}|(?:by )?{PCT} ))?"
_BY: Final = "(?: by (?P<by>{PCT})| (?P<by2>a bit|a little))?"
_SAYS: Final = "(?:speak|talk|read|narrate|say it|speaking|talking|read it|read aloud|speak it)"
_A: Final = "(?:an? |the )?"

RULES: Final = (
    Rule("(?:{MAKE}|{USE}|switch|change|give (?:it|me)|add|with|like)? ?(?:{the}{VOICE} )?(?:to |into |with |be )?(?P<who>.+?)(?: {VOICE})?(?P<more>(?: with an? [a-z]+ accent)?)", lambda f: _described(f)),
    Rule(f"(?:let|have|get|make) {_A}(?P<who>.+?) (?:to )?(?:speak|talk|read|narrate|tell|voice)(?: it| this| the (?:script|text|video|film))?(?P<more> with an? [a-z]+ accent)?", lambda f: _described(f)),
    Rule(f"{_A}(?P<who>.+?)(?P<more>(?: with an? [a-z]+ accent)?) (?:should|must|could|to) (?:speak|talk|read|narrate|tell|voice)(?: it| this| the (?:script|text|video|film))?", lambda f: _described(f)),
    Rule("(?:swap|replace|exchange|switch) {the}{VOICE} (?:for|with|by|to) (?P<who>.+?)(?: {VOICE})?(?P<more>(?: with an? [a-z]+ accent)?)", lambda f: _described(f)),
    Rule(f"{_SAYS}(?: (?:it|this|the (?:script|text)))? (?:in|with) {_A}(?P<who>.+?) (?:accent|voice)(?P<more>)", lambda f: _described(f)),
    Rule("(?:{MAKE}|{USE}|switch|change) {the}{VOICE} (?:to |called |named )?(?P<name>.+)", _named),
    Rule("(?P<surely>switch|change|set) {the}{VOICE} to (?P<name>vg_voic_\\w+|«\\d+»|.+)", _named),
    Rule("(?:use|take|switch to|change to) (?:the voice (?:of )?)?(?P<name>.+?)(?:(?:'s voice)| as (?:the )?(?:voice|narrator|speaker)| for the (?:voice|narration))?", _named),
    Rule("(?:let|have) (?P<name>.+?) (?:speak|narrate|read)(?: it)?", _named),
    Rule(f"{_SAYS} {_DEG}{_WAY}{_BY}", lambda f: _speed(f)),
    Rule(f"(?:{{MAKE}}|{{USE}}) {{the}}{{VOICE}} (?:speak |talk |to speak |to talk |go |run )?{_DEG}{_WAY}{_BY}", lambda f: _speed(f)),
    Rule(f"{{the}}{{VOICE}} (?:should (?:be|speak) )?{_DEG}{_WAY}{_BY}", lambda f: _speed(f)),
    Rule("{the}{VOICE} (?:is|speaks|talks|sounds) (?:a bit |a little |way |much )?too (?P<way>fast|quick|quickly|slow|slowly)", lambda f: (ChangeSpeed(factor=_FASTER.plain if f["way"].startswith("slow") else _SLOWER.plain),)),
    Rule(f"(?P<way>slow|speed up|slow down|accelerate) {{the}}{{VOICE}}(?: (?:down|up))?(?: (?P<degree>a bit|a little|slightly|a lot|much))?{_BY}", lambda f: _speed(f)),
    Rule(f"(?P<way>slow|speed) {{the}}{{VOICE}} (?P<dir>down|up)(?: (?P<degree>a bit|a little|slightly|a lot|much))?{_BY}", lambda f: _turned(f)),
    Rule(f"(?P<way>reduce|decrease|lower|increase|raise) {{the}}(?:(?:{{VOICE}}|speaking|talking|reading) )?(?:speed|rate|tempo)(?: of {{the}}{{VOICE}})?(?: (?P<degree>a bit|a little|slightly|a lot))?{_BY}", lambda f: _speed(f)),
    Rule(f"{_SAYS} (?P<times>twice|half|[\\d.]+ times|[\\d.]+x) as (?P<way>fast|slow|quickly|slowly)", _times),
    Rule("(?:{MAKE}) {the}{VOICE} (?P<times>twice|half|[\\d.]+ times|[\\d.]+x) as (?P<way>fast|slow)", _times),
    Rule("(?:{MAKE}|{USE}) {the}(?:{VOICE}(?:'s)? |speaking |talking )(?:speed|rate|tempo) (?:to |of |at )?(?P<speed>.+)", _absolute),
    Rule("(?:{VOICE}|speaking) speed (?:to |of |at )?(?P<speed>.+)", _absolute),
    Rule(f"{_SAYS} (?:at|with|in) (?:a |the |its )?(?:speed of (?P<speed2>[^ ]+)|(?P<speed>[^ ]+) speed|(?P<speed3>[\\d.]+ ?x)|normal pace)", lambda f: _spoken_at(f)),
    Rule(f"(?:(?:{{MAKE}}|{{USE}}|give it) )?{_A}(?:(?:much|a bit|a little|slightly) )?{_PACE} (?:pacing|pace|cuts|cutting|visual pacing|rhythm|editing)", _pace),
    Rule(f"(?:{{MAKE}}|{{USE}}) {{the}}(?:pacing|pace|visual pacing|cuts|cutting|rhythm|editing)(?: of {{FILM}})? (?:to |be )?(?:(?:much|a bit|a little|slightly) )?{_PACE}", _pace),
    Rule("(?P<pace>speed up|quicken) {the}(?:pacing|pace|cuts|rhythm)", always(ChangePace(pacing=Pacing.FAST))),
    Rule("(?:slow down|slow) {the}(?:pacing|pace|cuts|rhythm)(?: down)?", always(ChangePace(pacing=Pacing.SLOW))),
    Rule("(?:change|switch) (?:the )?(?:pictures?|images?|visuals|scenes) (?P<pace>more often|more frequently|less often|less frequently)", _pace),
    Rule("(?:make|have|let|get) {FILM} (?:(?:go|run) )?(?:much |a bit |a little )?(?:faster|slower|quicker)|(?:faster|slower)|(?:slow|speed) {FILM} (?:down|up)|(?:slow down|speed up)(?: {FILM})?", _ambiguous),
)  # fmt: skip


def _turned(found: Found) -> Made:
    up = found["dir"] == "up"
    return (
        ChangeSpeed(
            factor=factor(found["degree"] or found["by"] or found["by2"], up=up, steps=_FASTER if up else _SLOWER)
        ),
    )


def _spoken_at(found: Found) -> Made:
    said = found["speed"] or found["speed2"] or found["speed3"] or "1"
    speed = 1.0 if said in {"normal", "regular", "original", "usual"} else number(said.removesuffix("x").strip())
    if speed is None:
        return None
    if not 0.5 <= speed <= 2:
        raise Unclear("a voice's speed is 0.5 to 2, and 1 is its own")
    return (ChangeSpeed(speed=speed),)
