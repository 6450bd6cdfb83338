"""The embedded database: started when somebody needs it, stopped when nobody does any more."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from core.local import account, cluster, places
from core.local.cluster import Cluster

# For the tests, whose data nobody misses after a crash of the machine.
FORGETFUL = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


class Urls(NamedTuple):
    application: str
    owner: str


def urls() -> Urls:
    """The addresses of the database, passwords included, for its two roles. Starts nothing."""
    there = _cluster(durable=True)
    return Urls(there.url(cluster.APPLICATION), there.url(cluster.OWNER))


@contextmanager
def running(*, durable: bool = True) -> Iterator[Cluster]:
    """Keep the database running meanwhile. Whoever is the last to leave stops it, in whatever process.

    Raises SetupError where it cannot run. Without `durable` it is faster, and a machine's crash loses data.
    """
    with places.locked("database-users", fcntl.LOCK_SH) as users:
        try:
            yield _started(durable=durable)
        finally:
            _leave(users)


def _started(*, durable: bool) -> Cluster:
    places.check_writable()
    with places.locked("database-start"):
        there = _cluster(durable=durable)
        there.account.own(there.sockets)
        if not there.data.exists():
            cluster.make(there)
        if not there.ready:
            there.start()
    return there


def _leave(users: int) -> None:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    _cluster(durable=True).stop()


def _cluster(*, durable: bool) -> Cluster:
    data = places.var() / "database"
    return Cluster(data, places.sockets(), account.of_database(data), {} if durable else FORGETFUL)
