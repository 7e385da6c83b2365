"""A transcriber behind an OpenAI-compatible ``/audio/transcriptions``: OpenAI's, or a whisper server of one's own."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, cast

from videogen_agents.errors import AskUserError
from videogen_engine.providers.endpoint import Endpoint
from videogen_engine.providers.endpoint_http import EndpointHttp, RefusedRequestError
from videogen_engine.providers.transcriber import HeardItem, Transcription

_PATH: Final = "/audio/transcriptions"
#: Statuses by which models that know no word times refuse to give them.
_TOO_MUCH: Final = frozenset({400, 415, 422})
_SHORTEST: Final = 0.01
_NOT_SAID: Final = re.compile(r"[^\w]+")


class AudioTranscriptions:
    """See ``Transcriber``. Words with times are asked for; sentences with times, or mere text, are taken."""

    def __init__(self, endpoint: Endpoint, report: Callable[[str], None] = lambda _message: None) -> None:
        self._endpoint = endpoint
        self._http = EndpointHttp(endpoint, report)

    @property
    def label(self) -> str:
        return self._endpoint.label

    async def transcribe(self, sound: bytes, seconds: float, language: str | None) -> Transcription:
        fields = {"model": self._endpoint.model, "temperature": "0"}
        if language is not None:
            # The interface takes ISO 639-1 alone.
            fields["language"] = language.replace("_", "-").split("-")[0].lower()
        timed = {"response_format": "verbose_json", "timestamp_granularities[]": "word"}
        file = {"file": ("recording.mp3", sound, "audio/mpeg")}
        try:
            answer = await self._http.post_form(_PATH, fields | timed, file)
        except RefusedRequestError as refusal:
            if refusal.status not in _TOO_MUCH:
                raise refusal.error() from refusal
            try:
                answer = await self._http.post_form(_PATH, fields | {"response_format": "json"}, file)
            except RefusedRequestError as second:
                raise second.error() from second
        return self._read(answer, seconds)

    def _read(self, answer: Mapping[str, Any], seconds: float) -> Transcription:
        text = answer.get("text")
        said = text if isinstance(text, str) else ""
        words = _items(answer.get("words"), "word", seconds)
        items = _punctuated(words, said) if words else _items(answer.get("segments"), "text", seconds)
        if not items and said.strip():
            items = [HeardItem(text=said.strip(), start=0.0, end=max(seconds, _SHORTEST))]
        if not items and not isinstance(text, str):
            raise AskUserError(
                f"{self.label} answered without any text.",
                code="provider_answer_unusable",
                status=502,
                next_step=f"See that {self._endpoint.setting}_BASE_URL serves /audio/transcriptions.",
            )
        language = answer.get("language")
        return Transcription(
            items=tuple(items), made_by=self.label, language=language if isinstance(language, str) else None
        )


def _items(listed: object, name: str, seconds: float) -> list[HeardItem]:
    """What can be used of a list of words or segments, in order, none overlapping, none after the sound."""
    found: list[HeardItem] = []
    rows = cast("list[object]", listed) if isinstance(listed, list) else []
    for row in rows:
        if not isinstance(row, dict):
            continue
        fields = cast("dict[str, object]", row)
        text, start, end = fields.get(name), fields.get("start"), fields.get("end")
        if not isinstance(text, str) or not text.strip() or not _is_time(start) or not _is_time(end):
            continue
        earliest = found[-1].end if found else 0.0
        first = max(earliest, float(cast("float", start)))
        last = min(float(cast("float", end)), seconds)
        if first >= seconds:
            break
        found.append(HeardItem(text=text.strip(), start=first, end=max(last, first + _SHORTEST)))
    return found


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value >= 0


def _punctuated(words: Sequence[HeardItem], text: str) -> list[HeardItem]:
    """The words as the text writes them, which has the punctuation, where the two are the same words."""
    written = text.split()
    same = len(written) == len(words) and all(
        _bare(one) == _bare(other.text) for one, other in zip(written, words, strict=True)
    )
    if not same:
        return list(words)
    return [word.model_copy(update={"text": one}) for one, word in zip(written, words, strict=True)]


def _bare(word: str) -> str:
    return _NOT_SAID.sub("", word).casefold()
