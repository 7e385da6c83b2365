"""LangChain's own standard tests, for a tool that reads and for one that starts work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from langchain_core.tools import BaseTool
from langchain_tests.integration_tests import ToolsIntegrationTests
from langchain_tests.unit_tests import ToolsUnitTests

from videogen_agents.testing import ScriptedServer
from videogen_agents_langchain import VideoToolkit

from .doors import hosted_toolbox


class _OverTheScriptedServer:
    """``name`` and ``example`` are the tool and the arguments that the standard tests invoke it with."""

    name: str
    example: dict[str, Any]
    _tool: BaseTool

    @pytest.fixture(autouse=True)
    def _toolkit(self, tmp_path: Path) -> Iterator[None]:
        with ScriptedServer(polls_until_done=0).serve() as served:
            toolkit = VideoToolkit(hosted_toolbox(tmp_path, served.url))
            self._tool = next(tool for tool in toolkit.get_tools() if tool.name == self.name)
            yield
            toolkit.close()

    @property
    def tool_constructor(self) -> BaseTool:
        return self._tool

    @property
    def tool_invoke_params_example(self) -> dict[str, Any]:
        return self.example


class TestFind(_OverTheScriptedServer, ToolsUnitTests):
    name, example = "find", {"type": "voices", "query": "ada"}


class TestFindCalled(_OverTheScriptedServer, ToolsIntegrationTests):
    name, example = "find", {"type": "voices", "query": "ada"}


class TestRunWorkflow(_OverTheScriptedServer, ToolsUnitTests):
    name, example = "run_workflow", {"workflow": "script_to_video", "script": "Water keeps you sharp."}


class TestRunWorkflowCalled(_OverTheScriptedServer, ToolsIntegrationTests):
    name, example = "run_workflow", {"workflow": "script_to_video", "script": "Water keeps you sharp."}
