"""The board: every forecast that one may see, what waits for the reader first."""

import re
from collections.abc import Iterator
from datetime import UTC

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from forecasts import watching
from forecasts.models import Forecast, Membership, Preference, Scenario, User
from forecasts.pages import board, choosing
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
    assert "No forecast is all of this." in page


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
    with django_assert_max_num_queries(28):
        answer = client.get(reverse("board"))
    assert answer.content.decode().count('class="board-title"') == count


def test_fifty_forecasts_stand_on_a_page_and_the_counts_are_those_of_all_pages(
    client: Client, scenario: Scenario
) -> None:
    for number in range(53):
        make.forecast(scenario, title=f"Question number {number}")
    viewer = make.member(scenario, "viewer")
    first = _read(client, viewer, reverse("board"))
    assert first.count('class="board-title"') == 50
    assert '<span class="count">53</span>' in first
    assert "53 forecasts" in first
    second = _read(client, viewer, f"{reverse('board')}?page=2")
    assert second.count('class="board-title"') == 3
    assert '<span class="count">53</span>' in second


def test_what_waits_is_part_of_the_page_and_counted_in_full(client: Client, scenario: Scenario) -> None:
    resolver = make.member(scenario, "resolver")
    for number in range(52):
        days = {"closes_at": make.day(5), "resolves_at": make.day(6)}
        make.forecast(scenario, title=f"Overdue {number}", resolver=resolver, **days)
    make.forecast(scenario, title="Another")
    first = _read(client, resolver, reverse("board"))
    assert first.count('class="board-title"') == 50
    assert 'Waiting for you <span class="count">52</span>' in first
    assert "Another" not in first
    second = _read(client, resolver, "/?page=2")
    assert 'Waiting for you <span class="count">52</span>' in second
    assert second.index("Waiting for you") < second.index("Another")


def titles(page: str) -> list[str]:
    """Of the rows, in their order."""
    return re.findall(r'<div><a href="/forecasts/\d+/" dir="auto">(.*?)</a>', page)


def test_what_the_address_asks_for_is_combined(client: Client, scenario: Scenario) -> None:
    analyst = make.member(scenario)
    soon = {"closes_at": make.day(14), "resolves_at": make.day(14)}
    make.forecast(scenario, title="Harbour, soon", **soon)
    mine = make.forecast(scenario, title="Harbour, soon, answered", **soon)
    make.forecast(scenario, title="Harbour, later")
    make.forecast(scenario, title="Harvest, soon", **soon)
    make.estimate(mine, analyst, 0.4, make.day(9))
    assert titles(_read(client, analyst, "/?q=harbour&order=closing")) == [
        "Harbour, soon", "Harbour, soon, answered", "Harbour, later",
    ]  # fmt: skip
    assert titles(_read(client, analyst, "/?q=harbour&closing=1&order=closing")) == [
        "Harbour, soon",
        "Harbour, soon, answered",
    ]
    assert titles(_read(client, analyst, "/?q=harbour&closing=1&unanswered=1")) == ["Harbour, soon"]
    assert titles(_read(client, analyst, "/?q=harbour&closing=1&mine=1")) == ["Harbour, soon, answered"]
    assert titles(_read(client, analyst, f"{scenario.get_absolute_url()}?closing=1&mine=1")) == [
        "Harbour, soon, answered"
    ]
    page = _read(client, analyst, "/?q=harbour&closing=1&mine=1")
    assert 'href="/?q=harbour&amp;closing=1"' in page  # turns *mine* off and leaves the rest
    assert "1 forecast of these" in page


def test_mine_is_what_one_answered_is_assigned_or_resolves(client: Client, scenario: Scenario) -> None:
    person = make.member(scenario, "resolver")
    make.forecast(scenario, title="Of others")
    make.estimate(make.forecast(scenario, title="Answered"), person, 0.4, make.day(2))
    make.forecast(scenario, title="Assigned").assignees.add(person)
    make.forecast(scenario, title="To resolve", resolver=person)
    assert set(titles(_read(client, person, "/?mine=1"))) == {"Answered", "Assigned", "To resolve"}


def test_who_may_not_estimate_is_asked_for_nothing(client: Client, scenario: Scenario) -> None:
    make.forecast(scenario, title="Open")
    make.forecast(scenario, title="Over", closes_at=make.day(5), resolves_at=make.day(20))
    assert titles(_read(client, make.member(scenario), "/?unanswered=1")) == ["Open"]
    assert titles(_read(client, make.member(scenario, "viewer"), "/?unanswered=1")) == []


@pytest.mark.parametrize(
    ("zone", "weekdays", "ends"),
    [
        ("UTC", [0, 1, 2, 3, 4], "2024-12-16T00:00:00+00:00"),  # from Monday on
        ("UTC", [6, 0, 1, 2, 3], "2024-12-15T00:00:00+00:00"),  # from Sunday on
        ("Asia/Tehran", [5, 6, 0, 1, 2], "2024-12-13T20:30:00+00:00"),  # from Saturday on, as it begins there
        ("Pacific/Auckland", None, "2024-12-15T11:00:00+00:00"),
    ],
)
def test_the_week_ends_where_and_when_that_of_the_reader_does(
    scenario: Scenario, zone: str, weekdays: list[int] | None, ends: str
) -> None:
    person = make.member(scenario, time_zone=zone)
    if weekdays:
        Preference.objects.create(user=person, weekdays=weekdays)
    # A Wednesday.
    assert choosing.week_end(person, make.day(11)).astimezone(UTC).isoformat() == ends


def moved_forecasts(scenario: Scenario) -> list[User]:
    """One that went from 20 to 60%, one from 20 to 30%, one that stayed; who said so."""
    people = [make.member(scenario) for _ in range(2)]
    for title, value in (("Little", 0.3), ("Far", 0.6), ("Not", 0.2)):
        forecast = make.forecast(scenario, title=title, opens_at=make.day(1))
        for person in people:
            make.estimate(forecast, person, 0.2, make.day(2))
            if value != 0.2:
                make.estimate(forecast, person, value, make.day(9))
    return people


def test_what_moved_most_stands_first_with_what_it_was(client: Client, scenario: Scenario) -> None:
    people = moved_forecasts(scenario)
    page = _read(client, people[0], "/?order=moved")
    assert titles(page) == ["Far", "Little", "Not"]
    assert page.count("was <bdi>20%</bdi>") == 2


def test_where_estimates_are_hidden_no_movement_is_told_before_one_has_answered(client: Client) -> None:
    """Neither by the order, which stays that without movement, nor by a word."""
    scenario = make.scenario("blind", blind_until_answered=True)
    moved_forecasts(scenario)
    newcomer = make.member(scenario)
    page = _read(client, newcomer, "/?order=moved")
    assert titles(page) == titles(_read(client, newcomer, "/?order=closing"))
    assert "was <bdi>" not in page
    far = Forecast.objects.get(title="Little")
    make.estimate(far, newcomer, 0.9, make.day(9.5))
    page = _read(client, newcomer, "/?order=moved")
    assert titles(page)[0] == "Little"
    assert page.count("was <bdi>") == 1


def test_scenarios_stand_in_a_list_with_what_is_open_and_waits(client: Client, scenario: Scenario) -> None:
    resolver = make.member(scenario, "resolver")
    make.forecast(scenario, closes_at=make.day(12), resolves_at=make.day(12))
    make.forecast(scenario, closes_at=make.day(5), resolves_at=make.day(6), resolver=resolver)
    make.forecast(make.scenario(title="Of others"))
    listed = board.listed(resolver, make.day(16), make.day(10))
    assert [(one.scenario, one.total, one.open, one.closing, one.overdue, one.waiting) for one in listed] == [
        (scenario, 2, 1, 1, 1, 1)
    ]
    page = _read(client, resolver, reverse("scenarios"))
    assert "Aleppo" in page
    assert "Of others" not in page


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_of_scenarios_asks_as_much_for_many_as_for_one(
    client: Client, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    person = make.user()
    for number in range(count):
        each = make.scenario(f"s{number}")
        Membership.objects.create(scenario=each, user=person, role="owner")
        make.forecast(each)
    client.force_login(person)
    with django_assert_max_num_queries(20):
        assert client.get(reverse("scenarios")).content.decode().count('scope="row"') == count


@pytest.mark.parametrize(("role", "sees"), [("owner", True), ("editor", False)])
def test_the_owner_of_a_scenario_finds_the_way_to_invite_somebody_there(
    client: Client, scenario: Scenario, role: str, *, sees: bool
) -> None:
    page = _read(client, make.member(scenario, role), scenario.get_absolute_url())
    assert (reverse("invite-member", args=[scenario.slug]) in page) is sees
