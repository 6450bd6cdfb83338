"""How often something may be done: exactly so often within the time, by key, and with a wait that is true."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from forecasts.models import User
from forecasts.rules import costs, limits
from forecasts.rules.costs import Cost
from forecasts.rules.limits import Limit, TooMany
from tests import make

START = make.day(0)


def limit(most: int = 3, seconds: int = 60) -> Limit:
    """One that no other test has counted for."""
    return Limit(f"test-{next(make._number)}", most, seconds)


def is_let_through(one: Limit, second: float, key: str = "k") -> bool:
    try:
        one.take(key, START + timedelta(seconds=second))
    except TooMany:
        return False
    return True


def test_so_many_get_through_and_no_more() -> None:
    one = limit()
    assert [is_let_through(one, second) for second in (0, 1, 2, 3, 59)] == [True, True, True, False, False]


@pytest.mark.parametrize("begin", [0, 0.5, 17, 59.9])
def test_what_was_done_counts_for_its_time_whenever_it_began(begin: float) -> None:
    one = limit()
    assert [is_let_through(one, begin + second) for second in (0, 30, 31, 32, 58)] == [True, True, True, False, False]
    assert [is_let_through(one, begin + second) for second in (61, 62, 89)] == [True, False, False]


def test_each_key_counts_for_itself() -> None:
    one = limit(1)
    assert [is_let_through(one, 0, key) for key in ("a", "b", "a", "b")] == [True, True, False, False]


def test_the_wait_is_true_and_never_longer_than_the_time() -> None:
    one = limit(2, 60)
    for second in (0, 20):
        one.take("k", START + timedelta(seconds=second))
    with pytest.raises(TooMany) as refused:
        one.take("k", START + timedelta(seconds=30))
    assert 29 <= refused.value.wait <= 31
    assert not is_let_through(one, 30 + refused.value.wait - 2)
    assert is_let_through(one, 30 + refused.value.wait)


def test_what_is_refused_does_not_count() -> None:
    one = limit(1)
    assert [is_let_through(one, second) for second in range(60)] == [True, *[False] * 59]
    assert is_let_through(one, 61)


def test_what_is_given_back_may_be_taken_again() -> None:
    one = limit(1)
    one.take("k", START)
    one.give_back("k", START)
    one.give_back("k", START)
    assert [is_let_through(one, 1), is_let_through(one, 2)] == [True, False]


def test_of_many_at_once_no_more_get_through() -> None:
    one = limit(10)
    with ThreadPoolExecutor(16) as threads:
        through = list(threads.map(lambda _: is_let_through(one, 5), range(200)))
    assert 1 <= sum(through) <= 10


def test_all_are_counted_or_none() -> None:
    roomy, full = limit(5), limit(1)
    full.take("k", START)
    with pytest.raises(TooMany):
        limits.take_all([(roomy, "k"), (full, "k")], START)
    assert [is_let_through(roomy, 1) for _ in range(6)] == [True] * 5 + [False]


def test_a_person_has_one_limit_for_all_their_tokens() -> None:
    by_token, by_person, _ = costs.MOST[Cost.PICTURE]
    person = next(make._number) + 10**6
    for n in range(by_person):
        costs.take(Cost.PICTURE, person, f"token-{person}-{n // by_token}", at=START)
    with pytest.raises(TooMany):
        costs.take(Cost.PICTURE, person, f"token-{person}-new", at=START)


@pytest.mark.django_db
class TestOverHttp:
    @pytest.fixture
    def person(self, settings: Settings) -> User:
        settings.LIMIT_FACTOR = 0.01  # one write and one search a minute or six
        return make.user()

    def test_pages_that_cost_much_answer_429_with_how_long_to_wait(self, client: Client, person: User) -> None:
        client.force_login(person)
        answers = [client.post("/account/", {"name": "A", "time_zone": "UTC"}) for _ in range(7)]
        assert [answer.status_code for answer in answers] == [302] * 6 + [429]
        assert 0 < int(answers[-1]["Retry-After"]) <= 60
        assert "Too often" in answers[-1].content.decode()

    def test_the_api_answers_in_its_own_form(self, client: Client, person: User) -> None:
        client.force_login(person)
        answers = [client.get("/api/v1/calibration.csv") for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert answers[-1].json()["code"] == "throttled"
        assert 0 < int(answers[-1]["Retry-After"]) <= 60

    def test_others_are_not_held_up(self, client: Client, person: User) -> None:
        client.force_login(person)
        assert [client.get("/articles/?q=city").status_code for _ in range(3)] == [200, 200, 429]
        other = Client()
        other.force_login(make.user())
        assert other.get("/articles/?q=city").status_code == 200

    def test_reading_a_page_is_not_limited(self, client: Client, person: User) -> None:
        client.force_login(person)
        assert {client.get("/articles/").status_code for _ in range(20)} == {200}
