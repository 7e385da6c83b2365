"""What a prompt for a short clip shows, shot by shot, and how the camera moves over each."""

from __future__ import annotations

import re
from typing import Final

from videogen_engine.frozen import Frozen
from videogen_engine.remix.camera import camera_move
from videogen_engine.timeline.document import FRAMES_PER_SECOND

#: Seconds: no shot is shorter than the first, and one picture is looked at no longer than the second.
_SHORTEST, _LONGEST = 2.5, 5.0
_MOST_SHOTS: Final = 8
_PARTS: Final = re.compile(
    r"(?<=[.!?;])\s+|\n+|(?:\s*,)?\s+(?:and\s+)?(?:then|after that|afterwards|next|finally|followed by|cut to|"
    r"cuts to|transitions? to|fade to)\s+",
    re.IGNORECASE,
)
#: Sentences about sound and rendering say nothing that is seen.
_UNSEEN: Final = re.compile(
    r"^(?:with |no |add |play |use |calm |soft |gentle |upbeat |background )*(?:music|soundtrack|sound|audio|narration|"
    r"voice-?over|text|captions?|subtitles?|silence)\b[^,]*$",
    re.IGNORECASE,
)
_MUSIC: Final = re.compile(r"[^.;,\n]*\b(?:music|soundtrack|melody|tune|score)\b[^.;,\n]*", re.IGNORECASE)
_NO_MUSIC: Final = re.compile(
    r"\b(?:no|without|skip|mute)\s+(?:\w+\s+){0,2}(?:music|sound|soundtrack|audio)|\bsilent\b", re.I
)
#: What a thing does and where it is, after the thing itself: the illustrator shows what is named first, largest.
_DOING: Final = re.compile(
    r"(?<=[^\W\d_])\s+(?=(?:(?:is|are)\s+)?(?:(?!(?:k|r|w|th|spr|str|morn|even|build|ceil|paint|wedd|cloth)ing)\w{2,}ing|through|over|into|across|along|above|around|towards?|past)\b)"
)
#: The camera, shot by shot, where the prompt says nothing of it.
_MOVES: Final = ("in", "left", "out", "right", "in", "up")


class Shot(Frozen):
    """``frames`` of the clip; ``move`` is one of ``remix.camera``'s; ``again`` counts how often the same was shown."""

    prompt: str
    frames: int
    move: str
    again: int = 0


def shots_of(prompt: str, seconds: float, *, least: int = 1) -> tuple[Shot, ...]:
    """At least one shot, ``least`` of them if there is time. Together they last ``seconds``."""
    total = max(1, round(seconds * FRAMES_PER_SECOND))
    unheard = prompt if music_in(prompt) is None else _MUSIC.sub(" ", prompt)
    parts = [part.strip(" ,;.") for part in _PARTS.split(unheard)]
    parts = [part for part in parts if part and not _UNSEEN.match(part)] or [prompt.strip() or "a calm scene"]
    room = max(1, min(_MOST_SHOTS, int(seconds / _SHORTEST)))
    wanted = max(len(parts), least, -int(-seconds // _LONGEST))
    count = min(wanted, room)
    # More to see than there is time for: what comes first is shown, the last picture is never left out.
    seen = parts if len(parts) <= count else [*parts[: count - 1], parts[-1]]
    told = [seen[index * len(seen) // count] for index in range(count)]
    bounds = [round(index * total / count) for index in range(count + 1)]
    named = camera_move(prompt)
    return tuple(
        Shot(
            prompt=_DOING.sub(", ", part),
            frames=bounds[index + 1] - bounds[index],
            move=camera_move(part) or (named if count == 1 and named else _MOVES[index % len(_MOVES)]),
            again=told[:index].count(part),
        )
        for index, part in enumerate(told)
    )


def music_in(prompt: str) -> str | None:
    """What the prompt says of music; None when it asks for none."""
    if _NO_MUSIC.search(prompt):
        return None
    found = _MUSIC.search(prompt)
    return None if found is None else found[0].strip()
