"""Resources, prompts and completions, as a host lists, reads and completes them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from mcp.shared.exceptions import MCPError
from mcp_types import PromptReference, ReadResourceResult, ResourceTemplateReference, TextContent, TextResourceContents
from PIL import Image

from mcp import Client
from videogen_agents.config import load_settings
from videogen_agents.guides import guide_topics, read_guide
from videogen_agents.tools import Policy, Toolbox, tool_named
from videogen_agents.tools.prompts import PROMPTS, RATIOS, STYLES, prompt_named, prompt_text
from videogen_agents_mcp import build_server

from ..scripted_server import ScriptedServer
from .eras import BOTH_ERAS, FILM, JOB, Era, patiently, text_of

PROJECT = "vg_proj_0001"
FILE = "vg_file_0001"
TEMPLATES = [
    "videogen://projects/{id}",
    "videogen://jobs/{id}",
    "videogen://files/{id}",
    "videogen://guides/{topic}",
]
ARGUMENTS = {
    "explainer_from_text": {"text": "Water keeps you sharp.", "seconds": "30", "style": 'chalk "board"'},
    "short_from_readme": {"readme": "# A tool\nIt makes films."},
    "deck_to_video": {"deck": "talk.pptx", "language": "de"},
    "restyle": {"project": PROJECT, "style": "watercolour paper"},
    "localise": {"project": PROJECT, "language": "fr"},
}


def text_in(result: ReadResourceResult) -> str:
    (contents,) = result.contents
    assert isinstance(contents, TextResourceContents)
    return contents.text


async def finish_a_film(client: Client, server: ScriptedServer) -> None:
    server.polls_until_done = 0
    await client.call_tool("run_workflow", FILM)
    assert not (await client.call_tool("get_job", {"jobId": JOB, "waitSeconds": 45})).is_error


@BOTH_ERAS
async def test_the_guides_are_listed_and_read(era: Era, toolbox: Toolbox) -> None:
    async with Client(build_server(toolbox), mode=era) as client:
        listed = (await client.list_resources()).resources
        templates = (await client.list_resource_templates()).resource_templates
        texts = [text_in(await client.read_resource(one.uri)) for one in listed]
    assert [str(one.uri) for one in listed] == [f"videogen://guides/{guide.topic}" for guide in guide_topics()]
    assert texts == [read_guide(guide.topic) for guide in guide_topics()]
    assert {one.mime_type for one in listed} == {"text/markdown"}
    assert [one.uri_template for one in templates] == TEMPLATES


@BOTH_ERAS
async def test_a_project_a_job_and_a_file_are_told_by_id_without_links_or_bytes(
    era: Era, toolbox: Toolbox, server: ScriptedServer
) -> None:
    async with Client(build_server(toolbox), mode=era) as client:
        await finish_a_film(client, server)
        project = json.loads(text_in(await client.read_resource(f"videogen://projects/{PROJECT}")))
        job = json.loads(text_in(await client.read_resource(f"videogen://jobs/{JOB}")))
        file = json.loads(text_in(await client.read_resource(f"videogen://files/{FILE}")))
    assert (project["projectId"], project["aspectRatio"]) == (PROJECT, "16:9")
    assert (job["jobId"], job["status"], job["fileIds"]) == (JOB, "succeeded", [FILE])
    assert (file["fileId"], file["type"]) == (FILE, "VIDEO")
    assert not any("media.example" in json.dumps(one) for one in (project, job, file))


@BOTH_ERAS
async def test_a_failed_job_is_read_with_its_reason(era: Era, toolbox: Toolbox, server: ScriptedServer) -> None:
    server.final_status = "failed"
    server.polls_until_done = 0
    async with Client(build_server(toolbox), mode=era) as client:
        await client.call_tool("run_workflow", FILM)
        job = json.loads(text_in(await client.read_resource(f"videogen://jobs/{JOB}")))
    assert (job["status"], job["error"]) == ("failed", "The voice failed.")


@BOTH_ERAS
@pytest.mark.parametrize(
    "uri",
    [
        "videogen://projects/vg_proj_none",
        "videogen://jobs/vg_work_none",
        "videogen://files/vg_file_none",
        "videogen://guides/none",
        "videogen://guides/../guides/scripts",
        "videogen://guides/%2e%2e%2ferrors",
        "videogen://jobs/",
        "videogen://jobs/" + "x" * 201,
        "videogen://jobs/a%00b",
        "videogen://jobs/a/b",
        "videogen://voices/x",
        "file:///etc/passwd",
        "no address",
    ],
)
async def test_an_unknown_resource_is_not_found(uri: str, era: Era, toolbox: Toolbox) -> None:
    async with Client(build_server(toolbox), mode=era) as client:
        with pytest.raises(MCPError) as refused:
            await client.read_resource(uri)
    error = refused.value.error
    assert error.code == -32602
    assert error.data["uri"] == uri
    assert error.data["kind"] == "fix_input"


@BOTH_ERAS
async def test_what_the_policy_leaves_out_is_not_readable_by_another_door(era: Era, toolbox: Toolbox) -> None:
    toolbox.policy = Policy(tools=frozenset({"get_job"}))
    async with Client(build_server(toolbox), mode=era) as client:
        templates = (await client.list_resource_templates()).resource_templates
        assert [one.uri_template for one in templates] == ["videogen://jobs/{id}"]
        assert (await client.list_resources()).resources == []
        assert (await client.list_prompts()).prompts == []
        for uri in ("videogen://guides/scripts", f"videogen://projects/{PROJECT}"):
            with pytest.raises(MCPError):
                await client.read_resource(uri)


@BOTH_ERAS
async def test_the_prompts_carry_what_was_given_and_name_tools_that_exist(era: Era, toolbox: Toolbox) -> None:
    async with Client(build_server(toolbox), mode=era) as client:
        names = {tool.name for tool in (await client.list_tools()).tools}
        listed = (await client.list_prompts()).prompts
        assert [prompt.name for prompt in listed] == list(ARGUMENTS) == [prompt.name for prompt in PROMPTS]
        for prompt in listed:
            got = await client.get_prompt(prompt.name, ARGUMENTS[prompt.name])
            (message,) = got.messages
            assert isinstance(message.content, TextContent)
            said = message.content.text
            for value in ARGUMENTS[prompt.name].values():
                assert value in said or json.dumps(value) in said
            assert "get_job" in said and len(said.split()) < 200
            assert {word for word in names if word in said} >= set(
                next(p for p in PROMPTS if p.name == prompt.name).tools
            )


@pytest.mark.parametrize("style", [*STYLES, 'chalk "board"'])
def test_what_a_prompt_says_of_the_look_is_taken_by_the_tool(style: str, toolbox: Toolbox) -> None:
    prompt = prompt_named(toolbox, "explainer_from_text")
    for ratio in RATIOS:
        said = prompt_text(prompt, {"text": "Water.", "style": style, "aspect_ratio": ratio})
        found = re.search(r"Use visualStyle (.+) and aspectRatio (.+)\.$", said, re.MULTILINE)
        assert found is not None
        look = {"visualStyle": json.loads(found[1]), "aspectRatio": json.loads(found[2])}
        tool_named("run_workflow").parse({**FILM, **look})


@BOTH_ERAS
@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("no_such_prompt", {}),
        ("explainer_from_text", {}),
        ("explainer_from_text", {"text": "   "}),
        ("explainer_from_text", {"text": "Water.", "secnods": "30"}),
        ("explainer_from_text", {"text": "x" * 60_001}),
        ("explainer_from_text", {"text": "Water.\x00"}),
        ("localise", {"project": PROJECT}),
    ],
)
async def test_a_prompt_that_cannot_be_given_says_why(
    name: str, arguments: dict[str, str], era: Era, toolbox: Toolbox
) -> None:
    async with Client(build_server(toolbox), mode=era) as client:
        with pytest.raises(MCPError) as refused:
            await client.get_prompt(name, arguments)
    assert refused.value.error.code == -32602
    assert refused.value.error.data["next"]


async def complete(client: Client, ref: Any, name: str, value: str) -> list[str]:
    return (await client.complete(ref, {"name": name, "value": value})).completion.values


@BOTH_ERAS
async def test_ids_are_completed_from_the_ledger_and_the_newest_lists(
    era: Era, toolbox: Toolbox, server: ScriptedServer
) -> None:
    elsewhere = server.start_from_elsewhere()
    async with Client(build_server(toolbox), mode=era) as client:
        started = await client.call_tool("run_workflow", FILM)
        assert started.structured_content is not None
        job, project = started.structured_content["jobId"], started.structured_content["projectId"]
        jobs = ResourceTemplateReference(uri=TEMPLATES[1])
        assert set(await complete(client, jobs, "id", "")) == {job, elsewhere}
        assert await complete(client, jobs, "id", job) == [job]
        assert await complete(client, jobs, "id", "8 words") == [job]
        assert project in await complete(client, ResourceTemplateReference(uri=TEMPLATES[0]), "id", "")
        assert project in await complete(client, PromptReference(name="restyle"), "project", "")
        server.polls_until_done = 0
        await client.call_tool("get_job", {"jobId": job, "waitSeconds": 45})
        assert await complete(client, ResourceTemplateReference(uri=TEMPLATES[2]), "id", "vg_f") == [FILE]


@BOTH_ERAS
async def test_topics_styles_shapes_and_languages_are_completed(era: Era, toolbox: Toolbox) -> None:
    async with Client(build_server(toolbox), mode=era) as client:
        guides = ResourceTemplateReference(uri=TEMPLATES[3])
        assert await complete(client, guides, "topic", "voi") == ["voices-and-languages"]
        assert await complete(client, PromptReference(name="restyle"), "style", "chalk") == ["chalkboard"]
        assert await complete(client, PromptReference(name="explainer_from_text"), "aspect_ratio", "vert") == ["9:16"]
        assert await complete(client, PromptReference(name="localise"), "language", "German") == ["de"]
        assert await complete(client, PromptReference(name="localise"), "no_such", "x") == []
        assert await complete(client, ResourceTemplateReference(uri="videogen://voices/{id}"), "id", "") == []
        with pytest.raises(MCPError):
            await complete(client, PromptReference(name="no_such"), "x", "")


async def test_a_list_that_cannot_be_had_leaves_what_the_ledger_knows(toolbox: Toolbox, server: ScriptedServer) -> None:
    async with Client(build_server(toolbox)) as client:
        await client.call_tool("run_workflow", FILM)
        server.unavailable.add("listWorkflowRuns")
        assert await complete(client, ResourceTemplateReference(uri=TEMPLATES[1]), "id", "") == [JOB]


async def test_completing_ids_starts_no_engine(tmp_path: Path) -> None:
    settings = load_settings(backend="embedded", home=tmp_path, environ={})
    async with Client(build_server(Toolbox(settings))) as client:
        assert await complete(client, ResourceTemplateReference(uri=TEMPLATES[0]), "id", "") == []
    assert {path.suffix for path in tmp_path.iterdir()} <= {".db", ".db-shm", ".db-wal"}
    assert not (tmp_path / "app.db").exists()


async def test_ids_of_an_engine_that_runs_are_completed_from_its_lists(tmp_path: Path) -> None:
    settings = load_settings(backend="embedded", home=tmp_path, environ={})
    still = tmp_path / "still.png"
    Image.new("RGB", (64, 64), "teal").save(still)
    toolbox = Toolbox(settings.model_copy(update={"allowed_roots": (tmp_path,)}))
    async with Client(build_server(toolbox)) as client:
        added: dict[str, Any] = {}
        while "fileId" not in added:
            result = await patiently(client, "add_file", {"path": str(still)})
            assert not result.is_error, text_of(result)
            added = result.structured_content or {}
        file_id = added["fileId"]
        assert await complete(client, ResourceTemplateReference(uri=TEMPLATES[2]), "id", "still") == [file_id]
