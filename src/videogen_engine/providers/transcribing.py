"""The step that has a recording transcribed. Its answer is kept by the recording, so none is paid for twice."""

from __future__ import annotations

import asyncio

from videogen_agents.errors import UnavailableError
from videogen_engine.providers.audio_transcriptions import AudioTranscriptions
from videogen_engine.providers.outside import OutsideRoom
from videogen_engine.providers.transcriber import TRANSCRIBER_SETTING, HeardItem, ToTranscribe, Transcription


async def transcribe(request: ToTranscribe, room: OutsideRoom) -> Transcription:
    """Part after part. Raises UnavailableError when the transcriber it was meant for is no longer configured."""
    endpoint = room.settings.transcriber
    if endpoint is None or endpoint.label != request.model:
        raise UnavailableError(
            f"This step was meant for {request.model}, which is not configured now.",
            code="not_available",
            requirement="transcriber",
            next_step=f"Set {TRANSCRIBER_SETTING}_BASE_URL and {TRANSCRIBER_SETTING}_MODEL, and start again.",
        )
    transcriber = AudioTranscriptions(endpoint, room.report)
    items: list[HeardItem] = []
    language = request.language
    heard: str | None = None
    for number, part in enumerate(request.parts, 1):
        room.report(f"Transcribing part {number} of {len(request.parts)}")
        sound = await asyncio.to_thread(room.path(part.sound).read_bytes)
        made = await transcriber.transcribe(sound, part.seconds, language)
        heard = heard or made.language
        items += [
            item.model_copy(update={"start": item.start + part.start, "end": item.end + part.start})
            for item in made.items
        ]
    return Transcription(items=tuple(items), made_by=transcriber.label, language=heard)
