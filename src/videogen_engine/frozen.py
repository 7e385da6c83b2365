"""The base of every document that passes between stages."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """Immutable, closed pydantic model: unknown keys raise, values cannot be changed after the fact."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="constants")
