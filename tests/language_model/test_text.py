"""POST /v1/text/generate: the model's words at once, or which settings would bring them."""

from __future__ import annotations

import json

from videogen_agents.testing import HttpReply, LoopbackLanguageModel

from .conftest import Api

TEXT = "/v1/text/generate"


async def test_text_comes_from_the_model_with_what_was_asked_of_it(api: Api, model: LoopbackLanguageModel) -> None:
    model.answers.append("Three tips for better sleep.")
    body = {"prompt": "Tips?", "system": "Be brief.", "temperature": 1.5, "maxOutputTokens": 40, "model": "HIGH"}
    answer = await api.http.post(TEXT, json=body)
    assert (answer.status_code, answer.json()) == (200, {"text": "Three tips for better sleep."})
    assert answer.headers["videogen-made-by"].startswith("parrot-2 at 127.0.0.1")
    assert answer.headers["videogen-ignored-fields"] == "quality"
    (sent,) = model.requests
    assert (sent["temperature"], sent["max_tokens"]) == (1.5, 40)
    assert [message["content"] for message in sent["messages"]] == ["Be brief.", "Tips?"]


async def test_text_is_asked_for_anew_each_time(api: Api, model: LoopbackLanguageModel) -> None:
    model.answers.extend(["One.", "Two."])
    texts = [(await api.post(TEXT, {"prompt": "Say a number."}, status=200))["text"] for _ in range(2)]
    assert texts == ["One.", "Two."]
    assert "temperature" not in model.requests[0]


async def test_bad_requests_and_a_model_that_fails_are_told_apart(api: Api, model: LoopbackLanguageModel) -> None:
    for body in (
        {},
        {"prompt": " "},
        {"prompt": "x" * 100_001},
        {"prompt": "x", "temperature": 3},
        {"prompt": "x", "maxOutputTokens": 0},
        {"prompt": 5},
    ):
        await api.post(TEXT, body, status=400)
    assert model.requests == []
    model.answers.append(HttpReply(401, json.dumps({"error": "No."})))
    assert (await api.post(TEXT, {"prompt": "x"}, status=502))["code"] == "provider_refused"
    cut = {"choices": [{"message": {"content": "<think>So"}, "finish_reason": "length"}]}
    model.answers.append(HttpReply(200, json.dumps(cut)))
    assert (await api.post(TEXT, {"prompt": "x"}, status=502))["code"] == "answer_cut_short"
