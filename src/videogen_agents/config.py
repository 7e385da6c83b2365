"""Settings from arguments and environment: where data lives, which backend, which folders may be touched.

Environment: ``VIDEOGEN_AGENTS_HOME`` (data home), ``VIDEOGEN_AGENTS_BACKEND`` (``hosted`` or ``embedded``),
``VIDEOGEN_API_KEY``, ``VIDEOGEN_BASE_URL``, ``VIDEOGEN_AGENTS_OUTPUT_DIR`` (where finished files are saved),
``VIDEOGEN_AGENTS_ROOTS`` (folders that tools may read from and write to, separated like ``PATH``; when unset, the
folder this process was started in, unless that is the home folder or above it). The output folder is always allowed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs
from pydantic import BaseModel, ConfigDict, SecretStr

from videogen_agents.errors import InputError

HOSTED_BASE_URL = "https://api.videogen.io"
#: A reference that a host passed on as it stands because nothing was behind it: ``${VIDEOGEN_API_KEY}``.
_PLACEHOLDER = re.compile(r"\$\{[^{}]*\}")
_IMPORT_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|[0-9a-f:]*:[0-9a-f:.]+)(?::\d{1,5})?")


class Backend(StrEnum):
    """Who makes the film: VideoGen's hosted API, or the engine in this process."""

    HOSTED = "hosted"
    EMBEDDED = "embedded"


class Settings(BaseModel):
    """Resolved settings. All paths are absolute."""

    model_config = ConfigDict(frozen=True)

    home: Path
    backend: Backend
    base_url: str = HOSTED_BASE_URL
    api_key: SecretStr | None = None
    output_dir: Path
    allowed_roots: tuple[Path, ...]


def data_home(environ: Mapping[str, str] | None = None) -> Path:
    """The folder that holds databases, media, keys and the ledger."""
    env = _given(environ)
    if override := env.get("VIDEOGEN_AGENTS_HOME"):
        return Path(override).expanduser().resolve()
    return Path(platformdirs.user_data_path("videogen-agents", appauthor=False)).resolve()


def import_hosts(environ: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Hosts (``nas.example``, ``10.0.0.5:8080``) that files may be imported from although their addresses are private.

    ``VIDEOGEN_AGENTS_IMPORT_HOSTS`` has them, separated by commas; there are none by default. Raises InputError for
    what is no host.
    """
    given = (_given(environ).get("VIDEOGEN_AGENTS_IMPORT_HOSTS") or "").lower().split(",")
    hosts = tuple(dict.fromkeys(host for part in given if (host := part.strip())))
    for host in hosts:
        if _IMPORT_HOST.fullmatch(host) is None:
            raise InputError(
                f"VIDEOGEN_AGENTS_IMPORT_HOSTS has {host[:80]!r}, which is no host.",
                code="invalid_setting",
                next_step="List hosts without scheme, path or wildcard: nas.example,10.0.0.5:8080.",
            )
    return hosts


def load_settings(
    *,
    backend: str | None = None,
    api_key: str | None = None,
    base_url: str | None = None,
    home: Path | None = None,
    output_dir: Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> Settings:
    """Settings from explicit arguments first, then the environment, then defaults.

    A key, or a base URL, means hosted; neither means embedded; an explicit backend wins. Raises InputError
    for an unknown backend, a malformed base URL, or ``hosted`` without a key.
    """
    env = _given(environ)
    key = api_key or env.get("VIDEOGEN_API_KEY") or None
    url = base_url or env.get("VIDEOGEN_BASE_URL") or None
    wanted = backend or env.get("VIDEOGEN_AGENTS_BACKEND") or None
    if wanted is not None and wanted not in {known.value for known in Backend}:
        raise InputError(
            f"Backend {wanted!r} is not known.",
            code="invalid_backend",
            next_step="Set the backend to 'hosted' or 'embedded'.",
        )
    chosen = Backend(wanted) if wanted else (Backend.HOSTED if key or url else Backend.EMBEDDED)
    if url is not None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password:
            raise InputError(
                "VIDEOGEN_BASE_URL is not an http(s) URL.",
                code="invalid_base_url",
                next_step="Set it to the server's origin, for example http://127.0.0.1:4010.",
            )
    if chosen is Backend.HOSTED and key is None:
        raise InputError(
            "The hosted backend needs an API key.",
            code="missing_api_key",
            next_step="Set VIDEOGEN_API_KEY, or choose the embedded backend, which needs none.",
        )
    base = home.expanduser().resolve() if home else data_home(env)
    output = output_dir or _path(env.get("VIDEOGEN_AGENTS_OUTPUT_DIR")) or base / "videos"
    output = output.expanduser().resolve()
    roots = env.get("VIDEOGEN_AGENTS_ROOTS")
    allowed = tuple(Path(part).expanduser().resolve() for part in roots.split(os.pathsep) if part) if roots else ()
    return Settings(
        home=base,
        backend=chosen,
        base_url=(url or HOSTED_BASE_URL).rstrip("/"),
        api_key=SecretStr(key) if key else None,
        output_dir=output,
        allowed_roots=tuple(dict.fromkeys((*(allowed or _working_folder()), output))),
    )


def _given(environ: Mapping[str, str] | None) -> Mapping[str, str]:
    """What the environment says; neither an empty text nor a host's placeholder says anything."""
    env = os.environ if environ is None else environ
    return {
        name: value
        for name, value in env.items()
        if name.startswith("VIDEOGEN_") and value and _PLACEHOLDER.fullmatch(value) is None
    }


def _working_folder() -> tuple[Path, ...]:
    """The folder this process was started in, unless that is everything a person has: hosts start servers anywhere."""
    try:
        folder = Path.cwd().resolve()
    except OSError:
        return ()
    home = Path.home().resolve()
    return () if folder == home or folder in home.parents else (folder,)


def _path(value: str | None) -> Path | None:
    return Path(value) if value else None
