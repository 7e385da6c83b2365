"""The few things used last, made once however many threads ask for them at the same time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

from pydantic import BaseModel

KeyT = TypeVar("KeyT", bound=BaseModel)
ValueT = TypeVar("ValueT")


class Shelf(Generic[KeyT, ValueT]):
    """Values by the content of the document they are made from. Drops the one not used for longest."""

    def __init__(self, make: Callable[[KeyT], ValueT], capacity: int) -> None:
        self._make, self._capacity = make, capacity
        self._lock = Lock()
        self._held: OrderedDict[str, Future[ValueT]] = OrderedDict()

    def get(self, document: KeyT) -> ValueT:
        """The value. A second thread waits for the first; both get the error if making it fails."""
        key = document.model_dump_json()
        with self._lock:
            promise = self._held.get(key)
            mine = promise is None
            if promise is None:
                promise = self._held[key] = Future[ValueT]()
            self._held.move_to_end(key)
            while len(self._held) > self._capacity:
                self._held.popitem(last=False)
        if mine:
            try:
                promise.set_result(self._make(document))
            except BaseException as error:
                promise.set_exception(error)
        return promise.result()
