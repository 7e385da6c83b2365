"""``videogen-agents ask``: a request in plain words, carried out by the ready agent with the user's own model."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from videogen_agents.cli.ask_console import AskConsole
from videogen_agents.cli.backend_options import backend_option, settings_for
from videogen_agents.cli.follow import run_interruptible
from videogen_agents.errors import AuthError, InputError, LimitError, RetryLaterError, UnavailableError, VideoError
from videogen_agents.tools import Toolbox, listed_tools, resolve_policy
from videogen_agents.tools.result import one_line

if TYPE_CHECKING:
    from agents import Agent
    from agents.models.interface import Model

#: Characters of a request.
MAX_REQUEST = 100_000
#: Turns of the model. A poll is one; with waits of 45 s this is well over an hour of film making.
MAX_TURNS = 120
ROLE = (
    "You make finished videos for the user of a shell with the tools you have. Nobody can answer a question: where "
    "something is open, choose it well yourself and say what you chose. No limit of time holds for your calls, so wait "
    "with waitSeconds 45. End when the video is there, and say where, in at most three sentences."
)


@click.command("ask")
@click.argument("request")
@click.option("--model", help="Which model to use. Default: OPENAI_DEFAULT_MODEL, else the Agents SDK's own.")
@click.option("-o", "--output-dir", type=click.Path(path_type=Path, file_okay=False), help="Where files are saved.")
@click.option("--max-spend", type=click.IntRange(0), help="Units that hosted calls may spend; see the guide costs.")
@click.option("--yes", is_flag=True, help="Agree beforehand to hosted calls that cost. --max-spend still holds.")
@backend_option
def command(
    request: str, model: str | None, output_dir: Path | None, max_spend: int | None, yes: bool, backend: str | None
) -> None:
    """Make what REQUEST asks for in plain words (- reads it from standard input).

    \b
      videogen-agents ask "a 45-second vertical explainer of sleep, on a chalkboard"

    A language model of yours does the thinking: set OPENAI_API_KEY, and OPENAI_BASE_URL for any other service that
    speaks OpenAI's chat completions. What is done is shown on standard error; the answer, and then the path of each
    finished file on a line of its own, go to standard output. Without --output-dir files are saved in
    VIDEOGEN_AGENTS_OUTPUT_DIR, else in the current folder.
    """
    text = _request(request)
    key, base_url = _model_access()
    if output_dir is None and not os.environ.get("VIDEOGEN_AGENTS_OUTPUT_DIR"):
        output_dir = Path.cwd()
    policy = resolve_policy(listed_tools(), max_spend=max_spend)
    toolbox = Toolbox(settings=settings_for(backend, output_dir), policy=policy)
    console = AskConsole(toolbox, key, agreed=yes)
    run_interruptible(_ask(text, model, key, base_url, toolbox, console), console.jobs)


async def _ask(
    text: str, model: str | None, key: str, base_url: str | None, toolbox: Toolbox, console: AskConsole
) -> None:
    adapter = _adapter()
    async with toolbox, _chat_model(model, key, base_url) as chosen:
        agent = adapter.video_agent(chosen, toolbox=toolbox, instructions=ROLE, on_progress=console.progress)
        answer = await _run(agent, text, console)
    click.echo(answer.strip())
    for path in console.made:
        click.echo(path)


async def _run(agent: Agent[Any], text: str, console: AskConsole) -> str:
    from agents import RunConfig, Runner
    from agents.exceptions import AgentsException, MaxTurnsExceeded
    from openai import OpenAIError

    quiet = RunConfig(tracing_disabled=True)
    try:
        result = Runner.run_streamed(agent, text, max_turns=MAX_TURNS, run_config=quiet)
        await console.follow(result)
        while result.interruptions:
            state = result.to_state()
            for item in result.interruptions:
                await console.decide(state, item)
            result = Runner.run_streamed(agent, state, max_turns=MAX_TURNS, run_config=quiet)
            await console.follow(result)
    except OpenAIError as error:
        raise _model_error(error, console) from error
    except MaxTurnsExceeded as error:
        raise RetryLaterError(
            f"The model did not come to an end in {MAX_TURNS} turns.",
            code="too_many_turns",
            next_step="What it started goes on; see: videogen-agents jobs",
        ) from error
    except AgentsException as error:
        raise RetryLaterError(
            f"The model answered in a way that cannot be used: {console.hide(one_line(str(error)))}",
            code="model_failed",
            next_step="Try again, or choose another model with --model.",
        ) from error
    return str(result.final_output or "")


@asynccontextmanager
async def _chat_model(name: str | None, key: str, base_url: str | None) -> AsyncGenerator[Model]:
    """Chat completions, which every compatible service has. Closed at the end."""
    from agents.models.default_models import get_default_model
    from agents.models.openai_chatcompletions import OpenAIChatCompletionsModel
    from openai import AsyncOpenAI

    async with AsyncOpenAI(api_key=key, base_url=base_url) as service:
        yield OpenAIChatCompletionsModel(name or get_default_model(), service)


def _adapter() -> Any:
    try:
        # Lazy: the adapter is an extra of its own.
        return importlib.import_module("videogen_agents_openai")
    except ModuleNotFoundError as error:
        raise UnavailableError(
            f"The OpenAI Agents SDK is not installed (missing {error.name}).",
            code="openai_not_installed",
            requirement="install_extra",
            next_step="Install it with: pip install 'videogen-agents[openai,engine]'",
        ) from error


def _request(request: str) -> str:
    text = sys.stdin.read(MAX_REQUEST + 1) if request == "-" else request
    if len(text) > MAX_REQUEST:
        raise LimitError(f"The request has more than {MAX_REQUEST} characters.", next_step="Shorten it.")
    if not text.strip():
        raise InputError("The request is empty.", next_step='Say what to make: videogen-agents ask "…"')
    return text


def _model_access() -> tuple[str, str | None]:
    """Key and base URL of the model. A service on this machine may need no key."""
    key = os.environ.get("OPENAI_API_KEY", "").strip()
    base_url = os.environ.get("OPENAI_BASE_URL", "").strip() or None
    local = base_url is not None and urlsplit(base_url).hostname in ("localhost", "127.0.0.1", "::1")
    if not key and not local:
        raise AuthError(
            "Asking needs a language model, and OPENAI_API_KEY is not set.",
            code="missing_model_key",
            next_step="Set OPENAI_API_KEY; for another service also OPENAI_BASE_URL and --model. A server on this "
            "machine, such as http://127.0.0.1:11434/v1, needs no key. Without any model: "
            "videogen-agents make script.txt",
        )
    return key or "none", base_url


def _model_error(error: Exception, console: AskConsole) -> VideoError:
    """What a person can do about a model that did not answer. Never repeats the key, whatever the service echoed."""
    import openai

    said = console.hide(one_line(str(error)))
    if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
        return AuthError(
            "The language model's service refused the key.",
            code="model_key_refused",
            next_step="Check OPENAI_API_KEY and OPENAI_BASE_URL; they must belong together.",
        )
    if isinstance(error, openai.NotFoundError | openai.BadRequestError | openai.UnprocessableEntityError):
        return InputError(
            f"The language model's service refused the request: {said}",
            code="model_refused",
            next_step="Choose a model that it has and that can call tools, with --model; check OPENAI_BASE_URL.",
        )
    return RetryLaterError(
        f"The language model did not answer: {said}",
        code="model_unavailable",
        next_step="Try again; what was started goes on. Check OPENAI_BASE_URL if it stays so.",
    )
