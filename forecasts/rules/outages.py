"""Which errors say that the database cannot be written to just now: it is away, ending, or a replica for a moment."""

from django.db import InterfaceError, InternalError, OperationalError

READ_ONLY = "25006"
"""PostgreSQL's code for writing while it takes no writes, as in a failover."""


def is_one(error: BaseException | None) -> bool:
    """Whether trying again later may succeed, since nothing is wrong with what was asked."""
    if isinstance(error, InternalError):
        return getattr(error.__cause__, "sqlstate", None) == READ_ONLY
    return isinstance(error, (OperationalError, InterfaceError))
