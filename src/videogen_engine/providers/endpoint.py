"""Where an outside model is reached: an address, a key and the model's name, from the environment.

``VIDEOGEN_AGENTS_<PREFIX>_BASE_URL`` and ``…_MODEL`` together configure one, ``…_API_KEY`` is optional (servers on this
machine want none), ``…_TIMEOUT_SECONDS`` bounds one answer and ``…_PROVIDER`` chooses: ``auto`` takes what is
configured, ``openai-compatible`` insists on it, ``none`` leaves it out.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError

from videogen_agents.errors import InputError
from videogen_engine.frozen import Frozen

AUTO: Final = "auto"
OPENAI_COMPATIBLE: Final = "openai-compatible"
NONE: Final = "none"
_MOST_SECONDS: Final = 3_600.0


class Endpoint(Frozen):
    """``base_url`` ends before the operation (``https://api.openai.com/v1``); ``setting`` is the variables' prefix."""

    setting: str
    base_url: str
    model: str = Field(min_length=1, max_length=200)
    api_key: SecretStr | None = None
    timeout_seconds: float = Field(default=300.0, gt=0, le=_MOST_SECONDS)

    @property
    def host(self) -> str:
        parts = urlsplit(self.base_url)
        return parts.netloc

    @property
    def is_on_this_machine(self) -> bool:
        name = urlsplit(self.base_url).hostname or ""
        try:
            return ipaddress.ip_address(name).is_loopback
        except ValueError:
            return name == "localhost"

    @property
    def sends_key_in_the_clear(self) -> bool:
        return self.api_key is not None and self.base_url.startswith("http:") and not self.is_on_this_machine

    @property
    def label(self) -> str:
        """How results name it: the model and where it answers."""
        return f"{self.model} at {self.host}"


def endpoint_of(env: Mapping[str, str], setting: str) -> Endpoint | None:
    """The endpoint that the variables ``<setting>_…`` describe, None when there is none or it is not wanted.

    Raises InputError naming the variable that is wrong, or missing beside one that is set.
    """

    def given(name: str) -> str | None:
        return (env.get(f"{setting}_{name}") or "").strip() or None

    provider = (given("PROVIDER") or AUTO).lower()
    if provider not in {AUTO, OPENAI_COMPATIBLE, NONE}:
        raise _bad(f"{setting}_PROVIDER", f"use {AUTO}, {OPENAI_COMPATIBLE} or {NONE}.")
    if provider == NONE:
        return None
    names = ("BASE_URL", "MODEL", "API_KEY")
    if provider == AUTO and not any(given(name) for name in names):
        return None
    for name in ("BASE_URL", "MODEL"):
        if given(name) is None:
            raise InputError(
                f"{setting}_{name} is not set, and {setting}_BASE_URL and {setting}_MODEL are needed together.",
                code="invalid_setting",
                next_step=f"Set {setting}_{name}, or unset every {setting}_ variable.",
            )
    values: dict[str, object] = {"setting": setting, "base_url": _address(setting, given("BASE_URL") or "")}
    values["model"] = given("MODEL")
    key = given("API_KEY")
    if key is not None:
        if not (key.isascii() and key.isprintable()) or " " in key:
            raise _bad(f"{setting}_API_KEY", "it holds characters that no key has.")
        values["api_key"] = SecretStr(key)
    if (seconds := given("TIMEOUT_SECONDS")) is not None:
        values["timeout_seconds"] = seconds
    try:
        return Endpoint.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        raise _bad(f"{setting}_{str(first['loc'][-1]).upper()}", f"{first['msg']}.") from error


def _address(setting: str, url: str) -> str:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
        parts = urlsplit("")
    if not usable or parts.username or parts.password or parts.query or parts.fragment:
        raise _bad(f"{setting}_BASE_URL", "use an http(s) address, for example https://api.openai.com/v1.")
    return url.rstrip("/")


def _bad(variable: str, hint: str) -> InputError:
    return InputError(
        f"{variable} has a value that cannot be used: {hint}",
        code="invalid_setting",
        next_step=f"Correct or unset {variable}.",
    )
