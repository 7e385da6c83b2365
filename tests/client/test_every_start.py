"""Every kind of start happens once, whatever the connection does, and all its ids can be followed by themselves."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest

from videogen_agents.client import ASSETS, AssetRequest, JobKind, VideoClient
from videogen_agents.client.connected import Started
from videogen_agents.contract import (
    AddEntityReferenceRequest,
    CreateEntityRequest,
    CreateFileUrlImportRequest,
    CreateTimelineInterchangeRequest,
    GenerateImageRequest,
    RemixProjectRequest,
    RemoveEntityReferenceRequest,
    UpdateEntityRequest,
)
from videogen_agents.errors import ConnectionLostError, NotFoundError, UnavailableError, VideoError

from ..manual_clock import ManualClock
from ..scripted_server import Fault, ScriptedServer
from .test_starts import film

Connect = Callable[[], VideoClient]
PROJECT = "vg_proj_0001"
PICTURE = GenerateImageRequest(prompt="A glass of water on a desk.")
IMPORT = CreateFileUrlImportRequest(url="https://files.example/talk.mp4")
PRODUCT = CreateEntityRequest.model_validate({"entityType": "PRODUCT", "name": "Bottle"})


def edits(*kinds: str, **more: Any) -> RemixProjectRequest:
    return RemixProjectRequest.model_validate({"remixActions": [{"type": kind} for kind in kinds], **more})


@dataclass(frozen=True)
class Kind:
    """``start`` makes one; ``made`` lists the ids of what the server has of it."""

    name: str
    start: Callable[..., Awaitable[Started[Any]]]
    made: Callable[[ScriptedServer], list[str]]
    answered: Callable[[Any], str]


KINDS = [
    Kind(
        "asset",
        lambda client, **more: client.generate_asset(PICTURE, **more),
        lambda server: [one["toolExecutionId"] for one in server.executions],
        lambda reply: reply.tool_execution_id,
    ),
    Kind(
        "export",
        lambda client, **more: client.export_project(PROJECT, **more),
        lambda server: [one["exportId"] for one in server.exports],
        lambda reply: reply.export_id,
    ),
    Kind(
        "remix",
        lambda client, **more: client.remix_project(PROJECT, edits("ADD_ZOOM", "DISABLE_CAPTIONS"), **more),
        lambda server: [",".join(one["remixActionIds"]) for one in server.remixes],
        lambda reply: ",".join(reply.remix_action_ids),
    ),
    Kind(
        "remix of a copy",
        lambda client, **more: client.remix_project(
            PROJECT, edits("ADD_ZOOM", "SHUFFLE_STOCK_VISUALS", saveAsNewProject=True), **more
        ),
        lambda server: [",".join([one["projectId"], *one["remixActionIds"]]) for one in server.remixes],
        lambda reply: ",".join([reply.project_id, *reply.remix_action_ids]),
    ),
    Kind(
        "entity",
        lambda client, **more: client.create_entity(PRODUCT, **more),
        lambda server: [one["entityId"] for one in server.entities],
        lambda reply: reply.entity_id,
    ),
]
UNLISTED = [
    Kind(
        "timeline",
        lambda client, **more: client.create_timeline_interchange(PROJECT, **more),
        lambda server: [one["interchangeJobId"] for one in server.interchanges],
        lambda reply: reply.interchange_job_id,
    ),
    Kind(
        "URL import",
        lambda client, **more: client.import_url(IMPORT, **more),
        lambda server: [one["fileImportId"] for one in server.imports],
        lambda reply: reply.file_import_id,
    ),
]
LOST = [
    Fault.CUT_BEFORE_STATUS_LINE,
    Fault.CUT_IN_HEADERS,
    Fault.CUT_IN_BODY,
    Fault.STALLED,
    Fault.BAD_GATEWAY_AFTER_START,
]
UNDONE = [Fault.NOT_CONNECTED, Fault.RATE_LIMITED]
each = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
each_unlisted = pytest.mark.parametrize("kind", UNLISTED, ids=lambda kind: kind.name)
each_of_all = pytest.mark.parametrize("kind", KINDS + UNLISTED, ids=lambda kind: kind.name)


async def with_project(connect: Connect, server: ScriptedServer) -> VideoClient:
    """A client on a server with one film, whose ledger knows nothing of it."""
    server.project(server.add_project({"script": "Water keeps you sharp."})["projectId"])
    server.polls_until_done = 1_000
    return connect()


@each
@pytest.mark.parametrize("fault", [*LOST, *UNDONE, Fault.CUT_WHILE_SENDING, Fault.BAD_GATEWAY_BEFORE_START])
async def test_a_broken_start_leaves_exactly_one_and_returns_its_ids(
    kind: Kind, fault: Fault, connect: Connect, server: ScriptedServer
) -> None:
    client = await with_project(connect, server)
    server.faults = deque([fault])
    started = await kind.start(client)
    assert kind.made(server) == [kind.answered(started.reply)]
    assert started.recovered is (fault in LOST)


@each_unlisted
@pytest.mark.parametrize("fault", LOST)
async def test_what_no_list_shows_stays_unconfirmed_until_another_is_asked_for(
    kind: Kind, fault: Fault, connect: Connect, server: ScriptedServer
) -> None:
    client = await with_project(connect, server)
    server.faults = deque([fault])
    for _ in range(2):
        with pytest.raises(ConnectionLostError) as caught:
            await kind.start(client)
        assert caught.value.code == "start_unconfirmed"
        assert "new=true" in (caught.value.next_step or "")
    with pytest.raises(ConnectionLostError):
        await kind.start(connect())
    assert len(kind.made(server)) == 1
    started = await kind.start(client, new=True)
    assert len(kind.made(server)) == 2
    assert kind.answered(started.reply) == kind.made(server)[1]
    assert (await kind.start(client)).reused


@each_unlisted
@pytest.mark.parametrize("fault", UNDONE)
async def test_what_surely_was_not_started_is_sent_again_even_where_no_list_shows_it(
    kind: Kind, fault: Fault, connect: Connect, server: ScriptedServer
) -> None:
    client = await with_project(connect, server)
    server.faults = deque([fault])
    started = await kind.start(client)
    assert kind.made(server) == [kind.answered(started.reply)]


async def test_the_file_of_a_lost_import_is_named_as_a_candidate(connect: Connect, server: ScriptedServer) -> None:
    client = connect()
    server.add_file("older.mp4", "VIDEO", b"older")
    server.faults = deque([Fault.CUT_IN_BODY])
    server.after_work = lambda _operation: server.add_file("talk.mp4", "VIDEO", b"talk") and None
    with pytest.raises(ConnectionLostError) as caught:
        await client.import_url(IMPORT)
    assert caught.value.ids == {"candidate_1": "vg_file_0002"}


@each_of_all
async def test_the_same_request_returns_what_exists_and_new_or_a_key_makes_another(
    kind: Kind, connect: Connect, server: ScriptedServer
) -> None:
    client = await with_project(connect, server)
    first = await kind.start(client)
    second = await kind.start(connect())
    assert (first.reused, second.reused) == (False, True)
    assert second.reply == first.reply
    await kind.start(client, new=True)
    await kind.start(client, key="another")
    assert len(kind.made(server)) == 3


@each_of_all
async def test_two_at_once_start_one(kind: Kind, connect: Connect, server: ScriptedServer) -> None:
    client, other = await with_project(connect, server), connect()
    outcomes = await asyncio.gather(kind.start(client), kind.start(other), return_exceptions=True)
    assert len(kind.made(server)) == 1
    refused = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
    assert {getattr(error, "code", None) for error in refused} <= {"start_in_progress"}
    assert kind.answered((await kind.start(client)).reply) == kind.made(server)[0]


@each
async def test_a_call_that_was_cut_short_is_resolved_by_the_next_one_without_a_second_start(
    kind: Kind, connect: Connect, server: ScriptedServer
) -> None:
    class GoneError(BaseException):
        pass

    def die(_operation: str) -> None:
        raise GoneError

    client = await with_project(connect, server)
    server.after_work = die
    with pytest.raises(GoneError):
        await kind.start(client)
    server.after_work = None
    started = await kind.start(connect())
    assert started.recovered
    assert kind.made(server) == [kind.answered(started.reply)]


@each
async def test_a_start_that_the_server_took_is_never_sent_again_although_no_list_shows_it(
    kind: Kind, connect: Connect, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = await with_project(connect, server)
    server.faults = deque([Fault.CUT_IN_BODY])
    # The list shows nothing of it: as if it had been made by nobody.
    monkeypatch.setattr(client.ledger, "owned", lambda ids: set(ids))  # type: ignore[arg-type]
    for _ in range(3):
        with pytest.raises(ConnectionLostError) as caught:
            await kind.start(client)
        assert caught.value.code == "start_unconfirmed"
    assert len(kind.made(server)) == 1


# Remix


async def test_an_edited_project_is_edited_again_by_the_same_request_once_the_first_edit_is_done(
    connect: Connect, server: ScriptedServer
) -> None:
    client = await with_project(connect, server)
    first = await client.remix_project(PROJECT, edits("ADD_ZOOM"))
    while_it_runs = await client.remix_project(PROJECT, edits("ADD_ZOOM"))
    assert while_it_runs.reused
    server.finish(first.reply.remix_action_ids[0])
    again = await client.remix_project(PROJECT, edits("ADD_ZOOM"))
    assert not again.reused
    assert len(server.remixes) == 2


async def test_an_export_of_an_edited_project_renders_again(connect: Connect, server: ScriptedServer) -> None:
    client = await with_project(connect, server)
    await client.export_project(PROJECT)
    await client.remix_project(PROJECT, edits("ADD_ZOOM"))
    assert not (await client.export_project(PROJECT)).reused
    assert (await client.export_project(PROJECT)).reused
    assert len(server.exports) == 2


async def test_a_lost_export_of_an_older_state_is_found_and_the_newer_state_rendered_too(
    connect: Connect, server: ScriptedServer
) -> None:
    class GoneError(BaseException):
        pass

    def die(_operation: str) -> None:
        raise GoneError

    client = await with_project(connect, server)
    server.after_work = die
    with pytest.raises(GoneError):
        await client.export_project(PROJECT)
    server.after_work = None
    server.project(PROJECT)["updatedAt"] += 1
    started = await client.export_project(PROJECT)
    assert not started.reused
    assert started.reply.export_id == "vg_expo_0002"
    assert (await client.get_job("vg_expo_0001")).kind is JobKind.EXPORT


async def test_edits_of_others_at_the_same_time_are_named_instead_of_guessed(
    connect: Connect, server: ScriptedServer
) -> None:
    client = await with_project(connect, server)
    server.faults = deque([Fault.CUT_IN_BODY])

    def meddle(_operation: str) -> None:
        server.after_work = None
        stranger = dict(server.remix_actions[-1], remixActionId="vg_rmix_stranger", startedBy="stranger")
        server.remix_actions.append(stranger)

    server.after_work = meddle
    with pytest.raises(ConnectionLostError) as caught:
        await client.remix_project(PROJECT, edits("ADD_ZOOM"))
    assert caught.value.code == "start_unconfirmed"
    assert set(caught.value.ids.values()) == {"vg_rmix_0001", "vg_rmix_stranger"}


async def test_edits_of_other_types_do_not_stand_in_the_way_of_finding_ours_in_order(
    connect: Connect, server: ScriptedServer
) -> None:
    client = await with_project(connect, server)
    await client.remix_project(PROJECT, edits("SHUFFLE_STOCK_VISUALS"))
    server.faults = deque([Fault.CUT_BEFORE_STATUS_LINE])
    started = await client.remix_project(PROJECT, edits("ADD_ZOOM", "DISABLE_CAPTIONS", "ADD_ZOOM"))
    assert started.recovered
    assert started.reply.remix_action_ids == ["vg_rmix_0002", "vg_rmix_0003", "vg_rmix_0004"]


# Following


@pytest.mark.parametrize("request_type", list(ASSETS), ids=lambda one: one.__name__)
async def test_every_asset_is_started_followed_and_found_by_its_bare_id(
    request_type: type[AssetRequest], connect: Connect, server: ScriptedServer
) -> None:
    values = {
        "prompt": "Water.",
        "ttsText": "Water.",
        "voiceId": "Ada",
        "imageFileId": "vg_file_1",
        "videoFileId": "vg_file_1",
        "actorEntityId": "vg_enti_mia",
        "audioFileId": "vg_file_1",
    }
    started = await connect().generate_asset(request_type.model_validate(values))
    client = connect()
    job = await client.wait_for_job(started.reply.tool_execution_id)
    assert (job.kind, job.status) == (JobKind.TOOL_EXECUTION, "succeeded")
    assert job.tool_type == ASSETS[request_type][1]
    assert job.file_id == job.results[0].file_id
    assert job.download_url
    page = await client.tool_executions()
    assert [one.tool_execution_id for one in page.tool_executions] == [started.reply.tool_execution_id]


async def test_several_results_are_all_in_the_job(connect: Connect, server: ScriptedServer) -> None:
    client = connect()
    request = PICTURE.model_copy(update={"num_results": 3})
    job = await client.wait_for_job((await client.generate_asset(request)).reply.tool_execution_id)
    assert len({one.file_id for one in job.results}) == 3
    assert job.file_id is None


async def test_every_edit_of_a_film_and_of_a_remix_is_read_by_its_bare_id(
    connect: Connect, server: ScriptedServer
) -> None:
    request = film().model_copy(update={"remix_actions": edits("ADD_ZOOM", "DISABLE_CAPTIONS").remix_actions})
    run = await connect().start_workflow(request)
    remix = await connect().remix_project(run.reply.project_id, edits("ADD_ZOOM", "SHUFFLE_STOCK_VISUALS"))
    client = connect()
    ids = [*run.reply.remix_action_ids, *remix.reply.remix_action_ids]
    assert len(ids) == 4
    for action_id in ids:
        job = await client.wait_for_job(action_id)
        assert (job.kind, job.status) == (JobKind.REMIX_ACTION, "succeeded")
        assert job.project_id == run.reply.project_id
        assert job.ids()["remix_action_id"] == action_id
    listed = await client.remix_actions(run.reply.project_id)
    assert {one.remix_action_id for one in listed.remix_actions} == set(ids)


async def test_an_edit_on_a_later_page_is_found_when_its_project_is_told(
    connect: Connect, server: ScriptedServer
) -> None:
    client = await with_project(connect, server)
    action = (await client.remix_project(PROJECT, edits("ADD_ZOOM"))).reply.remix_action_ids[0]
    for number in range(150):
        server.remix_actions.append(dict(server.remix_actions[0], remixActionId=f"vg_rmix_x{number}"))
    (client.settings.home / "ledger.db").unlink()
    stranger = VideoClient(client.settings, transport=client._transport, clock=ManualClock())
    with pytest.raises(NotFoundError) as caught:
        await stranger.get_job(action)
    assert "project_id" in (caught.value.next_step or "")
    assert (await stranger.get_job(action, project_id=PROJECT)).kind is JobKind.REMIX_ACTION


async def test_a_timeline_and_an_import_end_with_their_files(connect: Connect, server: ScriptedServer) -> None:
    client = await with_project(connect, server)
    server.polls_until_done = 2
    request = CreateTimelineInterchangeRequest.model_validate({"format": "OTIO"})
    timeline = (await client.create_timeline_interchange(PROJECT, request)).reply.interchange_job_id
    job = await connect().wait_for_job(timeline)
    assert (job.kind, job.format) == (JobKind.TIMELINE_INTERCHANGE, "OTIO")
    assert job.file_id and job.download_url
    imported = await connect().wait_for_job((await client.import_url(IMPORT)).reply.file_import_id)
    assert imported.kind is JobKind.FILE_IMPORT
    assert imported.file_id and imported.download_url


async def test_a_failed_import_says_why_in_words(connect: Connect, server: ScriptedServer) -> None:
    server.final_status = "failed"
    client = connect()
    job = await client.wait_for_job((await client.import_url(IMPORT)).reply.file_import_id)
    with pytest.raises(VideoError) as caught:
        job.raise_for_failure()
    assert caught.value.message == "The voice failed."


@pytest.mark.parametrize("kind", ["remix", "export", "timeline", "URL import"])
async def test_what_cannot_be_cancelled_says_so_plainly(kind: str, connect: Connect, server: ScriptedServer) -> None:
    client = await with_project(connect, server)
    start = next(one for one in KINDS + UNLISTED if one.name == kind)
    started = await start.start(client)
    with pytest.raises(UnavailableError) as caught:
        await client.cancel_job(start.answered(started.reply).split(",")[0])
    assert caught.value.code == "not_cancellable"
    assert "no way to cancel" in caught.value.message


async def test_an_execution_is_cancelled(connect: Connect, server: ScriptedServer) -> None:
    client = await with_project(connect, server)
    started = await client.generate_asset(PICTURE)
    assert (await client.cancel_job(started.reply.tool_execution_id)).status == "cancelled"


# Entities and search


async def test_an_entity_is_made_listed_changed_and_archived(connect: Connect, server: ScriptedServer) -> None:
    client = connect()
    entity = (await client.create_entity(PRODUCT)).reply
    await client.update_entity(entity.entity_id, UpdateEntityRequest(description="Blue."))
    assert (await client.entity(entity.entity_id)).description == "Blue."
    assert (await client.create_entity(PRODUCT)).reply.description == "Blue."
    assert [one.name for one in (await client.entities(entity_type=PRODUCT.entity_type)).entities] == ["Bottle"]
    assert (await client.archive_entity(entity.entity_id)).archived
    assert not (await client.create_entity(PRODUCT)).reused


async def test_what_was_taken_away_before_the_reply_was_lost_is_gone_and_no_error(
    connect: Connect, server: ScriptedServer
) -> None:
    client = connect()
    server.add_file("Bottle.png", "IMAGE", b"png")
    entity_id = (await client.create_entity(PRODUCT)).reply.entity_id
    added = AddEntityReferenceRequest(file_id="vg_file_0001")
    server.fail_next("addEntityReference", Fault.CUT_IN_BODY)
    assert len((await client.add_entity_reference(entity_id, added)).references) == 1
    removed = RemoveEntityReferenceRequest(file_id="vg_file_0001")
    server.fail_next("removeEntityReference", Fault.CUT_IN_BODY)
    assert (await client.remove_entity_reference(entity_id, removed)).references == []
    with pytest.raises(NotFoundError):
        await client.remove_entity_reference(entity_id, removed)
    server.fail_next("archiveEntity", Fault.CUT_BEFORE_STATUS_LINE)
    assert (await client.archive_entity(entity_id)).archived
    with pytest.raises(NotFoundError):
        await client.archive_entity(entity_id)


async def test_files_are_found_by_words(connect: Connect, server: ScriptedServer) -> None:
    server.add_file("Blue bottle.png", "IMAGE", b"png")
    found = await connect().search_files("blue", limit=3)
    assert [one.file.display_name for one in found.results] == ["Blue bottle.png"]


async def test_scenes_are_told_by_our_own_engine_alone(connect: Connect) -> None:
    assert await connect().project_scenes(PROJECT) is None


async def test_an_edit_that_a_lagging_list_does_not_show_yet_is_not_started_again(
    connect: Connect, server: ScriptedServer
) -> None:
    client = await with_project(connect, server)
    first = await client.remix_project(PROJECT, edits("ADD_ZOOM"))
    server.hide_new_runs_for = 1
    again = await client.remix_project(PROJECT, edits("ADD_ZOOM"))
    assert again.reused and again.reply == first.reply
    assert len(server.remixes) == 1


@each_of_all
async def test_a_server_that_is_slow_to_know_a_job_is_not_asked_for_another(
    kind: Kind, connect: Connect, server: ScriptedServer
) -> None:
    client = await with_project(connect, server)
    first = await kind.start(client)
    server.unknown_reads, server.hide_new_runs_for = 1, 1
    again = await kind.start(client)
    assert again.reused and again.reply == first.reply
    assert len(kind.made(server)) == 1


async def test_a_job_that_a_server_has_forgotten_is_started_again(
    connect: Connect, server: ScriptedServer, clock: ManualClock
) -> None:
    client = await with_project(connect, server)
    await client.generate_asset(PICTURE)
    clock.time += 3600
    server.executions.clear()
    assert not (await client.generate_asset(PICTURE)).reused
    assert len(server.executions) == 1
