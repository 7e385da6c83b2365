"""Music and narrators over the contract: the jobs, the exports and what undoing brings back."""

from __future__ import annotations

import httpx

from .test_film import start
from .test_remix import detail, edited, exported

MUSIC = {"type": "GENERATE_MUSIC", "prompt": "warm acoustic guitar"}


async def test_music_is_added_turned_up_and_undone_without_a_picture_rendered(live_client: httpx.AsyncClient) -> None:
    run = await start(live_client, script="Water is life. Drink it.", autoExport=True)
    await detail(live_client, run["workflowRunId"])
    project = run["projectId"]
    first, _ = await exported(live_client, project)
    added, louder = await edited(live_client, project, MUSIC, {"type": "SET_BACKGROUND_MUSIC", "volume": 0.9})
    for job in (added, louder):
        assert (job["status"], job["secondsRendered"], job["scenesRendered"]) == ("succeeded", 0, 0)
    assert any("Acoustic music" in note for note in added["notes"])
    assert any(text.startswith("music: built-in composer") for text in louder["madeBy"])
    with_music, rendered = await exported(live_client, project)
    assert with_music != first
    assert rendered["secondsRendered"] == 0
    for _ in range(2):
        assert (await live_client.post(f"/engine/v1/projects/{project}/undo")).status_code == 200
    assert (await exported(live_client, project))[0] == first


async def test_a_run_may_ask_for_another_narrator_music_and_a_clean_transcript(live_client: httpx.AsyncClient) -> None:
    actions = [{"type": "CHANGE_NARRATOR", "voiceId": "Flite RMS", "voiceSpeed": 1.2}, {"type": "CLEAN_UP_TRANSCRIPT"}]
    run = await start(live_client, script="Um, water is life.", remixActions=[*actions, MUSIC])
    done = await detail(live_client, run["workflowRunId"])
    assert done["status"] == "succeeded"
    assert done["degraded"] == []
    assert done["version"] == 4
    assert any("RMS" in text for text in done["madeBy"])
    listed = (await live_client.get(f"/v1/projects/{run['projectId']}/remix-actions")).json()["remixActions"]
    assert [action["status"] for action in listed] == ["succeeded"] * 3


async def test_an_unknown_actor_cannot_narrate_and_the_answer_says_why(live_client: httpx.AsyncClient) -> None:
    run = await start(live_client, script="Water is life.")
    await detail(live_client, run["workflowRunId"])
    action = {"type": "CHANGE_NARRATOR", "voiceId": "Flite SLT", "actorEntityId": "vg_enti_1"}
    response = await live_client.post(f"/v1/projects/{run['projectId']}/remix", json={"remixActions": [action]})
    assert response.status_code == 404
    assert "actor" in response.text
