"""What the embedded engine accepts beyond the contract's own rules: sizes, and only what it really does."""

from __future__ import annotations

from collections.abc import Mapping

from videogen_agents.contract import (
    EndScreenMode,
    ExportProjectRequest,
    FileType,
    ScriptToVideoRequest,
    WatermarkMode,
)
from videogen_agents.errors import InputError, LimitError, NotFoundError, UnavailableError
from videogen_engine.settings import Limits
from videogen_engine.store.records import FileRecord, FileState

_HOSTED = "Leave it out, or use VideoGen's hosted backend by setting VIDEOGEN_API_KEY."
_MOST_FEATURED = 50


def check_script(script: str, limits: Limits) -> None:
    """Raises InputError for a script without words, LimitError for one that is too long."""
    if not script.strip():
        raise InputError("script is empty.", next_step="Write what the narrator shall say.")
    if len(script) > limits.max_script_chars:
        raise LimitError(
            f"script has {len(script)} characters; at most {limits.max_script_chars} are accepted.",
            code="invalid_request",
            next_step="Shorten it, or make several videos.",
        )
    if not any(character.isalnum() for character in script):
        raise InputError(
            "script has no letters and no digits, so there is nothing to say.",
            next_step="Write words; emoji and punctuation alone are not spoken.",
        )


def check_script_to_video(body: ScriptToVideoRequest, limits: Limits) -> None:
    """Raises for a script that cannot be spoken and for every field that this engine cannot honour."""
    check_script(body.script, limits)
    if len(body.featured_b_roll_file_ids or ()) > _MOST_FEATURED:
        raise LimitError(
            f"featuredBRollFileIds has more than {_MOST_FEATURED} files.", next_step="Keep the most telling ones."
        )
    if body.export_options is not None and body.auto_export:
        check_export(body.export_options, "exportOptions.")


def check_export(body: ExportProjectRequest, prefix: str = "") -> None:
    """Raises UnavailableError for what an export here cannot have."""
    if body.delivery_destinations:
        raise unsupported(
            f"{prefix}deliveryDestinations", "The embedded engine is connected to no Slack and no Google Drive."
        )
    if body.watermark_mode is WatermarkMode.VIDEO_GEN:
        raise unsupported(f"{prefix}watermarkMode", "The embedded engine has no VideoGen watermark.")
    if body.end_screen_mode is EndScreenMode.VIDEO_GEN:
        raise unsupported(f"{prefix}endScreenMode", "The embedded engine has no VideoGen end screen.")


def fields_without_effect(body: ScriptToVideoRequest) -> list[str]:
    """Accepted fields that change nothing here: there is one tier of pictures."""
    found = ["quality"] if "quality" in body.model_fields_set else []
    if "restyle_featured_b_roll_with_ai_style" in body.visual_style.model_fields_set:
        found.append("visualStyle.restyleFeaturedBRollWithAiStyle")
    return found


def check_featured(file_ids: list[str], found: Mapping[str, FileRecord]) -> None:
    """Raises NotFoundError for an unknown file, InputError for one that cannot be shown."""
    for file_id in file_ids:
        file = found.get(file_id)
        if file is None or file.archived_ms is not None:
            raise NotFoundError(
                f"featuredBRollFileIds names the file {file_id!r}, which does not exist.",
                ids={"file_id": file_id},
                next_step="List files to see which exist.",
            )
        if file.state is not FileState.READY:
            raise InputError(
                f"The featured file {file_id!r} is {file.state.value}, not ready.",
                ids={"file_id": file_id},
                next_step="Upload its bytes and wait until it is ready, then send this again.",
            )
        if file.type not in {FileType.IMAGE, FileType.VIDEO}:
            raise InputError(
                f"The featured file {file_id!r} is neither an image nor a video.",
                ids={"file_id": file_id},
                next_step="Feature images and videos only.",
            )


def unsupported(field: str, why: str) -> UnavailableError:
    """The answer to a field that a hosted backend would honour and this engine cannot."""
    return UnavailableError(
        f"{field} cannot be honoured: {why}",
        code="not_built",
        requirement="hosted_backend",
        next_step=_HOSTED,
    )
