"""Beat puts at most one task of a kind in the queue, however long nobody takes them."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings

from core.celery import app
from core.local.broker import plain
from core.scheduling import OneOfAKind

QUEUES = ("mail", "scores")


@pytest.fixture
def broker() -> Iterator[redis.Redis]:
    """The tests' broker, with empty queues before and after."""
    client = redis.Redis.from_url(plain(settings.CELERY_BROKER_URL))
    client.delete(*QUEUES)
    yield client
    client.delete(*QUEUES)
    client.close()


def waiting(broker: redis.Redis) -> Counter[str]:
    found = [json.loads(message) for queue in QUEUES for message in broker.lrange(queue, 0, -1)]
    return Counter(str(message["headers"]["task"]).rpartition(".")[2] for message in found)


@pytest.fixture
def beat(tmp_path: Path) -> OneOfAKind:
    return OneOfAKind(app, schedule_filename=str(tmp_path / "schedule"), lazy=False)


def ticks(beat: OneOfAKind, count: int) -> None:
    """What beat does for each entry that is due."""
    for _ in range(count):
        for entry in list(beat.schedule.values()):
            beat.apply_entry(entry, producer=beat.producer)


def test_without_a_worker_one_task_of_each_kind_waits(broker: redis.Redis, beat: OneOfAKind) -> None:
    ticks(beat, 50)
    found = waiting(broker)
    assert set(found.values()) == {1}
    assert {"plan_prompts", "send_messages", "settle"} <= set(found)


def test_once_it_is_taken_the_next_one_waits(broker: redis.Redis, beat: OneOfAKind) -> None:
    ticks(beat, 1)
    broker.delete("mail")
    ticks(beat, 3)
    assert waiting(broker)["send_messages"] == 1


def test_no_task_expires_by_the_clock_of_a_worker(broker: redis.Redis, beat: OneOfAKind) -> None:
    ticks(beat, 1)
    messages = [json.loads(message) for queue in QUEUES for message in broker.lrange(queue, 0, -1)]
    assert {message["headers"]["expires"] for message in messages} == {None}
