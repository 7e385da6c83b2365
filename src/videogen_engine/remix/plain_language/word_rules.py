"""Words: what is said, and the title."""

from __future__ import annotations

import re
from typing import Final

from videogen_engine.remix.plain_language.operations import AddScene, ChangeTitle, ReplaceWords, SetWords
from videogen_engine.remix.plain_language.rules import Found, Made, Rule
from videogen_engine.remix.plain_language.scene_references import Unclear

EXAMPLES: Final = (
    "replace 'cheap' with 'affordable'",
    "remove the word 'very'",
    'change scene 2 to "Water is life."',
    'add a scene saying "Thank you." at the end',
    'change the title to "Drink more water"',
)
_MOST_TITLE: Final = 200
#: Words that unquoted words to be replaced are not: they are pictures, settings or scenes.
_NOT_WORDS: Final = re.compile(
    r"\b(?:scenes?|pictures?|images?|visuals?|photos?|music|voice|narrator|captions?|subtitles?|logo|background|"
    r"title|transitions?|order|song|soundtrack|places?)\b",
    re.IGNORECASE,
)


def _replace(found: Found) -> Made:
    old, new = found.text("old"), found.text("new")
    if old is None or new is None or not _are_words(found, "old") or not _are_words(found, "new"):
        return None
    where = found.scenes() if found["scenes"] else None
    if found["scenes"] and where is None:
        return None
    said_in = [n for n, scene in enumerate(found.film.scenes, 1) if _says(scene.text, old)]
    if not said_in or (where is not None and not set(where) & set(said_in)):
        place = "in the film" if where is None else f"in scene {', '.join(map(str, where))}"
        raise Unclear(f"“{old}” is not said {place}")
    return (ReplaceWords(old=old, new=new, scenes=where),)


def _are_words(found: Found, name: str) -> bool:
    raw = found[name]
    return raw.startswith("«") or (len(raw.split()) <= 6 and _NOT_WORDS.search(raw) is None)


def _remove(found: Found) -> Made:
    old = found.text("old")
    if old is None:
        return None
    if not any(_says(scene.text, old) for scene in found.film.scenes):
        raise Unclear(f"“{old}” is not said in the film")
    return (ReplaceWords(old=old, new=""),)


def _says(text: str, words: str) -> bool:
    return words_pattern(words).search(text) is not None


def words_pattern(words: str) -> re.Pattern[str]:
    """Where ``words`` stand as whole words, whatever their case and spacing."""
    inner = r"\s+".join(re.escape(word) for word in words.split())
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    after = r"(?!\w)" if words[-1:].isalnum() else ""
    return re.compile(f"{before}{inner}{after}", re.IGNORECASE)


def _title(found: Found) -> Made:
    title = found.text("title") or found.text("quoted", quoted=True)
    if title is None:
        return None
    if len(title) > _MOST_TITLE:
        raise Unclear(f"a title has at most {_MOST_TITLE} characters")
    return (ChangeTitle(title=title),)


def _says_now(found: Found) -> Made:
    text = found.text("text", quoted=True)
    if text is None:
        return None
    number = found.scene()
    return None if number is None else (SetWords(scene=number, text=_spoken(text)),)


def _add(found: Found) -> Made:
    text = found.text("text", quoted=True)
    if text is None:
        return None
    before: int | None = None
    side = found["side"]
    if side:
        anchor = found.scene()
        if anchor is None:
            return None
        before = anchor if side == "before" else anchor + 1
        before = before if before <= len(found.film.scenes) else None
    elif found["start"]:
        before = 1
    return (AddScene(text=_spoken(text), before=before),)


def _spoken(text: str) -> str:
    if not any(char.isalnum() for char in text):
        raise Unclear("there is nothing to say in the quotation marks")
    return text


_QUOTED: Final = "«\\d+»"
_IN: Final = "(?: (?:in|of|from) (?P<scenes>(?:the )?.*\\bscenes?\\b.*|everywhere))?"
_AT: Final = (
    "(?: (?:at|to) the (?:very )?(?:end|(?P<start>start|beginning|front))(?: of the (?:video|film))?"
    "|,? (?P<side>before|after) (?P<scenes>.+?))?"
)
_SAY: Final = "(?:say|read|be|speak|tell|state)"

RULES: Final = (
    Rule(f"(?:replace|swap|substitute|exchange|change) (?:the )?(?:words? |phrase |term |text )?(?P<old>{_QUOTED}|.+?) (?:with|by|for|to|into) (?:the words? )?(?P<new>{_QUOTED}|[^ ]+(?: [^ ]+){{0,3}}?){_IN}(?: everywhere)?", lambda f: _replace(f) if f.match[0].lower().startswith("replace") or (f["old"].startswith("«") and f["new"].startswith("«")) else None),
    Rule(f"(?:say|use|write) (?:the word )?(?P<new>{_QUOTED}|.+?) (?:instead of|in place of|rather than|not) (?:the word )?(?P<old>{_QUOTED}|.+?){_IN}", _replace),
    Rule(f"instead of (?P<old>{_QUOTED}),? (?:say|use|write) (?P<new>{_QUOTED}){_IN}", _replace),
    Rule(f"{{DROP}} (?:the )?(?:words?|phrase|sentence|expression|text) (?P<old>{_QUOTED})(?: everywhere)?", _remove),
    Rule(f"{{DROP}} (?P<old>{_QUOTED})(?: from the (?:script|text|narration))?", _remove),
    Rule("(?:{MAKE}|{USE}|update|edit) {the}(?:title|name|headline of the video)(?: of {FILM})? (?:(?:to|as|be|into) (?P<title>.+)|(?P<quoted>«\\d+»))", _title),
    Rule("{the}title(?: of {FILM})?(?: (?:should be|is|must be|to be|to)|:) (?P<title>.+)", _title),
    Rule("(?:rename|retitle|title|name|call) {FILM} (?:to |as )?(?P<title>.+)", _title),
    Rule(f"use (?P<title>{_QUOTED}) as {{the}}title", _title),
    Rule(f"(?:{{MAKE}}|rewrite|reword|edit) (?:(?:the )?(?:words|text|narration|script) (?:of|in|for) )?(?P<scenes>.+?)(?:'s (?:text|words|narration))? (?:{_SAY}|to {_SAY}|to|to read)(?: instead)?:? (?P<text>{_QUOTED})", _says_now),
    Rule(f"(?P<scenes>.+?) should (?:{_SAY})(?: instead)?:? (?P<text>{_QUOTED})", _says_now),
    Rule(f"in (?P<scenes>.+?),? say (?P<text>{_QUOTED})", _says_now),
    Rule(f"say (?P<text>{_QUOTED}) in (?P<scenes>.+)", _says_now),
    Rule(f"(?:add|insert|append|include) (?:a |another |one more |a new |the )?(?:(?:final |last |closing )?(?:scene|sentence|line|slide)s?(?:{_AT})? )?(?:(?:that|which) (?:says|reads)|saying|with the (?:words|text|sentence)|with|reading|:)? ?(?P<text>{_QUOTED})", _add),
    Rule(f"(?:add|insert|append|include) (?:a |another |one more |a new |the )?(?:(?:scene|sentence|line|slide)s? )?(?:(?:that|which) (?:says|reads) |saying |with the (?:words|text|sentence) |with |reading )?(?P<text>{_QUOTED}){_AT}", _add),
)  # fmt: skip
