"""Keep within the documented hourly limits, however many waits share a client.

Limits are per API key, endpoint class and hour (the contract's rate-limit table). Each class is a token bucket:
a burst is free, after that requests are spaced so that an hour never holds more than the limit. A server that still
answers ``rate_limited`` (another client uses the same key) is given the pause it asks for, in that class alone.
"""

from __future__ import annotations

import asyncio
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
    """``tokens`` below zero are turns that were given out and lie ahead."""

    per_second: float
    burst: float
    tokens: float
    at: float
    paused_until: float = 0.0


@dataclass
class Pacer:
    """One per client. The embedded engine has no hourly limits, so there it never waits.

    Turns of a class are given in the order in which they were asked for, so that of many waits none starves.
    """

    clock: Clock
    backend: Backend
    _buckets: dict[str, _Bucket] = field(default_factory=dict[str, "_Bucket"])

    async def turn(self, method: str, path: str) -> None:
        """Return when a request of this class may leave."""
        bucket = self._bucket(method, path)
        if self.backend is not Backend.EMBEDDED:
            bucket.tokens -= 1.0
            if bucket.tokens < 0:
                try:
                    await self.clock.sleep(-bucket.tokens / bucket.per_second)
                except asyncio.CancelledError:
                    bucket.tokens += 1.0
                    raise
        while (delay := bucket.paused_until - self.clock.now()) > 0:
            # Never so short a pause that adding it to the clock changes nothing.
            await self.clock.sleep(max(0.01, delay))

    def pause(self, method: str, path: str, seconds: float) -> None:
        """The server asked for a pause of this class: nothing leaves before it is over, and no burst follows it."""
        bucket = self._bucket(method, path)
        bucket.paused_until = max(bucket.paused_until, self.clock.now() + seconds)
        bucket.tokens = min(bucket.tokens, 0.0)
        bucket.at = max(bucket.at, bucket.paused_until)

    def _bucket(self, method: str, path: str) -> _Bucket:
        now = self.clock.now()
        name, limit = endpoint_class(method, path)
        # A burst of at most a fiftieth of the hourly limit keeps any sliding hour within the documented figure.
        burst = max(1.0, limit / 50.0)
        bucket = self._buckets.setdefault(name, _Bucket(limit * HEADROOM / 3600.0, burst, burst, now))
        if now > bucket.at:
            bucket.tokens = min(bucket.burst, bucket.tokens + (now - bucket.at) * bucket.per_second)
            bucket.at = now
        return bucket
