"""What a film of slides may be started with."""

from __future__ import annotations

from collections.abc import Mapping

from videogen_agents.contract import FileType, SlideshowToVideoRequest
from videogen_agents.errors import InputError, LimitError, NotFoundError
from videogen_engine.settings import Limits
from videogen_engine.store.records import FileRecord, FileState


def check_slideshow(body: SlideshowToVideoRequest, limits: Limits) -> None:
    """Raises for scripts that cannot be spoken."""
    scripts = body.slide_scripts or []
    characters = sum(map(len, scripts))
    if characters > limits.max_script_chars:
        raise LimitError(
            f"slideScripts have {characters} characters; at most {limits.max_script_chars} are accepted.",
            code="invalid_request",
            next_step="Shorten them, or make several videos.",
        )
    for index, script in enumerate(scripts):
        if script.strip() and not any(char.isalnum() for char in script):
            raise InputError(
                f"slideScripts[{index}] has no letters and no digits, so there is nothing to say.",
                next_step='Write words, or "" for a slide without narration.',
            )


def check_document(file_id: str, file: FileRecord | None) -> FileRecord:
    """The file. Raises NotFoundError for an unknown one, InputError for one that has no slides."""
    file = ready_file("fileId", file_id, file)
    if file.type not in {FileType.PDF, FileType.SLIDESHOW}:
        raise InputError(
            f"The file {file_id!r} is {'of no known type' if file.type is None else file.type.value}, "
            "neither PDF nor SLIDESHOW.",
            ids={"file_id": file_id},
            next_step="Upload the slides as PDF or PPTX.",
        )
    return file


def check_logo(file_id: str | None, found: Mapping[str, FileRecord]) -> None:
    """Raises NotFoundError for an unknown file, InputError for one that is no picture."""
    if file_id is None:
        return
    file = ready_file("logoFileId", file_id, found.get(file_id))
    if file.type is not FileType.IMAGE:
        raise InputError(
            f"The logo {file_id!r} is not an image.", ids={"file_id": file_id}, next_step="Upload it as PNG."
        )


def ready_file(field: str, file_id: str, file: FileRecord | None) -> FileRecord:
    """The file. Raises NotFoundError for an unknown or archived one, InputError while it is not ready."""
    if file is None or file.archived_ms is not None:
        raise NotFoundError(
            f"{field} names the file {file_id!r}, which does not exist.",
            ids={"file_id": file_id},
            next_step="List files to see which exist.",
        )
    if file.state is not FileState.READY:
        raise InputError(
            f"The file {file_id!r} is {file.state.value}, not ready.",
            ids={"file_id": file_id},
            next_step="Upload its bytes and wait until it is ready, then send this again.",
        )
    return file
