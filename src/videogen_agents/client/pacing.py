"""Keep within the documented hourly limits, however many waits share a client.

Limits are per API key, endpoint class and hour (the contract's rate-limit table). Each class is a token bucket:
a burst is free, after that requests are spaced so that an hour never holds more than the limit.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from videogen_agents.client.clock import Clock
from videogen_agents.config import Backend

#: Share of the documented limit that we use, so that other clients on the same key keep some.
HEADROOM = 0.8

#: Requests per hour by (method, first path segments). The longest match wins.
HOURLY_LIMITS: tuple[tuple[str, str, int], ...] = (
    ("POST", "/v1/tools/executions", 250),
    ("GET", "/v1/tools/executions", 5000),
    ("POST", "/v1/tools", 500),
    ("POST", "/v1/workflows/runs", 250),
    ("GET", "/v1/workflows/runs", 5000),
    ("POST", "/v1/workflows", 500),
    ("POST", "/v1/files/upload", 500),
    ("POST", "/v1/files/search", 500),
    ("POST", "/v1/files", 2500),
    ("GET", "/v1/files", 50000),
    ("GET", "/v1/projects/*/exports", 5000),
    ("GET", "/v1/projects/*/remix-actions", 5000),
    ("POST", "/v1/projects", 500),
    ("GET", "/v1/projects", 2500),
    ("GET", "/v1/resources", 2500),
    ("GET", "/v1/webhooks", 500),
    ("POST", "/v1/webhooks", 10),
    ("DELETE", "/v1/webhooks", 10),
    ("GET", "/", 2500),
    ("POST", "/", 500),
)


def endpoint_class(method: str, path: str) -> tuple[str, int]:
    """The limit class of a request and its requests per hour."""
    parts = path.split("/")
    for limit_method, prefix, limit in HOURLY_LIMITS:
        wanted = prefix.rstrip("/").split("/")
        matches = all(want in ("*", part) for want, part in zip(wanted, parts, strict=False))
        if method == limit_method and len(parts) >= len(wanted) and matches:
            return f"{method} {prefix}", limit
    return f"{method} *", 500


@dataclass
class _Bucket:
    per_second: float
    burst: float
    tokens: float
    at: float


@dataclass
class Pacer:
    """One per client. The embedded engine has no hourly limits, so there it never waits."""

    clock: Clock
    backend: Backend
    _buckets: dict[str, _Bucket] = field(default_factory=dict[str, "_Bucket"])
    _paused_until: float = 0.0

    async def turn(self, method: str, path: str) -> None:
        """Return when a request of this class may leave."""
        while (delay := self._reserve(method, path)) > 0:
            await self.clock.sleep(delay)

    def pause(self, seconds: float) -> None:
        """The server asked for a pause: nothing leaves before it is over."""
        self._paused_until = max(self._paused_until, self.clock.now() + seconds)

    def _reserve(self, method: str, path: str) -> float:
        now = self.clock.now()
        if now < self._paused_until:
            return self._paused_until - now
        if self.backend is Backend.EMBEDDED:
            return 0.0
        name, limit = endpoint_class(method, path)
        rate = limit * HEADROOM / 3600.0
        # A burst of at most a fiftieth of the hourly limit keeps any sliding hour within the documented figure.
        burst = max(1.0, limit / 50.0)
        bucket = self._buckets.setdefault(name, _Bucket(rate, burst, burst, now))
        bucket.tokens = min(bucket.burst, bucket.tokens + (now - bucket.at) * bucket.per_second)
        bucket.at = now
        if bucket.tokens >= 1.0:
            bucket.tokens -= 1.0
            return 0.0
        # Never so short a pause that adding it to the clock changes nothing.
        return max(0.01, (1.0 - bucket.tokens) / bucket.per_second)
