"""Derive from one place what registries, bundles and buttons say of the server.

Writes ``server.json`` (MCP registry), ``mcpb/manifest.json`` and ``mcpb/pyproject.toml`` (the .mcpb bundle), and the
buttons in README.md. Run after changing a tool, the version or the command.
"""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

from videogen_agents import __version__
from videogen_agents.install import HOSTS, portable_command
from videogen_agents.tools import listed_tools

ROOT = Path(__file__).resolve().parents[1]
NAME = "videogen-agents"
TITLE = "VideoGen agents"
SERVER = "videogen"
#: The registry takes a name only from who can prove the part before the slash; a publisher puts theirs here.
REGISTRY_NAME = f"io.github.{NAME}/{NAME}"
#: At most 100 characters, the registry's limit.
DESCRIPTION = "Narrated, captioned videos for AI agents, rendered on your machine or by VideoGen's hosted API."
EXTRAS = f"{NAME}[mcp,engine]=={__version__}"
#: name, title, description, kind in the bundle's form, default there
SETTINGS = (
    (
        "VIDEOGEN_API_KEY",
        "VideoGen API key",
        "Key of the hosted API. Without one, films are rendered on this machine.",
        "string",
        "",
    ),
    (
        "VIDEOGEN_AGENTS_OUTPUT_DIR",
        "Folder for films",
        "Where finished films are saved.",
        "directory",
        "${DOCUMENTS}/VideoGen",
    ),
    (
        "VIDEOGEN_AGENTS_ROOTS",
        "Folder to read from",
        "Tools read pictures, slides and recordings from here, and from the folder for films.",
        "directory",
        "${DOCUMENTS}",
    ),
)
_BUTTONS = re.compile(r"(?<=<!-- buttons -->\n).*?(?=<!-- /buttons -->)", re.DOTALL)


def registry_manifest() -> dict[str, Any]:
    """``server.json``: ``uvx --with 'videogen-agents[mcp,engine]==VERSION' videogen-agents@VERSION mcp``."""
    return {
        "$schema": "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json",
        "name": REGISTRY_NAME,
        "title": TITLE,
        "description": DESCRIPTION,
        "version": __version__,
        "packages": [
            {
                "registryType": "pypi",
                "identifier": NAME,
                "version": __version__,
                "runtimeHint": "uvx",
                "runtimeArguments": [{"type": "named", "name": "--with", "value": EXTRAS}],
                "packageArguments": [{"type": "positional", "value": "mcp"}],
                "transport": {"type": "stdio"},
                "environmentVariables": [
                    {
                        "name": name,
                        "description": description,
                        "format": "filepath" if kind == "directory" else "string",
                        "isRequired": False,
                        "isSecret": _is_secret(name),
                    }
                    for name, _, description, kind, _ in SETTINGS
                ],
            }
        ],
    }


def bundle_manifest() -> dict[str, Any]:
    """``mcpb/manifest.json``: a bundle whose host brings Python and packages by uv, and keeps the key safe."""
    fields = {name: name.removeprefix("VIDEOGEN_").removeprefix("AGENTS_").lower() for name, *_ in SETTINGS}
    return {
        "$schema": "https://raw.githubusercontent.com/modelcontextprotocol/mcpb/main/schemas/"
        "mcpb-manifest-v0.4.schema.json",
        "manifest_version": "0.4",
        "name": NAME,
        "display_name": TITLE,
        "version": __version__,
        "description": DESCRIPTION,
        "author": {"name": f"The {NAME} authors"},
        "license": "MIT",
        "keywords": ["video", "narration", "captions", "text-to-video", "export"],
        "server": {
            "type": "uv",
            "entry_point": "src/server.py",
            "mcp_config": {
                "command": "uv",
                "args": ["run", "--directory", "${__dirname}", "src/server.py"],
                "env": {name: f"${{user_config.{field}}}" for name, field in fields.items()},
            },
        },
        "tools": [{"name": tool.name, "description": tool.description} for tool in listed_tools()],
        "prompts_generated": True,
        "compatibility": {"platforms": ["darwin", "win32", "linux"], "runtimes": {"python": ">=3.11"}},
        "user_config": {
            fields[name]: {
                "type": kind,
                "title": title,
                "description": description,
                "required": False,
                "default": default,
                **({"sensitive": True} if _is_secret(name) else {}),
            }
            for name, title, description, kind, default in SETTINGS
        },
    }


def bundle_project() -> str:
    """``mcpb/pyproject.toml``: what the bundle's host installs."""
    return (
        "[project]\n"
        f'name = "{NAME}-bundle"\n'
        f'version = "{__version__}"\n'
        f'description = "{DESCRIPTION}"\n'
        'requires-python = ">=3.11"\n'
        f'dependencies = ["{EXTRAS}"]\n'
    )


def buttons() -> str:
    """The README's one-click buttons. The comment is how the registry knows the package by."""
    cursor = json.dumps(HOSTS["cursor"].entry(portable_command()), separators=(",", ":"))
    vscode = json.dumps(HOSTS["vscode"].entry(portable_command()), separators=(",", ":"))
    cursor_url = (
        f"https://cursor.com/en/install-mcp?name={SERVER}&config={quote(base64.b64encode(cursor.encode()).decode())}"
    )
    vscode_url = f"https://insiders.vscode.dev/redirect/mcp/install?name={SERVER}&config={quote(vscode, safe='')}"
    return (
        f"<!-- mcp-name: {REGISTRY_NAME} -->\n"
        f"[![Add to Cursor](https://cursor.com/deeplink/mcp-install-dark.svg)]({cursor_url})\n"
        f"[![Add to VS Code](https://img.shields.io/badge/VS_Code-Add_MCP_server-0098FF)]({vscode_url})\n"
    )


def manifest_files() -> dict[Path, str]:
    """Every derived file with its content."""
    readme = ROOT / "README.md"
    return {
        ROOT / "server.json": _json(registry_manifest()),
        ROOT / "mcpb" / "manifest.json": _json(bundle_manifest()),
        ROOT / "mcpb" / "pyproject.toml": bundle_project(),
        readme: _BUTTONS.sub(lambda _: buttons(), readme.read_text(encoding="utf-8")),
    }


def _is_secret(name: str) -> bool:
    return name.endswith("_KEY")


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for path, content in manifest_files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")
