"""Redis as the cache of all processes: answers kept for readers, counts of the API's limit. Used where REDIS_URL is set."""

import logging
import time

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger("borderwatch.shared_cache")

LEFT_OUT_FOR = 5.0
"""Seconds for which a Redis that failed is not asked again."""
SOON = {"socket_connect_timeout": 1, "socket_timeout": 1, "retry": Retry(NoBackoff(), 0)}


class SharedCache(RedisCache):
    """Redis; while it does not answer, the memory of this process, as where there is no Redis.

    A cache that is away makes pages slower and lets the API's limit count in each process apart; it fails nobody.
    """

    away_until = 0.0

    def __init__(self, server, params):
        super().__init__(server, params | {"OPTIONS": SOON | params.get("OPTIONS", {})})
        few = {name: value for name, value in params.items() if name != "OPTIONS"} | {"MAX_ENTRIES": 100}
        self.meanwhile = LocMemCache(f"meanwhile {self.key_prefix}", few)

    def either(self, name, *args, **kwargs):
        """What the method `name` gives, asked of Redis or of this process."""
        if time.monotonic() >= SharedCache.away_until:
            try:
                return getattr(RedisCache, name)(self, *args, **kwargs)
            except RedisError as error:
                SharedCache.away_until = time.monotonic() + LEFT_OUT_FOR
                logger.warning("Redis does not answer, each process remembers for itself: %s", error)
        return getattr(self.meanwhile, name)(*args, **kwargs)


def asked_of_either(name):
    def method(self, *args, **kwargs):
        return self.either(name, *args, **kwargs)

    return method


for name in ("add", "get", "set", "touch", "delete", "get_many", "has_key", "incr", "set_many", "delete_many", "clear"):
    setattr(SharedCache, name, asked_of_either(name))
