"""Recording an estimate: what enters, what is refused, and that a refusal keeps nothing."""

import math
from datetime import datetime

import pytest

from forecasts.answers import estimating
from forecasts.answers.estimating import Answer
from forecasts.models import Amendment, Estimate, Forecast, Forecaster, Scenario, User
from forecasts.rules import values
from forecasts.rules.errors import InvalidValue, NotNow
from forecasts.rules.values import Value
from tests import make

pytestmark = pytest.mark.django_db
Event = Estimate.Event


def record(forecast: Forecast, user: User, at: datetime, event: Event = Event.UPDATE, **value: object) -> Estimate:
    given = Value(**value) if value else None  # type: ignore[arg-type]
    return estimating.record(forecast, user, Answer(event, given, "Why"), at=at, channel=Estimate.Channel.WEB)


def test_an_estimate_keeps_value_times_rationale_and_version(scenario: Scenario, analyst: User) -> None:
    forecast = make.forecast(scenario, version=3)
    made = record(forecast, analyst, make.day(2), probability=3_500)
    made.refresh_from_db()
    assert (made.probability, made.rationale, made.criteria_version) == (3_500, "Why", 3)
    assert made.made_at == made.recorded_at == make.day(2)
    assert made.forecaster == Forecaster.objects.get(user=analyst)


@pytest.mark.parametrize(
    ("day", "complaint"), [(-1, "opens on"), (30, "closed on"), (45, "closed on")], ids=["before", "at close", "after"]
)
def test_outside_its_window_a_forecast_takes_nothing(
    scenario: Scenario, analyst: User, day: int, complaint: str
) -> None:
    forecast = make.forecast(scenario, published_at=make.day(-5))
    with pytest.raises(NotNow, match=complaint):
        record(forecast, analyst, make.day(day), probability=3_500)
    assert Estimate.objects.count() == 0


def test_the_first_instant_is_inside_the_window(scenario: Scenario, analyst: User) -> None:
    assert record(make.forecast(scenario), analyst, make.day(0), probability=1).probability == 1


def test_a_draft_takes_nothing(scenario: Scenario, analyst: User) -> None:
    with pytest.raises(NotNow, match="not published"):
        record(make.forecast(scenario, published_at=None), analyst, make.day(1), probability=3_500)


def test_a_resolved_forecast_takes_nothing(scenario: Scenario, analyst: User) -> None:
    forecast = make.forecast(scenario)
    make.verdict(forecast, known_at=make.day(3))
    with pytest.raises(NotNow, match="has been resolved"):
        record(forecast, analyst, make.day(4), probability=3_500)


def test_keeping_the_value_repeats_it(scenario: Scenario, analyst: User) -> None:
    forecast = make.forecast(scenario)
    record(forecast, analyst, make.day(1), probability=3_500)
    assert record(forecast, analyst, make.day(2), Event.REAFFIRM).probability == 3_500


@pytest.mark.parametrize("event", [Event.REAFFIRM, Event.WITHDRAW])
def test_there_is_nothing_to_keep_or_withdraw_before_the_first_value(
    scenario: Scenario, analyst: User, event: Event
) -> None:
    with pytest.raises(NotNow, match="give a value first"):
        record(make.forecast(scenario), analyst, make.day(1), event)


def test_after_withdrawing_nothing_is_in_force(scenario: Scenario, analyst: User) -> None:
    forecast = make.forecast(scenario)
    record(forecast, analyst, make.day(1), probability=3_500)
    record(forecast, analyst, make.day(2), Event.WITHDRAW)
    mine = Forecaster.objects.get(user=analyst)
    assert estimating.current(forecast, mine, make.day(3)) is None
    before = estimating.current(forecast, mine, make.day(1.5))
    assert before is not None
    assert before.probability == 3_500


def test_declining_leaves_the_estimate_in_force(scenario: Scenario, analyst: User) -> None:
    forecast = make.forecast(scenario)
    record(forecast, analyst, make.day(1), probability=3_500)
    record(forecast, analyst, make.day(2), Event.DECLINE)
    mine = estimating.current(forecast, Forecaster.objects.get(user=analyst), make.day(3))
    assert mine is not None
    assert mine.probability == 3_500


def test_a_material_amendment_ends_the_estimates_in_force_and_a_clarifying_one_does_not(
    scenario: Scenario, analyst: User
) -> None:
    forecast = make.forecast(scenario)
    record(forecast, analyst, make.day(1), probability=3_500)
    mine = Forecaster.objects.get(user=analyst)
    common = {"forecast": forecast, "changes": {"criteria": ["a", "b"]}, "reason": "Clearer."}
    Amendment.objects.create(version=2, kind="clarifying", made_at=make.day(2), **common)
    assert estimating.current(forecast, mine, make.day(4)) is not None
    Amendment.objects.create(version=3, kind="material", made_at=make.day(3), **common)
    assert estimating.current(forecast, mine, make.day(4)) is None


def test_an_update_without_a_value_is_refused(scenario: Scenario, analyst: User) -> None:
    with pytest.raises(InvalidValue, match="needs a value"):
        record(make.forecast(scenario), analyst, make.day(1))


def test_a_value_of_another_kind_is_refused_naming_what_is_wanted(scenario: Scenario, analyst: User) -> None:
    with pytest.raises(InvalidValue, match="answered with quantiles") as refused:
        record(make.numeric(scenario), analyst, make.day(1), probability=3_500)
    assert refused.value.field == "quantiles"


@pytest.mark.parametrize("text", ["x" * 10_001, "nul\x00"])
def test_a_rationale_that_cannot_be_kept_is_refused(scenario: Scenario, analyst: User, text: str) -> None:
    answer = Answer(value=Value(probability=1), rationale=text)
    with pytest.raises(InvalidValue, match="A rationale") as refused:
        estimating.record(make.forecast(scenario), analyst, answer, at=make.day(1), channel=Estimate.Channel.API)
    assert refused.value.field == "rationale"
    assert Estimate.objects.count() == 0


@pytest.mark.parametrize("probability", [0, 1, -0.1, 1.1, 0.00004, 0.99996, math.nan, math.inf, True, "0.5", None])
def test_people_give_probabilities_from_one_to_9999_ten_thousandths(probability: float) -> None:
    with pytest.raises(InvalidValue, match="A probability"):
        values.units(probability)


@pytest.mark.parametrize(("probability", "units"), [(0.0001, 1), (0.35, 3_500), (0.33333, 3_333), (0.9999, 9_999)])
def test_a_probability_is_kept_to_a_ten_thousandth(probability: float, units: int) -> None:
    assert values.units(probability) == units


def test_imports_may_hold_certainty() -> None:
    assert [values.units(p, imported=True) for p in (0, 1)] == [0, 10_000]


@pytest.mark.parametrize(
    ("probabilities", "complaint"),
    [
        ([0.5, 0.5], "has 3 options; got 2"),
        ([0.5, 0.4, 0.2], "they sum to 110%"),
        ([0.5, 0.6, -0.1], "from 0 to 1"),
        ([math.nan, 0.5, 0.5], "from 0 to 1"),
    ],
)
def test_probabilities_of_options_that_do_not_fit_are_refused(
    scenario: Scenario, probabilities: list[float], complaint: str
) -> None:
    with pytest.raises(InvalidValue, match=complaint):
        values.choice(make.choice(["a", "b", "c"], scenario), probabilities)


def test_thirds_are_shared_out_to_a_whole(scenario: Scenario) -> None:
    shared = values.choice(make.choice(["a", "b", "c"], scenario), [1 / 3] * 3).probabilities
    assert shared is not None
    assert (sorted(shared), sum(shared)) == ([3_333, 3_333, 3_334], 10_000)


@pytest.mark.parametrize(
    ("numbers", "complaint"),
    [
        ([1, 2, 3], "asks for 5 quantiles; got 3"),
        ([1, 2, 3, 2.5, 4], "the one at 75% is below the one at 50%"),
        ([1, 2, 3, 4, math.inf], "is a number"),
        ([-1, 2, 3, 4, 5], "Values below 0 people"),
        ([1, 2, 3, 4, 101], "Values above 100 people"),
    ],
)
def test_quantiles_that_do_not_fit_are_refused(scenario: Scenario, numbers: list[float], complaint: str) -> None:
    forecast = make.numeric(scenario, range_lower=0, range_upper=100)
    with pytest.raises(InvalidValue, match=complaint):
        values.quantiles(forecast, numbers)


def test_an_open_end_takes_values_beyond_it(scenario: Scenario) -> None:
    forecast = make.numeric(scenario, range_lower=0, range_upper=100, upper_is_open=True)
    assert values.quantiles(forecast, [1, 2, 3, 4, 500]).quantiles == (1, 2, 3, 4, 500)
