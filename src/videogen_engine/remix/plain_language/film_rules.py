"""The film as a whole: transitions, zoom, shape, language, clean-up, undo and redo."""

from __future__ import annotations

import re
from typing import Final

from videogen_agents.contract import (
    AddTransitionsAction,
    AddZoomAction,
    AspectRatio,
    CleanUpTranscriptAction,
    ResizeProjectAction,
    TransitionType,
    TranslateProjectAction,
)
from videogen_engine.remix.plain_language.operations import KeepToDuration, Redo, StopZoom, Undo
from videogen_engine.remix.plain_language.quantities import count, seconds
from videogen_engine.remix.plain_language.rules import Found, Made, Rule, always
from videogen_engine.remix.plain_language.scene_references import Unclear
from videogen_engine.speech.voices import languages

EXAMPLES: Final = (
    "use wipe transitions",
    "no transitions",
    "add a slow zoom",
    "make it vertical",
    "change the aspect ratio to 4:5",
    "translate it to Spanish",
    "remove the filler words",
    "undo that",
)
_KINDS: Final = {
    "wipe": TransitionType.WIPE, "swipe": TransitionType.WIPE, "fade": TransitionType.FADE,
    "crossfade": TransitionType.FADE, "cross-fade": TransitionType.FADE, "dissolve": TransitionType.FADE,
    "fading": TransitionType.FADE, "rise": TransitionType.RISE, "rising": TransitionType.RISE,
    "slide": TransitionType.PAN, "sliding": TransitionType.PAN, "pan": TransitionType.PAN, "push": TransitionType.PAN,
    "pop": TransitionType.POP, "wiping": TransitionType.WIPE, "dynamic": TransitionType.DYNAMIC,
    "varied": TransitionType.DYNAMIC, "different": TransitionType.DYNAMIC, "mixed": TransitionType.DYNAMIC,
    "hard cut": TransitionType.NONE, "cut": TransitionType.NONE, "straight cut": TransitionType.NONE,
    "simple cut": TransitionType.NONE, "no": TransitionType.NONE,
}  # fmt: skip
_KIND: Final = "(?P<kind>" + "|".join(sorted(_KINDS, key=len, reverse=True)) + ")"
_SHAPES: Final = {
    r"vertical|portrait|upright|tall|(?:for )?(?:a |the )?(?:tik ?toks?|reels?|shorts?|stor(?:y|ies)|snapchat|(?:mobile )?phones?|mobiles?)"
    r"|(?:for )?(?:instagram|ig|facebook) (?:reels?|stor(?:y|ies))|(?:for )?youtube shorts?": (9, 16),
    r"square|quadratic|(?:for )?(?:an? )?(?:instagram|ig)(?: posts?| feed)?": (1, 1),
    r"landscape|horizontal|wide ?screen|wide|(?:for )?(?:youtube|tv|television|a tv|a presentation|desktop|a computer screen)": (16, 9),
}  # fmt: skip


def shape_named(words: str) -> tuple[int, int] | None:
    """The aspect ratio that a request for a film names (“for TikTok”, “4:5”), None when it names none."""
    said = words.lower()
    ratio = re.search(r"\b(\d{1,2}) ?[:x/] ?(\d{1,2})\b", said)
    if ratio is not None and int(ratio[1]) and int(ratio[2]) and 0.25 <= int(ratio[1]) / int(ratio[2]) <= 4:
        return int(ratio[1]), int(ratio[2])
    return next((shape for names, shape in _SHAPES.items() if re.search(rf"\b(?:{names})\b", said)), None)


def _transitions(found: Found) -> Made:
    kind = _KINDS[found["kind"]] if found["kind"] else TransitionType.DYNAMIC
    return (_scoped(kind, found["scope"]),)


def _no_transitions(found: Found) -> Made:
    return (_scoped(TransitionType.NONE, found["scope"]),)


def _scoped(kind: TransitionType, scope: str) -> AddTransitionsAction:
    if "section" in scope:
        return AddTransitionsAction(section_transition=kind)
    return AddTransitionsAction(section_transition=kind, asset_transition=kind)


def _shape(found: Found) -> Made:
    said = re.sub(r"^(?:an? |the |into |in )+", "", found["shape"])
    said = re.sub(
        r" (?:video|film|movie|format|version|shape|aspect ratio|aspect|clip|orientation|mode|ratio|screen)$", "", said
    )
    ratio = re.fullmatch(r"(\d{1,2})(?: ?: ?| ?x ?| by | to | ?/ ?)(\d{1,2})", said)
    if ratio is not None:
        width, height = int(ratio[1]), int(ratio[2])
        if not width or not height or not 0.25 <= width / height <= 4:
            raise Unclear(f"{width}:{height} is no shape of a film")
        return (_resized(width, height),)
    for words, (width, height) in _SHAPES.items():
        if re.fullmatch(words, said):
            return (_resized(width, height),)
    return None


def _short_shape(found: Found) -> Made:
    wanted = seconds(found["length"])
    shape = _shape(found)
    if wanted is None or shape is None:
        return None
    return (*shape, KeepToDuration(seconds=wanted)) if wanted >= 1 else None


def _resized(width: int, height: int) -> ResizeProjectAction:
    return ResizeProjectAction(aspect_ratio=AspectRatio(width=width, height=height))


def _steps(found: Found) -> int | None:
    many = 1 if not found["many"] else count(found["many"].removesuffix(" of"))
    if many is not None and not 1 <= many <= 50:
        raise Unclear("1 to 50 changes can be undone at once")
    return many


def _undo(found: Found) -> Made:
    steps = _steps(found)
    return None if steps is None else (Undo(steps=steps) if steps > 1 else Undo(),)


def _redo(found: Found) -> Made:
    steps = _steps(found)
    return None if steps is None else (Redo(steps=steps) if steps > 1 else Redo(),)


def _language(found: Found) -> Made:
    wanted = found["language"]
    for language in languages():
        if language.name.lower() == wanted or language.language_code.lower() == wanted:
            return (TranslateProjectAction(language_code=language.language_code),)
    near = [item for item in languages() if item.name.lower().startswith(f"{wanted} (")]
    if near:
        return (TranslateProjectAction(language_code=near[0].language_code),)
    raise Unclear(f"“{wanted[:40]}” is no language that can be spoken")


_BETWEEN: Final = "(?: (?:between|for|at|on|across|in|to) {the}(?P<scope>scenes?|sections?|pictures?|chapters?|each scene|every scene|video|film))?"
_TRANSITIONS: Final = "(?:transitions?|scene transitions?|transition effects?|scene changes)"
_ZOOM: Final = "(?:zoom|zooms|zooming|zoom effect|zoom-in|ken burns|ken burns effect|ken burns zoom|zoom motion)"
_MANY: Final = r"(?P<many>\d+|two|three|four|five|six|seven|eight|nine|ten|couple of)"
_CHANGES: Final = "(?:changes?|edits?|steps?|actions?|things?|modifications?)"

RULES: Final = (
    Rule(f"(?:(?:{{USE}}|add|put|make|insert|show|with|give me|apply) )?{{the}}(?:(?:slow|soft|smooth|nice|quick) )?{_KIND}(?: |-)?{_TRANSITIONS}{_BETWEEN}(?: everywhere)?", _transitions),
    Rule(f"(?:{{USE}}|add|insert|apply|put in) {{the}}(?:nice |smooth |cool )?{_TRANSITIONS}{_BETWEEN}", _transitions),
    Rule(f"(?:(?:{{USE}}|add|put|make|insert|apply|let the scenes|have the scenes|do) )?{{the}}{_KIND}s?{_BETWEEN}(?: (?:in|only))?", lambda f: _transitions(f) if f["kind"] not in {"cut", "push", "different", "varied", "mixed", "dynamic", "no"} and (f["scope"] or f.match[0].lower().startswith(("use", "add", "let", "have", "hard"))) and f["kind"] != "no" else None),
    Rule(f"(?:{{MAKE}}|switch) {{the}}{_TRANSITIONS} (?:to |be |into )?(?:an? )?{_KIND}s?", _transitions),
    Rule(f"(?:make|let|have) (?:the |all )?scenes {_KIND}(?: in| into each other| into one another)?", _transitions),
    Rule(f"{_TRANSITIONS}: ?{_KIND}s?", _transitions),
    Rule(f"(?:{{DROP}}|{{OFF}}) {{the}}{_TRANSITIONS}{_BETWEEN}", _no_transitions),
    Rule("(?:just |only |use |with )?(?:hard|straight|simple|plain) cuts(?: between (?P<scope>scenes|sections))?", _no_transitions),
    Rule(f"(?:add|use|apply|put|give (?:it|me)|insert|enable|turn on|with|want) {{the}}(?:(?:slow|gentle|soft|subtle|smooth|slight) )?{_ZOOM}(?: (?:to|on|over|into|in) {{the}}(?:pictures?|images?|scenes?|stills?|video|film|photos?|every scene|all scenes))?", always(AddZoomAction())),
    Rule("(?:slowly )?zoom(?: slowly)?(?: in)?(?: ?(?:to|on|into|over))? {the}(?:pictures?|images?|scenes?|stills?|photos?)", always(AddZoomAction())),
    Rule("(?:make|let|have) {the}(?:pictures?|images?|scenes?|stills?) (?:slowly )?zoom(?: in)?(?: slowly)?|zoom(?: in)? slowly", always(AddZoomAction())),
    Rule(f"(?:{{DROP}}|{{OFF}}|don't|do not|stop) {{the}}{_ZOOM}(?: (?:from|on|in|of|into) {{the}}(?:pictures?|images?|scenes?|stills?|film|video))?", always(StopZoom())),
    Rule("(?:make|turn|convert|change|resize|crop|reformat|render|format|export|adapt|reshape|get|have|set|use|need|want|redo|do|lay out|prepare) (?:{FILM} )?(?:(?:in|into|to|as|for|be) )?(?P<shape>.+)", _shape),
    Rule("(?:(?:{MAKE}|{USE}|switch) )?{the}(?:aspect ratio|aspect|format|shape|orientation|ratio|dimensions)(?: of {FILM})?(?: (?:to|into|should be|of|as))? (?P<shape>.+)", _shape),
    Rule("(?:i )?(?:make|create|give me|need|want|use) (?:me )?(?:an? )?(?P<shape>.+?) (?:version|format|video|cut)", _shape),
    Rule("{FILM} (?:should|must) be (?P<shape>.+)", _shape),
    Rule("(?P<shape>.+)", _shape),
    Rule("(?:make|create|give me|use|turn {FILM} into|cut {FILM} (?:in)?to|convert {FILM} (?:in)?to) (?:me )?(?:an? )?(?P<length>[\\w.]+[ -](?:seconds?|minutes?|s))(?: long)? (?P<shape>.+)", lambda f: _short_shape(f)),
    Rule("(?:translate|convert|dub) {FILM} (?:to|into|in) (?P<language>.+)|translate (?:to|into) (?P<language2>.+)", lambda f: _language(f) if f["language"] else _language2(f)),
    Rule("(?:{DROP}|{OFF}|clean up) {the}(?:filler words?|fillers?|ums?|uhs?|ums and uhs|uhs and ums|ers)(?: from .+)?", always(CleanUpTranscriptAction(remove_fillers=True, remove_pauses=False))),
    Rule("(?:{DROP}|shorten|tighten) {the}(?:long |awkward )?(?:pauses|silences?|dead air|gaps)(?: (?:from|in|between) .+)?", always(CleanUpTranscriptAction(remove_fillers=False, remove_pauses=True))),
    Rule("clean (?:up )?{the}(?:transcript|narration|speech|audio|recording|voice)(?: up)?|(?:{DROP}) {the}(?:fillers?|filler words|ums) and (?:long )?pauses", always(CleanUpTranscriptAction())),
    Rule(f"(?:undo|revert|roll back|take back)(?: (?:that|it|this|everything|{{the}}(?:last|previous|latest|most recent)(?: {_MANY})?(?: {_CHANGES})?|(?:that|this) {_CHANGES}|my {_CHANGES}))?", lambda f: _undo(f) if "everything" not in f.match[0].lower() else None),
    Rule(f"(?:reverse|cancel) (?:that|(?:the|my) (?:last|previous|latest)) {_CHANGES}|(?:reverse|cancel) that(?P<many>)", _undo),
    Rule(f"(?:go|step|roll|switch|change it|put it|get it) back(?: (?:to )?(?:(?:the )?(?:previous|last|earlier) version|how it was(?: before)?|{_MANY} (?:steps?|versions?)|again|the way it was(?: before)?))?", _undo),
    Rule("(?:take|put|change|bring) (?:that|it|this) back(?: (?:to )?(?:how|the way) it was(?: before)?)?|restore the (?:previous|last|earlier) version|(?:i changed my mind|never mind that)", _undo),
    Rule(f"redo(?: (?:that|it|this|{{the}}(?:last|previous|undone)(?: {_MANY})?(?: {_CHANGES})?))?|undo the undo|(?:go|step) forward(?: again)?|restore (?:that|it|this|the (?:undone )?change)", _redo),
)  # fmt: skip


def _language2(found: Found) -> Made:
    wanted = found["language2"]
    for language in languages():
        if language.name.lower() == wanted or language.language_code.lower() == wanted:
            return (TranslateProjectAction(language_code=language.language_code),)
    raise Unclear(f"“{wanted[:40]}” is no language that can be spoken")
