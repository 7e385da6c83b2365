"""What a film of a recording may be started with."""

from __future__ import annotations

from videogen_agents.contract import FileType, VoiceoverToVideoRequest
from videogen_agents.errors import InputError
from videogen_engine.service.slideshow_rules import ready_file
from videogen_engine.store.records import FileRecord


def check_recording_file(file_id: str, file: FileRecord | None) -> FileRecord:
    """The file. Raises NotFoundError for an unknown one, InputError for one that has no sound."""
    file = ready_file("fileId", file_id, file)
    if file.type not in {FileType.AUDIO, FileType.VIDEO}:
        raise InputError(
            f"The file {file_id!r} is {'of no known type' if file.type is None else file.type.value}, "
            "neither AUDIO nor VIDEO.",
            ids={"file_id": file_id},
            next_step="Upload the recording as MP3, M4A, WAV, FLAC or Ogg.",
        )
    return file


def voiceover_fields_without_effect(body: VoiceoverToVideoRequest) -> list[str]:
    """Accepted fields that change nothing here."""
    given = body.model_fields_set
    found = ["quality"] if "quality" in given else []
    if "restyle_featured_b_roll_with_ai_style" in body.visual_style.model_fields_set:
        found.append("visualStyle.restyleFeaturedBRollWithAiStyle")
    return found
