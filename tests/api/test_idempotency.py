"""The same POST twice does its work once, also when both arrive at the same time."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from forecasts.models import Estimate, IdempotencyKey
from forecasts.operations import tasks
from tests.api.world import API, World, as_person, build, open_forecast

ESTIMATES = f"{API}estimates/"


def send(world: World, key: str, **body: Any) -> Any:
    client = as_person(world.member)
    return client.post(ESTIMATES, {"forecast": world.open.pk, "probability": 0.35, **body}, HTTP_IDEMPOTENCY_KEY=key)


@pytest.mark.django_db
def test_a_repeat_gets_the_first_answer_to_the_byte_and_records_nothing(world: World) -> None:
    first, second = send(world, "a"), send(world, "a")
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.content == first.content
    assert ("Idempotency-Replayed" in first, second["Idempotency-Replayed"]) == (False, "true")
    assert Estimate.objects.filter(forecast=world.open).count() == 1


@pytest.mark.django_db
def test_the_order_of_fields_and_the_spelling_of_numbers_make_no_other_body(world: World) -> None:
    client = as_person(world.member)
    pk = world.open.pk
    sent = [f'{{"forecast": {pk}, "probability": 0.50}}', f'{{"probability":5e-1,"forecast":{pk}}}']
    first, second = [
        client.post(ESTIMATES, body, content_type="application/json", HTTP_IDEMPOTENCY_KEY="a") for body in sent
    ]
    assert first.content == second.content


@pytest.mark.django_db
def test_a_key_with_another_body_is_a_conflict_and_records_nothing(world: World) -> None:
    send(world, "a")
    answer = send(world, "a", probability=0.9)
    assert (answer.status_code, answer.json()["code"]) == (409, "key_reused")
    assert Estimate.objects.filter(forecast=world.open).count() == 1


@pytest.mark.django_db
def test_another_key_and_no_key_each_record_again(world: World) -> None:
    send(world, "a")
    send(world, "b")
    as_person(world.member).post(ESTIMATES, {"forecast": world.open.pk, "probability": 0.35})
    assert Estimate.objects.filter(forecast=world.open).count() == 3


@pytest.mark.django_db
def test_keys_of_two_people_do_not_meet(world: World) -> None:
    send(world, "a")
    body = {"forecast": world.open.pk, "probability": 0.8}
    answer = as_person(world.owner).post(ESTIMATES, body, HTTP_IDEMPOTENCY_KEY="a")
    assert (answer.status_code, answer.json()["probability"]) == (201, 0.8)


@pytest.mark.django_db
def test_what_was_refused_leaves_its_key_free(world: World) -> None:
    assert send(world, "a", probability=2).status_code == 400
    assert IdempotencyKey.objects.count() == 0
    assert send(world, "a").status_code == 201


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", " ", "two words", "ä", "x" * 201])
def test_a_key_that_is_none_is_refused(world: World, key: str) -> None:
    answer = send(world, key)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["Idempotency-Key"])
    assert not Estimate.objects.filter(forecast=world.open).exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_that_arrive_at_once_one_records_and_all_get_its_answer() -> None:
    world = build()
    together = threading.Barrier(6)

    def arrive(_: int) -> tuple[int, bytes]:
        together.wait()
        answer = send(world, "a")
        connections.close_all()
        return answer.status_code, answer.content

    with ThreadPoolExecutor(6) as people:
        answers = set(people.map(arrive, range(6)))
    assert [status for status, _ in answers] == [201]
    assert Estimate.objects.filter(forecast=world.open).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_bodies_under_one_key_at_once_one_is_a_conflict() -> None:
    world = build()
    other = open_forecast(world.scenario)
    together = threading.Barrier(2)

    def arrive(forecast: int) -> int:
        together.wait()
        status: int = send(world, "a", forecast=forecast).status_code
        connections.close_all()
        return status

    with ThreadPoolExecutor(2) as people:
        statuses = sorted(people.map(arrive, [world.open.pk, other.pk]))
    assert statuses == [201, 409]
    assert Estimate.objects.filter(forecast__in=[world.open, other]).count() == 1


@pytest.mark.django_db
def test_keys_are_forgotten_after_a_week_and_not_before(world: World) -> None:
    for age, key in ((8, "old"), (6, "young")):
        send(world, key)
        IdempotencyKey.objects.filter(key=key).update(made_at=timezone.now() - timedelta(days=age))
    tasks.tidy()
    assert [row.key for row in IdempotencyKey.objects.all()] == ["young"]
    assert send(world, "old").headers.get("Idempotency-Replayed") is None
