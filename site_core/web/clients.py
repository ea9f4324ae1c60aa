"""Who asks, for limits that keep one client from using up what is there for all."""

import hashlib
import hmac
import logging
from functools import cache
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from limits import RateLimitItem
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

logger = logging.getLogger(__name__)


def client_network(request: HttpRequest) -> str:
    """Return the address a request comes from, or the network of 2^64 that an IPv6 client has to itself.

    Each proxy in front of us, PROXY_COUNT of them, adds to X-Forwarded-For whom it spoke with; what stands before that
    the client may have made up.
    """
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    address = request.META.get("REMOTE_ADDR", "")
    if settings.PROXY_COUNT and seen:
        address = seen[-min(settings.PROXY_COUNT, len(seen))]
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address) and not parsed.ipv4_mapped:
        return str(ip_network((parsed, 64), strict=False))
    return str(parsed)


def is_within(limit: RateLimitItem, *names: str) -> bool:
    """Count one more of something, and tell whether it is still within its limit.

    What is counted is known by a keyed hash alone. While the shared cache is away nothing is counted, and all is well.
    """
    key = hmac.new(settings.SECRET_KEY.encode(), "\0".join(names).encode(), hashlib.sha256).hexdigest()
    try:
        return limiter().hit(limit, key)
    except StorageError as error:
        logger.warning("Limits are not kept: %s", type(error).__name__)
        return True


@cache
def limiter() -> FixedWindowRateLimiter:
    """Return the counter that all processes share, where they share a cache; else this process's own."""
    address = settings.LIMITS_URL
    options = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5} if address.startswith("redis") else {}
    return FixedWindowRateLimiter(storage_from_string(address, wrap_exceptions=True, **options))
