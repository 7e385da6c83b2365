"""One call of an operation: what came in, checked against the contract, and what goes out beside the answer."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TypeVar, cast

from pydantic import ValidationError
from starlette.requests import Request

from videogen_agents.contract import Query, WireModel, explain_validation, ignored_keys
from videogen_agents.contract.operations import Operation
from videogen_agents.errors import InputError
from videogen_engine.service.ports import EngineFacade
from videogen_engine.store.signed_urls import UrlSigner

ModelT = TypeVar("ModelT", bound=WireModel)
QueryT = TypeVar("QueryT", bound=Query)

IGNORED_HEADER = "VideoGen-Ignored-Fields"
REPLAYED_HEADER = "Idempotency-Replayed"
#: The longest that a GET may be held open (seconds).
MOST_WAIT = 45.0

_HOST = re.compile(r"[A-Za-z0-9.\-_]{1,253}(:\d{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:\d{1,5})?")
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_WAIT = re.compile(r"(?:^|[,;])\s*wait\s*=\s*\"?(\d{1,6})\"?\s*(?:$|[,;])", re.IGNORECASE)


class Call:
    """``headers`` go out with the answer. ``operation`` is None for what lies beside the contract."""

    def __init__(self, engine: EngineFacade, request: Request, operation: Operation | None = None) -> None:
        self.engine = engine
        self.request = request
        self.operation = operation
        self.headers: dict[str, str] = {}
        #: The request as it was sent, when starting the same again must give the same answer.
        self.asked_json: str | None = None
        self._ignored: list[str] = []

    def id(self, name: str) -> str:
        """An id from the path."""
        return str(self.request.path_params[name])

    async def body(self, model: type[ModelT]) -> ModelT:
        """The request's body. Raises InputError naming every wrong field and its fix."""
        raw = await self.request.body()
        optional = self.operation is not None and self.operation.body_optional
        if not raw and not optional:
            raise InputError(
                "This request needs a JSON body.", next_step="Send an object with the fields of this operation."
            )
        parsed: object = json.loads(raw) if raw else {}
        if parsed is None and optional:
            parsed = {}
        checked = _validated(model, parsed)
        self.ignore(*ignored_keys(model, cast("Mapping[str, object]", parsed)))
        return checked

    def query(self, model: type[QueryT]) -> QueryT:
        """The query parameters. Raises InputError naming every wrong one and its fix."""
        given = dict(self.request.query_params)
        checked = _validated(model, given)
        self.ignore(*ignored_keys(model, given))
        return checked

    def ignore(self, *fields: str) -> None:
        """Tell the caller that these fields of the request had no effect."""
        self._ignored += [field for field in fields if field not in self._ignored]
        if self._ignored:
            self.headers[IGNORED_HEADER] = ", ".join(_printable(field) for field in self._ignored)

    @property
    def origin(self) -> str:
        """``http://host:port`` that the caller reaches this server by, for absolute URLs."""
        if self.engine.settings.public_url is not None:
            return self.engine.settings.public_url
        host = self.request.headers.get("host", "")
        if not _HOST.fullmatch(host):
            raise InputError("The Host header is missing or malformed.", code="invalid_host")
        return f"{self.request.url.scheme}://{host}"

    @property
    def signer(self) -> UrlSigner:
        return self.engine.signer

    def idempotency_key(self) -> str | None:
        """The ``Idempotency-Key`` header. Raises InputError when it is not 1–255 printable ASCII characters."""
        key = self.request.headers.get("idempotency-key")
        if key is not None and not _KEY.fullmatch(key):
            raise InputError(
                "The Idempotency-Key header must be 1 to 255 printable ASCII characters without spaces.",
                next_step="Use a random UUID.",
            )
        return key

    def mark_replayed(self, replayed: bool) -> None:
        """Say that this answer repeats an earlier one and that nothing new was started."""
        if replayed:
            self.headers[REPLAYED_HEADER] = "true"

    def wait_seconds(self) -> float:
        """How long the caller asks to wait (``Prefer: wait=N``, RFC 7240); 0 when it does not. At most 45."""
        found = _WAIT.search(",".join(self.request.headers.getlist("prefer")))
        if found is None:
            return 0.0
        seconds = min(float(found[1]), MOST_WAIT)
        self.headers["Preference-Applied"] = f"wait={seconds:.0f}"
        return seconds


def _validated(model: type[ModelT], value: object) -> ModelT:
    try:
        return model.model_validate(value)
    except ValidationError as error:
        sentences = [sentence for _, sentence in explain_validation(error)]
        raise InputError(" ".join(sentences)) from error


def _printable(field: str) -> str:
    """A field path that is safe in a header, whatever keys the caller made up."""
    return re.sub(r"[^\x21-\x2b\x2d-\x7e]", "?", field)[:120]
