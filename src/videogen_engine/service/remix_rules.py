"""What of a list of remix actions can be known to fail before any of them runs."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from videogen_agents.contract import (
    ChangeNarratorAction,
    FileType,
    RemixAction,
    ResizeProjectAction,
    SetBackgroundMusicAction,
    SetLogoAction,
)
from videogen_agents.errors import InputError, LimitError, NotFoundError
from videogen_engine.remix.table import EDITS
from videogen_engine.service.call import Call
from videogen_engine.service.export_size import check_ratio
from videogen_engine.service.narrating_actor import check_narrating_actor
from videogen_engine.service.start_rules import unsupported
from videogen_engine.store.records import FileRecord, FileState

_MOST_ACTIONS = 50


async def check_remix(call: Call, actions: Sequence[RemixAction]) -> None:
    """Raises UnavailableError for an action that is not built here or lacks what it needs, LimitError for too many
    actions, NotFoundError and InputError for a file that is not there or cannot be used.
    """
    if len(actions) > _MOST_ACTIONS:
        raise LimitError(
            f"remixActions has {len(actions)} actions; at most {_MOST_ACTIONS} are accepted at once.",
            next_step="Send the rest in a second call.",
        )
    for place, action in enumerate(actions):
        edit = EDITS.get(action.type)
        if edit is None:
            raise unsupported(
                f"remixActions[{place}] ({action.type.value})", "This action is not built in the embedded engine yet."
            )
        if isinstance(action, ChangeNarratorAction) and action.actor_entity_id:
            await check_narrating_actor(call, f"remixActions[{place}].actorEntityId", action.actor_entity_id)
        edit.check(action)
        if call.engine.settings.language_model is None:
            edit.check_without_model(action)
        if isinstance(action, ResizeProjectAction):
            check_ratio(action.aspect_ratio)
        if isinstance(action, SetLogoAction) and action.file_id is not None:
            await _check_file(call, f"remixActions[{place}].fileId", action.file_id, {FileType.IMAGE})
        if isinstance(action, SetBackgroundMusicAction) and action.file_id is not None:
            kinds = {FileType.AUDIO, FileType.VIDEO}
            await _check_file(call, f"remixActions[{place}].fileId", action.file_id, kinds)


async def _check_file(call: Call, field: str, file_id: str, kinds: set[FileType]) -> None:
    found = await asyncio.to_thread(call.engine.store.files.get_many, [file_id])
    file: FileRecord | None = found.get(file_id)
    if file is None or file.archived_ms is not None:
        raise NotFoundError(
            f"{field} names the file {file_id!r}, which does not exist.",
            ids={"file_id": file_id},
            next_step="List files to see which exist.",
        )
    if file.state is not FileState.READY:
        raise InputError(
            f"{field} names the file {file_id!r}, which is {file.state.value}, not ready.",
            ids={"file_id": file_id},
            next_step="Upload its bytes and wait until it is ready, then send this again.",
        )
    if file.type not in kinds:
        wanted = " or ".join(sorted(kind.value.lower() for kind in kinds))
        raise InputError(
            f"{field} names a file that is no {wanted}.",
            ids={"file_id": file_id},
            next_step=f"Use a file of type {wanted}.",
        )
