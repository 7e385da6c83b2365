"""Where a connection is cut, what is asked for at that moment, and what the caller sees. The document is made of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from videogen_agents.testing import READ_MEDIA, SEND_UPLOAD, Fault

from .work import WORK, Work, work_named

#: In the order in which a request and its reply pass them, with the words of the document.
STAGES: dict[Fault, str] = {
    Fault.NOT_CONNECTED: "before connect",
    Fault.CUT_BEFORE_SENDING: "before send (head only)",
    Fault.CUT_WHILE_SENDING: "half of the request sent",
    Fault.CUT_BEFORE_STATUS_LINE: "after send",
    Fault.CUT_IN_STATUS_LINE: "mid status line",
    Fault.CUT_IN_HEADERS: "mid headers",
    Fault.CUT_IN_BODY: "mid body",
    Fault.CUT_AFTER_BODY: "after body",
    Fault.STALLED: "no reply at all",
}


class Seen(StrEnum):
    """What the caller sees of a start."""

    ANSWERED = "the ids, as if nothing had happened"
    RECOVERED = "the ids, found again (`recovered`)"
    UNCONFIRMED = "`start_unconfirmed`; nothing is sent again before `new=true`"


@dataclass(frozen=True)
class StartCase:
    """A start that breaks at a stage. ``runs`` is how many the server has then."""

    work: Work
    stage: Fault

    @property
    def runs(self) -> int:
        """Where the request did not arrive and no list proves it, it is not sent again: nothing runs."""
        return 0 if self.seen is Seen.UNCONFIRMED and self.stage.before_work else 1

    @property
    def seen(self) -> Seen:
        if self.stage in (Fault.NOT_CONNECTED, Fault.CUT_AFTER_BODY):
            return Seen.ANSWERED
        if not self.work.listed:
            return Seen.UNCONFIRMED
        return Seen.ANSWERED if self.stage.before_work else Seen.RECOVERED

    def __str__(self) -> str:
        return f"{self.work.name}, {STAGES[self.stage]}"


START_CASES = tuple(StartCase(work, stage) for work in WORK for stage in STAGES)

_SCRIPT = work_named("script to video")
#: Killed for good: one kind of start at every stage that a server can see, the others where it hurts most.
KILLED_STARTS = (
    *(StartCase(_SCRIPT, stage) for stage in STAGES if stage not in (Fault.NOT_CONNECTED, Fault.STALLED)),
    *(
        StartCase(work, Fault.CUT_BEFORE_STATUS_LINE)
        for work in WORK
        if work.operation in ("remixProject", "exportProject", "generateImage", "createTimelineInterchange")
    ),
)
#: Killed before anything was asked for.
KILLED_WHILE_LOOKING = StartCase(_SCRIPT, Fault.CUT_IN_BODY)

#: Requests that may be sent twice: each reads, or writes the same thing to the same place.
HARMLESS = {
    "listWorkflowRuns": "what exists, before a start",
    "getWorkflowRun": "poll",
    "createFileUpload": "upload: asking for a place",
    SEND_UPLOAD: "upload: the bytes",
    "hydrateFile": "upload: asking whether it is ready",
    READ_MEDIA: "download",
}


def start_table() -> str:
    """The starts as a table in Markdown, a row for each stage; what is killed there is in the last column."""
    listed = tuple(work for work in WORK if work.listed)
    unlisted = tuple(work for work in WORK if not work.listed)
    lines = [
        f"| the connection ends | {len(listed)} starts that the contract lists | {len(unlisted)} that it does not "
        "| killed there, called again |",
        "|---|---|---|---|",
    ]
    for stage, words in STAGES.items():
        lines.append(f"| {words} | {_cell(listed, stage)} | {_cell(unlisted, stage)} | {_killed_cell(stage)} |")
    return "\n".join(lines)


def _runs(count: int) -> str:
    return f"{count} run{'' if count == 1 else 's'}"


def _cell(group: tuple[Work, ...], stage: Fault) -> str:
    outcomes = {(case.runs, case.seen) for case in START_CASES if case.stage is stage and case.work in group}
    assert len(outcomes) == 1, "a column no longer stands for all of its kinds"
    runs, seen = outcomes.pop()
    return f"{_runs(runs)}: {seen}"


def _killed_cell(stage: Fault) -> str:
    if not any(case.stage is stage and case.work.listed for case in KILLED_STARTS):
        return "–"
    return "0 runs, then 1: its ids" if stage.before_work else "1 run: its ids (`reused`)"


def harmless_table() -> str:
    """The requests that may be sent twice, in Markdown."""
    lines = ["| request | cut twice at each of the nine stages |", "|---|---|"]
    lines += [
        f"| {words} (`{operation}`) | {_HARMLESS_SEEN.get(operation, 'answered')} |"
        for operation, words in HARMLESS.items()
    ]
    return "\n".join(lines)


_HARMLESS_SEEN = {
    "createFileUpload": "answered; an empty place may stay behind, which is no file",
    SEND_UPLOAD: "the file is whole at the server",
    READ_MEDIA: "the file is whole, resumed where it broke; given up, nothing is left behind",
}
