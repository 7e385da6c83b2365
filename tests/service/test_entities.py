"""Entities over the contract: styles that are built in, what users make, and films in a style."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import httpx
import pytest

from videogen_agents.contract import ApiError, Entity, EntityPage, EntityType, FileScope, FileType
from videogen_engine.service.built_in_entities import BUILT_INS
from videogen_engine.store.records import FileState, NewFile
from videogen_engine.visuals.looks.catalogue import LOOKS
from videogen_engine.visuals.style_words import read_style

from .conftest import ParkedEngine, Start

BUILT_IN = len(BUILT_INS)
LOOK_ENTITIES = [entity for entity in BUILT_INS if entity.entity_type is EntityType.VISUAL_STYLE]
WATERCOLOUR = "vg_enti_look_watercolour"


async def create(client: httpx.AsyncClient, **fields: Any) -> Entity:
    response = await client.post("/v1/entities", json={"entityType": "PRODUCT", "name": "Bottle"} | fields)
    return entity_of(response)


def entity_of(response: httpx.Response) -> Entity:
    assert response.status_code == 200, response.text
    found = Entity.model_validate(response.json())
    assert found.to_wire() == response.json()
    return found


def error_of(response: httpx.Response, status: int) -> ApiError:
    assert response.status_code == status, response.text
    return ApiError.model_validate(response.json())


def put_file(
    engine: ParkedEngine, file_id: str, type_: FileType = FileType.IMAGE, state: FileState = FileState.READY
) -> None:
    engine.store.files.create(
        NewFile(file_id=file_id, scope=FileScope.GLOBAL, display_name="p", state=state, type=type_)
    )


async def listed(client: httpx.AsyncClient, **query: str | int) -> list[Entity]:
    """Every page after the other."""
    found: list[Entity] = []
    cursor: str | None = None
    while True:
        more = query if cursor is None else {**query, "cursor": cursor}
        response = await client.get("/v1/entities", params=more)
        assert response.status_code == 200, response.text
        page = EntityPage.model_validate(response.json())
        assert page.has_more == (page.next_cursor is not None)
        assert page.entities or not found
        found += page.entities
        if page.next_cursor is None:
            return found
        cursor = page.next_cursor


def test_each_embedded_look_is_a_style_that_paints_exactly_that_look() -> None:
    assert {style.key for style in LOOK_ENTITIES} == set(LOOKS)
    assert [read_style(style.key).look for style in LOOK_ENTITIES] == [style.key for style in LOOK_ENTITIES]


@pytest.mark.parametrize("limit", [1, 5, BUILT_IN - 1, BUILT_IN, BUILT_IN + 1, 50])
async def test_built_in_styles_are_listed_first_and_no_page_repeats_or_skips(
    client: httpx.AsyncClient, limit: int
) -> None:
    made = [(await create(client, name=f"Bottle {n}")).entity_id for n in range(3)]
    found = await listed(client, limit=limit)
    assert [one.entity_id for one in found[:BUILT_IN]] == [entity.entity_id for entity in BUILT_INS]
    assert [one.is_built_in for one in found] == [True] * BUILT_IN + [False] * 3
    assert sorted(one.entity_id for one in found[BUILT_IN:]) == sorted(made)


async def test_a_list_of_one_type_has_no_other(client: httpx.AsyncClient) -> None:
    for type_ in ("ACTOR", "PRODUCT", "VISUAL_STYLE", "SLIDESHOW_THEME"):
        await create(client, entityType=type_, name=type_)
    counts = Counter(entity.entity_type.value for entity in BUILT_INS)
    for type_ in ("ACTOR", "PRODUCT", "VISUAL_STYLE", "SLIDESHOW_THEME"):
        count = counts[type_] + 1
        found = await listed(client, entityType=type_, limit=7)
        assert [one.entity_type for one in found] == [type_] * count
    page = (await client.get("/v1/entities", params={"limit": 2})).json()
    error_of(await client.get("/v1/entities", params={"cursor": page["nextCursor"], "entityType": "ACTOR"}), 400)
    error_of(await client.get("/v1/entities", params={"entityType": "HAT"}), 400)
    error_of(await client.get("/v1/entities", params={"cursor": "x"}), 400)


async def test_an_entity_is_made_read_changed_and_archived(client: httpx.AsyncClient) -> None:
    made = await create(client, entityType="ACTOR", name="  Host\n of shows ", description="calm")
    assert (made.name, made.description, made.references) == ("Host of shows", "calm", [])
    assert made.actor_config is not None and not made.actor_config.has_voice
    path = f"/v1/entities/{made.entity_id}"
    assert entity_of(await client.get(path)) == made
    changed = entity_of(await client.post(f"{path}/update", json={"name": None, "description": ""}))
    assert (changed.name, changed.description) == ("Host of shows", "")
    archived = await client.post(f"{path}/archive")
    assert (archived.status_code, archived.json()) == (200, {"entityId": made.entity_id, "archived": True})
    for suffix, body in {"/update": {"name": "x"}, "/archive": None, "/references": {"fileId": "f"}}.items():
        assert made.entity_id in error_of(await client.post(path + suffix, json=body), 404).message
    error_of(await client.get(path), 404)
    assert len(await listed(client)) == BUILT_IN


async def test_what_is_no_actor_says_so_with_null(client: httpx.AsyncClient) -> None:
    made = await create(client)
    wire = (await client.get(f"/v1/entities/{made.entity_id}")).json()
    assert (wire["actorConfig"], wire["description"], wire["isBuiltIn"]) == (None, "", False)


async def test_a_repeated_creation_makes_one_entity(client: httpx.AsyncClient) -> None:
    body = {"entityType": "PRODUCT", "name": "Bottle"}
    key = {"Idempotency-Key": "once"}
    first = await client.post("/v1/entities", json=body, headers=key)
    again = await client.post("/v1/entities", json=body, headers=key)
    assert first.json() == again.json()
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    error_of(await client.post("/v1/entities", json=body | {"name": "Cup"}, headers=key), 409)
    assert len(await listed(client)) == BUILT_IN + 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "name must have 1 to 120"),
        ({"name": " \u200b\n"}, "name must have 1 to 120"),
        ({"name": "x" * 121}, "name must have 1 to 120"),
        ({"name": None}, "name"),
        ({"entityType": "HAT"}, "entityType"),
        ({"entityType": None}, "entityType"),
        ({"description": "x" * 4001}, "4001 characters; at most 4000"),
        ({"description": 5}, "description"),
    ],
)
async def test_a_bad_entity_is_explained_and_not_made(
    client: httpx.AsyncClient, fields: dict[str, object], sentence: str
) -> None:
    response = await client.post("/v1/entities", json={"entityType": "PRODUCT", "name": "Bottle"} | fields)
    assert sentence in error_of(response, 400).message
    assert len(await listed(client)) == BUILT_IN


async def test_a_bad_change_changes_nothing(client: httpx.AsyncClient) -> None:
    made = await create(client)
    for body in ({}, {"name": None}, {"name": " "}, {"name": "x" * 121}, {"description": "x" * 4001}):
        error_of(await client.post(f"/v1/entities/{made.entity_id}/update", json=body), 400)
    assert entity_of(await client.get(f"/v1/entities/{made.entity_id}")) == made


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("update", {"name": "Mine"}),
        ("archive", None),
        ("references", {"fileId": "f"}),
        ("references/remove", {"fileId": "f"}),
    ],
)
async def test_built_in_styles_cannot_be_changed(
    client: httpx.AsyncClient, path: str, body: dict[str, object] | None
) -> None:
    before = entity_of(await client.get(f"/v1/entities/{WATERCOLOUR}"))
    error = error_of(await client.post(f"/v1/entities/{WATERCOLOUR}/{path}", json=body), 403)
    assert (error.code, "built-in" in error.message) == ("built_in_entity", True)
    assert entity_of(await client.get(f"/v1/entities/{WATERCOLOUR}")) == before


async def test_files_are_attached_and_removed(engine: ParkedEngine, client: httpx.AsyncClient) -> None:
    put_file(engine, "f_front")
    put_file(engine, "f_back")
    made = await create(client)
    path = f"/v1/entities/{made.entity_id}/references"
    await client.post(path, json={"fileId": "f_front", "description": "front", "isDefault": True})
    found = entity_of(await client.post(path, json={"fileId": "f_back"}))
    assert [one.to_wire() for one in found.references] == [
        {"fileId": "f_front", "description": "front", "isDefault": True},
        {"fileId": "f_back", "description": "", "isDefault": False},
    ]
    left = entity_of(await client.post(f"{path}/remove", json={"fileId": "f_front"}))
    assert [one.file_id for one in left.references] == ["f_back"]
    for file_id in ("f_front", "f_none"):
        assert file_id in error_of(await client.post(f"{path}/remove", json={"fileId": file_id}), 404).message


async def test_only_files_that_can_show_the_entity_are_attached(
    engine: ParkedEngine, client: httpx.AsyncClient
) -> None:
    put_file(engine, "f_image")
    put_file(engine, "f_sound", FileType.AUDIO)
    put_file(engine, "f_pdf", FileType.PDF)
    put_file(engine, "f_unsent", state=FileState.AWAITING)
    put_file(engine, "f_archived")
    engine.store.files.archive("f_archived")
    cases = {"f_image": (200, 200), "f_pdf": (400, 200), "f_sound": (400, 400), "f_unsent": (400, 400)}
    cases |= {"f_archived": (404, 404), "f_none": (404, 404)}
    for place, type_ in enumerate(("PRODUCT", "SLIDESHOW_THEME")):
        made = await create(client, entityType=type_)
        for file_id, expected in cases.items():
            response = await client.post(f"/v1/entities/{made.entity_id}/references", json={"fileId": file_id})
            assert response.status_code == expected[place], (type_, file_id, response.text)
        long = {"fileId": "f_image", "description": "x" * 1001}
        error_of(await client.post(f"/v1/entities/{made.entity_id}/references", json=long), 400)


def style_words(engine: ParkedEngine) -> str:
    """What the newest run was told of its style."""
    request = json.loads(engine.store.jobs.get(engine.queue.submitted[-1]).request_json)
    return str(request["visualStyle"]["aiStyle"])


async def test_a_film_takes_its_style_from_an_entity(
    engine: ParkedEngine, client: httpx.AsyncClient, start: Start
) -> None:
    style = {"type": "AI_IMAGE", "aiStyle": "neon"}
    assert (await start(visualStyle=style | {"entityId": WATERCOLOUR})).status_code == 202
    assert style_words(engine) == "watercolour"
    mine = await create(client, entityType="VISUAL_STYLE", name="House", description="chalkboard in green")
    assert (await start(visualStyle=style | {"entityId": mine.entity_id})).status_code == 202
    await client.post(f"/v1/entities/{mine.entity_id}/archive")
    assert style_words(engine) == "chalkboard in green"
    bare = await create(client, entityType="VISUAL_STYLE", name="Ink wash")
    put_file(engine, "f")
    await client.post(f"/v1/entities/{bare.entity_id}/references", json={"fileId": "f"})
    started = await start(visualStyle={"type": "ENTITY", "entityId": bare.entity_id})
    assert "visualStyle.entityId.references" in started.headers["VideoGen-Ignored-Fields"]
    assert style_words(engine) == "Ink wash"


async def test_a_style_must_be_a_living_style(engine: ParkedEngine, client: httpx.AsyncClient, start: Start) -> None:
    product = await create(client)
    gone = await create(client, entityType="VISUAL_STYLE", name="House")
    await client.post(f"/v1/entities/{gone.entity_id}/archive")
    style = {"type": "AI_IMAGE", "aiStyle": "neon"}
    refused = await start(visualStyle=style | {"entityId": product.entity_id})
    assert "not VISUAL_STYLE" in error_of(refused, 400).message
    error_of(await start(visualStyle=style | {"entityId": gone.entity_id}), 404)
    assert engine.queue.submitted == []


async def test_a_start_that_is_sent_again_is_answered_as_before_whatever_became_of_its_style(
    client: httpx.AsyncClient, start: Start
) -> None:
    style = await create(client, entityType="VISUAL_STYLE", description="Chalk on a green board.")
    look = {"type": "AI_IMAGE", "entityId": style.entity_id}
    headers = {"idempotency-key": "k"}
    first = await start(headers, visualStyle=look)
    assert first.status_code == 202, first.text
    await client.post(f"/v1/entities/{style.entity_id}/update", json={"description": "Neon at night."})
    changed = await start(headers, visualStyle=look)
    await client.post(f"/v1/entities/{style.entity_id}/archive")
    gone = await start(headers, visualStyle=look)
    for again in (changed, gone):
        assert (again.status_code, again.json()) == (202, first.json())
        assert again.headers["idempotency-replayed"] == "true"
    other = await start(headers, visualStyle=look, script="Another film.")
    assert error_of(other, 409).code == "idempotency_key_reused"
