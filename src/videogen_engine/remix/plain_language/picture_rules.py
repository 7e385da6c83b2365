"""Pictures: what scenes show, the look of all or of some, and the logo."""

from __future__ import annotations

import re
from typing import Final

from videogen_agents.contract import LogoPosition, RegenerateImagesAction, SetLogoAction, ShuffleStockVisualsAction
from videogen_engine.remix.plain_language.amounts import factor, share
from videogen_engine.remix.plain_language.caption_attributes import LARGER, SMALLER
from videogen_engine.remix.plain_language.operations import AnotherPicture, ReplacePicture, ResizeLogo, RestyleScenes
from videogen_engine.remix.plain_language.rules import Found, Made, Rule, always
from videogen_engine.remix.plain_language.scene_references import Unclear
from videogen_engine.visuals.style_words import read_style

EXAMPLES: Final = (
    "use a mountain for scene 2",
    "show a dog in the third scene",
    "use another picture for scene 4",
    "make it look like a chalkboard",
    "use a watercolour style",
    "move the logo to the top left",
)
_MOST_DIRECTION: Final = 200
_OTHER: Final = frozenset(["another", "different", "new", "fresh", "other", "one", "something", "else", "better"])
_NO_PICTURE: Final = re.compile(
    r"\b(?:scenes?|captions?|subtitles?|voice|narrator|music|logo|transitions?|words?|title|style|look|seconds?)\b|[/\\$<>{}=]"
)


def _replace(found: Found) -> Made:
    what = found.text("what")
    what = None if what is None else re.sub(r" (?:instead|instead of .+|in place of .+)$", "", what, flags=re.I)
    if (
        what is None
        or len(what) > _MOST_DIRECTION
        or (not found["what"].startswith("«") and _NO_PICTURE.search(what.lower()))
    ):
        return None
    which = found.scenes()
    if found["what"].startswith("«") or which is None or not any(char.isalpha() for char in what):
        return None
    if _names_nothing(what):
        return (AnotherPicture(scenes=which),)
    return (ReplacePicture(scenes=which, direction=_subject(what)),)


def _names_nothing(what: str) -> bool:
    words = re.findall(r"[a-z]+", what.lower())
    return bool(words) and all(
        word in _OTHER
        or word in {"a", "an", "the", "picture", "image", "visual", "photo", "illustration", "background"}
        for word in words
    )


def _subject(what: str) -> str:
    return re.sub(
        r"^(?:an? |the )?(?:picture|image|photo|illustration|drawing|visual) of ", "", what, flags=re.IGNORECASE
    )


def _another(found: Found) -> Made:
    which = found.scenes()
    return None if which is None else (AnotherPicture(scenes=which),)


def _look(found: Found) -> Made:
    style = found.text("style")
    if style is None or len(style) > _MOST_DIRECTION:
        return None
    style = re.sub(r"^(?:an? |the |some |more |like |in )+", "", style, flags=re.IGNORECASE)
    style = re.sub(r" (?:style|look|theme|aesthetic|design look)$", "", style, flags=re.IGNORECASE)
    read = read_style(style)
    if read.look is None and read.palette is None and not read.photographic:
        if found.match.groupdict().get("surely"):
            raise Unclear(
                f"“{style}” is no look that can be painted; chalkboard, watercolour, neon or flat are some that are"
            )
        return None
    if (
        not found.match.groupdict().get("surely")
        and sum(len(word.split("-")) for word in read.matched) < len(_telling(style))
        and not read.photographic
    ):
        return None
    which = found.scenes() if found["scenes"] else None
    if found["scenes"] and which is None:
        return None
    if which is None or len(which) == len(found.film.scenes):
        return (RegenerateImagesAction(style_prompt=style),)
    return (RestyleScenes(scenes=which, style_prompt=style),)


def _telling(style: str) -> list[str]:
    """The words that must mean something when nothing else says that a style is named."""
    hollow = {
        "colours",
        "colors",
        "colour",
        "color",
        "tones",
        "and",
        "with",
        "palette",
        "shades",
        "art",
        "board",
        "paper",
    }
    return [word for word in re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", style.lower()) if word not in hollow]


_PLACES: Final = {
    ("top", "left"): LogoPosition.TOP_LEFT, ("top", "right"): LogoPosition.TOP_RIGHT,
    ("top", "center"): LogoPosition.TOP_CENTER, ("bottom", "left"): LogoPosition.BOTTOM_LEFT,
    ("bottom", "right"): LogoPosition.BOTTOM_RIGHT, ("bottom", "center"): LogoPosition.BOTTOM_CENTER,
}  # fmt: skip


def _position(text: str) -> LogoPosition | None:
    words = re.findall(r"[a-z]+", text)
    known = {"top": "top", "upper": "top", "bottom": "bottom", "lower": "bottom"}
    rows = {known[word] for word in words if word in known}
    columns = {
        "center" if word in {"center", "centre", "middle", "centred", "centered"} else word
        for word in words
        if word in {"left", "right", "center", "centre", "middle", "centred", "centered"}
    }
    filler = {
        "corner",
        "the",
        "in",
        "at",
        "on",
        "to",
        "into",
        "of",
        "screen",
        "video",
        "frame",
        "hand",
        "side",
        "picture",
    }
    rest = [word for word in words if word not in known and word not in columns and word not in filler]
    if (
        len(rows) != 1
        or len(columns) > 1
        or any(word not in {"centre", "middle", "centred", "centered"} for word in rest)
    ):
        return None
    return _PLACES[rows.pop(), columns.pop() if columns else "center"]


def _logo_place(found: Found) -> Made:
    place = _position(found["place"])
    return None if place is None else (SetLogoAction(position=place),)


def _logo_size(found: Found) -> Made:
    up = found["way"] in {"larger", "bigger", "enlarge", "big", "large", "increase"}
    degree = found["degree"] or found["by"]
    return (ResizeLogo(factor=factor(degree, up=up, steps=LARGER if up else SMALLER)),)


def _logo_width(found: Found) -> Made:
    percents = share(found["width"])
    if percents is None:
        return None
    if not 0 < percents <= 100:
        raise Unclear("a logo is at most as wide as the film, 100 %")
    return (SetLogoAction(size_percent=percents),)


def _logo_file(found: Found) -> Made:
    file_id = found.match["file"]
    if not found["place"]:
        return (SetLogoAction(file_id=file_id),)
    place = _position(found["place"])
    return None if place is None else (SetLogoAction(file_id=file_id, position=place),)


_FILE: Final = "(?:(?:the |my )?(?:file |image |picture )?(?P<file>vg_file_[A-Za-z0-9]{1,64}))"
_SHOW: Final = "(?:show|display|see|use|put|place|have|draw|paint|feature|insert|pick|choose|take|want|need|add)"
_IN: Final = "(?:for|in|on|into|to|at|during|behind|as the (?:picture|image|background) (?:of|for|in))"
_ON: Final = "(?: (?:of|in|for|on|from|behind) )"

RULES: Final = (
    Rule(f"{_SHOW} (?P<what>.+?) {_IN} (?P<scenes>.+)", _replace),
    Rule(f"(?P<scenes>[^:]+): ?{_SHOW} (?P<what>.+)", _replace),
    Rule(f"(?:in|for|on|during) (?P<scenes>.+?),? {_SHOW} (?P<what>.+)", _replace),
    Rule(f"(?:replace|swap|change|switch|exchange|turn|update) (?:the )?{{PICTURE}}{_ON}(?P<scenes>.+?) (?:with|by|for|to|into) (?P<what>.+)", _replace),
    Rule("(?P<scenes>.+?) (?:should|must|could|can) (?:show|display|have|feature|use) (?P<what>.+)", _replace),
    Rule("(?:make|let|have) (?P<scenes>.+?) (?:show|display|feature) (?P<what>.+)", _replace),
    Rule("(?:give|get) (?P<scenes>.+?) (?:a |an )?(?:different|new|another|fresh|other) {PICTURE}", _another),
    Rule(f"(?:change|redo|redraw|regenerate|replace|refresh|renew|repaint|swap|swap out) (?:the )?{{PICTURE}}{_ON}(?P<scenes>.+)", _another),
    Rule(f"(?:{{USE}}|find|make|get|show)? ?(?:an? )?(?:different|new|another|fresh|other) {{PICTURE}}{_ON}(?P<scenes>.+)", _another),
    Rule("(?:redraw|repaint|regenerate) (?P<scenes>(?:the )?.*\\bscenes?\\b.*)", lambda f: _another(f) if " as " not in f["scenes"] and " in " not in f["scenes"] else None),
    Rule("(?:shuffle|mix up|reshuffle) {the}(?:pictures|images|visuals|stock visuals|photos|stock footage)|(?:{USE}|{MAKE})? ?(?:all )?(?:new|different|other) (?:pictures|images|visuals)(?: everywhere| for all scenes| throughout)?", always(ShuffleStockVisualsAction())),
    Rule("(?P<surely>make|have|let) (?:{FILM}|(?P<scenes>.*\\bscenes?\\b.*?)) look (?:more )?(?:like|as if on|as if drawn on|as) (?P<style>.+)", _look),
    Rule("make (?:{FILM}|(?P<scenes>.*\\bscenes?\\b.*?)|the (?:pictures|images|visuals)) (?:look )?(?:more )?(?P<style>.+)", _look),
    Rule("(?P<surely>(?:{USE}|give {FILM}|{MAKE}|apply|with|render {FILM} in|in|draw {FILM} in|put {FILM} in|do {FILM} in|switch {FILM} to|turn {FILM} into) {the})(?P<style>(?:more )?.+?) (?:look|style|aesthetic|theme)(?: (?:for|in|to) (?P<scenes>.*\\bscenes?\\b.*))?", _look),
    Rule("(?P<surely>{MAKE}|switch) {the}(?:{LOOK}|visual look)(?: of (?:{FILM}|(?P<scenes>.*\\bscenes?\\b.*?)|the pictures))? (?:to |into |be )(?P<style>.+)", _look),
    Rule("(?P<surely>(?:draw|redraw|paint|repaint|render|show|redo|recreate)) (?:{FILM}|everything|all (?:the )?(?:pictures|images|visuals)|the (?:pictures|images|visuals)|all of it|(?P<scenes>.*\\bscenes?\\b.*?)) (?:as|in|like|with) (?P<style>.+)", _look),
    Rule("(?P<surely>(?:{MAKE} {FILM} )?in the style of) (?P<style>.+)", _look),
    Rule("(?:{USE}|with|make {FILM}|in) (?P<style>.+? (?:colou?rs|tones|palette|shades))", _look),
    Rule("(?:{USE}|turn {FILM} into|switch to) (?:a |the )?(?P<style>chalkboard|whiteboard|blueprint|watercolou?r|neon|comic|claymation|line art|ink|collage)s?(?: (?:look|style))?", _look),
    Rule("(?:{DROP}|{OFF}|take off) {the}(?:logo|watermark logo)", always(SetLogoAction(file_id=None))),
    Rule("(?:turn|take) {the}logo off|{the}logo (?:(?:should|must) be )?(?:off|removed|hidden|gone)", always(SetLogoAction(file_id=None))),
    Rule("(?:move|put|place|set|shift|show|bring|position|align|change) {the}logo(?:'s position)? (?P<place>.+)", _logo_place),
    Rule("{the}logo (?:should be |goes )?(?P<place>(?:in|at|on|to|top|bottom|upper|lower) ?.*)", _logo_place),
    Rule("(?:{MAKE} )?{the}logo (?:(?P<degree>{DEGREE}|{PCT} ))?(?P<way>larger|bigger|smaller|big|large|small)(?: by (?P<by>{PCT}))?", lambda f: _logo_size(f)),
    Rule("(?P<way>enlarge|shrink|increase|reduce) {the}logo(?: size)?(?: by (?P<by>{PCT}))?", lambda f: _logo_size(f)),
    Rule("(?:smaller|bigger|larger) logo", lambda f: (ResizeLogo(factor=0.8 if f.match[0].lower().startswith("small") else 1.25),)),
    Rule("(?:{MAKE} )?{the}logo (?:size |width )?(?:to )?(?P<width>[^ ]+ ?(?:%|percent|per cent))(?: (?:wide|big|large|of the (?:width|screen|video)|width))*", _logo_width),
    Rule(f"(?:use|add|set|put|place|show|make) {_FILE} as {{the}}logo(?: (?P<place>.+))?", _logo_file),
    Rule(f"(?:set|change|add) {{the}}logo (?:to |from |)?{_FILE}(?: (?P<place>.+))?", _logo_file),
)  # fmt: skip
