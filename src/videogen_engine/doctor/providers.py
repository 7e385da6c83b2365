"""Outside models: which are configured, whether they answer, and what each one would enable."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from videogen_agents.errors import VideoError
from videogen_engine.doctor.model import Finding, Seen
from videogen_engine.providers.endpoint import Endpoint
from videogen_engine.settings import EngineSettings

#: Seconds that a server has to say which models it serves.
_SECONDS = 10.0


def language_model(settings: EngineSettings) -> Seen:
    """Ask which models the server has; no question is asked, so nothing is paid."""
    from videogen_engine.providers.language_model import LANGUAGE_MODEL_SETTING

    endpoint = settings.language_model
    if endpoint is None:
        return Seen(
            said="none configured: no translation, no text generation; edits and the assistant read set phrases only",
            finding=Finding.DEGRADED,
            enable=f"set {LANGUAGE_MODEL_SETTING}_BASE_URL, {LANGUAGE_MODEL_SETTING}_MODEL and, where it wants one, "
            f"{LANGUAGE_MODEL_SETTING}_API_KEY",
        )
    return _asked(endpoint, "translation, model-read edits, text, the assistant")


def transcriber(settings: EngineSettings) -> Seen:
    """Ask whether the server answers; nothing is transcribed, so nothing is paid."""
    from videogen_engine.providers.transcriber import TRANSCRIBER_SETTING

    endpoint = settings.transcriber
    if endpoint is None:
        return Seen(
            said="none configured: recordings without a transcript become films without captions",
            finding=Finding.DEGRADED,
            enable=f"set {TRANSCRIBER_SETTING}_BASE_URL and {TRANSCRIBER_SETTING}_MODEL (a whisper server of one's own "
            f"will do) and, where it wants one, {TRANSCRIBER_SETTING}_API_KEY",
        )
    return _asked(endpoint, "words of recordings without a transcript")


def _asked(endpoint: Endpoint, enables: str) -> Seen:
    """Which models the server says it has. ``enables`` is what the endpoint is for."""
    from videogen_engine.providers.endpoint_http import EndpointHttp, RefusedRequestError

    quick = endpoint.model_copy(update={"timeout_seconds": min(_SECONDS, endpoint.timeout_seconds)})
    try:
        listed = asyncio.run(EndpointHttp(quick).get_json("/models"))
    except RefusedRequestError as refusal:
        if refusal.status in {404, 405, 501}:
            return Seen(said=f"{endpoint.label}: the server answers, and does not list its models")
        error = refusal.error()
        return Seen(said=error.message, finding=Finding.MISSING, enable=error.next_step)
    except VideoError as error:
        return Seen(said=error.message, finding=Finding.MISSING, enable=error.next_step)
    models: object = listed.get("data")
    rows = cast("list[object]", models) if isinstance(models, list) else []
    names = {str(cast("dict[str, Any]", row).get("id")) for row in rows if isinstance(row, dict)}
    if names and endpoint.model not in names:
        some = ", ".join(sorted(names)[:5])
        return Seen(
            said=f"{endpoint.host} does not list a model named {endpoint.model}",
            finding=Finding.DEGRADED,
            enable=f"set {endpoint.setting}_MODEL to one that it lists, for example {some}",
        )
    if endpoint.sends_key_in_the_clear:
        return Seen(
            said=f"{endpoint.label} answers, and the key goes there unencrypted",
            finding=Finding.DEGRADED,
            enable=f"use an https address in {endpoint.setting}_BASE_URL",
        )
    return Seen(said=f"{endpoint.label} answers: {enables}")
