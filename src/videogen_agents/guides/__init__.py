"""Short how-tos for agents, one Markdown file per topic. Light: files are read when they are asked for."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from importlib.resources import files

from videogen_agents.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class Guide:
    """``title`` is the file's heading; ``summary`` says in one line when to read it."""

    topic: str
    title: str
    summary: str


_GUIDES = (
    Guide("getting-started", "Getting started", "The shortest way from a text to a film, and what each tool is for."),
    Guide("scripts", "Scripts", "How to write narration: length, sentences, figures, titles, lists."),
    Guide("styles", "Styles", "How a film looks: visualStyle, the eighteen embedded looks, colours, pacing, shape."),
    Guide("voices-and-languages", "Voices and languages", "Choose a voice, a speed and a language."),
    Guide("workflows", "Workflows", "The six ways to make a video, and when to use which."),
    Guide("waiting", "Waiting", "Follow long work within your host's time limit, and never lose it."),
    Guide("remix", "Remix", "Change a finished project: all sixteen edits, one example each."),
    Guide("assets", "Assets", "The thirteen standalone generators: what each needs and gives."),
    Guide("files", "Files", "Bring files in, get files out, and which folders may be touched."),
    Guide("export", "Export", "MP4 qualities, subtitles, and timelines for editing programs."),
    Guide("costs", "Costs", "What costs, how a quote is confirmed, and the caps nobody can lift."),
    Guide("errors", "Errors", "The four kinds of error, and what to do about each."),
)


def guide_topics() -> tuple[Guide, ...]:
    """Every guide, in reading order."""
    return _GUIDES


def read_guide(topic: str) -> str:
    """The Markdown of a guide. Raises NotFoundError with the nearest topic."""
    topics = [guide.topic for guide in _GUIDES]
    if topic not in topics:
        wanted = topic[:100].lower()
        near = [known for known in topics if wanted and (wanted in known or known in wanted)]
        near = near or difflib.get_close_matches(wanted, topics, n=1, cutoff=0.5)
        raise NotFoundError(
            f"There is no guide {topic[:60]!r}.",
            code="guide_not_found",
            next_step=f"Did you mean {near[0]}?" if near else f"Use one of: {', '.join(topics)}.",
        )
    return (files(__name__) / f"{topic}.md").read_text(encoding="utf-8")
