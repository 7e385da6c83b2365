"""Where the embedded engine keeps things, and how much it accepts.

Every limit can be set by ``VIDEOGEN_AGENTS_<FIELD>`` (``VIDEOGEN_AGENTS_MAX_SCRIPT_CHARS=50000``). Others:
``VIDEOGEN_AGENTS_HOME``, ``VIDEOGEN_AGENTS_DATABASE_URL``, ``VIDEOGEN_AGENTS_MEDIA_URL``,
``VIDEOGEN_AGENTS_PUBLIC_URL``, ``VIDEOGEN_AGENTS_RENDER_LINES`` (forces the size of every export) and
``VIDEOGEN_AGENTS_RENDER_ENCODING`` (``draft``, ``turbo`` or ``high``), ``VIDEOGEN_AGENTS_LOOPBACK_HOSTS`` (names
of this machine that webhooks may go to, by commas). ``VIDEOGEN_AGENTS_IMPORT_HOSTS``
names private hosts that files may be imported from. ``VIDEOGEN_AGENTS_ASK_APPROVAL=1`` is for tests.
Outside models: ``providers/endpoint.py``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError

from videogen_agents.config import data_home, import_hosts
from videogen_agents.errors import InputError
from videogen_engine.frozen import Frozen
from videogen_engine.providers.endpoint import Endpoint, endpoint_of

PREFIX = "VIDEOGEN_AGENTS_"

#: The render stage's ``Encoding`` by value; repeated here so that reading settings loads no stage.
EncodingName = Literal["draft", "turbo", "high"]
#: Who reads edits in plain language: the grammar alone, the grammar and then the model, or the model at once.
EditReaders = Literal["grammar", "grammar-first", "model-first"]


class Limits(Frozen):
    """What the engine accepts. Sizes in bytes, durations in seconds, pixels per frame, counts otherwise."""

    max_script_chars: int = Field(default=20_000, ge=1)
    max_scenes: int = Field(default=1_000, ge=1)
    max_upload_bytes: int = Field(default=2 * 1024**3, ge=1)
    max_pixels: int = Field(default=120_000_000, ge=1)
    max_duration_seconds: float = Field(default=4 * 3600.0, gt=0)
    max_body_bytes: int = Field(default=4 * 1024**2, ge=1024)
    max_json_depth: int = Field(default=32, ge=4)
    max_queue_depth: int = Field(default=64, ge=1)
    max_open_uploads: int = Field(default=256, ge=1)
    max_slides: int = Field(default=300, ge=1)
    max_import_seconds: float = Field(default=600.0, gt=0)


class EngineSettings(Frozen):
    """Resolved settings of one engine. All paths are absolute.

    ``render_lines`` forces the short side of every export (pixels), whatever quality was asked for.
    ``public_url`` is the origin that people reach the server by; None means the one each request came to.
    ``loopback_hosts`` are names of this machine that webhooks may be sent to, for tests and local development.
    ``ask_approval`` holds films and tools until somebody approves them, for tests of clients that meet that.
    ``import_hosts`` (``host`` or ``host:port``) are fetched from although their addresses are private.
    ``language_model`` and ``transcriber`` None mean that there is none, and what needs one says so.
    """

    home: Path
    database_url: str
    engine_database: Path
    media_url: str
    scratch: Path
    limits: Limits = Limits()
    default_lines: int = 1080
    render_lines: int | None = Field(default=None, ge=90, le=4320, multiple_of=2)
    encoding: EncodingName = "turbo"
    public_url: str | None = None
    import_hosts: tuple[str, ...] = ()
    language_model: Endpoint | None = None
    transcriber: Endpoint | None = None
    edit_readers: EditReaders = "grammar-first"
    loopback_hosts: frozenset[str] = frozenset()
    ask_approval: bool = False

    def api_key(self) -> SecretStr:
        """The key that sockets ask for: ``sk_local_…``, made on first use, in a file only its owner reads."""
        # Lazy, here and below: settings can be read where the engine's own dependencies are not installed.
        from videogen_engine.store.keys import load_or_create_key

        return load_or_create_key(self.home, "api_key", prefix="sk_local_")

    def webhook_secret(self) -> SecretStr:
        """What the signing secret of each webhook endpoint is derived from."""
        from videogen_engine.store.keys import load_or_create_key

        return load_or_create_key(self.home, "webhook_secret", prefix="wh_")

    def media_secret(self) -> SecretStr:
        """What media URLs are signed with."""
        from videogen_engine.store.keys import load_or_create_key

        return load_or_create_key(self.home, "media_secret", prefix="ms_")


def load_engine_settings(
    *, home: Path | None = None, environ: Mapping[str, str] | None = None, public_url: str | None = None
) -> EngineSettings:
    """Settings from the environment; explicit arguments win. Raises InputError naming the bad variable."""
    env = os.environ if environ is None else environ
    base = home.expanduser().resolve() if home else data_home(env)
    values: dict[str, object] = {
        "home": base,
        "database_url": env.get(PREFIX + "DATABASE_URL") or f"sqlite:///{(base / 'app.db').as_posix()}",
        "engine_database": base / "engine.db",
        "media_url": env.get(PREFIX + "MEDIA_URL") or (base / "media").as_uri(),
        "scratch": base / "scratch",
        "limits": _limits(env),
        "render_lines": env.get(PREFIX + "RENDER_LINES") or None,
        "import_hosts": import_hosts(env),
        "public_url": _origin(public_url or env.get(PREFIX + "PUBLIC_URL") or None),
        "ask_approval": env.get(PREFIX + "ASK_APPROVAL") or False,
        "loopback_hosts": frozenset(re.findall(r"[^\s,]+", env.get(PREFIX + "LOOPBACK_HOSTS", "").lower())),
        "language_model": endpoint_of(env, PREFIX + "LLM"),
        "transcriber": endpoint_of(env, PREFIX + "TRANSCRIBER"),
    }
    if encoding := env.get(PREFIX + "RENDER_ENCODING"):
        if encoding not in get_args(EncodingName):
            raise _bad("RENDER_ENCODING", "Use draft, turbo or high.")
        values["encoding"] = encoding
    if readers := env.get(PREFIX + "EDIT_READERS"):
        if readers not in get_args(EditReaders):
            raise _bad("EDIT_READERS", "Use grammar, grammar-first or model-first.")
        values["edit_readers"] = readers
    try:
        return EngineSettings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        raise _bad(str(first["loc"][-1]).upper(), str(first["msg"])) from error


def _limits(env: Mapping[str, str]) -> Limits:
    given = {name: env[PREFIX + name.upper()] for name in Limits.model_fields if env.get(PREFIX + name.upper())}
    try:
        return Limits.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        raise _bad(str(first["loc"][-1]).upper(), str(first["msg"])) from error


def _origin(url: str | None) -> str | None:
    if url is None:
        return None
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password:
        raise _bad("PUBLIC_URL", "Use an http(s) origin, for example https://video.example.")
    return url.rstrip("/")


def _bad(variable: str, hint: str) -> InputError:
    return InputError(
        f"{PREFIX}{variable} has a value that cannot be used: {hint}",
        code="invalid_setting",
        next_step=f"Correct or unset {PREFIX}{variable}.",
    )
