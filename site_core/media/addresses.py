"""Where files are found on the site: always below its own address, wherever they are stored."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_prefix: ContextVar[str] = ContextVar("what file addresses begin with", default="")


def file_address(path: str) -> str:
    """Return the address of a file from its path within the site, `/media/…` or `/dokument/…`."""
    return f"{_prefix.get().rstrip('/')}{path}"


@contextmanager
def addresses_below(prefix: str) -> Iterator[None]:
    """Let every file have its address below another one while the block of code runs."""
    token = _prefix.set(prefix)
    try:
        yield
    finally:
        _prefix.reset(token)
