"""One call of every operation of the vendor's SDK, in an order in which each finds what those before it left.

Films are cancelled once they have begun, but for the first, whose project and file the rest work on.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PIL import Image
from videogen import VideoGen, poll_assistant_message

from videogen_agents.contract import WebhookEvent

from ..slides.documents import plain

Answer = dict[str, Any]
SCRIPT = "Rivers run to the sea. Where do they come from?"
STOCK = {"type": "STOCK"}
_PATIENCE = {"poll_interval_ms": 100, "timeout_ms": 240_000}


def png(size: tuple[int, int] = (64, 48)) -> bytes:
    """A small picture with a subject on a plain ground."""
    image = Image.new("RGB", size, (240, 240, 236))
    image.paste((190, 40, 40), (size[0] // 4, size[1] // 4, size[0] * 3 // 4, size[1] * 3 // 4))
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


@dataclass
class Desk:
    """The SDK, and the ids that calls leave for those after them."""

    sdk: VideoGen
    hook: str
    run: Answer
    film: str = "none"
    image: str = "none"
    speech: str = "none"
    deck: str = "none"
    entity: str = "none"
    export: str = "none"
    interchange: str = "none"
    execution: str = "none"
    file_import: str = "none"
    assistant: str = "none"
    message: str = "none"
    action: str = "none"
    started: str = "none"
    endpoint: str = "none"
    secret: str = ""

    @property
    def project(self) -> str:
        return str(self.run["project_id"])

    def begun(self, started: Answer) -> Answer:
        """A film that need not be finished."""
        self.started = started["workflow_run_id"]
        self.sdk.workflows.cancel_workflow_run(self.started)
        return started


def _upload(desk: Desk) -> Answer:
    announced = desk.sdk.files.create_file_upload(display_name="red.png", type="IMAGE", is_temporary=False)
    desk.image = desk.sdk.upload_file(png(), display_name="red.png", type="IMAGE", poll_interval_ms=100)["file_id"]
    desk.deck = desk.sdk.upload_file(plain(2), display_name="deck.pdf", poll_interval_ms=100)["file_id"]
    return announced


def _film(desk: Desk) -> Answer:
    desk.run = desk.sdk.workflows.script_to_video_and_wait(
        script=SCRIPT, visual_style=STOCK, auto_export=True, **_PATIENCE
    )
    desk.film = desk.run["export_file_id"]
    return desk.run


def _speech(desk: Desk) -> Answer:
    voices = desk.sdk.resources.list_tts_voices(limit=200)["tts_voices"]
    voice = next(voice for voice in voices if voice["supports_direct_tool_execution"])
    made = desk.sdk.tools.text_to_speech_and_wait(tts_text="Water is life.", voice_id=voice["voice_id"], **_PATIENCE)
    desk.speech, desk.execution = made["results"][0]["file_id"], made["tool_execution_id"]
    return made


def _entity(desk: Desk) -> Answer:
    made = desk.sdk.entities.create_entity(entity_type="PRODUCT", name="Kite", description="A red kite.")
    desk.entity = made["entity_id"]
    return made


def _export(desk: Desk) -> Answer:
    made = desk.sdk.projects.export_and_wait(project_id=desk.project, quality="STANDARD", **_PATIENCE)
    desk.export = made["export_id"]
    return made


def _interchange(desk: Desk) -> Answer:
    made = desk.sdk.projects.create_timeline_interchange_and_wait(project_id=desk.project, format="SRT", **_PATIENCE)
    desk.interchange = made["interchange_job_id"]
    return made


def _import(desk: Desk) -> Answer:
    link = desk.sdk.get_hydrated_file(desk.image)["download_source"]["url"]
    made = desk.sdk.files.create_file_url_import_and_wait(url=link, display_name="again.png", **_PATIENCE)
    desk.file_import = made["file_import_id"]
    return made


def _preview(desk: Desk) -> Answer:
    return desk.sdk.create_public_preview(desk.image, poll_interval_ms=100)


def _found(desk: Desk) -> Answer:
    """Searched until the upload was looked into."""
    ends = time.monotonic() + 120
    while True:
        found = desk.sdk.files.search_files(query="red", num_results=5)
        if found["results"] or time.monotonic() > ends:
            return found
        time.sleep(0.2)


def _chat(desk: Desk) -> Answer:
    """A script, so that there is something to decide on."""
    started = desk.sdk.assistant.start_assistant_chat(message=f"Make a video of this script: {SCRIPT}")
    desk.assistant, desk.message = started["assistant_id"], started["message_id"]
    said = poll_assistant_message(desk.sdk, desk.message, **_PATIENCE)
    desk.action = [*said["workflow_suggestions"], *said["actions"]][0]["action_id"]
    return started


def _webhook(desk: Desk) -> Answer:
    made = desk.sdk.webhooks.create_webhook_endpoint(url=desk.hook, events=[event.value for event in WebhookEvent])
    desk.endpoint, desk.secret = made["endpoint_id"], made["signing_secret"]
    return made


#: By operation. Webhooks come first, so that they are told of everything.
CALLS: Mapping[str, Callable[[Desk], Any]] = {
    "getMe": lambda desk: desk.sdk.account.get_me(),
    "createWebhookEndpoint": _webhook,
    "listWebhookEndpoints": lambda desk: desk.sdk.webhooks.list_webhook_endpoints(limit=1),
    "createFileUpload": _upload,
    "getFiles": lambda desk: desk.sdk.files.get_files(include_export_files=True, limit=10),
    "getFile": lambda desk: desk.sdk.files.get_file(desk.image),
    "hydrateFile": lambda desk: desk.sdk.files.hydrate_file(desk.image),
    "scriptToVideo": _film,
    "getWorkflowRun": lambda desk: desk.sdk.workflows.get_workflow_run(desk.run["workflow_run_id"]),
    "listTtsVoices": lambda desk: desk.sdk.resources.list_tts_voices(query="english", include_deprecated_voices=True),
    "listLanguages": lambda desk: desk.sdk.resources.list_languages(query="german"),
    "textToSpeech": _speech,
    "listToolExecutions": lambda desk: desk.sdk.tools.list_tool_executions(limit=5),
    "getToolExecutionInfo": lambda desk: desk.sdk.tools.get_tool_execution_info(desk.execution),
    "cancelToolExecution": lambda desk: desk.sdk.tools.cancel_tool_execution(desk.execution),
    "voiceoverToVideo": lambda desk: desk.begun(
        desk.sdk.workflows.voiceover_to_video(file_id=desk.speech, visual_style=STOCK)
    ),
    "slideshowToVideo": lambda desk: desk.begun(desk.sdk.workflows.slideshow_to_video(file_id=desk.deck)),
    "promptToVideoClip": lambda desk: desk.begun(
        desk.sdk.workflows.prompt_to_video_clip(prompt="A red kite.", duration_seconds=2)
    ),
    "videoToVideo": lambda desk: desk.begun(
        desk.sdk.workflows.video_to_video(prompt="As an old film.", video_file_id=desk.film)
    ),
    "listWorkflowRuns": lambda desk: desk.sdk.workflows.list_workflow_runs(limit=3),
    "cancelWorkflowRun": lambda desk: desk.sdk.workflows.cancel_workflow_run(desk.started),
    "listProjects": lambda desk: desk.sdk.projects.list_projects(limit=3, self_only=True),
    "getProject": lambda desk: desk.sdk.projects.get_project(desk.project),
    "remixProject": lambda desk: desk.sdk.projects.remix_and_wait(
        project_id=desk.project, remix_actions=[{"type": "DISABLE_CAPTIONS"}], **_PATIENCE
    ),
    "listProjectRemixActions": lambda desk: desk.sdk.projects.list_project_remix_actions(desk.project),
    "exportProject": _export,
    "getProjectExport": lambda desk: desk.sdk.projects.get_project_export(desk.project, desk.export),
    "listProjectExports": lambda desk: desk.sdk.projects.list_project_exports(desk.project),
    "createTimelineInterchange": _interchange,
    "getTimelineInterchange": lambda desk: desk.sdk.projects.get_timeline_interchange(desk.interchange),
    "createEntity": _entity,
    "listEntities": lambda desk: desk.sdk.entities.list_entities(entity_type="PRODUCT"),
    "getEntity": lambda desk: desk.sdk.entities.get_entity(desk.entity),
    "updateEntity": lambda desk: desk.sdk.entities.update_entity(desk.entity, name="Blue kite"),
    "addEntityReference": lambda desk: desk.sdk.entities.add_entity_reference(
        desk.entity, file_id=desk.image, is_default=True
    ),
    "removeEntityReference": lambda desk: desk.sdk.entities.remove_entity_reference(desk.entity, file_id=desk.image),
    "archiveEntity": lambda desk: desk.sdk.entities.archive_entity(desk.entity),
    "generateImage": lambda desk: desk.sdk.tools.generate_image_and_wait(prompt="A red kite.", **_PATIENCE),
    "generateVideoClip": lambda desk: desk.sdk.tools.generate_video_clip(prompt="A red kite.", duration_seconds=1),
    "generateMotionGraphic": lambda desk: desk.sdk.tools.generate_motion_graphic(
        prompt="Three steps of tea.", duration_seconds=1
    ),
    "generateSoundEffect": lambda desk: desk.sdk.tools.generate_sound_effect(prompt="Rain.", duration_seconds=1),
    "generateMusic": lambda desk: desk.sdk.tools.generate_music(prompt="Calm piano."),
    "generateAvatar": lambda desk: desk.sdk.tools.generate_avatar(
        actor_entity_id="vg_enti_actor_bob", audio_file_id=desk.speech
    ),
    "vectorizeImage": lambda desk: desk.sdk.tools.vectorize_image(image_file_id=desk.image),
    "removeImageBackground": lambda desk: desk.sdk.tools.remove_image_background(image_file_id=desk.image),
    "upscaleImage": lambda desk: desk.sdk.tools.upscale_image(image_file_id=desk.image),
    "image3dEffect": lambda desk: desk.sdk.tools.image3d_effect(image_file_id=desk.image),
    "removeVideoBackground": lambda desk: desk.sdk.tools.remove_video_background(video_file_id=desk.film),
    "upscaleVideo": lambda desk: desk.sdk.tools.upscale_video(video_file_id=desk.film),
    "createFileUrlImport": _import,
    "getFileUrlImport": lambda desk: desk.sdk.files.get_file_url_import(desk.file_import),
    "searchFiles": _found,
    "enablePublicPreview": _preview,
    "disablePublicPreview": lambda desk: desk.sdk.files.disable_public_preview(desk.image),
    "startAssistantChat": _chat,
    "getAssistant": lambda desk: desk.sdk.assistant.get_assistant(desk.assistant),
    "sendAssistantMessage": lambda desk: desk.sdk.assistant.send_assistant_message_and_wait(
        assistant_id=desk.assistant, message="What is happening?", **_PATIENCE
    ),
    "getAssistantMessage": lambda desk: desk.sdk.assistant.get_assistant_message(desk.message),
    "actOnAssistantAction": lambda desk: desk.sdk.assistant.act_on_assistant_action(
        desk.assistant, desk.action, decision="REJECT"
    ),
    "generateText": lambda desk: desk.sdk.text.generate_text(prompt="Say hello.", max_output_tokens=8),
    "archiveFile": lambda desk: desk.sdk.files.archive_file(desk.image),
    "deleteWebhookEndpoint": lambda desk: desk.sdk.webhooks.delete_webhook_endpoint(desk.endpoint),
}
