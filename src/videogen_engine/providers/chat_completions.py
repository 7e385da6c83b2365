"""A language model behind any OpenAI-compatible ``/chat/completions``: hosted, or Ollama, llama.cpp, vLLM nearby."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from videogen_agents.errors import AskUserError
from videogen_engine.providers.endpoint import Endpoint
from videogen_engine.providers.endpoint_http import EndpointHttp, RefusedRequestError
from videogen_engine.providers.language_model import Answer, Question

_PATH: Final = "/chat/completions"
_WRONG: Final = frozenset({400, 404, 415, 422, 501})
#: What reasoning models think aloud before their answer.
_THOUGHT: Final = re.compile(r"\A\s*<think>.*?(?:</think>\s*|\Z)", re.DOTALL)
_MOST_LABEL: Final = 200


class ChatCompletions:
    """What a server does not know is left out of the request and asked for in words: a schema, a temperature."""

    def __init__(self, endpoint: Endpoint, report: Callable[[str], None] = lambda _message: None) -> None:
        self._endpoint = endpoint
        self._http = EndpointHttp(endpoint, report)

    @property
    def label(self) -> str:
        return self._endpoint.label

    async def answer(self, question: Question) -> Answer:
        form = "json_schema" if question.answer_schema is not None else "text"
        limit = "max_tokens"
        warm = question.temperature is not None
        # Each of three things can be refused once, and a schema twice.
        for _ in range(5):
            try:
                return self._read(await self._http.post_json(_PATH, self._body(question, form, limit, warm)))
            except RefusedRequestError as refusal:
                said = refusal.said.lower()
                if refusal.status not in _WRONG:
                    raise refusal.error() from refusal
                if "max_completion_tokens" in said and limit == "max_tokens":
                    limit = "max_completion_tokens"
                elif "temperature" in said and warm:
                    warm = False
                elif form == "json_schema":
                    form = "json_object"
                elif form == "json_object":
                    form = "text"
                else:
                    raise refusal.error() from refusal
        raise AssertionError("Every refusal leaves one thing less to refuse.")

    def _body(self, question: Question, form: str, limit: str, warm: bool) -> Mapping[str, object]:
        system = question.system
        if question.answer_schema is not None:
            # A server may take the schema and not keep to it, so it is always said in words too.
            system += f"\n\nAnswer with one JSON object alone. Its JSON Schema:\n{question.answer_schema}"
        body: dict[str, object] = {
            "model": self._endpoint.model,
            "messages": [
                {"role": "system", "content": system},
                *({"role": turn.speaker.value, "content": turn.text} for turn in question.turns),
            ],
            limit: question.max_output_tokens,
        }
        if warm:
            body["temperature"] = question.temperature
        if form == "json_schema":
            schema: object = json.loads(question.answer_schema or "{}")
            body["response_format"] = {
                "type": "json_schema",
                "json_schema": {"name": question.answer_name, "schema": schema, "strict": False},
            }
        elif form == "json_object":
            body["response_format"] = {"type": "json_object"}
        return body

    def _read(self, reply: Mapping[str, Any]) -> Answer:
        choices: object = reply.get("choices")
        first: object = cast("list[object]", choices)[0] if isinstance(choices, list) and choices else None
        choice = _mapping(first)
        message = _mapping(choice.get("message"))
        text = _text(message.get("content"))
        complete = choice.get("finish_reason") != "length"
        if not text and complete:
            refused = message.get("refusal")
            said = f": {' '.join(refused.split())[:200]}" if isinstance(refused, str) and refused else "."
            raise AskUserError(
                f"{self._endpoint.label} gave no answer{said}",
                code="model_refused" if refused else "provider_answer_unusable",
                status=502,
                next_step=f"Ask for something else, or choose another model by {self._endpoint.setting}_MODEL.",
            )
        usage = _mapping(reply.get("usage"))
        return Answer(
            text=text,
            made_by=self._made_by(reply.get("model")),
            complete=complete,
            input_tokens=_count(usage.get("prompt_tokens")),
            output_tokens=_count(usage.get("completion_tokens")),
        )

    def _made_by(self, named: object) -> str:
        """The model as the server names it, which may be a dated version of the one that was asked for."""
        if isinstance(named, str) and named and named.isprintable():
            return f"{named[:_MOST_LABEL]} at {self._endpoint.host}"
        return self._endpoint.label


def _text(content: object) -> str:
    if isinstance(content, list):
        parts = [_mapping(part).get("text") for part in cast("list[object]", content)]
        content = "".join(part for part in parts if isinstance(part, str))
    if not isinstance(content, str):
        return ""
    # Half of a surrogate pair, or a NUL, could not be stored.
    whole = content.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
    return _THOUGHT.sub("", whole).strip()


def _mapping(value: object) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", value) if isinstance(value, dict) else {}


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
