"""What is one act to the person who does it is one to us: a double click, a reload."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, RequestFactory

from core import sent_twice
from forecasts.models import Estimate, Forecast, User
from tests import make
from tests.api.world import open_until_late

ANSWER = {"event": "update", "percent": "35", "version": "1"}


@pytest.fixture(autouse=True)
def nothing_sent() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def forecast(db: None) -> Forecast:
    return make.forecast(**open_until_late({}))


@pytest.fixture
def analyst(forecast: Forecast, client: Client) -> User:
    person = make.member(forecast.scenario)
    client.force_login(person)
    return person


def answer(client: Client, forecast: Forecast, **more: str) -> str:
    return str(client.post(f"/forecasts/{forecast.pk}/estimate/", {**ANSWER, **more}).get("Location", ""))


def test_the_second_leads_where_the_first_one_led(client: Client, forecast: Forecast, analyst: User) -> None:
    assert [answer(client, forecast) for _ in range(2)] == [forecast.get_absolute_url()] * 2
    assert Estimate.objects.count() == 1


def test_another_value_or_another_person_is_another_act(client: Client, forecast: Forecast, analyst: User) -> None:
    answer(client, forecast)
    answer(client, forecast, percent="36")
    other = Client()
    other.force_login(make.member(forecast.scenario))
    answer(other, forecast)
    assert Estimate.objects.count() == 3


def test_to_and_fro_and_to_are_three_acts(client: Client, forecast: Forecast, analyst: User) -> None:
    for percent in ("35", "40", "35"):
        answer(client, forecast, percent=percent)
    assert Estimate.objects.count() == 3


def test_after_moments_it_is_meant_anew(
    client: Client, forecast: Forecast, analyst: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sent_twice, "MOMENTS", 0)
    for _ in range(2):
        answer(client, forecast)
    assert Estimate.objects.count() == 2


def test_what_was_refused_may_be_sent_again(client: Client, forecast: Forecast, analyst: User) -> None:
    path = f"/forecasts/{forecast.pk}/estimate/"
    assert [client.post(path, {"event": "update"}).status_code for _ in range(2)] == [422, 422]


def test_what_is_being_worked_on_is_not_begun_again(
    client: Client, forecast: Forecast, analyst: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sent_twice, "PATIENCE", 0)
    path = f"/forecasts/{forecast.pk}/estimate/"
    begun = RequestFactory().post(path, ANSWER)
    cache.add(f"sent:{analyst.pk}:{sent_twice._digest(begun)}", 1)
    assert client.post(path, ANSWER).status_code == 409
    assert not Estimate.objects.exists()


def test_files_of_one_name_are_told_apart_by_what_is_in_them() -> None:
    made = [
        RequestFactory().post("/", {"file": SimpleUploadedFile("a.txt", text)}) for text in (b"one", b"one", b"two")
    ]
    first, same, other = map(sent_twice._digest, made)
    assert first == same != other
    uploaded: Any = made[0].FILES["file"]
    assert uploaded.read() == b"one"


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_recorded() -> None:
    forecast = make.forecast(**open_until_late({}))
    person = make.member(forecast.scenario)
    clients = [Client(), Client()]
    for one in clients:
        one.force_login(person)
    both = Barrier(2)

    def sent(one: Client) -> str:
        both.wait()
        try:
            return answer(one, forecast)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as hands:
        assert list(hands.map(sent, clients)) == [forecast.get_absolute_url()] * 2
    assert Estimate.objects.count() == 1
