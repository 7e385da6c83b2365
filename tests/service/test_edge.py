"""What every request passes first: the key, the request id, and a body that is safe to parse."""

from __future__ import annotations

import json

import httpx
import pytest

from videogen_agents.contract import ApiError

from .conftest import ParkedEngine, Start, client_of

START = "/v1/workflows/script-to-video"


def error_of(response: httpx.Response) -> ApiError:
    """The body as the contract's error, which it must be exactly."""
    assert response.headers["content-type"] == "application/json"
    error = ApiError.model_validate(response.json())
    assert set(response.json()) == {"message", "code", "requirement", "internalErrorCode"}
    assert error.message and error.code
    return error


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "missing_api_key"),
        ({"authorization": ""}, "missing_api_key"),
        ({"authorization": "Bearer "}, "missing_api_key"),
        ({"authorization": "Basic abc"}, "missing_api_key"),
        ({"authorization": "Bearer sk_local_wrong"}, "invalid_api_key"),
        ({"authorization": b"Bearer sk_\xff\xfe"}, "invalid_api_key"),
    ],
)
async def test_without_the_right_key_nothing_is_answered(
    engine: ParkedEngine, headers: dict[str, str | bytes], code: str
) -> None:
    async with client_of(engine, require_key=True) as client:
        for method, path in [("GET", "/v1/me"), ("GET", "/engine/v1/jobs/x"), ("POST", START), ("GET", "/v1/none")]:
            response = await client.request(method, path, headers=headers)
            assert response.status_code == 401
            assert response.headers["www-authenticate"] == "Bearer"
            assert response.headers["x-request-id"]
            assert error_of(response).code == code


async def test_the_home_s_own_key_opens_everything(engine: ParkedEngine) -> None:
    key = engine.settings.api_key().get_secret_value()
    async with client_of(engine, require_key=True) as client:
        for scheme in ("Bearer", "bearer"):
            response = await client.get("/v1/me", headers={"authorization": f"{scheme} {key}"})
            assert response.status_code == 200
        assert (await client.get("/healthz")).json()["status"] == "ok"
        assert (await client.get("/openapi.json")).status_code == 200


async def test_every_answer_has_a_request_id_of_its_own(client: httpx.AsyncClient) -> None:
    paths = ["/v1/me", "/v1/none", "/", "/healthz", "/media/x", "/openapi.json", "/v1/entities", "/studio/projects/x"]
    found = [(await client.get(path)).headers["x-request-id"] for path in paths]
    assert len(set(found)) == len(paths)


async def test_unknown_paths_and_methods_are_contract_errors(client: httpx.AsyncClient) -> None:
    missing = await client.get("/v1/none")
    assert (missing.status_code, error_of(missing).code) == (404, "not_found")
    assert (await client.get("/v1/me/")).status_code == 404
    wrong = await client.put("/v1/me")
    assert (wrong.status_code, error_of(wrong).code) == (405, "method_not_allowed")
    assert "GET" in wrong.headers["allow"]


BAD_BODIES: list[tuple[bytes, str]] = [
    (b"{", "not valid JSON"),
    (b"\xff\xfe{}", "not valid JSON"),
    (b'{"a": NaN}', "NaN is not a JSON number"),
    (b'{"a": ' + b"9" * 5000 + b"}", "not valid JSON"),
    (b"[]", "must be a JSON object"),
    (b'"text"', "must be a JSON object"),
    (b"null", "must be a JSON object"),
    (b'{"script": "a\\u0000b", "visualStyle": {"type": "STOCK"}}', "script contains a NUL"),
    (b'{"script": "a\\ud800b", "visualStyle": {"type": "STOCK"}}', "script contains half of a surrogate pair"),
    (b'{"scenes": [{"description": "\\udc00"}]}', "scenes[0].description contains half"),
    (b'{"\\ud800": 1}', "contains half of a surrogate pair"),
    (b"", "needs a JSON body"),
]


@pytest.mark.parametrize(("body", "sentence"), BAD_BODIES)
async def test_a_body_that_is_no_sound_json_is_explained(client: httpx.AsyncClient, body: bytes, sentence: str) -> None:
    response = await client.post(START, content=body, headers={"content-type": "application/json"})
    assert response.status_code == 400
    error = error_of(response)
    assert error.code == "invalid_request"
    assert sentence in error.message


async def test_a_surrogate_pair_is_one_character_and_welcome(start: Start) -> None:
    assert (await start(script="Rockets \U0001f680 fly.")).status_code == 202


@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
async def test_deep_nesting_is_refused_before_it_is_parsed(client: httpx.AsyncClient, opening: bytes) -> None:
    response = await client.post(START, content=opening * 100_000)
    assert response.status_code == 400
    assert "nested more than 32 levels" in error_of(response).message


async def test_brackets_inside_text_are_no_nesting(start: Start) -> None:
    assert (await start(script='Say "' + "[{" * 100 + '" aloud \\ now.')).status_code == 202


@pytest.mark.parametrize("limits", [{"VIDEOGEN_AGENTS_MAX_BODY_BYTES": "2000"}])
async def test_a_body_over_the_limit_is_refused_with_and_without_a_length(client: httpx.AsyncClient) -> None:
    body = json.dumps({"script": "x" * 3000}).encode()

    async def parts() -> object:
        yield body[:1500]
        yield body[1500:]

    for content in (body, parts()):
        response = await client.post(START, content=content)  # pyright: ignore[reportArgumentType]
        assert response.status_code == 413
        assert error_of(response).code == "body_too_large"


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
async def test_a_body_that_says_it_is_no_json_is_refused(client: httpx.AsyncClient, media_type: str) -> None:
    response = await client.post(START, content=b"{}", headers={"content-type": media_type})
    assert response.status_code == 415
    assert "Content-Type: application/json" in error_of(response).message


async def test_bodies_of_gets_and_of_cancels_are_left_alone(client: httpx.AsyncClient) -> None:
    response = await client.request("GET", "/v1/me", content=b'{"selfOnly": tru', headers={"content-type": "text/x"})
    assert response.status_code == 200
    assert (await client.post("/v1/workflows/runs/none/cancel")).status_code == 404


@pytest.mark.parametrize("host", ["evil.test/path", "a b", "user@host", "x:99999999", "<script>"])
async def test_a_malformed_host_never_reaches_a_url(client: httpx.AsyncClient, start: Start, host: str) -> None:
    response = await start(headers={"host": host})
    assert response.status_code == 400
    assert error_of(response).code == "invalid_host"


async def test_a_fault_of_the_engine_is_told_without_its_insides(
    engine: ParkedEngine, client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    with engine.store.database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE jobs RENAME TO gone")
    response = await client.get("/v1/workflows/runs")
    assert response.status_code == 500
    error = error_of(response)
    assert error.code == "internal_error"
    assert "jobs" not in error.message and "x-request-id" in error.message
    assert "no such table" in caplog.text
