"""What every model of the contract shares: names on the wire, what is emitted, old names, one-sentence rules.

Attributes are snake_case; the wire is camelCase. Both are accepted on input. Unknown keys are ignored
(``ignored.ignored_keys`` lists them). All models are frozen; change one with ``model_copy(update=…)``.

What a dump holds (``to_wire()``, ``model_dump``, ``model_dump_json`` alike, nested models included):

* ``Request`` and ``SparseResponse``: the fields that were given. An explicit null is kept where the contract
  gives null a meaning (``Nullable``), and dropped where null only says "not given".
* ``Response``: every field, null included, except those marked ``OMIT_UNSET``.

The contract's modules do without ``from __future__ import annotations``: pydantic would compile each annotation
from text again, which is a third of the import time.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from math import floor, isfinite
from typing import Annotated, Any, ClassVar, Literal, TypeAlias, TypeVar, cast, get_args, get_origin

from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    JsonValue,
    SerializationInfo,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

T = TypeVar("T")


class Marker:
    """A note on a field for this module; pydantic passes it through untouched."""

    def __init__(self, meaning: str) -> None:
        self.meaning = meaning

    def __repr__(self) -> str:
        return self.meaning


#: Null has a meaning of its own on the wire, and is emitted when it was given.
KEEP_NULL = Marker("KEEP_NULL")
#: In a ``Response``: optional on the wire, emitted only when it was given.
OMIT_UNSET = Marker("OMIT_UNSET")

#: A field whose null is part of the contract. Without it, ``X | None`` means "may be left out".
Nullable: TypeAlias = Annotated[T | None, KEEP_NULL]
#: An enum in a response: a value that a newer server added arrives as plain text instead of failing.
Open: TypeAlias = Annotated[T | str, Field(union_mode="left_to_right")]

#: Job progress in percent, 0–100.
Progress: TypeAlias = Annotated[float, Field(ge=0, le=100)]

RULE = "contract_rule"


def rule(field: str, sentence: str) -> PydanticCustomError:
    """The error of a rule that spans fields. ``field`` is the wire name, relative to the model; ``sentence``
    names it, says what is wrong and what to do."""
    return PydanticCustomError(RULE, "{sentence}", {"sentence": sentence, "field": field})


def old_names(newest: str, *older: str) -> AliasChoices:
    """A field's wire names, newest first, for ``validation_alias``."""
    return AliasChoices(newest, *older)


def _seconds(value: object) -> object:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return value
    if isinstance(value, datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        return floor(aware.timestamp())
    if isinstance(value, float) and isfinite(value):
        return floor(value)
    return value


#: Whole seconds since the epoch, UTC. ISO 8601 text, as older servers sent it, is read too (UTC when bare).
Timestamp: TypeAlias = Annotated[int, BeforeValidator(_seconds)]


def wire_name(name: str, field: FieldInfo) -> str:
    """The key that a field is emitted under."""
    return field.serialization_alias or field.alias or to_camel(name)


def accepted_names(name: str, field: FieldInfo) -> tuple[str, ...]:
    """Every key that a field is read from, in the order they are tried."""
    choices = field.validation_alias
    if isinstance(choices, AliasChoices):
        names = [choice for choice in choices.choices if isinstance(choice, str)]
    else:
        names = [wire_name(name, field)]
    return tuple(dict.fromkeys((*names, name)))


class WireModel(BaseModel):
    """Base of the contract's models."""

    model_config = ConfigDict(
        frozen=True,
        extra="ignore",
        alias_generator=to_camel,
        populate_by_name=True,
        allow_inf_nan=False,
        defer_build=True,
    )

    #: Whether fields with a default are emitted although they were not given.
    emits_defaults: ClassVar[bool] = False
    #: Old single-valued wire keys, each with the list-valued field (wire name) that replaced it.
    folded_names: ClassVar[Mapping[str, str]] = {}

    _nullable: ClassVar[frozenset[str]] = frozenset()
    _omittable: ClassVar[tuple[str, ...]] = ()
    _constants: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        fields = cls.model_fields
        cls._nullable = frozenset(name for name, field in fields.items() if KEEP_NULL in field.metadata)
        cls._constants = frozenset(name for name, field in fields.items() if _is_constant(field))
        cls._omittable = tuple(
            name
            for name, field in fields.items()
            if not field.is_required()
            and name not in cls._constants
            and not (cls.emits_defaults and OMIT_UNSET not in field.metadata)
        )

    @classmethod
    def nullable_fields(cls) -> frozenset[str]:
        """Attribute names of the fields whose null has a meaning."""
        return cls._nullable

    @classmethod
    def ignored_by_rule(cls, body: Mapping[str, object]) -> tuple[str, ...]:
        """Known wire keys of ``body`` (keys in camelCase) that have no effect beside its other values."""
        del body
        return ()

    def to_wire(self) -> dict[str, JsonValue]:
        """The JSON object as the newest contract has it."""
        return cast("dict[str, JsonValue]", self.model_dump(mode="json", by_alias=True))

    def to_wire_json(self) -> bytes:
        """``to_wire`` as compact UTF-8 JSON."""
        return self.model_dump_json(by_alias=True).encode()

    @model_validator(mode="before")
    @classmethod
    def _read_older_forms(cls, value: object) -> object:
        """Fold old single-valued keys into lists; take null for "not given" where null says no more."""
        if not isinstance(value, Mapping):
            return value
        body = dict(cast("Mapping[str, object]", value))
        for old, new in cls.folded_names.items():
            single = body.pop(old, None)
            if single is not None and body.get(new) is None and body.get(_python_name(cls, new)) is None:
                body[new] = [single]
        for name in cls._omittable:
            if name not in cls._nullable:
                for key in accepted_names(name, cls.model_fields[name]):
                    if key in body and body[key] is None:
                        del body[key]
        return body

    # No return annotation, on purpose: with one, pydantic's JSON schema of every model is a bare object.
    @model_serializer(mode="wrap")
    def _emit(self, handler: SerializerFunctionWrapHandler, info: SerializationInfo):
        data = cast("dict[str, Any]", handler(self))
        given = self.model_fields_set
        for name in self._omittable:
            if name not in given or (getattr(self, name) is None and name not in self._nullable):
                field = type(self).model_fields[name]
                data.pop(wire_name(name, field) if info.by_alias else name, None)
        return data

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler, /) -> JsonSchemaValue:
        """The schema without nulls that only mean "not given"; what is always emitted is required."""
        schema = handler(core_schema)
        resolved = handler.resolve_ref_schema(schema)
        properties: dict[str, dict[str, Any]] = resolved.get("properties", {})
        required = set(resolved.get("required", ()))
        for name, field in cls.model_fields.items():
            key = next((key for key in (wire_name(name, field), name) if key in properties), None)
            if key is None:
                continue
            properties[key].pop("title", None)
            always = handler.mode == "serialization" and name not in cls._omittable
            if always or name in cls._constants:
                required.add(key)
            elif name in cls._omittable and name not in cls._nullable:
                properties[key] = _without_null(properties[key])
        if required:
            resolved["required"] = [key for key in properties if key in required]
        return schema


def is_unicode(text: str) -> bool:
    """Whether the text can be written down: half of a surrogate pair, which JSON can smuggle in, cannot."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)


class Request(WireModel):
    """A body that a client sends. Its text, lists of text included, must be valid Unicode."""

    @model_validator(mode="before")
    @classmethod
    def _refuse_broken_text(cls, value: object) -> object:
        if not isinstance(value, Mapping):
            return value
        body = cast("Mapping[str, object]", value)
        for key, item in body.items():
            texts = cast("list[object]", item) if isinstance(item, list) else (item,)
            if any(isinstance(text, str) and not is_unicode(text) for text in texts):
                name = to_camel(key) if is_unicode(key) and "_" in key else key
                raise rule(name, f"{name} must be valid Unicode text; remove the broken characters.")
        return body


class SparseResponse(WireModel):
    """Part of a server's answer in which optional keys may be absent."""


class Response(WireModel):
    """A server's answer in which every key is present, null when there is nothing to say."""

    emits_defaults: ClassVar[bool] = True


class Query(Request):
    """Query parameters."""

    def to_query(self) -> dict[str, str]:
        """Parameters that were given, as text; booleans in lower case."""
        return {
            key: str(value).lower() if isinstance(value, bool) else str(value) for key, value in self.to_wire().items()
        }


def _is_constant(field: FieldInfo) -> bool:
    return not field.is_required() and get_origin(field.annotation) is Literal and len(get_args(field.annotation)) == 1


def _python_name(model: type["WireModel"], key: str) -> str:
    return next(name for name, field in model.model_fields.items() if wire_name(name, field) == key)


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    bare = {key: value for key, value in schema.items() if not (key == "default" and value is None)}
    branches = bare.get("anyOf")
    if not isinstance(branches, list):
        return bare
    kept = [branch for branch in cast("list[dict[str, Any]]", branches) if branch != {"type": "null"}]
    if len(kept) != 1:
        return {**bare, "anyOf": kept}
    del bare["anyOf"]
    return {**kept[0], **bare}
