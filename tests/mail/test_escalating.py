"""Who is asked to resolve, when, and until what."""

from datetime import datetime, timedelta

import pytest

from forecasts import watching
from forecasts.answers import reporting, resolving
from forecasts.answers.resolving import Finding
from forecasts.mail import prompting
from forecasts.models import Forecast, Prompt, PromptKind, Scenario, User, Verdict, Watch
from forecasts.rules.errors import InvalidValue
from forecasts.watching import reasons
from tests import make

pytestmark = pytest.mark.django_db
DUE = 30


@pytest.fixture
def staff(scenario: Scenario) -> dict[str, User]:
    return {
        "resolver": make.member(scenario, "resolver", name="resolver"),
        "backup": make.member(scenario, "editor", name="backup"),
        "owner": make.member(scenario, "owner", name="owner"),
    }


@pytest.fixture
def forecast(scenario: Scenario, staff: dict[str, User]) -> Forecast:
    made = make.forecast(scenario, resolver=staff["resolver"], backup=staff["backup"], resolves_at=make.day(DUE))
    watching.refresh(made, make.day(0))
    return made


def asked(until: float, start: float = DUE - 1) -> list[tuple[float, str, str]]:
    """Day, person and kind of what is asked about resolving, with a planner that comes by twice a day."""
    before = set(Prompt.objects.values_list("pk", flat=True))
    day = start
    while day <= until:
        prompting.plan(make.day(day))
        day += 0.5
    kinds = [PromptKind.RESOLVE, PromptKind.OVERDUE]
    rows = Prompt.objects.filter(kind__in=kinds).exclude(pk__in=before).order_by("slot", "recipient")
    return [((row.slot - make.day(0)) / timedelta(days=1), row.recipient.name, row.kind) for row in rows]


def test_the_resolver_is_asked_again_after_five_ten_and_fifteen_days_then_backup_and_owner_too(
    forecast: Forecast,
) -> None:
    assert asked(until=46) == [
        (30, "resolver", "resolve"),
        (35, "resolver", "overdue"),
        (40, "resolver", "overdue"),
        (40, "backup", "overdue"),
        (45, "resolver", "overdue"),
        (45, "backup", "overdue"),
        (45, "owner", "overdue"),
    ]


def test_it_goes_on_every_five_days_until_it_is_resolved(forecast: Forecast, staff: dict[str, User]) -> None:
    asked(until=51)
    finding = Finding(Verdict.Outcome.NO, known_at=make.day(29))
    resolving.resolve(forecast, staff["backup"], finding, at=make.day(52))
    assert asked(until=90, start=52) == []


def test_an_outage_of_three_weeks_brings_one_mail_to_each_and_the_next_on_the_old_days(forecast: Forecast) -> None:
    assert asked(until=30) == [(30, "resolver", "resolve")]
    assert asked(until=52, start=51) == [
        (35, "resolver", "overdue"),
        (40, "backup", "overdue"),
        (45, "owner", "overdue"),
    ]
    assert asked(until=56, start=55) == [(55, name, "overdue") for name in ("resolver", "backup", "owner")]


def test_without_a_resolver_the_backup_is_asked_and_without_both_the_owner(
    scenario: Scenario, staff: dict[str, User]
) -> None:
    for fields in ({"backup": staff["backup"]}, {}):
        watching.refresh(make.forecast(scenario, resolves_at=make.day(DUE), **fields), make.day(0))
    assert [one[1:] for one in asked(until=30)] == [("backup", "resolve"), ("owner", "resolve")]


def test_a_resolver_whose_account_is_closed_is_passed_over(forecast: Forecast, staff: dict[str, User]) -> None:
    User.objects.filter(pk=staff["resolver"].pk).update(is_active=False)
    watching.refresh(forecast, make.day(1))
    assert asked(until=30) == [(30, "backup", "resolve")]


def test_not_knowable_before_a_date_moves_the_question_there(forecast: Forecast, staff: dict[str, User]) -> None:
    asked(until=36)
    reporting.postpone(forecast, staff["resolver"], make.day(60), "The census comes out then.", at=make.day(36.2))
    assert asked(until=66, start=36.5) == [(60, "resolver", "resolve"), (65, "resolver", "overdue")]


def test_a_mail_that_waits_is_called_off_by_a_postponement(forecast: Forecast, staff: dict[str, User]) -> None:
    prompting.plan(make.day(DUE))
    reporting.postpone(forecast, staff["resolver"], make.day(60), "Later.", at=make.day(DUE + 0.1))
    assert Prompt.objects.get(kind=PromptKind.RESOLVE).reason == reasons.POSTPONED


@pytest.mark.parametrize(
    ("until", "reason", "field"), [(DUE, "Why.", "until"), (60, "  ", "reason")], ids=["past", "no reason"]
)
def test_a_postponement_needs_a_time_to_come_and_a_reason(
    forecast: Forecast, staff: dict[str, User], until: float, reason: str, field: str
) -> None:
    with pytest.raises(InvalidValue) as refused:
        reporting.postpone(forecast, staff["resolver"], make.day(until), reason, at=make.day(DUE))
    assert refused.value.field == field


def test_two_analysts_who_report_it_known_wake_the_resolver_early(scenario: Scenario, forecast: Forecast) -> None:
    first, second = make.member(scenario), make.member(scenario)
    for person, day in ((first, 8), (first, 9), (second, 10)):
        assert not Watch.objects.filter(kind=PromptKind.RESOLVE, next_at__lte=make.day(day)).exists()
        reporting.report(forecast, person, at=make.day(day), note="It was on the news.")
    assert asked(until=15.5, start=10) == [(10, "resolver", "resolve"), (15, "resolver", "overdue")]


def test_what_waits_for_a_second_person_is_not_asked_of_who_proposed_it(
    forecast: Forecast, staff: dict[str, User]
) -> None:
    Forecast.objects.update(two_people_resolve=True)
    finding = Finding(Verdict.Outcome.YES, known_at=make.day(29))
    resolving.resolve(forecast, staff["resolver"], finding, at=make.day(31))
    assert asked(until=36, start=31) == [(31, "backup", "resolve"), (36, "backup", "overdue")]


def test_what_two_people_disagree_about_is_asked_of_the_owner(forecast: Forecast, staff: dict[str, User]) -> None:
    make.verdict(forecast, "yes", known_at=make.day(29), person=staff["resolver"], takes_effect_at=None)
    said = {"round": 1, "act": "dissent", "person": staff["backup"], "takes_effect_at": None}
    make.verdict(forecast, "no", known_at=make.day(29), recorded_at=make.day(31), **said)
    watching.refresh(forecast, make.day(31))
    assert asked(until=36, start=31) == [(31, "owner", "resolve"), (36, "owner", "overdue")]


def test_a_resolution_that_is_taken_back_is_asked_for_again_at_once(forecast: Forecast, staff: dict[str, User]) -> None:
    asked(until=36)
    finding = Finding(Verdict.Outcome.YES, known_at=make.day(29))
    resolving.resolve(forecast, staff["resolver"], finding, at=make.day(37))
    resolving.take_back(forecast, staff["resolver"], "The source corrected itself.", at=make.day(38))
    assert asked(until=43, start=38) == [(38, "resolver", "resolve"), (43, "resolver", "overdue")]


def results() -> list[tuple[float, str]]:
    rows = Prompt.objects.filter(kind=PromptKind.RESULT).order_by("slot", "pk")
    return [((row.slot - make.day(0)) / timedelta(days=1), row.recipient.name) for row in rows]


def test_everybody_who_answered_hears_the_result_when_it_takes_effect_and_again_when_it_changes(
    scenario: Scenario, forecast: Forecast, staff: dict[str, User]
) -> None:
    Scenario.objects.update(cooling_off_hours=24)
    analyst, silent = make.member(scenario, name="analyst"), make.member(scenario, name="silent")
    make.estimate(forecast, analyst, 0.3, make.day(2))
    make.estimate(forecast, silent, None, make.day(2), event="decline")

    def plan(day: float) -> None:
        prompting.plan(make.day(day))

    known: datetime = make.day(29)
    resolving.resolve(forecast, staff["resolver"], Finding(Verdict.Outcome.YES, known_at=known), at=make.day(31))
    plan(31.9)
    assert results() == []
    plan(32)
    assert results() == [(32, "analyst")]
    corrected = Finding(Verdict.Outcome.NO, known_at=known, note="The figures were revised.")
    resolving.resolve(forecast, staff["backup"], corrected, at=make.day(33))
    plan(34)
    resolving.take_back(forecast, staff["backup"], "Wrong after all.", at=make.day(35))
    plan(35)
    assert results() == [(32, "analyst"), (34, "analyst"), (35, "analyst")]


def test_a_result_taken_back_before_it_took_effect_is_told_to_nobody(
    scenario: Scenario, forecast: Forecast, staff: dict[str, User]
) -> None:
    Scenario.objects.update(cooling_off_hours=24)
    make.estimate(forecast, make.member(scenario), 0.3, make.day(2))
    finding = Finding(Verdict.Outcome.YES, known_at=make.day(29))
    resolving.resolve(forecast, staff["resolver"], finding, at=make.day(31))
    resolving.take_back(forecast, staff["resolver"], "A slip.", at=make.day(31.5))
    prompting.plan(make.day(34))
    assert results() == []
