"""What a film of a storyboard may be started with."""

from __future__ import annotations

from videogen_agents.contract import StoryboardToVideoRequest
from videogen_agents.errors import InputError, LimitError
from videogen_engine.settings import Limits

#: Characters. The picture is chosen by the first words; a headline has to fit the frame.
_MOST_PROMPT_CHARS = 4000
_MOST_TITLE_CHARS = 120


def check_storyboard(body: StoryboardToVideoRequest, limits: Limits) -> None:
    """Raises LimitError for too many scenes or too long texts, InputError for a scene with nothing to show."""
    if len(body.scenes) > limits.max_scenes:
        raise LimitError(
            f"scenes has {len(body.scenes)} scenes; at most {limits.max_scenes} are accepted.",
            code="invalid_request",
            next_step="Make several videos.",
        )
    said = sum(len(scene.voiceover_script or "") for scene in body.scenes)
    if said > limits.max_script_chars:
        raise LimitError(
            f"The voiceover scripts have {said} characters; at most {limits.max_script_chars} are accepted.",
            code="invalid_request",
            next_step="Shorten them, or make several videos.",
        )
    for index, scene in enumerate(body.scenes):
        field = f"scenes[{index}]"
        for name, text, most in (
            ("prompt", scene.prompt, _MOST_PROMPT_CHARS),
            ("title", scene.title or "", _MOST_TITLE_CHARS),
        ):
            if len(text) > most:
                raise LimitError(
                    f"{field}.{name} has {len(text)} characters; at most {most} are accepted.",
                    code="invalid_request",
                    next_step="Shorten it.",
                )
        if not any(char.isalnum() for char in scene.prompt):
            raise InputError(
                f"{field}.prompt has no letters and no digits, so it says nothing to show.",
                next_step="Describe what the scene shows.",
            )
        voice = scene.voiceover_script or ""
        if voice.strip() and not any(char.isalnum() for char in voice):
            raise InputError(
                f"{field}.voiceoverScript has no letters and no digits, so there is nothing to say.",
                next_step="Write words, or leave it out for a scene without narration.",
            )


def storyboard_fields_without_effect(body: StoryboardToVideoRequest) -> list[str]:
    """Accepted fields that change nothing here: there is one tier of pictures."""
    return ["quality"] if "quality" in body.model_fields_set else []
