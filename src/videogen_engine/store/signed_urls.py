"""URLs that carry their own permission: a method, a key and an end, signed with this machine's secret."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from pydantic import SecretStr, ValidationError

from videogen_agents.errors import AuthError
from videogen_engine.frozen import Frozen

#: Downloads stay valid at least this long, uploads this long (seconds).
DOWNLOAD_SECONDS = 7 * 24 * 3600
UPLOAD_SECONDS = 3600
#: Downloads end on the hour, so that the same file has the same URL for an hour.
_GRAIN = 3600


class Grant(Frozen):
    """What a URL permits until ``expires`` (epoch seconds). ``file_id`` and ``max_bytes`` are for uploads."""

    method: str
    key: str
    expires: int
    file_name: str | None = None
    file_id: str | None = None
    max_bytes: int | None = None


class UrlSigner:
    """Makes and checks signed paths under ``/media/``."""

    def __init__(self, secret: SecretStr) -> None:
        self._secret = secret.get_secret_value().encode()

    def download(self, key: str, *, file_name: str | None = None, now: float | None = None) -> tuple[str, int]:
        """Path with query for a GET, and the second at which it expires."""
        moment = int(time.time() if now is None else now)
        expires = (moment // _GRAIN + 1) * _GRAIN + DOWNLOAD_SECONDS
        return self._path(Grant(method="GET", key=key, expires=expires, file_name=file_name)), expires

    def upload(self, key: str, *, file_id: str, max_bytes: int, now: float | None = None) -> str:
        """Path with query for one PUT of at most ``max_bytes``."""
        expires = int(time.time() if now is None else now) + UPLOAD_SECONDS
        return self._path(Grant(method="PUT", key=key, expires=expires, file_id=file_id, max_bytes=max_bytes))

    def page(self, path: str) -> str:
        """A web page's path with its permission, which does not expire."""
        return f"{path}?sig={self._page_signature(path)}"

    def opens_page(self, path: str, signature: str) -> bool:
        """Whether ``signature`` was made by ``page`` for this path."""
        return hmac.compare_digest(self._page_signature(path).encode(), signature.encode("utf-8", "replace"))

    def verify(self, method: str, key: str, query: Mapping[str, str], *, now: float | None = None) -> Grant:
        """What the URL permits. HEAD goes with GET.

        Raises AuthError (403): ``invalid_signature`` when anything was changed or the method is another,
        ``url_expired`` when its time is over.
        """
        try:
            grant = Grant.model_validate_json(
                json.dumps(
                    {
                        "method": query.get("m"),
                        "key": key,
                        "expires": query.get("exp"),
                        "file_name": query.get("name"),
                        "file_id": query.get("file"),
                        "max_bytes": query.get("max"),
                    }
                )
            )
        except (ValidationError, UnicodeEncodeError) as error:
            raise _refused() from error
        genuine = hmac.compare_digest(self._signature(grant).encode(), query.get("sig", "").encode("utf-8", "replace"))
        if not genuine or grant.method != ("GET" if method == "HEAD" else method):
            raise _refused()
        if grant.expires <= (time.time() if now is None else now):
            raise AuthError(
                "This media URL has expired.",
                code="url_expired",
                status=403,
                next_step="Read the run, export or file again; the answer has a fresh URL.",
            )
        return grant

    def _path(self, grant: Grant) -> str:
        named = {
            "exp": str(grant.expires),
            "m": grant.method,
            "name": grant.file_name,
            "file": grant.file_id,
            "max": None if grant.max_bytes is None else str(grant.max_bytes),
            "sig": self._signature(grant),
        }
        query = urlencode({name: value for name, value in named.items() if value is not None})
        return f"/media/{quote(grant.key)}?{query}"

    def _page_signature(self, path: str) -> str:
        return hmac.new(self._secret, b"page " + path.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:40]

    def _signature(self, grant: Grant) -> str:
        body = json.dumps(grant.model_dump(mode="json"), sort_keys=True).encode("utf-8")
        return hmac.new(self._secret, body, hashlib.sha256).hexdigest()


def _refused() -> AuthError:
    return AuthError(
        "This media URL was not signed by this server for this use.",
        code="invalid_signature",
        status=403,
        next_step="Use the URL exactly as it was given, with the same HTTP method.",
    )
