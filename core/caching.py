"""The cache that all processes share: the broker's server, and while that is away a memory of each process's own.

Nothing in it is needed to answer. Without the broker pages cost more, and limits on tries hold for each process.
"""

import time
from collections.abc import Callable
from typing import Any

import redis
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient

AWAY_SECONDS = 5.0
"""For so long after a failure the broker is not asked again, so that no request waits for it twice."""


class OwnKeysClient(RedisCacheClient):
    """Clears its own keys. Django's empties the whole database, and with it the broker's queues."""

    def __init__(self, servers: list[str], prefix: str, **options: Any) -> None:
        super().__init__(servers, **options)
        self._prefix = prefix
        self._made: dict[bool, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        """Django makes a client for each command, which takes as long as the command. There is one server."""
        if write not in self._made:
            self._made[write] = super().get_client(key, write=write)
        return self._made[write]

    def clear(self) -> bool:
        client = self.get_client(None, write=True)
        keys = list(client.scan_iter(match=f"{self._prefix}:*", count=1000))
        return bool(client.delete(*keys)) if keys else True


class SharedCache(BaseCache):
    """Django's Redis cache that never fails: what the broker does not answer, the process's own memory does."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        plain = {name: value for name, value in params.items() if name != "OPTIONS"}
        options = {**params.get("OPTIONS", {}), "prefix": self.key_prefix}
        self._shared = RedisCache(server, {**plain, "OPTIONS": options})
        self._shared._class = OwnKeysClient  # type: ignore[attr-defined]  # Django's own way to choose the client
        self._own = LocMemCache(f"beside {server}", plain)
        self._away_until = 0.0

    def _ask(self, act: Callable[[BaseCache], Any]) -> Any:
        if time.monotonic() >= self._away_until:
            try:
                return act(self._shared)
            except redis.RedisError:
                self._away_until = time.monotonic() + AWAY_SECONDS
        return act(self._own)

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return bool(self._ask(lambda cache: cache.add(key, value, timeout, version)))

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._ask(lambda cache: cache.get(key, default, version))

    def get_many(self, keys: Any, version: int | None = None) -> Any:
        return self._ask(lambda cache: cache.get_many(keys, version))

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._ask(lambda cache: cache.set(key, value, timeout, version))

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return bool(self._ask(lambda cache: cache.touch(key, timeout, version)))

    def delete(self, key: Any, version: int | None = None) -> bool:
        return bool(self._ask(lambda cache: cache.delete(key, version)))

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        return int(self._ask(lambda cache: cache.incr(key, delta, version)))

    def clear(self) -> None:
        self._own.clear()
        self._ask(lambda cache: cache.clear())
