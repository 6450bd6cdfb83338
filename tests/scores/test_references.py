"""References are scored like forecasters, and are nobody's peers."""

import pytest

from forecasts.models import Contribution, Estimate, Forecast, Forecaster, Scenario, Total, User
from forecasts.presenting import consensus
from forecasts.presenting.findings import findings
from forecasts.scores import scorekeeping, statistics
from forecasts.scores.statistics import Filters
from tests import make

pytestmark = pytest.mark.django_db
AFTER = make.day(31)


@pytest.fixture
def people(aleppo: Scenario) -> list[User]:
    return [make.member(aleppo), make.member(aleppo)]


def forecast_of(aleppo: Scenario, people: list[User], *, with_references: bool) -> Forecast:
    """Two people said 20% and 40%, the base rate 90%; it came true."""
    forecast = make.forecast(aleppo)
    for person, probability in zip(people, (0.2, 0.4), strict=True):
        make.estimate(forecast, person, probability, make.day(2))
    if with_references:
        say(forecast, "base_rate", 0.9)
        say(forecast, "always_50", 0.5)
    make.verdict(forecast)
    scorekeeping.mark_due([forecast.pk], make.day(30))
    return forecast


def say(forecast: Forecast, method: str, probability: float) -> None:
    speaker = Forecaster.objects.reference(method)
    make.estimate(forecast, speaker, probability, make.day(1), channel=Estimate.Channel.COMPUTED)


def test_a_reference_is_scored_under_its_own_name_alone(aleppo: Scenario, people: list[User]) -> None:
    forecast = forecast_of(aleppo, people, with_references=True)
    scorekeeping.settle(AFTER)
    found = Contribution.objects.filter(forecast=forecast, estimand="last", forecaster_kind="reference")
    assert sorted(found.values_list("forecaster__method", "probabilities")) == [
        ("always_50", [5000]),
        ("base_rate", [9000]),
    ]
    groups = Total.objects.filter(group__forecaster_kind="reference").values_list("group__dimension", flat=True)
    assert set(groups) <= {"forecaster", "lead_time"}
    assert not scorekeeping.verify(AFTER)


def test_people_are_scored_as_if_there_were_no_references(aleppo: Scenario, people: list[User]) -> None:
    with_them = forecast_of(aleppo, people, with_references=True)
    without = forecast_of(aleppo, people, with_references=False)
    scorekeeping.settle(AFTER)
    rows = [
        sorted(
            Contribution.objects.filter(forecast=one)
            .exclude(forecaster_kind="reference")
            .values_list("forecaster", "estimand", "probabilities", "weights")
        )
        for one in (with_them, without)
    ]
    assert rows[0] == rows[1]
    scores = [
        {one.name: (one.peer, one.relative_brier, one.brier) for one in statistics.scores(forecast, AFTER)}
        for forecast in (with_them, without)
    ]
    assert scores[0] == scores[1]


def test_no_reader_takes_a_reference_for_one_of_the_people(aleppo: Scenario, people: list[User]) -> None:
    forecast = forecast_of(aleppo, people, with_references=True)
    held = consensus.in_force([forecast], people[0], make.day(3))[forecast.pk]
    assert len(held.estimates) == 2
    assert Estimate.objects.visible_to(make.administrator()).count() == 2
    assert [point.estimates for point in statistics.consensus(forecast, AFTER)][-1] == 2


def test_a_reference_has_a_report_of_its_own_and_can_be_compared(aleppo: Scenario, people: list[User]) -> None:
    for _ in range(3):
        forecast_of(aleppo, people, with_references=True)
    scorekeeping.settle(AFTER)
    base_rate = Forecaster.objects.reference("base_rate")
    asked = Filters(forecaster_kind="reference", analyst=base_rate.pk)
    report = statistics.report(make.administrator(), asked)
    assert report.counts.scored_pairs == 3
    ada = Forecaster.objects.of(people[0])
    compared = statistics.compare(make.administrator(), ada.pk, base_rate.pk)
    assert compared.forecasts == 3
    assert compared.brier is not None
    assert compared.brier.mean == pytest.approx(0.8**2 - 0.1**2)


def test_the_report_says_whether_people_were_better_than_counting(aleppo: Scenario, people: list[User]) -> None:
    for _ in range(12):
        forecast_of(aleppo, people, with_references=True)
    scorekeeping.settle(AFTER)
    by_method = {one.method: one for one in statistics.report(make.administrator()).references}
    assert set(by_method) == {"base_rate", "always_50"}
    against = by_method["base_rate"]
    mean = (0.8**2 + 0.6**2) / 2
    assert against.forecasts == 12
    assert against.difference is not None
    assert against.difference.mean == pytest.approx(mean - 0.1**2)
    assert against.skill == pytest.approx(1 - mean / 0.1**2)
    assert by_method["always_50"].skill == pytest.approx(1 - mean / 0.25)
    said = [line for line in findings(statistics.report(make.administrator())) if "base rate answered" in line]
    assert said[0].startswith("On 12 forecasts that the base rate answered too: 0.490 worse in Brier score")
    only = statistics.report(make.administrator(), Filters(analyst=Forecaster.objects.of(people[1]).pk)).references
    assert only[0].difference is not None
    assert only[0].difference.mean == pytest.approx(0.6**2 - 0.1**2)
    assert statistics.report(make.administrator(), Filters(category="politics")).references == []
