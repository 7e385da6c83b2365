"""What guides tell an agent to do can be done, and they cost little to read."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from videogen_agents.contract.remix import RemixActionType
from videogen_agents.errors import NotFoundError
from videogen_agents.guides import Guide, guide_topics, read_guide
from videogen_agents.tools.arguments import readable_arguments
from videogen_agents.tools.table import TOOLS, tool_named

from ..snippets import ROOT, snippets_of, tool_calls

TOPICS = [guide.topic for guide in guide_topics()]
FOLDER = Path(str(files("videogen_agents.guides")))
#: Guides measured 3.4 to 4.3 bytes a token (o200k_base), so this keeps each below 900 tokens.
MAX_BYTES = 3_000


def calls_in(topic: str) -> list[tuple[str, dict[str, object]]]:
    blocks = [block for block in snippets_of(FOLDER / f"{topic}.md") if block.language == "tool"]
    return [call for block in blocks for call in tool_calls(block.text)]


CALLS = [
    pytest.param(tool, arguments, id=f"{topic}-{number}-{tool}")
    for topic in TOPICS
    for number, (tool, arguments) in enumerate(calls_in(topic))
]


def test_every_guide_file_is_a_topic_and_every_topic_a_file() -> None:
    assert sorted(TOPICS) == sorted(entry.stem for entry in FOLDER.glob("*.md"))
    assert len(set(TOPICS)) == len(TOPICS)


@pytest.mark.parametrize("guide", guide_topics(), ids=TOPICS)
def test_a_guide_begins_with_its_title_and_is_short(guide: Guide) -> None:
    text = read_guide(guide.topic)
    assert text.startswith(f"# {guide.title}\n")
    assert len(text.encode()) <= MAX_BYTES
    assert guide.summary.endswith(".") and "\n" not in guide.summary


@pytest.mark.parametrize(("tool", "arguments"), CALLS)
def test_every_call_in_a_guide_is_a_valid_call(tool: str, arguments: dict[str, object]) -> None:
    spec = tool_named(tool)
    jsonschema.validate(arguments, dict(spec.schema) | {"additionalProperties": False})
    spec.parse(readable_arguments(arguments, spec.schema))


def test_the_remix_guide_shows_every_edit_once() -> None:
    block = re.search(r"```json\n(.*?)```", read_guide("remix"), re.DOTALL)
    assert block
    spec = tool_named("remix_project")
    arguments = {"projectId": "vg_proj_0001", "remixActions": json.loads(block[1])}
    jsonschema.validate(arguments, dict(spec.schema))
    call = spec.parse(readable_arguments(arguments, spec.schema))
    assert [action.type for action in call.request.remix_actions] == list(RemixActionType)


def test_the_assets_guide_names_every_asset() -> None:
    named = re.findall(r"^\| `([a-z0-9]+_[a-z0-9_]+)` \|", read_guide("assets"), re.MULTILINE)
    properties = tool_named("generate_asset").schema["properties"]
    assert isinstance(properties, dict)
    assert named == properties["asset"]["enum"]  # type: ignore[index]


def test_the_workflows_guide_shows_every_workflow() -> None:
    shown = {arguments["workflow"] for tool, arguments in calls_in("workflows") if tool == "run_workflow"}
    properties = tool_named("run_workflow").schema["properties"]
    assert isinstance(properties, dict)
    assert shown == set(properties["workflow"]["enum"])  # type: ignore[index]


def test_every_tool_is_named_in_the_first_guide() -> None:
    named = set(re.findall(r"`([a-z]+_?[a-z]*)`", read_guide("getting-started")))
    assert {spec.name for spec in TOOLS} - {"get_guide"} <= named


def test_every_setting_that_a_guide_names_exists() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src" / "videogen_agents").rglob("*.py"))
    named = {name for one in TOPICS for name in re.findall(r"VIDEOGEN_[A-Z_]+", read_guide(one))}
    assert [name for name in sorted(named) if name.removeprefix("VIDEOGEN_AGENTS_") not in sources] == []


def test_every_error_code_that_the_errors_guide_names_exists() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    codes = re.findall(r"`([a-z]+_[a-z_]+)`", read_guide("errors"))
    assert codes
    assert [code for code in codes if f'"{code}"' not in sources] == []


def test_guides_send_readers_only_to_guides_that_exist() -> None:
    named = {
        topic
        for one in TOPICS
        for group in re.findall(r"[Gg]uides? ((?:`[a-z-]+`(?:, | and )?)+)", read_guide(one))
        for topic in re.findall(r"`([a-z-]+)`", group)
    }
    assert named and named <= set(TOPICS)


def test_an_unknown_topic_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(NotFoundError) as caught:
        read_guide("voices")
    assert caught.value.next_step == "Did you mean voices-and-languages?"


@pytest.mark.parametrize("topic", ["../errors", "errors.md", "/etc/hostname", "", "x" * 100_000, "a\x00b"])
def test_a_topic_is_never_read_as_a_path(topic: str) -> None:
    with pytest.raises(NotFoundError):
        read_guide(topic)


def test_importing_the_guides_loads_no_model_library() -> None:
    code = "import sys, videogen_agents.guides\nprint(sorted({'pydantic', 'httpx', 'click'} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (result.stdout.strip(), result.stderr) == ("[]", "")
