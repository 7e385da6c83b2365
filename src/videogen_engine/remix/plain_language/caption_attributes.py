"""How captions shall look, as a list of words: "larger, bold and yellow at the bottom"."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, Literal, TypeAlias

from videogen_agents.contract import (
    CaptionBackgroundStyle,
    CaptionBackgroundType,
    CaptionStyle,
    EnableCaptionsAction,
    RgbColor,
    TextJustification,
    VerticalAlignment,
)
from videogen_engine.remix.plain_language.amounts import Steps, factor, multiple
from videogen_engine.remix.plain_language.colours import COLOUR, colour
from videogen_engine.remix.plain_language.operations import Operation, ResizeCaptions
from videogen_engine.remix.plain_language.quantities import number
from videogen_engine.remix.plain_language.rules import expanded
from videogen_engine.remix.plain_language.scene_references import Unclear

_Weight: TypeAlias = Literal[100, 200, 300, 400, 500, 600, 700, 800, 900]
LARGER: Final = Steps(1.1, 1.25, 1.6)
SMALLER: Final = Steps(0.9, 0.8, 0.6)
_BLACK: Final = RgbColor(red=0, green=0, blue=0)
_BIG: Final = "larger|bigger|big|large|greater|huge|giant|massive|enormous"
_SMALL: Final = "smaller|small|tinier|tiny|littler"
_HUGE: Final = frozenset({"huge", "giant", "massive", "enormous", "tiny", "tinier"})
_WEIGHTS: Final[dict[str, _Weight]] = {
    "bold": 700, "bolder": 800, "heavier": 800, "heavy": 800, "extra bold": 800, "very bold": 800, "black weight": 900,
    "semi-bold": 600, "semibold": 600, "medium weight": 500, "regular": 400, "normal weight": 400, "thinner": 400,
    "thin": 300, "lighter weight": 400, "less bold": 500, "not bold": 400, "in bold": 700,
}  # fmt: skip
_OF_FRAME: Final = r"(?: (?:edge|part|half|third))?(?: of the (?:screen|frame|video|picture|image|film|page))?"


def styled(**fields: object) -> EnableCaptionsAction:
    """The captions shown with these fields on top of their style."""
    return EnableCaptionsAction(caption_style=CaptionStyle.model_validate(fields))


def size_of(found: re.Match[str]) -> Operation:
    degree = found["degree"] or found["by"] or ""
    word = found["size"].lower()
    up = word in _BIG.split("|")
    if word in _HUGE and not degree:
        degree = "much"
    return ResizeCaptions(factor=factor(degree, up=up, steps=LARGER if up else SMALLER))


def _multiple(found: re.Match[str]) -> Operation:
    times = multiple(found["times"])
    if times is None:
        raise Unclear(f"“{found['times']}” is no amount")
    return ResizeCaptions(factor=times)


def _pixels(found: re.Match[str]) -> Operation:
    size = number(found["pixels"])
    if size is None or not 8 <= size <= 400:
        raise Unclear("captions can be 8 to 400 pixels high")
    return styled(font_size=size)


def _text(found: re.Match[str]) -> Operation:
    return styled(text_color=colour(found["colour"]))


def _outline(found: re.Match[str]) -> Operation:
    fields: dict[str, object] = {"stroke_color": colour(found["outline"] or "") or _BLACK}
    thickness = (found["thick"] or "").lower()
    if thickness:
        fields["stroke_weight"] = 2.0 if thickness in {"thin", "fine", "slim"} else 8.0
    return styled(**fields)


def _ground(found: re.Match[str]) -> Operation:
    fields: dict[str, object] = {
        "type": CaptionBackgroundType.WRAPPED,
        "background_color": colour(found["ground"] or "") or _BLACK,
    }
    words = f"{found['manner'] or ''} {found['shape']}".lower()
    if "rectang" in words:
        fields["type"] = CaptionBackgroundType.RECT
    if "transparent" in words or "translucent" in words:
        fields["opacity_proportion"] = 0.5
    if "solid" in words or "opaque" in words:
        fields["opacity_proportion"] = 1.0
    if re.search(r"\bround", words):
        fields["border_radius_proportion"] = 1.0
    return styled(background_style=CaptionBackgroundStyle.model_validate(fields))


def _place(found: re.Match[str]) -> Operation:
    word = found["place"].lower()
    if word.startswith(("top", "upper")):
        return styled(vertical_alignment=VerticalAlignment.TOP)
    lower = word.startswith(("bottom", "lower"))
    return styled(vertical_alignment=VerticalAlignment.BOTTOM if lower else VerticalAlignment.MIDDLE)


def _corner(found: re.Match[str]) -> Operation:
    column = found["column"].upper()
    return styled(
        vertical_alignment=VerticalAlignment.TOP
        if found["row"].lower() in {"top", "upper"}
        else VerticalAlignment.BOTTOM,
        text_justification=TextJustification[column if column in {"LEFT", "RIGHT"} else "CENTER"],
    )


def _side(found: re.Match[str]) -> Operation:
    word = found["side"].upper()
    return styled(text_justification=TextJustification.CENTER if word.startswith("CENT") else TextJustification[word])


def _spoken(found: re.Match[str]) -> Operation:
    return styled(spoken_text_color=colour(found["spoken"]))


def _two_colours(found: re.Match[str]) -> Operation:
    ground = CaptionBackgroundStyle.model_validate(
        {"type": CaptionBackgroundType.WRAPPED, "background_color": colour(found["below"])}
    )
    return styled(text_color=colour(found["above"]), background_style=ground)


_OUTLINE: Final = "(?:outline|stroke|border|edge|contour)s?"
_BOX: Final = "(?:backgrounds?|box|boxes|backdrop|ground|bar|plate)"
_ATTRIBUTES: Final[tuple[tuple[str, Callable[[re.Match[str]], Operation]], ...]] = (
    (rf"(?:(?P<degree>{{DEGREE}}|{{PCT}} ))?(?P<size>{_BIG}|{_SMALL})(?: in size)?(?: by (?P<by>{{PCT}}))?", size_of),
    (r"(?P<times>twice|half|[a-z0-9.]+ times|\d(?:\.\d)?x) (?:as|the) (?:big|large|small|size|tall)", _multiple),
    (r"(?P<times>double|half|triple) (?:the |in )?size", _multiple),
    (r"(?P<pixels>{NUM}) ?(?:px|pixels?|points?|pt)(?: (?:high|tall|big|large))?", _pixels),
    (rf"(?:in )?(?P<colour>{COLOUR})(?: (?:text|letters|colou?r|colou?red))?", _text),
    (rf"(?:in )?(?P<above>{COLOUR}) on (?P<below>{COLOUR})", _two_colours),
    (
        rf"(?:in )?(?P<weight>{'|'.join(sorted(_WEIGHTS, key=len, reverse=True))})(?: (?:letters|type|font|text))?",
        lambda found: styled(font_weight=_WEIGHTS[found["weight"].lower()]),
    ),
    (
        r"(?:(?:up |down |back )?(?:at|on|to|in|into|near|towards?) )?(?:the )?(?:very )?"
        rf"(?P<place>top|bottom|middle|center|centre|upper part|lower part|upper third|lower third){_OF_FRAME}",
        _place,
    ),
    (
        r"(?:(?:at|in|on|to) )?(?:the )?(?P<row>top|upper|bottom|lower)[- ](?P<column>left|right|center|centre|middle)"
        r"(?: corner)?",
        _corner,
    ),
    (r"(?:aligned (?:to the )?)(?P<side>left|right|center|centre)", _side),
    (r"(?P<side>left|right|center|centre)[- ](?:aligned|justified|alignment)", _side),
    (r"(?P<side>centered|centred)(?: text)?", _side),
    (r"(?:on|to|at) the (?P<side>left|right)(?: side)?", _side),
    (
        r"(?:with )?(?:an? |the )?(?:(?P<thick>thick|heavy|bold|strong|thin|fine|slim) )?"
        rf"(?:(?P<outline>{COLOUR}) )?{_OUTLINE}",
        _outline,
    ),
    (rf"(?:without|with no|no) (?:an? |any |the )?{_OUTLINE}", lambda _found: styled(stroke_color=None)),
    (
        rf"(?:with |on |in )?(?:an? |the )?(?:(?P<manner>(?:(?:semi-?transparent|transparent|translucent|solid|opaque|"
        rf"rounded|round|rectangular)(?:,? )?)+) )?(?:(?P<ground>{COLOUR}) )?"
        rf"(?P<shape>rectangular {_BOX}|rectangle|{_BOX})",
        _ground,
    ),
    (rf"(?:without|with no|no) (?:an? |any |the )?{_BOX}", lambda _found: styled(background_style=None)),
    (
        r"(?:with )?(?:(?:the )?(?:spoken|current) words? )?(?:highlighted )?in "
        rf"(?P<spoken>{COLOUR})(?: for the spoken words?)",
        _spoken,
    ),
    (rf"(?:with )?(?P<spoken>{COLOUR}) highlights?", _spoken),
)
_COMPILED: Final = tuple((re.compile(expanded(pattern), re.IGNORECASE), make) for pattern, make in _ATTRIBUTES)
_BETWEEN: Final = re.compile(r"(?:,? and |, ?|,? with | but )(?:(?:make|put|place|set) (?:them|it) )?", re.IGNORECASE)


def attributes(text: str) -> tuple[Operation, ...] | None:
    """One operation for each attribute, in the order said; None when anything in the text is none.

    Raises Unclear for amounts that cannot be.
    """
    text = text.strip()
    found: list[Operation] = []
    place = 0
    while place < len(text):
        longest: re.Match[str] | None = None
        maker: Callable[[re.Match[str]], Operation] | None = None
        for pattern, make in _COMPILED:
            match = pattern.match(text, place)
            ends = match is not None and (match.end() == len(text) or not text[match.end()].isalnum())
            if match is not None and ends and (longest is None or match.end() > longest.end()):
                longest, maker = match, make
        if longest is None or maker is None or longest.end() == place:
            return None
        found.append(maker(longest))
        place = longest.end()
        between = _BETWEEN.match(text, place)
        place = between.end() if between is not None else place
        while place < len(text) and text[place] == " ":
            place += 1
    return tuple(found) or None
