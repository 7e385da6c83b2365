"""Each example makes a film against the scripted server, with the framework's real client and a scripted model."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from agents import set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call
from anthropic import AsyncAnthropic
from google import genai
from google.genai import types
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart, ToolCallPart, ToolReturnPart
from pydantic_ai.models.function import AgentInfo, FunctionModel

from videogen_agents.testing import FILM_URL, ScriptedServer, scripted_toolbox
from videogen_agents.tools import Toolbox, listed_tools
from videogen_agents_langchain import VideoToolkit
from videogen_agents_openai import video_agent

from ..scripted_models import ScriptedModels, Use, scripted_models

EXAMPLES = Path(__file__).parents[2] / "examples"
REQUEST = "a film about water"
FILM = {"workflow": "script_to_video", "script": "Water keeps you sharp."}
FOLLOW = {"jobId": "vg_work_0001", "waitSeconds": 45}
CLIP = {"workflow": "prompt_to_video_clip", "prompt": "A red kite"}


def example(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def start(_result: str) -> Use:
    return Use("run_workflow", FILM)


def follow(result: str) -> Use:
    assert "vg_work_0001" in result
    return Use("get_job", FOLLOW)


def end(result: str) -> str:
    link = re.search(r"https?://\S+\.mp4", result)
    assert link is not None, result
    return f"Your film: {link.group()}"


ANSWER = f"Your film: {FILM_URL}"


@pytest.fixture(autouse=True)
def nothing_is_traced() -> None:
    set_tracing_disabled(True)


@pytest.fixture
def server() -> ScriptedServer:
    return ScriptedServer()


@pytest.fixture
async def toolbox(tmp_path: Path, server: ScriptedServer) -> AsyncIterator[Toolbox]:
    async with scripted_toolbox(tmp_path, server) as box:
        yield box


@pytest.fixture
def models() -> Iterator[ScriptedModels]:
    with scripted_models(start, follow, end) as service:
        yield service


async def test_anthropic_tool_dicts(models: ScriptedModels, toolbox: Toolbox, server: ScriptedServer) -> None:
    async with AsyncAnthropic(api_key="test", base_url=models.url) as client:
        assert await example("anthropic_tools").make(REQUEST, client, "a-model", toolbox) == ANSWER
    assert server.started == 1
    asked = models.requests[0]
    assert [tool["name"] for tool in asked["tools"]] == [tool.name for tool in listed_tools()]
    assert {key for tool in asked["tools"] for key in tool} == {"name", "description", "input_schema"}
    # The thumbnail is shown to the model, not described.
    last = models.requests[2]["messages"][-1]["content"][0]["content"]
    assert [part["type"] for part in last] == ["text", "image"]


async def test_google_function_declarations(models: ScriptedModels, toolbox: Toolbox, server: ScriptedServer) -> None:
    client = genai.Client(api_key="test", http_options=types.HttpOptions(base_url=models.url))
    try:
        assert await example("google_functions").make(REQUEST, client, "a-model", toolbox) == ANSWER
    finally:
        await client.aio.aclose()
        client.close()
    assert server.started == 1
    sent = models.requests[0]["tools"][0]["functionDeclarations"]
    assert [one["name"] for one in sent] == [tool.name for tool in listed_tools()]


def model_of_steps(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
    """What a pydantic-ai model does next, by the newest tool result."""
    assert {tool.name for tool in info.function_tools} == {tool.name for tool in listed_tools()}
    returns = [part for message in messages for part in message.parts if isinstance(part, ToolReturnPart)]
    if len(returns) < 2:
        use = follow(str(returns[-1].content)) if returns else start("")
        return ModelResponse(parts=[ToolCallPart(use.tool, use.arguments)])
    assert isinstance(returns[-1].metadata, dict) and returns[-1].metadata["status"] == "succeeded"
    return ModelResponse(parts=[TextPart(end(str(returns[-1].content)))])


async def test_pydantic_ai(toolbox: Toolbox, server: ScriptedServer) -> None:
    agent = example("pydantic_ai_agent").video_agent(toolbox)
    result = await agent.run(REQUEST, model=FunctionModel(model_of_steps))
    assert result.output == ANSWER
    assert server.started == 1


@pytest.mark.parametrize("agreed", [True, False])
async def test_the_agents_sdk_asks_a_person_about_cost(agreed: bool, toolbox: Toolbox, server: ScriptedServer) -> None:
    calls = [("run_workflow", CLIP), ("find", {"type": "jobs"})]
    steps = [[function_call(name, arguments, call_id=name)] for name, arguments in calls]
    agent = video_agent(ScriptedModel([*steps, [assistant_message("done")]]), toolbox=toolbox)
    asked: list[str] = []

    def ask(call: str) -> bool:
        asked.append(call)
        return agreed

    assert await example("openai_agent").make(REQUEST, agent, ask) == "done"
    assert len(asked) == 1 and "A red kite" in asked[0]
    assert server.started == (1 if agreed else 0)


class ChatModel(BaseChatModel):
    """A chat model that follows the script."""

    bound: tuple[str, ...] = ()

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(self, tools: Any, **_: Any) -> ChatModel:
        return ChatModel(bound=tuple(tool.name for tool in tools))

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> ChatResult:
        assert self.bound == tuple(tool.name for tool in listed_tools())
        results = [str(message.content) for message in messages if isinstance(message, ToolMessage)]
        step = (start, follow, end)[len(results)](results[-1] if results else "")
        if isinstance(step, str):
            return ChatResult(generations=[ChatGeneration(message=AIMessage(step))])
        call = {"type": "tool_call", "id": f"c{len(results)}", "name": step.tool, "args": step.arguments}
        return ChatResult(generations=[ChatGeneration(message=AIMessage("", tool_calls=[call]))])


async def test_langchain(toolbox: Toolbox, server: ScriptedServer) -> None:
    assert await example("langchain_agent").make(REQUEST, ChatModel(), VideoToolkit(toolbox)) == ANSWER
    assert server.started == 1


def test_every_example_says_how_it_is_run() -> None:
    for path in EXAMPLES.glob("*.py"):
        words = path.read_text(encoding="utf-8").split('"""')[1]
        assert f"python examples/{path.name}" in words, path.name
