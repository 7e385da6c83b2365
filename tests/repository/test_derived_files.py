"""What is derived from the tool table and the guides is fresh, and has the form its readers want."""

from __future__ import annotations

import base64
import json
import re
import runpy
import tomllib
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jsonschema
import pytest
import yaml

from videogen_agents import __version__
from videogen_agents.guides import guide_topics
from videogen_agents.tools import listed_tools

from ..snippets import ROOT, snippets_of, tool_calls

SKILL = ROOT / "skills" / "videogen"
MANIFESTS = runpy.run_path(str(ROOT / "tools" / "write_manifests.py"))
SKILLS = runpy.run_path(str(ROOT / "tools" / "write_skill.py"))
BUNDLE = runpy.run_path(str(ROOT / "tools" / "build_mcpb.py"))


def content(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def front_matter() -> dict[str, Any]:
    text = (SKILL / "SKILL.md").read_text(encoding="utf-8")
    found = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    assert found
    return yaml.safe_load(found[1])


@pytest.mark.parametrize(
    ("path", "wanted"),
    [*MANIFESTS["manifest_files"]().items(), *SKILLS["skill_files"]().items()],
    ids=lambda value: value.relative_to(ROOT).as_posix() if isinstance(value, Path) else "",
)
def test_a_derived_file_is_fresh(path: Path, wanted: str) -> None:
    assert path.read_text(encoding="utf-8") == wanted, "run make format"


def test_the_skill_has_a_reference_for_every_guide_and_no_other() -> None:
    assert {path.stem for path in (SKILL / "references").iterdir()} == {guide.topic for guide in guide_topics()}


def test_the_skills_front_matter_has_the_form_of_agent_skills() -> None:
    matter = front_matter()
    assert set(matter) <= {"name", "description", "license", "compatibility", "metadata", "allowed-tools"}
    assert matter["name"] == SKILL.name and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", matter["name"])
    assert 0 < len(matter["description"]) <= 1024
    assert 0 < len(matter["compatibility"]) <= 500
    assert len((SKILL / "SKILL.md").read_text(encoding="utf-8").splitlines()) < 200


def test_the_skill_shows_only_tools_that_exist() -> None:
    names = {tool.name for tool in listed_tools()}
    calls = [call for one in snippets_of(SKILL / "SKILL.md") if one.language == "tool" for call in tool_calls(one.text)]
    assert calls and {tool for tool, _ in calls} <= names


def test_every_version_is_the_packages_own() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    server, bundle = content(ROOT / "server.json"), content(ROOT / "mcpb" / "manifest.json")
    bundled = tomllib.loads((ROOT / "mcpb" / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    versions = {project["version"], server["version"], server["packages"][0]["version"], bundle["version"]}
    assert versions | {bundled["version"]} == {__version__}
    assert bundled["dependencies"] == [f"videogen-agents[mcp,engine]=={__version__}"]
    assert bundled["requires-python"] == project["requires-python"]


def test_the_registry_manifest_keeps_the_registrys_limits() -> None:
    server = content(ROOT / "server.json")
    assert re.fullmatch(r"[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+", server["name"])
    assert len(server["description"]) <= 100 and len(server["title"]) <= 100
    assert f"mcp-name: {server['name']} " in (ROOT / "README.md").read_text(encoding="utf-8")
    secrets = [one["name"] for one in server["packages"][0]["environmentVariables"] if one["isSecret"]]
    assert secrets == ["VIDEOGEN_API_KEY"]


#: The parts of the bundle's format that hosts check, written from its specification (manifest 0.4).
TEXT = {"type": "string", "minLength": 1}
BUNDLE_SCHEMA = {
    "type": "object",
    "required": ["manifest_version", "name", "version", "description", "author", "server"],
    "properties": {
        "manifest_version": {"const": "0.4"},
        "author": {"type": "object", "required": ["name"], "properties": {"name": TEXT}},
        "server": {
            "type": "object",
            "required": ["type", "entry_point", "mcp_config"],
            "properties": {
                "type": {"const": "uv"},
                "mcp_config": {
                    "type": "object",
                    "required": ["command"],
                    "properties": {
                        "command": TEXT,
                        "args": {"type": "array", "items": {"type": "string"}},
                        "env": {"type": "object", "additionalProperties": {"type": "string"}},
                    },
                    "additionalProperties": False,
                },
            },
            "patternProperties": {"^(entry_point)$": TEXT},
        },
        "tools": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name"],
                "properties": {"name": TEXT, "description": TEXT},
                "additionalProperties": False,
            },
        },
        "user_config": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "required": ["type", "title", "description"],
                "properties": {"type": {"enum": ["string", "number", "boolean", "directory", "file"]}},
            },
        },
    },
}


def test_the_bundles_manifest_has_its_form_and_refers_to_settings_it_asks_for() -> None:
    manifest = content(ROOT / "mcpb" / "manifest.json")
    jsonschema.validate(manifest, BUNDLE_SCHEMA)
    environment = manifest["server"]["mcp_config"]["env"]
    assert {f"${{user_config.{name}}}" for name in manifest["user_config"]} == set(environment.values())
    assert manifest["user_config"]["api_key"]["sensitive"] is True
    assert [tool["name"] for tool in manifest["tools"]] == [tool.name for tool in listed_tools()]


def test_the_bundle_holds_what_its_manifest_names_and_is_the_same_every_time(tmp_path: Path) -> None:
    first, second = (BUNDLE["build"](tmp_path / name) for name in ("a", "b"))
    assert first.read_bytes() == second.read_bytes()
    assert first.name == f"videogen-agents-{__version__}.mcpb"
    with zipfile.ZipFile(first) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert {"pyproject.toml", "LICENSE", manifest["server"]["entry_point"]} <= set(archive.namelist())


def test_the_buttons_carry_the_entry_that_install_prints() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    cursor, vscode = (
        parse_qs(urlsplit(found).query)
        for found in re.findall(r"\]\((https://(?:cursor\.com|insiders\.vscode\.dev)/\S*install\S*)\)$", readme, re.M)
    )
    command = {"command": "uvx", "args": ["--from", "videogen-agents[mcp,engine]", "videogen-agents", "mcp"]}
    assert cursor["name"] == vscode["name"] == ["videogen"]
    assert json.loads(base64.b64decode(cursor["config"][0], validate=True)) == command
    assert json.loads(vscode["config"][0]) == {"type": "stdio", **command}
