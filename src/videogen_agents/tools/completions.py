"""Values that a person may mean while they type an argument: ids from the ledger and the newest lists, and names."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from videogen_agents.config import Backend
from videogen_agents.errors import VideoError
from videogen_agents.guides import guide_topics
from videogen_agents.tools.call import Toolbox
from videogen_agents.tools.prompts import prompt_named
from videogen_agents.tools.resources import FILES, GUIDES, JOBS, PROJECTS, resource_templates

if TYPE_CHECKING:
    from videogen_agents.client import VideoClient

#: Values offered at most, and things asked of a list.
MAX_VALUES = 100
#: Seconds that a list may take. A person is typing.
LIST_SECONDS = 3.0
#: Names of ids in the ledger that are no jobs.
_NOT_JOBS = ("project_id", "file_id")


@dataclass(frozen=True)
class Completions:
    """``values`` of ``total`` that match."""

    values: tuple[str, ...]
    total: int

    @classmethod
    def of(cls, choices: Mapping[str, str], typed: str) -> Completions:
        """Choices whose value begins with what was typed first, then those whose value or name holds it."""
        wanted = typed.casefold()
        first = [value for value in choices if value.casefold().startswith(wanted)]
        then = [value for value, name in choices.items() if wanted in f"{value} {name}".casefold()]
        found = tuple(dict.fromkeys((*first, *then)))
        return cls(found[:MAX_VALUES], len(found))


NOTHING = Completions((), 0)


async def complete_resource(toolbox: Toolbox, uri_template: str, variable: str, typed: str) -> Completions:
    """Ids or topics for a resource template; nothing for one that is unknown or not allowed."""
    for template in resource_templates(toolbox):
        if (template.uri_template, template.variable) == (uri_template, variable):
            return Completions.of(await _choices(toolbox, template.kind), typed)
    return NOTHING


async def complete_prompt(toolbox: Toolbox, prompt: str, argument: str, typed: str) -> Completions:
    """Values for a prompt's argument. Raises NotFoundError for a prompt that there is not."""
    for known in prompt_named(toolbox, prompt).arguments:
        if known.name == argument:
            choices = known.choices if known.ids is None else await _choices(toolbox, known.ids)
            return Completions.of(choices, typed)
    return NOTHING


async def _choices(toolbox: Toolbox, kind: str) -> dict[str, str]:
    """Value → name. What can be read at once comes from the ledger; a list that fails is left out."""
    if kind == GUIDES.kind:
        return {guide.topic: guide.title for guide in guide_topics()}
    client = await toolbox.open_client()
    known = await asyncio.to_thread(_from_ledger, client, kind)
    if client.backend is Backend.EMBEDDED and not client.is_open:
        # A list would start the engine: too much for a key stroke.
        return known
    try:
        async with asyncio.timeout(LIST_SECONDS):
            newest = await _newest(client, kind)
    except (VideoError, TimeoutError):
        return known
    return known | {value: f"{known.get(value, '')} {name}".strip() for value, name in newest}


def _from_ledger(client: VideoClient, kind: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in client.ledger_entries(MAX_VALUES):
        if entry.backend != client.backend.value:
            continue
        for name, value in entry.ids.items():
            wanted = name not in _NOT_JOBS if kind == JOBS.kind else name == f"{kind.removesuffix('s')}_id"
            if wanted:
                found.setdefault(value, entry.title)
    return found


async def _newest(client: VideoClient, kind: str) -> Iterable[tuple[str, str]]:
    if kind == PROJECTS.kind:
        return [(one.project_id, one.title) for one in (await client.projects(limit=50)).projects]
    if kind == FILES.kind:
        files = (await client.files(limit=50, include_export_files=True)).files
        return [(one.file_id, one.display_name or "") for one in files]
    return [(one.workflow_run_id, str(one.workflow_type)) for one in (await client.runs(limit=50)).workflow_runs]
