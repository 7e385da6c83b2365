"""The form that every asset has: checked when it is asked for, then made result by result."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from pydantic import BaseModel

from videogen_agents.contract import EntityType, FileType, ToolRequest, ToolType
from videogen_engine.assets.model import GivenEntity, GivenFile, MadeAsset

RequestT = TypeVar("RequestT", bound=ToolRequest)
ResultT = TypeVar("ResultT", bound=BaseModel)


class AssetLimits(Protocol):
    """What an asset may be: the engine's ``Limits``, as far as assets need them."""

    @property
    def max_script_chars(self) -> int: ...

    @property
    def max_pixels(self) -> int: ...

    @property
    def max_duration_seconds(self) -> float: ...


class Desk(Protocol):
    """Where a request is looked at when it comes in. What is asked for here, the bench has later."""

    @property
    def limits(self) -> AssetLimits: ...

    async def file(self, field: str, file_id: str, *types: FileType) -> GivenFile:
        """A ready file of one of ``types`` (any, when none is named); ``field`` is its place in the request.

        Raises NotFoundError for an unknown file, InputError for one that is not ready or of another type.
        """
        ...

    async def entity(self, field: str, entity_id: str, *types: EntityType) -> GivenEntity:
        """An entity of one of ``types``, with its files. Raises NotFoundError or InputError as ``file`` does."""
        ...


class Bench(Protocol):
    """Where a result is made."""

    @property
    def limits(self) -> AssetLimits: ...

    @property
    def lines(self) -> int | None:
        """The short side (pixels) that every picture and film must have; None leaves it to the request."""
        ...

    @property
    def encoding(self) -> str:
        """The render stage's ``Encoding`` by value."""
        ...

    def file(self, file_id: str) -> GivenFile:
        """A file that the desk was asked for. Raises InternalError for another."""
        ...

    def entity(self, entity_id: str) -> GivenEntity:
        """An entity that the desk was asked for. Raises InternalError for another."""
        ...

    async def step(self, name: str, request: BaseModel, result: type[ResultT]) -> ResultT:
        """A stage by its name in the registry, durable and kept by its request. Raises what the stage raises."""
        ...


async def _anything(_request: ToolRequest, _desk: Desk) -> None:
    return None


def _all_honoured(_request: ToolRequest) -> Sequence[str]:
    return ()


@dataclass(frozen=True)
class Asset(Generic[RequestT]):
    """``make`` makes result number ``variant`` (from 0): equal requests and numbers give equal bytes, other numbers
    give something else. It must ask for the same steps in the same order whenever it is given the same.

    ``steps`` are the stages that one result passes, for its progress. ``check`` raises at once what could otherwise
    be known only once the job runs. ``without_effect`` names, as the wire does, fields that were given in vain.
    What takes longer than some seconds is not ``quick``, and queues with the films.
    """

    tool: ToolType
    steps: tuple[str, ...]
    make: Callable[[RequestT, int, Bench], Awaitable[MadeAsset]]
    check: Callable[[RequestT, Desk], Awaitable[None]] = _anything
    without_effect: Callable[[RequestT], Sequence[str]] = _all_honoured
    quick: bool = True


#: An asset of some request; which one is known by the table's key.
AnyAsset: TypeAlias = Asset[Any]
