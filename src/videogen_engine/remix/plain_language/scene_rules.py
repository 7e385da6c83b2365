"""Scenes: removed, kept, moved, swapped, shortened; and the length of the film."""

from __future__ import annotations

from typing import Final

from videogen_engine.remix.plain_language.amounts import share
from videogen_engine.remix.plain_language.operations import (
    KeepToDuration,
    MoveScenes,
    RemoveScenes,
    ReverseScenes,
    ShortenScenes,
    SwapScenes,
)
from videogen_engine.remix.plain_language.quantities import count, ordinal, seconds
from videogen_engine.remix.plain_language.rules import Found, Made, Rule, always
from videogen_engine.remix.plain_language.scene_references import Unclear

EXAMPLES: Final = (
    "drop the third scene",
    "remove the last two scenes",
    "delete the scene about dogs",
    "move scene 2 to the end",
    "swap scenes 1 and 3",
    "start with the question",
    "cut it to 30 seconds",
    "shorten scene 4",
)


def _remove(found: Found) -> Made:
    gone = found.scenes()
    if gone is None:
        return None
    if len(gone) == len(found.film.scenes):
        raise Unclear("that would leave no scene")
    return (RemoveScenes(scenes=gone),)


def _keep(found: Found) -> Made:
    kept = found.scenes()
    if kept is None:
        return None
    gone = tuple(number for number in range(1, len(found.film.scenes) + 1) if number not in kept)
    if not gone:
        raise Unclear("that leaves every scene in")
    return (RemoveScenes(scenes=gone),)


def _to_start(found: Found) -> Made:
    moved = found.scenes()
    if moved is None:
        return None
    return (_moved(found, moved, 1),)


def _to_end(found: Found) -> Made:
    moved = found.scenes()
    return None if moved is None else (_moved(found, moved, len(found.film.scenes) - len(moved) + 1),)


def _moved(found: Found, moved: tuple[int, ...], place: int) -> MoveScenes:
    """The first of ``moved`` as number ``place`` of the film."""
    rest = [number for number in range(1, len(found.film.scenes) + 1) if number not in moved]
    if not rest:
        raise Unclear("all scenes moved together stay where they are")
    return MoveScenes(scenes=moved, before=rest[place - 1] if place <= len(rest) else None)


def _to_place(found: Found) -> Made:
    moved = found.scenes()
    place = count(found["place"]) or ordinal(found["place"])
    if moved is None or place is None:
        return None
    if not 1 <= place <= len(found.film.scenes):
        raise Unclear(f"there is no place {place}; the film has {len(found.film.scenes)} scenes")
    return (_moved(found, moved, place),)


def _beside(found: Found) -> Made:
    moved, anchor = found.scenes(), found.scene("anchor")
    if moved is None or anchor is None:
        return None
    if anchor in moved:
        raise Unclear(f"scene {anchor} cannot stand beside itself")
    if found["side"] != "after" and found["side"] != "behind":
        return (MoveScenes(scenes=moved, before=anchor),)
    later = [number for number in range(anchor + 1, len(found.film.scenes) + 1) if number not in moved]
    return (MoveScenes(scenes=moved, before=later[0] if later else None),)


def _swap(found: Found) -> Made:
    both = found.scenes("both")
    return None if both is None else _swapped(both)


def _swap_two(found: Found) -> Made:
    first, second = found.scene("first"), found.scene("second")
    return None if first is None or second is None else _swapped((first, second))


def _swapped(both: tuple[int, ...]) -> Made:
    if len(both) != 2 or both[0] == both[1]:
        raise Unclear("two different scenes can be swapped, no fewer and no more")
    return (SwapScenes(first=both[0], second=both[1]),)


def _length(found: Found) -> Made:
    wanted = seconds(found["length"])
    return None if wanted is None else (_kept(wanted),)


def _less(found: Found) -> Made:
    wanted = seconds(found["length"])
    percents = share(found["length"])
    total = found.film.seconds
    if percents is not None:
        wanted = total * percents / 100
    if wanted is None:
        return None
    if wanted >= total:
        raise Unclear(f"the film lasts {total:.0f} s, so {wanted:g} s cannot be cut from it")
    return (_kept(round(total - wanted, 3)),)


def _kept(wanted: float) -> KeepToDuration:
    if wanted < 1:
        raise Unclear("a film lasts a second at least")
    return KeepToDuration(seconds=wanted)


def _half(found: Found) -> Made:
    return (_kept(round(found.film.seconds / 2, 3)),)


def _shorten(found: Found) -> Made:
    which = found.scenes()
    if which is None:
        return None
    if not found["length"]:
        return (ShortenScenes(scenes=which),)
    wanted = seconds(found["length"])
    if wanted is None:
        return None
    if wanted < 1:
        raise Unclear("a scene lasts a second at least")
    return (ShortenScenes(scenes=which, seconds=wanted),)


_MOVE: Final = "(?:move|put|place|shift|bring|have|make|send|show|play|push)"
_START: Final = "(?:to |at |in )?(?:the )?(?:very )?(?:start|beginning|front|top|first(?: place| position)?|opening(?: scene)?|first scene)(?: of the (?:video|film|movie))?"
_END: Final = "(?:to |at |in )?(?:the )?(?:very )?(?:end|last(?: place| position)?|back|closing scene|last scene|final scene|final)(?: of the (?:video|film|movie))?"
_LIMIT: Final = "(?:to|under|below|down to|within|at)(?: (?:at most|no more than|about|around|under|only|exactly|just|a maximum of))?"

RULES: Final = (
    Rule("{DROP} (?P<scenes>.+)", _remove),
    Rule("(?:take|cut|leave|throw) (?P<scenes>.+?) (?:out|away|off)", _remove),
    Rule("(?:hide|without|no) (?P<scenes>(?:the )?.*\\bscenes?\\b.*)", _remove),
    Rule("(?:only keep|keep only|keep just|just keep|use only|only use|keep) (?P<scenes>.+)", _keep),
    Rule("(?:let (?:it|the (?:film|video|movie)) )?(?:start|begin|open)(?: (?:it|the (?:film|video|movie)))? (?:off )?(?:with|on|from|by showing) (?P<scenes>.+)", _to_start),
    Rule(f"{_MOVE} (?P<scenes>.+?) {_START}", _to_start),
    Rule("(?P<scenes>.+?) (?:should be|should come|comes?|goes) (?:the )?(?:first|at the start|at the beginning)", _to_start),
    Rule("(?:let (?:it|the (?:film|video|movie)) )?(?:end|finish|close|conclude)(?: (?:it|the (?:film|video|movie)))? (?:off )?(?:with|on|by showing) (?P<scenes>.+)", _to_end),
    Rule(f"{_MOVE} (?P<scenes>.+?) {_END}", _to_end),
    Rule("(?P<scenes>.+?) (?:should be|should come|comes?|goes) (?:the )?(?:last|at the end)", _to_end),
    Rule(f"{_MOVE} (?P<scenes>.+?) (?:right |directly |to )?(?P<side>before|after|behind|in front of|ahead of) (?P<anchor>.+)", _beside),
    Rule(f"{_MOVE} (?P<scenes>.+?) (?:to|as|in|into) (?:position|place|slot|number|spot)(?: number)? (?P<place>[\\w-]+)", _to_place),
    Rule(f"{_MOVE} (?P<scenes>.+?) (?:to |as |in )?(?:the )?(?P<place>[\\w-]+)(?: (?:place|position|spot|scene))", _to_place),
    Rule("(?:swap|switch|exchange|interchange|flip|trade) (?:around )?(?P<both>.+?)(?: around| over)?", _swap),
    Rule("(?:swap|switch|exchange|interchange|trade) (?P<first>.+?) (?:with|and|for) (?P<second>.+)", _swap_two),
    Rule("(?P<both>.+?) should be (?:swapped|exchanged|switched|interchanged)(?: around)?", _swap),
    Rule("(?:reverse|invert) (?:the )?(?:order(?: of (?:the |all )?scenes)?|scenes|scene order)|(?:put|play|show) the scenes in reverse(?: order)?", always(ReverseScenes())),
    Rule(f"(?:cut|trim|shorten|bring|get|reduce|condense|squeeze|limit|take|keep|compress|boil|edit|make)(?: down)? {{FILM}}(?: down)? {_LIMIT} (?P<length>.+?)(?: long| in length| or less| at most| max)?", _length),
    Rule("(?:make|get|want|keep|have|use) {FILM} (?:(?:last|be|run|to last|to be) )?(?:(?:at most|no more than|no longer than|exactly|under|only|about) )?(?P<length>.+?)(?: long| in length| or less| max| at most)?", _length),
    Rule("{FILM} (?:should|must|may|can) (?:be|last|take|run)(?: for)?(?: (?:no longer than|at most|no more than|under|less than|only|exactly|about|not longer than|shorter than))? (?P<length>.+?)(?: long| in length| at most| or less| max)?", _length),
    Rule("(?:cut|trim|shorten|reduce|limit|set|bring|change) (?:the )?(?:length|duration|running time|runtime)(?: of the (?:video|film))?(?: down)? (?:to|under|at)(?: at most)? (?P<length>.+)", _length),
    Rule("(?:a )?(?P<length>.+?)(?: |-)(?:version|cut)(?: of it)?", _length),
    Rule("(?:cut|trim|remove|drop|shave|lose|take)(?: off| out)? (?P<length>.+?)(?: off| out)?(?: (?:from|of) {FILM})?", _less),
    Rule("(?:make|get) {FILM} (?P<length>.+?) shorter|(?:shorten|trim|cut|reduce) {FILM} by (?P<length2>.+)", lambda f: _less(f) if f["length"] else _less_by(f)),
    Rule("(?:make|get|cut) {FILM} (?:half (?:as|the) (?:long|length)|in half|half its length)|(?:halve|half) (?:the )?(?:length|duration|{FILM})(?: of {FILM})?", _half),
    Rule("(?:shorten|trim|tighten|condense|cut down|cut) (?P<scenes>.+?)(?: (?:down )?to (?:at most )?(?P<length>.+))?", lambda f: _shorten(f) if not f.match[0].lower().startswith("cut ") or f["length"] or f.match[0].lower().startswith("cut down ") else None),
    Rule("(?P<scenes>.+?) (?:is|are|runs|lasts) (?:a bit |a little |way |much )?too long(?P<length>)", _shorten),
    Rule("(?:make|cut) (?P<scenes>.+?) (?:a bit |a little )?(?:shorter|briefer|more concise)", _shorten),
    Rule("(?:make|get) (?P<scenes>.+?) (?:last )?(?P<length>[^ ]+ ?(?:s|secs?|seconds?))(?: long)?", lambda f: _shorten(f) if f.match[0].lower().find("scene") >= 0 else None),
)  # fmt: skip


def _less_by(found: Found) -> Made:
    wanted = seconds(found["length2"])
    percents = share(found["length2"])
    total = found.film.seconds
    less = total * percents / 100 if percents is not None else wanted
    if less is None:
        return None
    if less >= total:
        raise Unclear(f"the film lasts {total:.0f} s, so {less:g} s cannot be cut from it")
    return (_kept(round(total - less, 3)),)
