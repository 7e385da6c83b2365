"""Text generation, answered at once."""

from typing import Annotated

from pydantic import Field

from videogen_agents.contract.base import Nullable, Request, Response, old_names
from videogen_agents.contract.shared import ModelQuality


class GenerateTextRequest(Request):
    prompt: str
    system: Nullable[str] = None
    quality: ModelQuality | None = Field(default=None, validation_alias=old_names("quality", "model"))
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    max_output_tokens: Annotated[int, Field(ge=1, le=2000)] = 512


class GenerateTextResponse(Response):
    text: str
