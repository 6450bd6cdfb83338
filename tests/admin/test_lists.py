"""The list of forecasts: what its filters choose, what its columns say, and what it costs."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from forecasts.admin import lists
from forecasts.admin.lists import BoundedPaginator, spread, standings
from forecasts.answers import resolving
from forecasts.answers.resolving import Finding
from forecasts.models import Estimate, Forecast, Scenario, User
from tests import make

pytestmark = pytest.mark.django_db
LIST = "admin:forecasts_forecast_changelist"


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario(title="Aleppo")


@pytest.fixture
def owner(scenario: Scenario) -> User:
    return make.member(scenario, "owner", name="Rana")


def dates(opens: float, closes: float, resolves: float | None = None) -> dict[str, Any]:
    """In days from now."""
    now = timezone.now()
    opening = now + timedelta(days=opens)
    return {
        "published_at": opening,
        "opens_at": opening,
        "closes_at": now + timedelta(days=closes),
        "resolves_at": now + timedelta(days=closes if resolves is None else resolves),
    }


def chosen(client: Client, user: User, **query: Any) -> set[str]:
    client.force_login(user)
    answer = client.get(reverse(LIST), query)
    return {forecast.title for forecast in answer.context["cl"].result_list}


@pytest.fixture
def states(scenario: Scenario, owner: User) -> None:
    made = make.forecast(scenario, title="resolved", **dates(-9, -5))
    resolving.resolve(made, owner, Finding(outcome="no", known_at=made.closes_at, note="No."), at=timezone.now())  # type: ignore[arg-type]
    two = make.forecast(scenario, title="second", two_people_resolve=True, **dates(-9, -40 / 24))
    another = make.member(scenario, "resolver")
    resolving.resolve(two, another, Finding(outcome="no", known_at=two.closes_at, note="No."), at=timezone.now())  # type: ignore[arg-type]
    make.forecast(scenario, title="draft", published_at=None)
    make.forecast(scenario, title="open", **dates(-9, 5))
    make.forecast(scenario, title="awaiting", **dates(-9, -1, 20))
    make.forecast(scenario, title="overdue", **dates(-60, -40))
    make.forecast(scenario, title="upcoming", **{**dates(5, 9), "published_at": timezone.now()})


@pytest.mark.usefixtures("states")
@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("draft", {"draft"}),
        ("upcoming", {"upcoming"}),
        ("open", {"open"}),
        ("awaiting_resolution", {"awaiting"}),
        ("overdue", {"overdue", "second"}),
        ("resolved", {"resolved"}),
        ("second", {"second"}),
    ],
)
def test_a_state_chooses_its_forecasts(client: Client, owner: User, state: str, found: set[str]) -> None:
    assert chosen(client, owner, state=state) == found


@pytest.mark.usefixtures("states")
@pytest.mark.parametrize(
    ("due", "found"),
    [
        ("late", {"overdue", "second"}),
        ("late-week", {"overdue"}),
        ("late-month", {"overdue"}),
        ("week", {"open"}),
        ("month", {"open", "awaiting", "upcoming"}),
    ],
)
def test_a_due_date_chooses_by_when_the_answer_should_be_known(
    client: Client, owner: User, due: str, found: set[str]
) -> None:
    assert chosen(client, owner, due=due) == found


def test_scenario_category_kind_and_resolver_choose(client: Client, scenario: Scenario, owner: User) -> None:
    other = make.scenario()
    make.forecast(scenario, title="one", category="airstrikes", resolver=owner)
    make.numeric(other, title="two")
    chief = make.administrator()
    assert chosen(client, chief, scenario=other.pk) == {"two"}
    assert chosen(client, chief, category__exact="airstrikes") == {"one"}
    assert chosen(client, chief, kind__exact="numeric") == {"two"}
    assert chosen(client, chief, resolver=owner.pk) == {"one"}
    assert chosen(client, chief, resolver="nobody") == {"two"}


def test_mine_chooses_what_waits_for_me_what_names_me_and_what_i_estimated(
    client: Client, scenario: Scenario, owner: User
) -> None:
    make.forecast(scenario, title="to resolve", resolver=owner, **dates(-9, -1))
    make.forecast(scenario, title="named", backup=owner, **dates(-9, 9))
    said = make.forecast(scenario, title="estimated", resolver=make.user(), **dates(-9, 9))
    make.estimate(said, owner, 0.3, timezone.now())
    assert chosen(client, owner, mine="resolve") == {"to resolve"}
    assert chosen(client, owner, mine="named") == {"to resolve", "named"}
    assert chosen(client, owner, mine="answered") == {"estimated"}
    assert chosen(client, owner, mine="estimate") == set()


def test_a_value_that_no_filter_knows_chooses_everything(client: Client, scenario: Scenario, owner: User) -> None:
    make.forecast(scenario, title="one")
    assert chosen(client, owner, state="nonsense", mine="x", due="0", resolver="'; DROP", scenario="a") == {"one"}


def test_the_filters_tell_nobody_of_scenarios_or_resolvers_they_do_not_see(client: Client, owner: User) -> None:
    hidden = make.scenario(title="A secret scenario")
    make.forecast(hidden, resolver=make.user(name="A secret resolver"))
    client.force_login(owner)
    for name in ("forecast", "estimate", "verdict"):
        text = client.get(reverse(f"admin:forecasts_{name}_changelist")).content.decode()
        assert "A secret" not in text


def row(forecast: Forecast, user: User) -> lists.Standing:
    forecast.is_waiting = False  # type: ignore[attr-defined]
    return standings([forecast], user, make.day(20))[forecast.pk]


def test_a_row_says_consensus_spread_number_of_estimates_and_the_next_date(scenario: Scenario, owner: User) -> None:
    forecast = make.forecast(scenario)
    for number, probability in enumerate((0.2, 0.4, 0.6)):
        make.estimate(forecast, make.user(), probability, make.day(number))
    make.estimate(forecast, owner, 0.3, make.day(4))
    make.estimate(forecast, owner, 0.35, make.day(5))
    shown = row(forecast, owner)
    assert (shown.spread, shown.estimates) == ("20% to 60%", 5)
    assert 20 < int(shown.consensus.rstrip("%")) < 60
    assert shown.next is not None
    assert (shown.next.words, shown.next.moment) == ("closes", forecast.closes_at)


def test_one_estimate_makes_neither_consensus_nor_spread(scenario: Scenario, owner: User) -> None:
    forecast = make.forecast(scenario)
    make.estimate(forecast, owner, 0.3, make.day(4))
    shown = row(forecast, owner)
    assert (shown.consensus, shown.spread, shown.estimates) == ("–", "–", 1)


def test_the_spread_of_options_is_that_of_the_likeliest_and_of_numbers_that_of_medians(scenario: Scenario) -> None:
    choice = make.choice(["none", "one"], scenario)
    assert spread(choice, [(2000, 8000), (4000, 6000)]) == "60% to 80%"
    assert spread(choice, [(10_000,), (4000, 6000)]) == "40% to 100%"
    numeric = make.numeric(scenario)
    assert spread(numeric, [(1.0, 2.0, 30.0, 4.0, 5.0), (1.0, 2.0, 70.0, 80.0, 90.0)]) == "30 to 70"
    assert spread(make.forecast(scenario), [3000, 3000]) == "30%"


def test_in_a_blind_scenario_a_row_hides_what_others_said_until_one_has_answered(client: Client) -> None:
    blind = make.scenario(blind_until_answered=True)
    analyst = make.member(blind, "analyst")
    forecast = make.forecast(blind, **dates(-9, 9))
    for probability in (0.2, 0.6):
        make.estimate(forecast, make.user(), probability, timezone.now() - timedelta(days=1))
    client.force_login(analyst)
    text = client.get(reverse(LIST)).content.decode()
    assert "hidden" in text
    assert "20% to 60%" not in text
    make.estimate(forecast, analyst, 0.3, timezone.now())
    text = client.get(reverse(LIST)).content.decode()
    assert "20% to 60%" in text


def test_the_list_of_estimates_keeps_a_blind_scenario_blind(client: Client) -> None:
    blind = make.scenario(blind_until_answered=True)
    analyst = make.member(blind, "analyst")
    said = make.estimate(make.forecast(blind), make.user(), 0.2, make.day(1))
    client.force_login(analyst)
    assert client.get(reverse("admin:forecasts_estimate_changelist")).context["cl"].result_count == 0
    assert client.get(reverse("admin:forecasts_estimate_change", args=[said.pk])).status_code == 404


def test_counting_ends_at_the_bound(monkeypatch: pytest.MonkeyPatch, scenario: Scenario) -> None:
    monkeypatch.setattr(lists, "MOST_COUNTED", 3)
    for _ in range(5):
        make.forecast(scenario)
    assert BoundedPaginator(Forecast.objects.all(), 2).count == 3


@pytest.mark.parametrize("query", ["", "?state=overdue", "?mine=resolve", "?due=late", "?q=event"])
def test_a_list_opens_within_twelve_queries_however_many_it_holds(
    client: Client,
    scenario: Scenario,
    owner: User,
    query: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(9):
        forecast = make.forecast(scenario, resolver=owner, **dates(-9, -1))
        make.estimate(forecast, owner, 0.3, timezone.now() - timedelta(days=2))
        make.choice(["none", "one"], scenario, **dates(-9, 9))
    client.force_login(owner)
    client.get(reverse(LIST))
    with django_assert_max_num_queries(12):
        assert client.get(reverse(LIST) + query).context["cl"].result_count in (9, 18)


@pytest.mark.parametrize("model", [Estimate, Scenario])
def test_every_list_counts_without_reading_what_nobody_asked_for(model: type[Any]) -> None:
    rows = admin.site._registry[model]
    assert not rows.show_full_result_count
    assert rows.show_facets == admin.ShowFacets.NEVER
