"""Whatever is wrong with a call: it is said plainly, it can be mended, and nothing was started.

The sweeps run over the tool table itself, so a new tool or argument is swept from its first day.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from videogen_agents.config import Settings
from videogen_agents.errors import ErrorKind
from videogen_agents.testing import ScriptedServer
from videogen_agents.tools import TOOLS, Policy, Toolbox, ToolOutcome, call_tool
from videogen_agents.tools.arguments import known_names
from videogen_agents.tools.asset_tools import ASSETS
from videogen_agents.tools.workflow_tools import WORKFLOWS

SCRIPT = "Water keeps you sharp."
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 200
#: Arguments that each tool takes; the sweeps spoil them one at a time.
GOOD: dict[str, dict[str, Any]] = {
    "run_workflow": {"workflow": "script_to_video", "script": SCRIPT},
    "remix_project": {"projectId": "vg_proj_0001", "remixActions": [{"type": "ADD_ZOOM"}]},
    "export_project": {"projectId": "vg_proj_0001"},
    "generate_asset": {"asset": "generate_music", "prompt": "calm piano"},
    "get_job": {"jobId": "vg_work_0001"},
    "cancel_job": {"jobId": "vg_work_0001"},
    "add_file": {"path": "logo.png"},
    "get_file": {"fileId": "vg_file_0001"},
    "find": {"type": "voices"},
    "inspect_project": {"projectId": "vg_proj_0001"},
    "save_entity": {"entityType": "ACTOR", "name": "Ada"},
    "get_guide": {"topic": "scripts"},
}
#: Where the arguments stand that have variants, and which call of the variant takes them.
VARIANTS = {"run_workflow": WORKFLOWS, "generate_asset": ASSETS}


def good(tool: str, argument: str) -> dict[str, Any]:
    """A call that ``tool`` takes, of a variant that reads ``argument``."""
    if tool in VARIANTS and argument not in GOOD[tool]:
        variants = VARIANTS[tool]
        for name, model in variants.models.items():
            if argument in known_names(model):
                return {variants.discriminator: name, **variants.examples[name]}
    return {**GOOD[tool], "format": "OTIO"} if argument == "mediaDelivery" else GOOD[tool]


ARGUMENTS = [
    pytest.param(spec.name, name, schema, id=f"{spec.name}-{name}")
    for spec in TOOLS
    for name, schema in spec.schema["properties"].items()  # type: ignore[union-attr]
]
TEXTS = [case for case in ARGUMENTS if case.values[2].get("type") == "string"]  # type: ignore[union-attr]
CHOICES = [case for case in TEXTS if "enum" in case.values[2]]  # type: ignore[operator]
REQUIRED = [
    pytest.param(spec.name, name, id=f"{spec.name}-{name}")
    for spec in TOOLS
    for name in spec.schema.get("required", ())  # type: ignore[union-attr]
]
EACH_TOOL = pytest.mark.parametrize("tool", [spec.name for spec in TOOLS])


@pytest.fixture(autouse=True)
def _logo(settings: Settings) -> None:
    (settings.allowed_roots[0] / "logo.png").write_bytes(PNG)


def refused(outcome: ToolOutcome, *codes: str) -> str:
    """The text of an error that its reader can mend: short, and never a library's own words."""
    assert outcome.is_error, outcome.text
    assert outcome.error is not None
    assert outcome.error.kind is ErrorKind.FIX_INPUT, outcome.text
    assert not codes or outcome.error.code in codes, outcome.text
    assert len(outcome.text.splitlines()) <= 3
    assert len(outcome.text) < 3000
    for foreign in ("pydantic", "Traceback", "input_type", "errors.pydantic.dev", "object at 0x"):
        assert foreign not in outcome.text
    return outcome.text


def test_the_sweeps_know_every_tool() -> None:
    assert list(GOOD) == [spec.name for spec in TOOLS]


@EACH_TOOL
async def test_an_argument_that_does_not_exist_is_named_with_the_nearest_that_does(
    tool: str, toolbox: Toolbox, server: ScriptedServer
) -> None:
    known = next(iter(GOOD[tool]))
    text = refused(await call_tool(toolbox, tool, {**GOOD[tool], f"{known}q": "x"}), "unknown_argument")
    assert f"{known}q" in text
    assert f"Did you mean {known}?" in text
    assert server.requests == []


@pytest.mark.parametrize(("tool", "argument", "schema"), ARGUMENTS)
async def test_an_argument_of_the_wrong_type_is_refused(
    tool: str, argument: str, schema: dict[str, Any], toolbox: Toolbox, server: ScriptedServer
) -> None:
    wrong = 7 if schema["type"] in ("array", "object") else {"unexpected": ["object"]}
    outcome = await call_tool(toolbox, tool, {**good(tool, argument), argument: wrong})
    assert argument in refused(outcome, "invalid_arguments", "unknown_argument")
    assert server.requests == []


@pytest.mark.parametrize(("tool", "argument", "schema"), CHOICES)
async def test_a_choice_that_does_not_exist_is_refused_with_those_that_do(
    tool: str, argument: str, schema: dict[str, Any], toolbox: Toolbox, server: ScriptedServer
) -> None:
    outcome = await call_tool(toolbox, tool, {**good(tool, argument), argument: "nonsense"})
    text = refused(outcome, "invalid_arguments", "unknown_topic")
    assert argument in text
    assert any(choice in text for choice in schema["enum"])
    assert server.requests == []


@pytest.mark.parametrize(("tool", "argument"), REQUIRED)
async def test_a_missing_argument_is_named(tool: str, argument: str, toolbox: Toolbox, server: ScriptedServer) -> None:
    rest = {name: value for name, value in GOOD[tool].items() if name != argument}
    assert argument in refused(await call_tool(toolbox, tool, rest), "invalid_arguments")
    assert server.requests == []


@pytest.mark.parametrize(
    ("spoiled", "code"),
    [
        pytest.param("x" * 10_000_000, "limit_exceeded", id="ten-megabytes"),
        pytest.param("a\x00b", "invalid_text", id="NUL"),
        pytest.param("\ud800", "invalid_text", id="half-a-surrogate-pair"),
        pytest.param(float("nan"), "invalid_text", id="NaN"),
        pytest.param([[[[[[[[[[[[[["deep"]]]]]]]]]]]]]], "limit_exceeded", id="deep-list"),
    ],
)
@EACH_TOOL
async def test_what_no_argument_may_hold_is_refused_wherever_it_stands(
    spoiled: object, code: str, tool: str, toolbox: Toolbox, server: ScriptedServer
) -> None:
    every = next(spec for spec in TOOLS if spec.name == tool).schema["properties"]
    # Ten megabytes take a while to look at, so they stand where everybody would put them.
    for argument in GOOD[tool] if isinstance(spoiled, str) and len(spoiled) > 1000 else every:  # type: ignore[union-attr]
        refused(await call_tool(toolbox, tool, {**GOOD[tool], argument: spoiled}), code)
    refused(await call_tool(toolbox, tool, {**GOOD[tool], next(iter(GOOD[tool])): [{"a": spoiled}]}), code)
    assert server.requests == []


@EACH_TOOL
async def test_nesting_deeper_than_python_can_walk_is_refused(
    tool: str, toolbox: Toolbox, server: ScriptedServer
) -> None:
    deep: list[Any] = []
    for _ in range(50_000):
        deep = [deep]
    argument = next(iter(GOOD[tool]))
    refused(await call_tool(toolbox, tool, {**GOOD[tool], argument: deep}), "limit_exceeded")
    # The same as a JSON text, which some hosts send for nested values.
    text = "[" * 50_000 + "]" * 50_000
    outcome = await call_tool(toolbox, tool, {**GOOD[tool], argument: text})
    if outcome.error is None or outcome.error.code != "wrong_file_ending":
        refused(outcome)
    assert not [request for request in server.requests if not request.startswith("GET ")]


# Ids

#: The tools that take an id, and under which name.
IDS = [
    pytest.param(tool, name, id=f"{tool}-{name}")
    for tool, name in (
        ("remix_project", "projectId"),
        ("export_project", "projectId"),
        ("inspect_project", "projectId"),
        ("get_job", "jobId"),
        ("cancel_job", "jobId"),
        ("get_file", "fileId"),
        ("save_entity", "entityId"),
    )
]
#: What is no id of anything, though it may look like a path, a query or a template.
NO_IDS = ("vg_none_9999", "../../me", "a/b?c=d#e", "%2e%2e%2fme", "{jobId}", "https://127.0.0.1/", "ид", " ", "a b")


@pytest.mark.parametrize("foreign", NO_IDS)
@pytest.mark.parametrize(("tool", "argument"), IDS)
async def test_a_foreign_id_is_not_found(
    tool: str, argument: str, foreign: str, toolbox: Toolbox, server: ScriptedServer
) -> None:
    arguments = {**GOOD[tool], argument: foreign}
    if tool == "save_entity":
        arguments = {argument: foreign, "name": "Ada"}
    refused(await call_tool(toolbox, tool, arguments))
    assert (server.started, server.entities, server.files, server.cancelled) == (0, [], [], set())
    # An id is one segment of a path, whatever stands in it: nothing but what the tool reads was asked for.
    assert "GET /v1/me" not in server.requests


@pytest.mark.parametrize(
    ("tool", "argument", "kind"),
    [
        pytest.param(tool, name, kind, id=f"{tool}-{name}-{kind}")
        for tool, name, right in (
            ("remix_project", "projectId", "project"),
            ("export_project", "projectId", "project"),
            ("inspect_project", "projectId", "project"),
            ("get_job", "jobId", "job"),
            ("cancel_job", "jobId", "job"),
            ("get_file", "fileId", "file"),
            ("save_entity", "entityId", "entity"),
        )
        for kind in ("project", "job", "file", "entity")
        if kind != right
    ],
)
async def test_an_id_of_the_wrong_kind_is_refused(
    tool: str, argument: str, kind: str, toolbox: Toolbox, server: ScriptedServer
) -> None:
    run = await call_tool(toolbox, "run_workflow", GOOD["run_workflow"])
    added = await call_tool(toolbox, "add_file", GOOD["add_file"])
    entity = await call_tool(toolbox, "save_entity", GOOD["save_entity"])
    ids = {
        "project": run.data.model_dump()["project_id"],
        "job": run.data.model_dump()["job_id"],
        "file": added.data.model_dump()["file_id"],
        "entity": entity.data.model_dump()["entity_id"],
    }
    before = (server.started, len(server.files), list(server.entities), set(server.cancelled))
    arguments = {**GOOD[tool], argument: ids[kind]}
    if tool == "save_entity":
        arguments = {argument: ids[kind], "name": "Grace"}
    refused(await call_tool(toolbox, tool, arguments))
    assert (server.started, len(server.files), list(server.entities), set(server.cancelled)) == before


# Paths

OUTSIDE = ("/etc/passwd", "../outside.png", "~/outside.png", "work/../../outside.png", "door.png", "room/inside.png")
PATHS = [
    pytest.param({"path": ""}, "add_file", "path", id="add_file-path"),
    pytest.param({"path": "logo.png"}, "add_file", "transcriptPath", id="add_file-transcriptPath"),
    pytest.param({}, "get_file", "savePath", id="get_file-savePath"),
]


@pytest.mark.parametrize("path", [*OUTSIDE, "/dev/zero", "/proc/self/environ", "x" * 999, "n" * 300 + ".png"])
@pytest.mark.parametrize(("others", "tool", "argument"), PATHS)
async def test_no_path_leaves_the_allowed_folders(
    others: dict[str, Any],
    tool: str,
    argument: str,
    path: str,
    toolbox: Toolbox,
    server: ScriptedServer,
    settings: Settings,
    tmp_path: Path,
) -> None:
    outside = tmp_path / "outside.png"
    outside.write_bytes(PNG)
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "inside.png").write_bytes(PNG)
    for root in settings.allowed_roots:
        root.mkdir(parents=True, exist_ok=True)
        (root / "door.png").symlink_to(outside)
        (root / "room").symlink_to(tmp_path / "room")
    if tool == "get_file":
        await call_tool(toolbox, "run_workflow", GOOD["run_workflow"])
        job = await call_tool(toolbox, "get_job", {"jobId": "vg_work_0001", "waitSeconds": 45})
        others = {"fileId": job.data.model_dump()["file_id"]}
        server.requests.clear()
    text = refused(await call_tool(toolbox, tool, {**others, argument: path}))
    assert "root:" not in text
    assert outside.read_bytes() == PNG
    assert {one.name for one in tmp_path.iterdir()} <= {"home", "outside.png", "room", "videos", "work"}
    assert [one.name for one in (tmp_path / "room").iterdir()] == ["inside.png"]
    # To hydrate is to ask what a file is; of its bytes nothing was asked, and nothing was sent.
    changes = [request for request in server.requests if not request.startswith("GET /v1/")]
    assert [request for request in changes if not request.endswith("/hydrate")] == []


# Addresses. The fetch is the backend's: the hosted API resolves names and follows redirects itself, and the embedded
# engine imports nothing yet (501). So a public name that resolves or redirects to a private address is not ours to see;
# what is plainly private is refused before anything is sent, and our own process never fetches such an address.

PRIVATE = (
    "http://127.0.0.1/a.png",
    "http://127.1/a.png",
    "http://2130706433/a.png",
    "http://0x7f000001/a.png",
    "http://0177.0.0.1/a.png",
    "http://127.0.0.1./a.png",
    "http://0.0.0.0/a.png",
    "http://0/a.png",
    "http://10.0.0.1/a.png",
    "http://172.16.0.1/a.png",
    "http://192.168.1.1/a.png",
    "http://100.64.0.1/a.png",
    "http://169.254.169.254/latest/meta-data/",
    "http://224.0.0.1/a.png",
    "http://255.255.255.255/a.png",
    "http://[::1]/a.png",
    "http://[::]/a.png",
    "http://[::ffff:127.0.0.1]/a.png",
    "http://[::127.0.0.1]/a.png",
    "http://[64:ff9b::7f00:1]/a.png",
    "http://[2002:7f00:1::]/a.png",
    "http://[fd00::1]/a.png",
    "http://[fe80::1%25eth0]/a.png",
    "http://localhost/a.png",
    "http://LOCALHOST./a.png",
    "http://localhost.localdomain/a.png",
    "http://printer.local/a.png",
    "http://metadata.google.internal/computeMetadata/v1/",
    "http://intranet/a.png",
    "http://①②⑦.0.0.1/a.png",
    "http://127。0。0。1/a.png",
    "http://%31%32%37.0.0.1/a.png",
    "http://local\u200bhost/a.png",
    "http://127。0.0.1/a.png",
    "http://127.0.0.1\\@example.com/a.png",
    "http://example.com:22/a.png",
)
NOT_HTTP = (
    "file:///etc/passwd",
    "ftp://example.com/a.png",
    "gopher://example.com/",
    "data:image/png;base64,AAAA",
    "javascript:alert(1)",
    "//example.com/a.png",
    "example.com/a.png",
    "http:/example.com/a.png",
    "http:///a.png",
    "https://",
    "https://user:word@example.com/a.png",
    "https://user@127.0.0.1/a.png",
    "https://exam\nple.com/a.png",
    "https://[::1/a.png",
    "https://example.com:99999/a.png",
)
URLS = [
    pytest.param("add_file", {}, "url", id="add_file-url"),
    pytest.param("run_workflow", {"workflow": "video_to_video", "prompt": "sharper"}, "videoUrl", id="run_workflow"),
]


@pytest.mark.parametrize("address", [*PRIVATE, *NOT_HTTP])
@pytest.mark.parametrize(("tool", "others", "argument"), URLS)
async def test_an_address_that_is_plainly_not_public_is_refused_before_anything_is_sent(
    tool: str, others: dict[str, Any], argument: str, address: str, toolbox: Toolbox, server: ScriptedServer
) -> None:
    text = refused(await call_tool(toolbox, tool, {**others, argument: address}))
    assert "word" not in text
    assert server.requests == []


@pytest.mark.parametrize(("tool", "others", "argument"), URLS)
async def test_a_public_address_goes_to_the_backend_and_is_not_fetched_here(
    tool: str, others: dict[str, Any], argument: str, toolbox: Toolbox, server: ScriptedServer
) -> None:
    toolbox.policy = Policy(confirm_above=1000)
    outcome = await call_tool(toolbox, tool, {**others, argument: "https://example.com:443/a.mp4?x=1"})
    assert not outcome.is_error, outcome.text
    assert server.started == 1
    assert all(request.split()[1].startswith("/v1/") for request in server.requests)


async def test_the_embedded_engine_imports_no_private_address_either(tmp_path: Path) -> None:
    from videogen_agents.config import load_settings

    settings = load_settings(backend="embedded", home=tmp_path / "home", output_dir=tmp_path / "videos", environ={})
    async with Toolbox(settings=settings) as toolbox:
        outcome = await call_tool(toolbox, "add_file", {"url": "http://10.0.0.8/a.png"})
        while outcome.error is not None and outcome.error.code == "still_starting":
            outcome = await call_tool(toolbox, "add_file", {"url": "http://10.0.0.8/a.png"})
    assert outcome.is_error
    assert outcome.error is not None
    assert outcome.error.code == "url_not_allowed", outcome.text
