"""Every snippet in the documentation is run, or checked in the one way that suits its language."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import click
import jsonschema
import pytest
import yaml
from packaging.requirements import Requirement

from videogen_agents.cli import COMMANDS, root
from videogen_agents.tools.arguments import readable_arguments
from videogen_agents.tools.table import tool_named

from ..command import SCRIPT, environment
from ..snippets import ROOT, Snippet, snippets_of, tool_calls

#: Where snippets stand for readers. The skill's references are copies of the guides.
PLACES = (
    "*.md",
    "docs/**/*.md",
    "examples/*/*.md",
    "skills/*/*.md",
    "src/videogen_agents/**/*.md",
    "adapters/*/*.md",
)
#: What a snippet may be marked as, with the reason why it is read but not run.
MARKS = {
    "another program": "its commands belong to a program that this project does not bring",
    "runs until stopped": "a server, which has no end to wait for",
    "needs a model": "it asks a language model, which takes somebody's key",
    "needs a hosted account": "it spends credits",
}
#: Commands that are run for real: everywhere, and once in the README. Of all others the arguments are judged by the
#: command's own parser; what they do has tests of its own.
RUN_EVERYWHERE = {"install"}
RUN_ONCE = {"make", "jobs", "gc"}
SNIPPETS = [one for place in PLACES for path in sorted(ROOT.glob(place)) for one in snippets_of(path)]


def check_tool_calls(snippet: Snippet, folder: Path) -> None:
    for tool, arguments in tool_calls(snippet.text):
        spec = tool_named(tool)
        jsonschema.validate(arguments, dict(spec.schema) | {"additionalProperties": False})
        spec.parse(readable_arguments(arguments, spec.schema))


def check_json(snippet: Snippet, folder: Path) -> None:
    value = json.loads(snippet.text)
    entries = {**value.get("mcpServers", {}), **value.get("servers", {})} if isinstance(value, dict) else {}
    for entry in entries.values():
        if "url" in entry:
            continue
        check_command([entry["command"], *entry.get("args", [])], folder)


def run_python(snippet: Snippet, folder: Path) -> None:
    file = folder / "test_snippet.py"
    file.write_text(snippet.text, encoding="utf-8")
    if snippet.mark:
        compile(snippet.text, snippet.name, "exec")
        return
    tests = re.search(r"^(async )?def test_", snippet.text, re.MULTILINE)
    options = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "asyncio_mode=auto"] if tests else []
    run_process([sys.executable, *options, str(file)], folder)


def commands_of(snippet: Snippet) -> list[list[str]]:
    lines = snippet.text.replace("\\\n", " ").splitlines()
    if snippet.language == "console":
        lines = [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
    return [words for line in lines if (words := shlex.split(line, comments=True))]


def run_commands(snippet: Snippet, folder: Path) -> None:
    commands = commands_of(snippet)
    assert commands, "no command in the snippet"
    done: set[str] = set()
    for words in commands:
        name = words[1] if words[0] == "videogen-agents" else ""
        run = name in RUN_EVERYWHERE or (name in RUN_ONCE - done and snippet.path == ROOT / "README.md")
        check_command(words, folder, snippet.mark, run=run)
        done.add(name)


def check_command(words: list[str], folder: Path, mark: str | None = None, *, run: bool = False) -> None:
    """Have a command's own parser judge its arguments, and run it."""
    fed = folder / words.pop(words.index("<") + 1) if "<" in words else None
    words = words[: words.index("<")] if fed else words
    while re.match(r"[A-Z_]+=", words[0]):
        words = words[1:]
    program, *arguments = words
    if program == "uvx":
        check_requirement(arguments[arguments.index("--from") + 1])
        program, *arguments = arguments[arguments.index("--from") + 2 :]
    if mark == "another program":
        return
    if program == "videogen-agents":
        name, *rest = arguments
        parse_arguments(name, rest)
        if run and mark is None:
            text = fed.read_text(encoding="utf-8") if fed else None
            run_process([str(SCRIPT), *arguments], folder, text)
    elif program == "pip":
        assert arguments[0] == "install"
        for requirement in arguments[1:]:
            check_requirement(requirement)
    elif program == "make":
        targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
        assert set(arguments) <= targets
    elif program == "python":
        assert (ROOT / arguments[0]).is_file()
    else:
        pytest.fail(f"{program}: nobody here can run it; mark the snippet with one of {sorted(MARKS)}")


def parse_arguments(name: str, arguments: list[str]) -> None:
    if name == "--version":
        return
    assert name in COMMANDS
    command = root.get_command(click.Context(root), name)
    assert command is not None
    command.make_context(name, list(arguments))


def check_requirement(text: str) -> None:
    requirement = Requirement(text)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert requirement.name == project["name"]
    assert requirement.extras <= set(project["optional-dependencies"])


def run_process(command: list[str], folder: Path, text: str | None = None) -> None:
    home = folder.parent / f"{folder.name}-home"
    home.mkdir(exist_ok=True)
    result = subprocess.run(
        command,
        env=environment(home / "data", HOME=str(home)),
        cwd=folder,
        input=text,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, f"{shlex.join(command)}\n{result.stdout}\n{result.stderr}"


def check_toml(snippet: Snippet, folder: Path) -> None:
    tomllib.loads(snippet.text)


def check_yaml(snippet: Snippet, folder: Path) -> None:
    yaml.safe_load(snippet.text)


def check_javascript(snippet: Snippet, folder: Path) -> None:
    file = folder / "snippet.mjs"
    file.write_text(snippet.text, encoding="utf-8")
    run_process([str(SCRIPT.with_name("node")), "--check", str(file)], folder)


def nothing_to_run(snippet: Snippet, folder: Path) -> None:
    """A drawing or an answer."""


LANGUAGES: dict[str, Callable[[Snippet, Path], None]] = {
    "tool": check_tool_calls,
    "json": check_json,
    "python": run_python,
    "sh": run_commands,
    "console": run_commands,
    "toml": check_toml,
    "yaml": check_yaml,
    "js": check_javascript,
    "text": nothing_to_run,
}


@pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda one: one.name)
def test_a_snippet_works(snippet: Snippet, tmp_path: Path) -> None:
    assert snippet.language in LANGUAGES, "a snippet says its language"
    assert snippet.mark is None or snippet.mark in MARKS
    (tmp_path / "script.txt").write_text("Water keeps you sharp.", encoding="utf-8")
    LANGUAGES[snippet.language](snippet, tmp_path)


def test_snippets_are_found_in_every_kind_of_document() -> None:
    found = {one.path.relative_to(ROOT).parts[0] for one in SNIPPETS}
    assert {"README.md", "docs", "skills", "src"} <= found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("tool", 'run_workflow {"workflow": "script_to_video", "scripd": "x"}'),
        ("tool", 'no_such_tool {"a": 1}'),
        ("json", '{"mcpServers": {"v": {"command": "videogen-agents", "args": ["mcpp"]}}}'),
        ("json", "{"),
        ("sh", "videogen-agents make script.txt --asspect 9:16"),
        ("sh", "pip install 'videogen-agents[no-such-extra]'"),
        ("sh", "make no-such-target"),
        ("sh", "curl http://127.0.0.1"),
        ("console", "nothing here"),
        ("python", "import no_such_module"),
        ("toml", "a ="),
        ("js", "const ="),
    ],
)
def test_a_broken_snippet_would_be_seen(language: str, text: str, tmp_path: Path) -> None:
    with pytest.raises((Exception, pytest.fail.Exception)):
        LANGUAGES[language](Snippet(ROOT / "README.md", 1, language, None, text), tmp_path)
