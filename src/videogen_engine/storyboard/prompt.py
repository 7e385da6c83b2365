"""What of a scene's prompt is a thing to show, and what are words to put on screen."""

from __future__ import annotations

import re
from typing import Final

#: Words about the camera, the medium or the rendering: they name nothing that is in the picture.
_SHOT: Final = (
    r"(?:extreme\s+|medium\s+|very\s+|slow\s+)?(?:close[- ]?ups?|wide|long|establishing|tracking|aerial|drone|overhead|"
    r"top[- ]down|low[- ]angle|high[- ]angle|point[- ]of[- ]view|pov|hero|opening|closing|macro|panning|static|full)"
)
_MEDIUM: Final = (
    r"photo(?:graph|realistic|graphy)?|photographic|picture|image|illustration|animation|footage|video|clip|render(?:ing)?|"
    r"b-?roll|scene|shot|view|still|frame|montage"
)
_CAMERA: Final = re.compile(
    rf"\b(?:an?\s+|the\s+)?(?:{_SHOT})(?:\s+(?:{_MEDIUM}))?(?:\s+(?:of|showing|on))?\b"
    rf"|\b(?:an?\s+|the\s+)?(?:\w+\s+)?(?:{_MEDIUM})\s+(?:of|showing|with|where|in which)\b"
    r"|\b(?:the\s+)?camera(?:\s+\w+ly)?\s+\w+(?:\s+(?:in|out|up|down|left|right|slowly|around|past|over|across|through|to|on))*\b"
    r"|\b(?:cinematic|photorealistic|photorealism|hyper-?realistic|ultra-?realistic|bokeh|shallow depth of field|"
    r"depth of field|slow motion|slow-mo|time-?lapse|4k|8k|hdr|uhd|hd|high quality|highly detailed|35 ?mm|50 ?mm|"
    r"16:9|9:16|1:1|soft lighting|soft light|warm light|natural light(?:ing)?|dramatic lighting|studio light(?:ing)?|"
    r"golden hour|backlit|no text|without text)\b",
    re.IGNORECASE,
)
_QUOTED: Final = re.compile(r"[\"“„«]\s*([^\"“”„«»\n]{2,80}?)\s*[\"”“»]")
_LOOSE: Final = re.compile(r"(?:\s*[,;:–—-]\s*)+(?=[,;.!?]|$)|^(?:\s*[,;:.–—-]\s*)+")
_LONGEST_WORDS: Final = 7


def subject_of(prompt: str) -> str:
    """The prompt without what it says about camera, medium and letters; all of it when nothing would be left."""
    text = _QUOTED.sub(" ", prompt)
    text = _CAMERA.sub(" ", text)
    text = " ".join(_LOOSE.sub(" ", " ".join(text.split())).split()).strip(" ,;:")
    return text if any(char.isalnum() for char in text) else " ".join(prompt.split())


def lettering_in(prompt: str) -> str:
    """The first words between quotation marks: what the prompt wants to be read. Empty without any."""
    found = _QUOTED.search(prompt)
    return "" if found is None else found[1]


def label_of(subject: str) -> str:
    """A few words for a picture that nothing can be drawn for; never the whole of a long text."""
    clause = re.split(r"[.,;:!?()\n–—]|\s-\s", subject.strip(), maxsplit=1)[0]
    words = (clause.strip() or subject).split()
    words = words[1:] if len(words) > 1 and words[0].lower() in {"a", "an", "the"} else words
    shown = " ".join(words[:_LONGEST_WORDS])
    return shown[:1].upper() + shown[1:60]
