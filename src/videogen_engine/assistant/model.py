"""What the assistant knows when it answers, and what an answer can come to. It can come to nothing else."""

from __future__ import annotations

from videogen_engine.frozen import Frozen


class JobLine(Frozen):
    """A job as it is told of. ``progress`` is 0-100, ``error`` a sentence."""

    title: str
    project_id: str
    what: str
    status: str
    progress: float
    error: str | None = None


class ChatFilm(Frozen):
    """The project that a message is about. ``scenes`` are what is said in each."""

    project_id: str
    title: str
    built: bool
    building: bool
    seconds: float = 0.0
    scenes: tuple[str, ...] = ()


class ChatLine(Frozen):
    role: str
    text: str


class OpenProposal(Frozen):
    action_id: str
    label: str


class Situation(Frozen):
    """``jobs`` newest first; ``proposals`` are open ones, newest first; ``history`` oldest first, this message not in
    it. ``model`` names the language model, None without one.
    """

    film: ChatFilm
    jobs: tuple[JobLine, ...] = ()
    proposals: tuple[OpenProposal, ...] = ()
    history: tuple[ChatLine, ...] = ()
    model: str | None = None
    most_script_chars: int = 20_000


class FilmWish(Frozen):
    """A film that could be started: its script and its shape as a ratio's integers."""

    script: str
    ratio: tuple[int, int] = (16, 9)


class EditWish(Frozen):
    """An edit in plain words, still to be read as typed operations."""

    prompt: str


class Decision(Frozen):
    action_id: str
    approve: bool


class ChatReply(Frozen):
    """``content`` is said; at most one of the others is proposed or done. ``made_by`` names a model."""

    content: str = ""
    film: FilmWish | None = None
    edit: EditWish | None = None
    decision: Decision | None = None
    made_by: str | None = None
