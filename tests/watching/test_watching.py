"""Watches follow the facts: who is asked about what, and when next."""

import contextlib
from datetime import datetime, timedelta

import pytest

from forecasts import watching
from forecasts.answers import estimating, resolving
from forecasts.answers.estimating import Answer
from forecasts.answers.resolving import Finding
from forecasts.mail import prompting
from forecasts.models import (
    Estimate,
    Forecast,
    Membership,
    Preference,
    Prompt,
    PromptKind,
    Scenario,
    User,
    Verdict,
    Watch,
)
from forecasts.rules.values import Value
from tests import make

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def next_at(forecast: Forecast, user: User, kind: str = PromptKind.UPDATE) -> datetime | None:
    watch = Watch.objects.filter(forecast=forecast, user=user, kind=kind).first()
    return watch.next_at if watch else None


def say(forecast: Forecast, user: User, at: datetime, event: Estimate.Event = Estimate.Event.UPDATE) -> None:
    value = Value(probability=3_000) if event == Estimate.Event.UPDATE else None
    estimating.record(forecast, user, Answer(event, value), at=at, channel=Estimate.Channel.WEB)


def test_a_published_forecast_is_asked_about_when_it_opens(scenario: Scenario, analyst: User) -> None:
    forecast = make.forecast(scenario, opens_at=make.day(2))
    watching.refresh(forecast, make.day(0))
    assert next_at(forecast, analyst) == make.day(2)


def test_a_forecast_published_late_is_asked_about_at_once(scenario: Scenario, analyst: User) -> None:
    forecast = make.forecast(scenario, published_at=make.day(5))
    watching.refresh(forecast, make.day(5))
    assert next_at(forecast, analyst) == make.day(5)


def test_a_draft_is_not_asked_about(scenario: Scenario, analyst: User) -> None:
    forecast = make.forecast(scenario, published_at=None)
    watching.refresh(forecast, make.day(0))
    assert next_at(forecast, analyst) is None


def test_an_imported_forecast_is_not_asked_about(scenario: Scenario, analyst: User) -> None:
    forecast = make.forecast(scenario, is_imported=True)
    watching.refresh(forecast, make.day(0))
    assert next_at(forecast, analyst) is None


def test_the_next_question_comes_a_review_interval_after_the_answer(scenario: Scenario, analyst: User) -> None:
    forecast = make.forecast(scenario)
    say(forecast, analyst, make.day(3))
    assert next_at(forecast, analyst) == make.day(10)


def test_keeping_the_value_counts_as_an_answer(scenario: Scenario, analyst: User) -> None:
    forecast = make.forecast(scenario)
    say(forecast, analyst, make.day(3))
    say(forecast, analyst, make.day(5), Estimate.Event.REAFFIRM)
    assert next_at(forecast, analyst) == make.day(12)


def test_nothing_is_asked_that_would_come_after_the_close(scenario: Scenario, analyst: User) -> None:
    forecast = make.forecast(scenario, closes_at=make.day(9))
    say(forecast, analyst, make.day(3))
    assert next_at(forecast, analyst) is None


def test_who_declines_is_not_asked_again(scenario: Scenario, analyst: User) -> None:
    forecast = make.forecast(scenario)
    say(forecast, analyst, make.day(3), Estimate.Event.DECLINE)
    assert next_at(forecast, analyst) is None


def test_who_withdraws_is_asked_again_later(scenario: Scenario, analyst: User) -> None:
    forecast = make.forecast(scenario)
    say(forecast, analyst, make.day(3))
    say(forecast, analyst, make.day(4), Estimate.Event.WITHDRAW)
    assert next_at(forecast, analyst) == make.day(11)


def test_slots_missed_in_an_outage_are_one_prompt_even_after_a_later_refresh(scenario: Scenario, analyst: User) -> None:
    forecast = make.forecast(scenario, closes_at=make.day(90))
    watching.refresh(forecast, make.day(0))
    prompting.plan(make.day(24))
    assert Prompt.objects.count() == 1
    watching.refresh(forecast, make.day(25))
    assert next_at(forecast, analyst) == make.day(28)
    prompting.plan(make.day(25))
    assert Prompt.objects.count() == 1


def test_assignees_are_asked_instead_of_the_members(scenario: Scenario, analyst: User) -> None:
    forecast, expert = make.forecast(scenario), make.user()
    forecast.assignees.add(expert)
    watching.refresh(forecast, make.day(0))
    assert (next_at(forecast, expert), next_at(forecast, analyst)) == (make.day(0), None)


def test_who_is_no_longer_assigned_is_no_longer_asked(scenario: Scenario) -> None:
    forecast, first, second = make.forecast(scenario), make.user(), make.user()
    forecast.assignees.add(first)
    watching.refresh(forecast, make.day(0))
    forecast.assignees.set([second])
    watching.refresh(forecast, make.day(0))
    assert (next_at(forecast, first), next_at(forecast, second)) == (None, make.day(0))


@pytest.mark.parametrize("role", [Membership.Role.VIEWER, Membership.Role.RESOLVER, Membership.Role.OWNER])
def test_only_analysts_are_asked_without_being_assigned(scenario: Scenario, role: str) -> None:
    forecast, person = make.forecast(scenario), make.member(scenario, role)
    watching.refresh(forecast, make.day(0))
    assert next_at(forecast, person) is None


def test_the_resolver_is_asked_when_the_answer_should_be_known(scenario: Scenario) -> None:
    resolver = make.member(scenario, Membership.Role.RESOLVER)
    forecast = make.forecast(scenario, resolver=resolver, resolves_at=make.day(35))
    watching.refresh(forecast, make.day(0))
    assert next_at(forecast, resolver, PromptKind.RESOLVE) == make.day(35)


def test_a_resolution_ends_all_questions_and_taking_it_back_asks_again(scenario: Scenario, analyst: User) -> None:
    resolver = make.member(scenario, Membership.Role.RESOLVER)
    forecast = make.forecast(scenario, resolver=resolver)
    watching.refresh(forecast, make.day(0))
    prompting.plan(make.day(31))
    found = Finding(Verdict.Outcome.YES, known_at=make.day(30))
    resolving.resolve(forecast, resolver, found, at=make.day(32))
    assert not forecast.watches.exclude(next_at=None).exists()
    resolving.take_back(forecast, resolver, "The source has corrected itself.", at=make.day(33))
    assert next_at(forecast, resolver, PromptKind.RESOLVE) == make.day(33)


def test_refreshing_twice_changes_nothing(scenario: Scenario, analyst: User) -> None:
    forecast = make.forecast(scenario)
    watching.refresh(forecast, make.day(0))
    before = list(Watch.objects.values_list("pk", "next_at"))
    watching.refresh(forecast, make.day(0))
    assert list(Watch.objects.values_list("pk", "next_at")) == before


def test_the_slot_after_an_outage_lies_in_the_future() -> None:
    forecast = Forecast(opens_at=make.day(0), closes_at=make.day(90), review_every=WEEK)

    def after(slot: float, at: float) -> datetime | None:
        return watching.next_slot(forecast, PromptKind.UPDATE, make.day(slot), make.day(at))

    assert after(0, 0) == make.day(7)
    assert after(0, 7) == make.day(14)
    assert after(0, 23.5) == make.day(28)
    assert after(84, 84) is None


def watches() -> list[tuple[object, ...]]:
    return list(Watch.objects.order_by("user", "forecast", "kind").values_list("user", "forecast", "kind", "next_at"))


def test_facts_followed_once_for_each_forecast_end_in_the_same_watches(scenario: Scenario, analyst: User) -> None:
    one, other = make.forecast(scenario, key="one"), make.forecast(scenario, key="other")
    for forecast in (one, other):
        watching.refresh(forecast, make.day(0))
    before = watches()
    with watching.once_each():
        for day, forecast in ((2, one), (3, other), (5, one)):
            make.estimate(forecast, analyst, 0.3, make.day(day))
            watching.refresh(forecast, make.day(day))
            assert watches() == before, "Nothing is written before the end."
    followed = watches()
    for day, forecast in ((5, one), (3, other)):
        watching.refresh(forecast, make.day(day))
    assert before != followed == watches()


def test_where_facts_fail_half_way_their_forecasts_are_refreshed_again_as_usual(
    scenario: Scenario, analyst: User
) -> None:
    forecast = make.forecast(scenario)
    with contextlib.suppress(ZeroDivisionError), watching.once_each():
        watching.refresh(forecast, make.day(0))
        raise ZeroDivisionError
    assert not watches()
    watching.refresh(forecast, make.day(0))
    assert watches()


def test_what_fell_due_in_an_absence_is_asked_at_the_hour_of_the_return_whenever_it_is_looked_at(
    scenario: Scenario,
) -> None:
    away = make.member(scenario, time_zone="UTC")
    Preference.objects.create(user=away, digest="daily", hour=20, absent_until=make.day(10).date())
    forecast = make.forecast(scenario)
    back = make.day(10) + timedelta(hours=20)
    for looked_at in (make.day(0), make.day(5), make.day(10) + timedelta(hours=1), make.day(10) + timedelta(hours=19)):
        watching.refresh(forecast, looked_at)
        assert next_at(forecast, away) == back
