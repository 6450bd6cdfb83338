"""Forecasts that resolve together are one situation, and the sums by situation stay exact whatever changes."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forecasts.models import Article, Forecast, Scenario, SituationSum, Statement, User
from forecasts.scores import scorekeeping, statistics
from forecasts.scores.scorekeeping.situations import join_quarters, situations
from forecasts.scores.statistics import Filters, Score
from tests import make

pytestmark = pytest.mark.django_db
AFTER = make.day(400)


@pytest.fixture
def ada() -> User:
    return make.administrator()


def settled(scenario: Scenario, who: User, said: float = 0.6, **fields: Any) -> Forecast:
    """A resolved forecast with one estimate."""
    forecast = make.forecast(scenario, **fields)
    opens_at = forecast.opens_at
    assert opens_at is not None
    make.estimate(forecast, who, said, opens_at)
    make.verdict(forecast, "yes" if forecast.pk % 2 else "no")
    scorekeeping.mark_due([forecast.pk], AFTER)
    return forecast


def statement_of(article: Article) -> Statement:
    return make.statement(article, article.body.split(".")[0] + ".")


def opened(day: float) -> dict[str, Any]:
    return {"opens_at": make.day(day), "closes_at": make.day(day + 20), "resolves_at": make.day(day + 20)}


def brier(user: User, **filters: Any) -> Score:
    scorekeeping.settle(AFTER)
    assert scorekeeping.verify(AFTER) == []
    found = statistics.report(user, Filters(**filters)).scores.brier
    assert found is not None
    return found


def test_forecasts_of_one_scenario_and_quarter_are_one_situation(ada: User) -> None:
    scenario = make.scenario("war")
    for day in (0, 1, 20, 35, 130):
        settled(scenario, ada, **opened(day))
    found = brier(ada)
    # Three opened in December, one in January, one in April; 25 over 9 + 1 + 1.
    assert (found.forecasts, found.situations, round(found.effective_n, 9)) == (5, 3, round(25 / 11, 9))


def test_what_the_owner_names_is_one_situation_across_quarters_and_scenarios(ada: User) -> None:
    for slug, day in (("one", 0), ("one", 40), ("two", 0)):
        scenario, _ = Scenario.objects.get_or_create(slug=slug, defaults={"title": slug, "cooling_off_hours": 0})
        settled(scenario, ada, situation=" The  War " if day else "the war", **opened(day))
    assert (brier(ada).situations, brier(ada, scenario="one").situations) == (1, 1)


def test_in_a_pool_of_unrelated_questions_each_is_a_situation(ada: User) -> None:
    pool = make.scenario("pool", is_pool=True)
    for day in (0, 0, 1, 40):
        settled(pool, ada, **opened(day))
    assert (brier(ada).situations, brier(ada).effective_n) == (4, 4)
    assert not SituationSum.objects.exists()


def test_quarters_that_share_an_article_are_one_situation_across_scenarios(ada: User) -> None:
    article = make.article()
    statement = statement_of(article)
    one, other = make.scenario("one"), make.scenario("other")
    settled(one, ada, statement=statement, fidelity="same", **opened(0))
    settled(other, ada, statement=statement, fidelity="same", **opened(40))
    settled(other, ada, **opened(130))
    assert brier(ada).situations == 2
    assert (brier(ada, scenario="one").situations, brier(ada, scenario="other").situations) == (1, 2)


def test_articles_that_repeat_one_another_are_one_family(ada: User) -> None:
    first, second = (statement_of(make.article(f"The army may retake city {n}.")) for n in (1, 2))
    for scenario, statement in ((make.scenario(), first), (make.scenario(), second)):
        settled(scenario, ada, statement=statement, fidelity="same", **opened(0))
    assert brier(ada).situations == 2
    Statement.objects.filter(pk=second.pk).update(review="duplicate", duplicate_of=first)
    assert brier(ada).situations == 1


def test_a_new_forecast_that_joins_two_quarters_joins_what_was_settled_in_them(ada: User) -> None:
    scenario, statement = make.scenario("war"), statement_of(make.article())
    settled(scenario, ada, **opened(0))
    settled(scenario, ada, statement=statement, fidelity="same", **opened(40))
    assert brier(ada).situations == 2
    make.forecast(scenario, statement=statement, fidelity="same", **opened(1))
    assert brier(ada).situations == 1


@pytest.mark.parametrize(
    "change", [{"situation": "another"}, {"opens_at": make.day(-80)}], ids=["a name", "another quarter"]
)
def test_a_forecast_that_is_moved_leaves_its_old_situation(ada: User, change: dict[str, Any]) -> None:
    scenario = make.scenario("war")
    moved, *_ = [settled(scenario, ada, **opened(0)) for _ in range(3)]
    assert brier(ada).situations == 1
    Forecast.objects.filter(pk=moved.pk).update(**change)
    assert (brier(ada).situations, round(brier(ada).effective_n, 9)) == (2, 1.8)


def test_a_scenario_that_becomes_a_pool_and_back_is_settled_anew(ada: User) -> None:
    scenario = make.scenario("war")
    for _ in range(3):
        settled(scenario, ada, **opened(0))
    for is_pool, expected in ((False, 1), (True, 3), (False, 1)):
        Scenario.objects.filter(pk=scenario.pk).update(is_pool=is_pool)
        assert brier(ada).situations == expected


def test_a_range_of_months_counts_a_situation_once(ada: User) -> None:
    scenario = make.scenario("war")
    for close in (20, 40, 60):
        settled(scenario, ada, opens_at=make.day(0), closes_at=make.day(close), resolves_at=make.day(close))
    found = brier(ada, since=make.day(0).date(), until=make.day(90).date().replace(day=1))
    assert (found.forecasts, found.situations, found.effective_n) == (3, 1, 1)


def test_a_private_scenario_is_in_no_situation_of_who_may_not_see_it(ada: User) -> None:
    stranger = make.user()
    for visibility in (Scenario.Visibility.ALL, Scenario.Visibility.MEMBERS):
        settled(make.scenario(visibility=visibility), ada, situation="the war", **opened(0))
    assert (brier(ada).n, brier(stranger).n, brier(stranger).effective_n) == (2, 1, 1)


def test_re_resolving_takes_a_forecast_out_of_its_situation_and_puts_it_back(ada: User) -> None:
    scenario = make.scenario("war")
    forecasts = [settled(scenario, ada, 0.3, **opened(0)) for _ in range(3)]
    before = brier(ada)
    made = make.verdict(forecasts[0], "annulled", round=2)
    scorekeeping.mark_due([forecasts[0].pk], AFTER)
    assert brier(ada).forecasts == 2
    make.verdict(forecasts[0], "yes" if forecasts[0].pk % 2 else "no", round=3)
    scorekeeping.mark_due([forecasts[0].pk], AFTER)
    assert brier(ada) == before
    assert made.outcome == "annulled"


PLACES: list[dict[str, Any]] = [opened(0), opened(10), opened(40), {**opened(0), "situation": "the war"}]


@pytest.fixture
def scenarios() -> list[Scenario]:
    return [make.scenario(), make.scenario(), make.scenario(is_pool=True)]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    moves=st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 3), st.sampled_from([0.2, 0.6]), st.integers(0, 3)),
        min_size=1,
        max_size=8,
    )
)
def test_any_course_of_settling_and_moving_ends_in_the_sums_of_a_rebuild(
    moves: list[tuple[int, int, float, int]], ada: User, scenarios: list[Scenario]
) -> None:
    for scenario, place, said, then in moves:
        forecast = settled(scenarios[scenario], ada, said, **PLACES[place])
        scorekeeping.settle(AFTER)
        Forecast.objects.filter(pk=forecast.pk).update(**PLACES[then])
        assert scorekeeping.verify(AFTER) == []
        scorekeeping.settle(AFTER)
    assert scorekeeping.verify(AFTER) == []


def test_nothing_is_settled_again_where_no_quarter_was_joined(ada: User) -> None:
    forecast = settled(make.scenario(), ada, **opened(0))
    scorekeeping.settle(AFTER)
    join_quarters(AFTER)
    assert scorekeeping.settle(AFTER) == scorekeeping.Settled()
    assert situations([forecast.pk])[forecast.pk].endswith("2024Q4")
