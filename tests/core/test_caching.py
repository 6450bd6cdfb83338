"""The shared cache: one for all processes, harmless to the queues beside it, and never a reason to fail."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.core.cache import caches

from core import caching
from core.caching import SharedCache
from core.local import broker
from tests.runs import environment, own_var


@pytest.fixture
def var() -> Iterator[Path]:
    with own_var() as folder, environment({"RECKONER_VAR": str(folder)}):
        yield folder


def cache() -> SharedCache:
    """As another process would open it."""
    options = {"KEY_PREFIX": "ours", "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1}}
    return SharedCache(broker.plain(broker.url()), options)


def test_the_installation_uses_it_on_its_broker() -> None:
    assert settings.CACHES["default"]["LOCATION"] == broker.plain(settings.CELERY_BROKER_URL)
    assert isinstance(caches["default"], SharedCache)


def test_what_one_process_keeps_another_finds(var: Path) -> None:
    with broker.running():
        cache().set("picture", b"\x89PNG", timeout=60)
        assert cache().get("picture") == b"\x89PNG"
        assert (cache().add("picture", b"other"), cache().add("once", 1), cache().incr("once")) == (False, True, 2)
        assert (cache().touch("once"), cache().delete("once"), cache().get("once")) == (True, True, None)


def test_clearing_it_leaves_the_queues_alone(var: Path) -> None:
    with broker.running(), closing(redis.Redis.from_url(broker.plain(broker.url()))) as queues:
        queues.rpush("mail", "a task")
        cache().set("picture", b"")
        cache().clear()
        cache().clear()
        assert (queues.llen("mail"), cache().get("picture")) == (1, None)


def test_without_a_broker_each_process_remembers_for_itself(var: Path) -> None:
    alone = cache()
    alone.set("tries", 9, timeout=60)
    assert (alone.get("tries"), alone.incr("tries"), alone.add("tries", 1)) == (9, 10, False)
    assert (alone.touch("tries"), alone.delete("tries"), alone.get("tries", "none")) == (True, True, "none")
    alone.clear()


def test_a_broker_that_failed_is_not_asked_again_at_once_and_used_again_when_it_is_back(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = cache()
    assert one.get("picture") is None
    with broker.running():
        cache().set("picture", b"new")
        assert one.get("picture") is None
        monkeypatch.setattr(caching, "AWAY_SECONDS", 0.0)
        one._away_until = 0.0
        assert one.get("picture") == b"new"
    assert one.get("picture") is None
