"""Captions: shown, hidden, and how they look."""

from __future__ import annotations

from typing import Final

from videogen_agents.contract import (
    CaptionBackgroundStyle,
    CaptionBackgroundType,
    DisableCaptionsAction,
    EnableCaptionsAction,
)
from videogen_engine.captions.typefaces import family_for
from videogen_engine.remix.plain_language.caption_attributes import attributes, styled
from videogen_engine.remix.plain_language.colours import COLOUR, colour
from videogen_engine.remix.plain_language.rules import Found, Made, Rule, always
from videogen_engine.remix.plain_language.scene_references import Unclear

EXAMPLES: Final = (
    "make the captions larger and yellow",
    "put the captions at the bottom",
    "hide the captions",
    "captions on a black background",
    "use the font Bebas Neue for the captions",
)


def _look(found: Found) -> Made:
    return attributes(" ".join(part for part in (found["how"], found["more"]) if part))


def _colour(found: Found) -> Made:
    chosen = colour(found["colour"])
    return None if chosen is None else (styled(text_color=chosen),)


def _font(found: Found) -> Made:
    name = found.text("font")
    if name is None or len(name) > 60:
        return None
    family, warning = family_for(name)
    if warning is not None:
        raise Unclear(
            f"there is no font “{name}”; Inter, Fraunces, JetBrains Mono, Caveat and Bebas Neue are some that are"
        )
    return (styled(font_name=family),)


def _spoken(found: Found) -> Made:
    chosen = colour(found["colour"])
    return None if chosen is None else (styled(spoken_text_color=chosen),)


def _word_box(found: Found) -> Made:
    ground = CaptionBackgroundStyle.model_validate(
        {"type": CaptionBackgroundType.WORD_BY_WORD, "background_color": colour(found["colour"] or "black")}
    )
    return (styled(background_style=ground),)


_OUTLINE: Final = "(?:outline|stroke|border|contour)"
_BOX: Final = "(?:background|box|boxes|backdrop|bar)"
_OF: Final = "(?:from|of|off|around|behind|under|on|for|to)"
_SPOKEN: Final = "(?:the )?(?:spoken|current|active|highlighted) words?"

RULES: Final = (
    Rule("(?:{OFF}|{DROP}|take off|not? show) {the}{CAPS}", always(DisableCaptionsAction())),
    Rule("(?:turn|switch|take) {the}{CAPS} off", always(DisableCaptionsAction())),
    Rule("{the}{CAPS} (?:(?:should|must) be )?(?:off|hidden|gone|away|removed|turned off)|(?:make|let) {the}{CAPS} (?:invisible|disappear)", always(DisableCaptionsAction())),
    Rule(
        "(?:show|enable|turn on|switch on|turn back on|add|display|bring back|unhide|restore|use|activate) {the}{CAPS}(?: back)?(?: on)?",
        always(EnableCaptionsAction()),
    ),
    Rule("(?:turn|switch|bring|put) {the}{CAPS} (?:back )?(?:on|back)|{the}{CAPS} (?:back )?on|with {CAPS}|make {the}{CAPS} visible", always(EnableCaptionsAction())),
    Rule(f"(?:{{MAKE}}|give) {{the}}{{CAPS}}(?:'s)? {_BOX} (?:an? |to )?(?P<how>.+)", lambda f: _background(f)),
    Rule(f"(?:{{MAKE}}|give) {{the}}{{CAPS}}(?:'s)? {_OUTLINE} (?:an? |to )?(?P<how>.+)", lambda f: attributes(f"{f['how']} outline")),
    Rule("(?:{MAKE}|{USE}|add|give|put|move|place|position|show|display|render|bring|shift|color|colour) {the}{CAPS} (?:to )?(?P<how>.+)", _look),
    Rule("{the}{CAPS}:? (?:(?:should be|must be|to be|in|are) )?(?P<how>.+)", _look),
    Rule("(?:(?:{MAKE}|{USE}|show|add|give me|with) )?(?:the |some )?(?P<how>.+?) {CAPS}(?: (?P<more>(?:at|on|in|with|without) .+))?", _look),
    Rule("{the}{CAPS}(?: text)? (?:is|are|look|looks) (?:a bit |a little |way |much )?too (?P<how>small|tiny|little|big|large|huge)", lambda f: attributes("smaller" if f["how"] in {"big", "large", "huge"} else "larger")),
    Rule("add (?P<how>.+) to {the}{CAPS}", _look),
    Rule("put (?P<how>.+) (?:on|around|behind|under) {the}{CAPS}", _look),
    Rule("(?P<size>enlarge|increase|shrink|reduce) {the}{CAPS}(?: (?:text |font )?size)?(?P<how> by .+)?", lambda f: _resized(f)),
    Rule("{the}{CAPS} (?:font ?)?size(?: (?:to|of|at|should be|=))? (?P<how>.+)", lambda f: _sized(f)),
    Rule("(?:{MAKE}|{USE}) {the}(?:{CAPS}(?:'s)? (?:font |text )?|(?:font|text) )size(?: of {the}{CAPS})? (?:to |at )?(?P<how>.+)", lambda f: _sized(f)),
    Rule("(?:{MAKE}|{USE}) {the}{CAPS}(?:'s)? (?:text |font )?colou?r (?:to |in )?(?P<colour>.+)", _colour),
    Rule("(?:{MAKE}|{USE}) {the}(?:text |font )?colou?r of {the}{CAPS} (?:to |in )?(?P<colour>.+)", _colour),
    Rule(f"{{USE}} (?:the colou?r )?(?P<colour>{COLOUR})(?: text| letters)? (?:for|in|on) {{the}}{{CAPS}}", _colour),
    Rule("(?P<side>left|right|center|centre)[- ]?(?:align|justify)? {the}{CAPS}(?: text)?", lambda f: attributes(f"{f['side']}-aligned")),
    Rule("(?:align|justify) {the}{CAPS}(?: text)? (?:to the |on the |in the )?(?P<side>left|right|center|centre)", lambda f: attributes(f"{f['side']}-aligned")),
    Rule("{USE} {the}(?:font|typeface) (?P<font>.+) (?:for|in) {the}{CAPS}", _font),
    Rule("{USE} (?P<font>.+) (?:as|for) {the}{CAPS}(?:'s)? (?:font|typeface)", _font),
    Rule("(?:{MAKE}|{USE}) {the}(?:{CAPS}(?:'s)? (?:font|typeface)|(?:font|typeface) of {the}{CAPS}) (?:to |into )?(?P<font>.+)", _font),
    Rule("(?:(?:set|make|use|write) )?{the}{CAPS} in (?:the font )?(?P<font>.+)", lambda f: None if colour(f["font"]) else _font(f)),
    Rule(f"(?:{{DROP}}|{{OFF}}|take|hide) {{the}}(?:{{CAPS}}(?:'s)? {_OUTLINE}|{_OUTLINE} {_OF} {{the}}{{CAPS}})", always(styled(stroke_color=None))),
    Rule(f"(?:{{DROP}}|{{OFF}}|take|hide) {{the}}(?:{{CAPS}}(?:'s)? {_BOX}|{_BOX} {_OF} {{the}}{{CAPS}})", always(styled(background_style=None))),
    Rule(f"(?:highlight|colou?r|mark|show|make) {_SPOKEN} (?:in )?(?P<colour>{COLOUR})", _spoken),
    Rule(f"(?:{{MAKE}}|{{USE}}) (?:the )?(?:highlight|spoken word)(?: colou?r)? (?:to |in )?(?P<colour>{COLOUR})", _spoken),
    Rule(f"(?:don't|do not|stop|no longer) (?:highlight|colou?r|mark)(?:ing)? {_SPOKEN}|no highlight(?:ing|s)?(?: of {_SPOKEN})?", always(styled(spoken_text_color=None))),
    Rule("(?:{DROP}|{OFF}) {the}(?:word )?highlight(?:ing|s)?(?: (?:of|in|from) .{3,30})?", always(styled(spoken_text_color=None))),
    Rule(f"(?:put|use|add|show|draw) an? (?:(?P<colour>{COLOUR}) )?box (?:behind|around|on|under) (?:each|every|the) (?:spoken |current )?word", _word_box),
    Rule("keep (?:the )?(?:spoken|said|read) words (?:colou?red|highlighted|lit|marked)", always(styled(persist_spoken_text_color=True))),
)  # fmt: skip


def _sized(found: Found) -> Made:
    how = found["how"]
    return attributes(how if how.endswith(("px", "pixels", "pixel", "pt", "points")) else f"{how} px")


def _resized(found: Found) -> Made:
    word = "larger" if found["size"] in {"enlarge", "increase"} else "smaller"
    return attributes(f"{word} {found['how']}".strip())


def _background(found: Found) -> Made:
    how = found["how"]
    return attributes(how if how.endswith(("rectangle", "box")) else f"{how} background")
