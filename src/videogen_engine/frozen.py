"""The base of every document that passes between stages."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, model_serializer


class Frozen(BaseModel):
    """Immutable, closed pydantic model: unknown keys raise, values cannot be changed after the fact."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="constants")


class Sparse(Frozen):
    """A document that leaves the fields in ``unsaid`` out while they are None.

    What was written before such a field existed is then equal to what is written now, and so are the keys made of it.
    """

    unsaid: ClassVar[frozenset[str]]

    @model_serializer(mode="wrap")
    def _without_unsaid(self, write: SerializerFunctionWrapHandler) -> dict[str, object]:
        body: dict[str, object] = write(self)
        return {name: value for name, value in body.items() if value is not None or name not in self.unsaid}
