"""The board: every forecast that one may see, what waits for the reader first."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from forecasts import watching
from forecasts.models import Scenario, User
from tests import clocks, make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_december() -> Iterator[None]:
    with clocks.standing_at(make.day(10)):
        yield


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario("aleppo", title="Aleppo")


def _read(client: Client, user: User, address: str) -> str:
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_board_shows_state_consensus_own_estimate_and_next_date(client: Client, scenario: Scenario) -> None:
    forecast, analyst = make.forecast(scenario, title="Will it hold?"), make.member(scenario)
    make.estimate(forecast, analyst, 0.3, make.day(2))
    make.estimate(forecast, make.member(scenario), 0.3, make.day(3))
    page = _read(client, analyst, reverse("board"))
    assert "Will it hold?" in page
    assert "in 20 days" in page
    assert '<span class="value" dir="auto" title="30%">30%</span> <span class="muted small">of 2</span>' in page
    assert '<span class="mine" dir="auto">30%</span>' in page
    assert "31 Dec 2024" in page


def test_the_board_draws_the_consensus_for_those_too_who_said_nothing(client: Client, scenario: Scenario) -> None:
    forecast = make.forecast(scenario)
    for _ in range(2):
        make.estimate(forecast, make.member(scenario), 0.3, make.day(2))
    page = _read(client, make.member(scenario, "viewer"), reverse("board"))
    drawn = page.partition('class="gauge"')[2].partition("</svg>")[0]
    assert 'x="30.0%"' in drawn
    assert "<circle" not in drawn


def test_what_waits_for_the_reader_stands_first(client: Client, scenario: Scenario) -> None:
    analyst = make.member(scenario)
    make.forecast(scenario, title="Closes first, answered", closes_at=make.day(12), resolves_at=make.day(12))
    asked = make.forecast(scenario, title="Closes last, asked", closes_at=make.day(90), resolves_at=make.day(90))
    watching.refresh(asked, make.day(1))
    page = _read(client, analyst, reverse("board"))
    assert page.index("Waiting for you") < page.index("Closes last, asked") < page.index("Closes first, answered")
    assert "your estimate</a>" in page


def test_who_has_answered_is_not_told_that_something_waits(client: Client, scenario: Scenario) -> None:
    analyst, forecast = make.member(scenario), make.forecast(scenario)
    make.estimate(forecast, analyst, 0.4, make.day(9))
    watching.refresh(forecast, make.day(9))
    assert "Waiting for you" not in _read(client, analyst, reverse("board"))


def test_the_resolver_is_told_what_to_resolve_and_others_are_not(client: Client, scenario: Scenario) -> None:
    resolver = make.member(scenario, "resolver")
    make.forecast(scenario, closes_at=make.day(5), resolves_at=make.day(6), resolver=resolver)
    assert "resolve it</a>" in _read(client, resolver, reverse("board"))
    assert "resolve it</a>" not in _read(client, make.member(scenario, "viewer"), reverse("board"))


@pytest.mark.parametrize(
    ("state", "title"),
    [
        ("open", "Now open"),
        ("upcoming", "Opens later"),
        ("awaiting_resolution", "Closed lately"),
        ("overdue", "Long overdue"),
        ("resolved", "All over"),
    ],
)
def test_the_board_can_be_narrowed_to_one_state(client: Client, scenario: Scenario, state: str, title: str) -> None:
    make.forecast(scenario, title="Now open")
    make.forecast(scenario, title="Opens later", opens_at=make.day(20))
    make.forecast(scenario, title="Closed lately", closes_at=make.day(9), resolves_at=make.day(20))
    make.forecast(scenario, title="Long overdue", closes_at=make.day(5), resolves_at=make.day(6))
    over = make.forecast(scenario, title="All over", closes_at=make.day(5), resolves_at=make.day(6))
    make.verdict(over, "yes")
    page = _read(client, make.member(scenario), f"{reverse('board')}?state={state}")
    every = {"Now open", "Opens later", "Closed lately", "Long overdue", "All over"}
    assert {one for one in every if f">{one}</a>" in page} == {title}


def test_the_board_can_be_narrowed_to_one_category(client: Client, scenario: Scenario) -> None:
    make.forecast(scenario, title="Planes", category="airstrikes")
    make.forecast(scenario, title="Talks", category="negotiation")
    page = _read(client, make.member(scenario), f"{reverse('board')}?category=negotiation")
    assert "Talks" in page
    assert "Planes" not in page


def test_a_filter_that_does_not_exist_is_passed_over(client: Client, scenario: Scenario) -> None:
    make.forecast(scenario, title="Still there")
    assert "Still there" in _read(client, make.member(scenario), "/?state=nonsense&category=nonsense&page=nonsense")


def test_a_filter_that_nothing_meets_says_so(client: Client, scenario: Scenario) -> None:
    make.forecast(scenario)
    page = _read(client, make.member(scenario), f"{reverse('board')}?state=resolved")
    assert "No forecast is in this state and category." in page


def test_an_empty_board_says_what_will_appear_and_which_command_makes_it(client: Client) -> None:
    assert "manage.py load_scenario" in _read(client, make.user(), reverse("board"))


@pytest.mark.parametrize("count", [2, 30])
def test_the_number_of_queries_does_not_grow_with_the_board(
    client: Client, scenario: Scenario, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    analysts = [make.member(scenario) for _ in range(3)]
    for _ in range(count):
        forecast = make.choice(["yes", "no"], scenario)
        for analyst in analysts:
            make.estimate(forecast, analyst, None, make.day(1), probabilities=[4000, 6000])
        watching.refresh(forecast, make.day(1))
    make.verdict(forecast, "option", option=forecast.options.get(position=0), known_at=make.day(3))
    client.force_login(analysts[0])
    with django_assert_max_num_queries(25):
        answer = client.get(reverse("board"))
    assert answer.content.decode().count('class="board-title"') == count


def test_two_hundred_forecasts_stand_on_one_page_and_the_rest_on_the_next(client: Client, scenario: Scenario) -> None:
    for number in range(203):
        make.forecast(scenario, title=f"Question number {number}")
    viewer = make.member(scenario, "viewer")
    assert _read(client, viewer, reverse("board")).count('class="board-title"') == 200
    assert _read(client, viewer, f"{reverse('board')}?page=2").count('class="board-title"') == 3


@pytest.mark.parametrize(("role", "sees"), [("owner", True), ("editor", False)])
def test_the_owner_of_a_scenario_finds_the_way_to_invite_somebody_there(
    client: Client, scenario: Scenario, role: str, *, sees: bool
) -> None:
    page = _read(client, make.member(scenario, role), scenario.get_absolute_url())
    assert (reverse("invite-member", args=[scenario.slug]) in page) is sees
