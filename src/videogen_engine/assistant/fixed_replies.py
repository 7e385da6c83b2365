"""Replies without a language model: a few intents that are read the same way every time, and honesty about the rest."""

from __future__ import annotations

import re
from typing import Final

from videogen_engine.assistant.model import ChatReply, Decision, EditWish, FilmWish, JobLine, Situation
from videogen_engine.providers.language_model import LANGUAGE_MODEL_SETTING
from videogen_engine.remix.plain_language.film_rules import shape_named

_YES: Final = re.compile(
    r"(?:yes|yep|yeah|ok|okay|sure|fine|approved?|go ahead|do (?:it|that|so)|start(?: it)?|please do|sounds good)"
    r"(?:[\s,]+(?:please|do it|go ahead|start(?: it)?|thanks?|thank you))*",
    re.IGNORECASE,
)
_NO: Final = re.compile(
    r"(?:no|nope|rejected?|cancel(?: (?:it|that))?|don'?t(?: do (?:it|that))?|leave it|never mind)"
    r"(?:[\s,]+(?:thanks?|thank you|please|leave it))*",
    re.IGNORECASE,
)
_HELP: Final = re.compile(
    r"(?:hi|hello|hey|help|good (?:morning|day|evening)|thanks?|thank you|\?)"
    r"|(?:hi|hello|hey)?[\s,]*(?:what|how) (?:can|could|do|does|should|are) (?:you|i|this|the assistant)\b"
    r"(?!.*\bvg_proj_).{0,60}|(?:please )?(?:help|explain)\b.{0,40}",
    re.IGNORECASE,
)
_STATUS: Final = re.compile(
    r"(?:(?:what(?:'s| is)|show|tell|give|list|check|see|how (?:is|are)|get)\b.{0,40})?"
    r"\b(?:status|progress|my (?:jobs?|projects?|videos?|films?|runs?))\b.{0,40}"
    r"|(?:is|are|has|have)\b.{0,40}\b(?:done|ready|finished|rendered|built)\b.{0,20}"
    r"|how (?:far|long|much longer)\b.{0,60}",
    re.IGNORECASE,
)
_FILM: Final = r"(?:video|film|movie|clip|reel|short|tiktok)s?"
_MAKE: Final = re.compile(
    r"^(?:please |can you |could you |would you |let'?s |now |hi,? |hello,? |hey,? )*"
    r"(?:make|create|generate|produce|build|start|turn|render|give me|i (?:want|need|would like)|i'd like)\b"
    rf"(?:\d:\d|[^\n:]){{0,160}}?\b{_FILM}\b",
    re.IGNORECASE,
)
#: “Make the video shorter” is about the film that is there, “make another video” is not.
_ANOTHER: Final = re.compile(rf"\b(?:an?|another|some|new)\b (?:[\w-]+ ){{0,3}}?{_FILM}\b", re.IGNORECASE)
_SCRIPT_MARK: Final = re.compile(r"(?:^|\n)[^\n:]{0,160}\bscript\b[^\n:]{0,40}:\s*", re.IGNORECASE)
_QUOTED: Final = re.compile(r"[“\"«]([^”\"»]{20,})[”\"»]", re.DOTALL)
_PROJECT: Final = re.compile(r"\s*\b(?:in |of |to |for |on )?(?:the |my )?(?:project )?vg_proj_\w+[:,]?\s*")
_LEAST_SCRIPT_WORDS: Final = 3
_LEAST_BARE_WORDS: Final = 25

_HELP_TEXT: Final = (
    "I can tell how your work stands (“status”), start a film of a script that you send (“Make a vertical video: …”), "
    "and edit this chat's film in plain words (“hide the captions”, “drop the third scene”, “add calm music”). "
    "I show what I understood before anything is changed; approve it, or say “yes”."
)
_NO_MODEL: Final = (
    f" No language model is configured here, so I understand such set phrases in English only and cannot write scripts."
    f" {LANGUAGE_MODEL_SETTING}_BASE_URL and {LANGUAGE_MODEL_SETTING}_MODEL would enable free conversation."
)
_WRITE_IT: Final = (
    "I can make that film once there is a script: send the words that the narrator shall say, for example "
    "“Make a video: Water keeps you sharp. …”."
)


def decided(message: str, situation: Situation) -> ChatReply | None:
    """A yes or no to the newest open proposal; None when the message is neither, or nothing is open."""
    said = message.strip().strip(".!")
    if not situation.proposals:
        return None
    newest = situation.proposals[0]
    if _YES.fullmatch(said):
        return ChatReply(decision=Decision(action_id=newest.action_id, approve=True))
    if _NO.fullmatch(said):
        return ChatReply(decision=Decision(action_id=newest.action_id, approve=False))
    return None


def fixed_reply(message: str, situation: Situation) -> ChatReply:
    """The reply that the message's intent calls for; an edit of the film when it has none of the others."""
    said = message.strip()
    if (found := decided(said, situation)) is not None:
        return found
    if _HELP.fullmatch(said.rstrip(".!?")) or said in {"?", "!"}:
        return ChatReply(content=_HELP_TEXT + _without(situation))
    film = _film(said, situation)
    if film is not None:
        return film
    if _STATUS.fullmatch(said.rstrip(".!?")):
        return ChatReply(content=status_text(situation))
    if situation.film.built:
        return ChatReply(edit=EditWish(prompt=" ".join(_PROJECT.sub(" ", said).split())))
    if situation.film.building:
        return ChatReply(
            content="The film is being built; it can be edited once that is done. " + status_text(situation)
        )
    return ChatReply(content="I did not understand that. " + _HELP_TEXT + _without(situation))


def status_text(situation: Situation) -> str:
    """How the newest jobs stand, in sentences."""
    if not situation.jobs:
        return "Nothing has been started yet."
    return "\n".join(map(_line, situation.jobs))


def _line(job: JobLine) -> str:
    how = f"{job.progress:.0f} %" if job.status == "running" else job.status
    reason = f": {job.error}" if job.error else ""
    return f"“{job.title}” ({job.project_id}), {job.what}: {how}{reason}"


def _film(said: str, situation: Situation) -> ChatReply | None:
    """A film to start, or how to ask for one; None when the message asks for none."""
    asked = _MAKE.match(said)
    script, request = _script(said, asked)
    there = situation.film.built or situation.film.building
    if there and not (_SCRIPT_MARK.search(said) or (asked is not None and _ANOTHER.search(asked[0]))):
        return None
    if script is None and asked is None and len(said.split()) >= _LEAST_BARE_WORDS:
        script = said
    if script is None or len(script.split()) < _LEAST_SCRIPT_WORDS:
        return None if asked is None else ChatReply(content=_WRITE_IT + _without(situation))
    if len(script) > situation.most_script_chars:
        return ChatReply(
            content=f"The script has {len(script)} characters; a film is made of {situation.most_script_chars} at most."
        )
    ratio = shape_named(request) or (16, 9)
    words = len(script.split())
    return ChatReply(
        content=f"A film of these {words} words, {ratio[0]}:{ratio[1]}.", film=FilmWish(script=script, ratio=ratio)
    )


def _script(said: str, asked: re.Match[str] | None) -> tuple[str | None, str]:
    """The script in a message and the words that ask for a film of it. Whatever the script says is only said."""
    marked = _SCRIPT_MARK.search(said)
    if marked is not None:
        return said[marked.end() :].strip(), said[: marked.end()]
    if asked is None:
        return None, said
    quoted = _QUOTED.search(said)
    if quoted is not None:
        return quoted[1].strip(), said[: quoted.start()] + said[quoted.end() :]
    rest = said[asked.end() :]
    parted = re.match(r"[^:\n]{0,120}[:\n]\s*", rest)
    if parted is None:
        return None, said
    return rest[parted.end() :].strip(), said[: asked.end()] + parted[0]


def _without(situation: Situation) -> str:
    return "" if situation.model is not None else _NO_MODEL
