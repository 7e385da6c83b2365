"""Any OpenAI-compatible server answers: pauses are kept to, what it does not know is left out, secrets stay in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from videogen_agents.errors import AskUserError, InputError, RetryLaterError, VideoError
from videogen_agents.testing import HttpReply, LoopbackLanguageModel
from videogen_engine.doctor.model import Finding
from videogen_engine.doctor.providers import language_model
from videogen_engine.providers.answer_json import json_object
from videogen_engine.providers.chat_completions import ChatCompletions
from videogen_engine.providers.endpoint import Endpoint, endpoint_of
from videogen_engine.providers.language_model import Answer, Question, Speaker, Turn
from videogen_engine.settings import load_engine_settings

PREFIX = "VIDEOGEN_AGENTS_LLM"
SECRET = "sk-proj-abcdef123456"
SCHEMA = '{"type": "object", "properties": {"word": {"type": "string"}}}'
HELLO = Question(system="Be short.", turns=(Turn(speaker=Speaker.USER, text="Say hello."),))


def endpoint(server: LoopbackLanguageModel, **more: str) -> Endpoint:
    found = endpoint_of(server.settings(api_key=SECRET, **more), PREFIX)
    assert found is not None
    return found


async def asked(server: LoopbackLanguageModel, question: Question = HELLO, **more: str) -> Answer:
    return await ChatCompletions(endpoint(server, **more)).answer(question)


def refusing(said: str, status: int = 400) -> HttpReply:
    return HttpReply(status, json.dumps({"error": {"message": said}}))


async def test_an_answer_names_the_model_that_made_it() -> None:
    with LoopbackLanguageModel("Hello.", model="tiny-1") as server:
        answer = await asked(server)
    assert answer.text == "Hello."
    assert answer.made_by.startswith("tiny-1 at 127.0.0.1:")
    (sent,) = server.requests
    assert [message["role"] for message in sent["messages"]] == ["system", "user"]
    assert (sent["model"], sent["temperature"]) == ("tiny-1", 0)
    assert server.authorizations == [f"Bearer {SECRET}"]


async def test_a_pause_that_the_server_asks_for_is_kept_and_the_question_asked_again() -> None:
    busy = HttpReply(429, "{}", {"Retry-After": "0"})
    failing = HttpReply(503, "not json", {"Retry-After": "Thu, 01 Jan 1970 00:00:00 GMT"})
    with LoopbackLanguageModel(busy, failing, "Hello.") as server:
        assert (await asked(server)).text == "Hello."
    assert len(server.requests) == 3


@pytest.mark.parametrize("pause", ["0", "3600"])
async def test_a_server_that_stays_busy_is_reported_with_the_pause_it_wants(pause: str) -> None:
    busy = [HttpReply(429, "{}", {"Retry-After": pause})] * 4
    with LoopbackLanguageModel(*busy) as server, pytest.raises(RetryLaterError) as caught:
        await asked(server)
    assert caught.value.code == "provider_busy"
    assert caught.value.retry_after == float(pause)


async def test_what_a_server_does_not_know_is_left_out_until_it_answers() -> None:
    with LoopbackLanguageModel(
        refusing("Unsupported parameter: use 'max_completion_tokens' instead."),
        refusing("Unsupported value: 'temperature'."),
        refusing("response_format.type must be json_object", 422),
        refusing("response_format is not supported"),
        '```json\n{"word": "hello"}\n```',
    ) as server:
        answer = await asked(server, HELLO.model_copy(update={"answer_schema": SCHEMA}))
    first, last = server.requests[0], server.requests[-1]
    assert first["response_format"]["json_schema"]["schema"] == json.loads(SCHEMA)
    assert "max_tokens" in first
    assert {"max_tokens", "temperature", "response_format"}.isdisjoint(last)
    assert last["max_completion_tokens"] == HELLO.max_output_tokens
    assert SCHEMA in last["messages"][0]["content"]
    assert json_object(answer.text) == {"word": "hello"}


async def test_what_a_model_thinks_aloud_is_no_part_of_its_answer() -> None:
    with LoopbackLanguageModel("<think>Short, they say.</think>\n\nHello.") as server:
        assert (await asked(server)).text == "Hello."


@pytest.mark.parametrize(
    "reply",
    [
        refusing(f"Incorrect API key provided: {SECRET}.", 401),
        refusing(f"You sent Bearer {SECRET} and the model does not exist.", 404),
        HttpReply(429, json.dumps({"error": {"message": "Quota.", "code": "insufficient_quota"}})),
        HttpReply(302, "", {"Location": "http://127.0.0.1:1/steal"}),
        HttpReply(200, "[]"),
        HttpReply(200, "<html>"),
        HttpReply(200, "[" * 50_000),
        HttpReply(200, "{}"),
        HttpReply(200, '{"choices": [{"message": {"content": null, "refusal": "No."}}]}'),
        HttpReply(200, '{"choices": 5}'),
        HttpReply(200, "x" * (5 * 1024**2)),
    ],
    ids=str,
)
async def test_an_answer_of_no_use_is_an_error_for_a_person_without_any_secret(reply: HttpReply) -> None:
    with LoopbackLanguageModel(reply) as server, pytest.raises(AskUserError) as caught:
        await asked(server)
    assert len(server.requests) == 1
    assert SECRET not in caught.value.text() and "abcdef" not in caught.value.text()
    assert caught.value.status == 502


async def test_a_server_that_is_not_there_is_said_to_be_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    with LoopbackLanguageModel() as server:
        gone = endpoint(server)
    monkeypatch.setattr("videogen_engine.providers.endpoint_http._FIRST_PAUSE", 0.0)
    with pytest.raises(RetryLaterError) as caught:
        await ChatCompletions(gone).answer(HELLO)
    assert caught.value.code == "provider_unreachable"
    assert gone.host in (caught.value.next_step or "")


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"BASE_URL": "http://127.0.0.1:1/v1"}, "MODEL"),
        ({"MODEL": "m"}, "BASE_URL"),
        ({"API_KEY": SECRET}, "BASE_URL"),
        ({"PROVIDER": "openai-compatible"}, "BASE_URL"),
        ({"PROVIDER": "oracle"}, "PROVIDER"),
        ({"BASE_URL": "ftp://host/v1", "MODEL": "m"}, "BASE_URL"),
        ({"BASE_URL": "http://user:word@host/v1", "MODEL": "m"}, "BASE_URL"),
        ({"BASE_URL": "http://[broken", "MODEL": "m"}, "BASE_URL"),
        ({"BASE_URL": "http://host/v1", "MODEL": "m", "API_KEY": "a b"}, "API_KEY"),
        ({"BASE_URL": "http://host/v1", "MODEL": "m", "TIMEOUT_SECONDS": "-1"}, "TIMEOUT_SECONDS"),
    ],
)
def test_half_a_configuration_is_an_error_that_names_the_variable(wrong: dict[str, str], named: str) -> None:
    environ = {f"{PREFIX}_{name}": value for name, value in wrong.items()}
    with pytest.raises(InputError) as caught:
        load_engine_settings(environ=environ)
    assert f"{PREFIX}_{named}" in caught.value.message
    assert SECRET not in caught.value.text()


def test_no_setting_and_the_choice_of_none_are_no_model(tmp_path: Path) -> None:
    assert load_engine_settings(home=tmp_path, environ={}).language_model is None
    chosen = {f"{PREFIX}_BASE_URL": "http://host/v1", f"{PREFIX}_MODEL": "m", f"{PREFIX}_PROVIDER": "none"}
    assert load_engine_settings(home=tmp_path, environ=chosen).language_model is None


def test_settings_that_are_printed_show_no_key(tmp_path: Path) -> None:
    environ = {f"{PREFIX}_BASE_URL": "http://h/v1", f"{PREFIX}_MODEL": "m", f"{PREFIX}_API_KEY": SECRET}
    settings = load_engine_settings(home=tmp_path, environ=environ)
    assert SECRET not in repr(settings) + settings.model_dump_json()


@pytest.mark.parametrize("answer", ["", "no", "[1]", "{", "}{", '{"a": ', "[" * 30_000, "{" * 30_000])
def test_text_without_an_object_has_none(answer: str) -> None:
    assert json_object(answer) is None


def test_every_error_says_what_to_do_next() -> None:
    with pytest.raises(VideoError) as caught:
        endpoint_of({f"{PREFIX}_MODEL": "m"}, PREFIX)
    assert caught.value.next_step


def test_the_doctor_says_whether_the_model_answers_and_what_it_would_enable(tmp_path: Path) -> None:
    without = language_model(load_engine_settings(home=tmp_path, environ={}))
    assert without.finding is Finding.DEGRADED
    assert f"{PREFIX}_BASE_URL" in (without.enable or "")
    with LoopbackLanguageModel() as server:
        right = language_model(load_engine_settings(home=tmp_path, environ=server.settings()))
        other = language_model(load_engine_settings(home=tmp_path, environ=server.settings(model="other")))
    gone = language_model(load_engine_settings(home=tmp_path, environ=server.settings()))
    assert (right.finding, other.finding, gone.finding) == (Finding.PROVEN, Finding.DEGRADED, Finding.MISSING)
    assert server.requests == []
    assert "loopback-model" in (other.enable or "")
