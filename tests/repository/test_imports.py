"""The base install stays light, and what packages say they export is there."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

HEAVY = (
    "videogen_engine",
    "av",
    "cv2",
    "numpy",
    "PIL",
    "mcp",
    "agents",
    "langchain",
    "langchain_core",
    "dbos",
    "sqlalchemy",
    "starlette",
)
PUBLIC = (
    "videogen_agents",
    "videogen_agents.contract",
    "videogen_agents.client",
    "videogen_agents.tools",
    "videogen_agents.cli",
    "videogen_agents.testing",
    "videogen_agents.testing.plugin",
    "videogen_agents.config",
    "videogen_agents.errors",
    "videogen_agents.guides",
    "videogen_agents.install",
)


@pytest.mark.parametrize("package", PUBLIC)
def test_importing_the_core_loads_no_engine_media_library_or_framework(package: str) -> None:
    code = f"import sys, {package}\nprint(sorted(set({HEAVY!r}) & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (result.stdout.strip(), result.stderr) == ("[]", "")


@pytest.mark.parametrize(
    "package",
    [
        "videogen_agents.contract",
        "videogen_agents.client",
        "videogen_agents.tools",
        "videogen_agents.testing",
        "videogen_agents_mcp",
    ],
)
def test_every_exported_name_exists_once(package: str) -> None:
    module = importlib.import_module(package)
    names: list[str] = list(module.__all__)
    assert len(names) == len(set(names))
    assert [name for name in names if not hasattr(module, name)] == []


def test_an_unknown_name_of_the_tools_package_is_an_attribute_error() -> None:
    module = importlib.import_module("videogen_agents.tools")
    assert not hasattr(module, "no_such_name")
