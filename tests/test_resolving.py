"""Verdicts: what may be recorded, how rounds add up to a resolution, and the way back."""

import pytest
from django.db import IntegrityError, transaction

from forecasts import resolving
from forecasts.errors import InvalidValue, NotNow
from forecasts.models import Forecast, Membership, Scenario, Settlement, User, Verdict
from forecasts.resolving import Finding
from tests import make

pytestmark = pytest.mark.django_db
Outcome = Verdict.Outcome


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario()


@pytest.fixture
def forecast(scenario: Scenario) -> Forecast:
    return make.forecast(scenario)


@pytest.fixture
def resolver(scenario: Scenario) -> User:
    return make.member(scenario, Membership.Role.RESOLVER)


def found(outcome: Outcome = Outcome.YES, known: float = 30) -> Finding:
    return Finding(outcome, known_at=make.day(known), note="As reported.")


def resolution(forecast: Forecast, day: float) -> str | None:
    verdict = Verdict.objects.effective(make.day(day)).filter(forecast=forecast).first()
    return verdict.outcome if verdict else None


def test_the_newest_complete_round_is_the_resolution(forecast: Forecast, resolver: User) -> None:
    resolving.resolve(forecast, resolver, found(), at=make.day(31))
    resolving.resolve(forecast, resolver, found(Outcome.NO), at=make.day(33))
    assert [resolution(forecast, day) for day in (30, 32, 34)] == [None, "yes", "no"]


def test_taking_a_round_back_brings_the_one_before_it_back(forecast: Forecast, resolver: User) -> None:
    resolving.resolve(forecast, resolver, found(), at=make.day(31))
    resolving.resolve(forecast, resolver, found(Outcome.NO), at=make.day(33))
    resolving.take_back(forecast, resolver, "Misread.", at=make.day(35))
    assert [resolution(forecast, day) for day in (34, 36)] == ["no", "yes"]
    resolving.take_back(forecast, resolver, "That one too.", at=make.day(37))
    assert resolution(forecast, 38) is None


def test_a_resolution_takes_effect_after_the_cooling_off(forecast: Forecast, resolver: User) -> None:
    Scenario.objects.update(cooling_off_hours=24)
    resolving.resolve(forecast, resolver, found(), at=make.day(31))
    assert [resolution(forecast, day) for day in (31.9, 32)] == [None, "yes"]


def test_the_old_resolution_stands_while_a_new_one_cools_off(forecast: Forecast, resolver: User) -> None:
    resolving.resolve(forecast, resolver, found(), at=make.day(31))
    Scenario.objects.update(cooling_off_hours=24)
    resolving.resolve(forecast, resolver, found(Outcome.NO), at=make.day(40))
    assert [resolution(forecast, day) for day in (40.5, 41)] == ["yes", "no"]


def test_with_two_people_nothing_stands_until_the_second_confirms(forecast: Forecast, resolver: User) -> None:
    Forecast.objects.update(two_people_resolve=True)
    resolving.resolve(forecast, resolver, found(), at=make.day(31))
    assert resolution(forecast, 40) is None
    with pytest.raises(NotNow, match="Somebody else"):
        resolving.confirm(forecast, resolver, at=make.day(32))
    resolving.confirm(forecast, make.user(), at=make.day(33))
    assert resolution(forecast, 40) == "yes"


def test_there_is_nothing_to_confirm_or_take_back_before_a_proposal(forecast: Forecast, resolver: User) -> None:
    with pytest.raises(NotNow, match="waits for a second person"):
        resolving.confirm(forecast, resolver, at=make.day(31))
    with pytest.raises(NotNow, match="no resolution to take back"):
        resolving.take_back(forecast, resolver, "Why not", at=make.day(31))


def test_settling_is_due_at_maturity_however_early_the_answer(forecast: Forecast, resolver: User) -> None:
    resolving.resolve(forecast, resolver, found(known=4), at=make.day(5))
    assert Settlement.objects.get(forecast=forecast).due_at == make.day(30)


def test_settling_is_due_at_once_when_the_forecast_has_matured(forecast: Forecast, resolver: User) -> None:
    resolving.resolve(forecast, resolver, found(), at=make.day(40))
    assert Settlement.objects.get(forecast=forecast).due_at == make.day(40)


@pytest.mark.parametrize(
    ("finding", "field", "complaint"),
    [
        (Finding(Outcome.YES), "known_at", "when the answer became known"),
        (Finding(Outcome.YES, known_at=make.day(32)), "known_at", "in the future"),
        (Finding(Outcome.YES, known_at=make.day(2), occurred_at=make.day(3)), "occurred_at", "after it became known"),
        (Finding(Outcome.OPTION, known_at=make.day(2)), "outcome", "answered with yes or no"),
        (Finding(Outcome.VALUE, value=3, known_at=make.day(2)), "outcome", "answered with yes or no"),
        (Finding(Outcome.ANNULLED), "note", "what was wrong"),
    ],
)
def test_a_finding_that_does_not_fit_is_refused_naming_its_field(
    forecast: Forecast, resolver: User, finding: Finding, field: str, complaint: str
) -> None:
    with pytest.raises(InvalidValue, match=complaint) as refused:
        resolving.resolve(forecast, resolver, finding, at=make.day(31))
    assert refused.value.field == field
    assert Verdict.objects.count() == 0


def test_the_option_of_another_forecast_is_refused(scenario: Scenario, resolver: User) -> None:
    forecast, other = make.choice(["a", "b"], scenario), make.choice(["a", "b"], scenario)
    strange = Finding(Outcome.OPTION, option=other.options.first(), known_at=make.day(30))
    with pytest.raises(InvalidValue, match="one of this forecast's options"):
        resolving.resolve(forecast, resolver, strange, at=make.day(31))


def test_the_database_itself_refuses_an_outcome_without_its_value(forecast: Forecast) -> None:
    with pytest.raises(IntegrityError, match="verdict_outcome_fits"), transaction.atomic():
        make.verdict(forecast, "value")


def test_the_database_itself_refuses_a_second_opening_of_a_round(forecast: Forecast) -> None:
    make.verdict(forecast)
    with pytest.raises(IntegrityError, match="verdict_opens_round_once"), transaction.atomic():
        make.verdict(forecast, round=1)


def test_taking_back_needs_a_reason(forecast: Forecast, resolver: User) -> None:
    resolving.resolve(forecast, resolver, found(), at=make.day(31))
    with pytest.raises(InvalidValue, match="Say why"):
        resolving.take_back(forecast, resolver, "  ", at=make.day(32))
