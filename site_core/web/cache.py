"""The shared cache, which the site can do without."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

logger = logging.getLogger(__name__)


def forgiving(ask: Callable[..., Any], fallback: Any) -> Any:
    """Call the cache; return the fallback, and say so in the log, while its server can't be reached."""
    try:
        return ask()
    except (RedisConnectionError, RedisTimeoutError) as error:
        logger.warning("The shared cache can't be reached: %s", type(error).__name__)
        return fallback


class ForgivingRedisCache(RedisCache):
    """Django's own; while the server can't be reached, everything is a miss and nothing is kept.

    Counting (`incr`) still fails: whoever counts must know that nothing was counted.
    """

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return forgiving(lambda: super(ForgivingRedisCache, self).get(key, default, version), default)

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        return forgiving(lambda: super(ForgivingRedisCache, self).get_many(keys, version), {})

    def set(self, key: str, value: Any, *args: Any, **kwargs: Any) -> None:
        forgiving(lambda: super(ForgivingRedisCache, self).set(key, value, *args, **kwargs), None)

    def set_many(self, data: dict[str, Any], *args: Any, **kwargs: Any) -> list[Any]:
        return forgiving(lambda: super(ForgivingRedisCache, self).set_many(data, *args, **kwargs), list(data))

    def add(self, key: str, value: Any, *args: Any, **kwargs: Any) -> bool:
        return forgiving(lambda: super(ForgivingRedisCache, self).add(key, value, *args, **kwargs), False)

    def delete(self, key: str, version: int | None = None) -> bool:
        return forgiving(lambda: super(ForgivingRedisCache, self).delete(key, version), False)

    def clear(self) -> None:
        forgiving(super().clear, None)
