"""Verdicts to tallies and back. Days count from 2024-12-01; forecasts close on day 30 and mature with it."""

from datetime import timedelta

import pytest
from django.db import connection

from forecasts.answers import resolving
from forecasts.answers.resolving import Finding
from forecasts.models import (
    Amendment,
    Cell,
    Contribution,
    Estimate,
    Forecast,
    Forecaster,
    Group,
    Scenario,
    Settlement,
    Snapshot,
    Sweep,
    Total,
    User,
    Verdict,
)
from forecasts.scores import scorekeeping
from forecasts.scores.scorekeeping.tallying import NAMES, WIDTH
from tests import make

pytestmark = pytest.mark.django_db

AFTER = make.day(31)


def resolved(scenario: Scenario, outcome: str = "yes", known: float = 30, **fields: object) -> Forecast:
    """A forecast whose verdict waits to be settled."""
    forecast = make.forecast(scenario, **fields)
    resolve(forecast, outcome, known)
    return forecast


def resolve(forecast: Forecast, outcome: str = "yes", known: float = 30, at: float | None = None) -> Verdict:
    finding = Finding(Verdict.Outcome(outcome), known_at=make.day(known), note="As reported.")
    return resolving.resolve(forecast, None, finding, at=make.day(known if at is None else at))


def cells(
    estimand: str = "last", dimension: str = "all", kind: str = "analyst", value: str = ""
) -> dict[int, list[int]]:
    found = Cell.objects.filter(
        group__dimension=dimension, group__forecaster_kind=kind, group__value=value, estimand=estimand
    )
    return {cell.probability: [cell.n, cell.k] for cell in found}


def total(estimand: str = "last", dimension: str = "all", kind: str = "analyst", value: str = "") -> Total:
    return Total.objects.get(
        group__dimension=dimension, group__forecaster_kind=kind, group__value=value, estimand=estimand
    )


def six(total: Total, name: str) -> list[int]:
    place = 6 * NAMES.index(name)
    return [int(number) for number in total.sums[place : place + 6]]


def tallies() -> dict[tuple[object, ...], tuple[object, ...]]:
    """Everything that is tallied, without the ids of groups."""
    group = ("group__scenario__slug", "group__forecaster_kind", "group__dimension", "group__value", "estimand")
    counts = ("pairs", "forecasts", "withdrawn", "left_out", "sums", "other_sums")
    return {
        **{tuple(row[:6]): tuple(row[6:]) for row in Cell.objects.values_list(*group, "probability", "n", "k")},
        **{
            tuple(row[:5]): (*row[5:9], tuple(row[9]), str(row[10]))
            for row in Total.objects.values_list(*group, *counts)
        },
    }


def test_the_hand_computed_row_goes_through_the_whole_line(aleppo: Scenario, ada: User) -> None:
    said = [0.1, 0.2, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9]
    outcomes = ["no", "no", "yes", "no", "yes", "yes", "no", "yes"]
    for probability, outcome in zip(said, outcomes, strict=True):
        make.estimate(resolved(aleppo, outcome), ada, probability, make.day(3))
    done = scorekeeping.settle(AFTER)
    assert (done.forecasts, done.changed, done.taken_back) == (8, 8, 0)
    assert cells() == {
        1000: [1, 0], 2000: [2, 1], 4000: [1, 0], 6000: [1, 1], 7000: [1, 1], 8000: [1, 0], 9000: [1, 1],
    }  # fmt: skip
    # Brier in 1e-8: sum .21875 x 8; squares .01^2 + .04^2 + .64^2 + .16^2 + .16^2 + .09^2 + .64^2 + .01^2 = .8803.
    assert six(total(), "brier") == [8, 8, 175_000_000, 8_803_000_000_000_000, 175_000_000, 8]
    assert six(total(), "log")[2] == pytest.approx(0.6288833248710971 * 8 * 10**12, abs=8)
    assert (total().pairs, total().forecasts, len(total().sums)) == (8, 8, WIDTH)


def test_settling_twice_changes_nothing(aleppo: Scenario, ada: User) -> None:
    make.estimate(resolved(aleppo), ada, 0.7, make.day(3))
    first = scorekeeping.settle(AFTER)
    before = tallies()
    second = scorekeeping.settle(AFTER)
    assert first.snapshot == Snapshot.objects.get().pk
    assert (second.forecasts, second.snapshot) == (0, None)
    assert tallies() == before
    assert Sweep.objects.get(name="settle").finished_at == AFTER


def test_a_settle_makes_a_snapshot_where_only_the_counts_moved(aleppo: Scenario) -> None:
    make.forecast(aleppo)
    scorekeeping.settle(make.day(1))
    assert scorekeeping.settle(make.day(29)).snapshot is None
    closed = scorekeeping.settle(make.day(30)).snapshot
    assert closed is not None
    assert closed == Snapshot.objects.latest("pk").pk


def test_a_yes_known_early_waits_for_the_scheduled_close(aleppo: Scenario, ada: User) -> None:
    make.estimate(resolved(aleppo, known=10), ada, 0.7, make.day(3))
    scorekeeping.settle(make.day(20))
    assert tallies() == {}
    assert Settlement.objects.get().due_at == make.day(30)
    scorekeeping.settle(make.day(30))
    assert cells() == {7000: [1, 1]}


def test_a_forecast_that_resolves_later_than_it_closes_matures_when_it_resolves(aleppo: Scenario, ada: User) -> None:
    forecast = resolved(aleppo, known=31, resolves_at=make.day(40))
    make.estimate(forecast, ada, 0.7, make.day(3))
    scorekeeping.settle(make.day(39))
    assert tallies() == {}
    scorekeeping.settle(make.day(40))
    assert cells(dimension="month", value="2025-01") == {7000: [1, 1]}


def test_a_verdict_is_scored_only_after_its_cooling_off(ada: User) -> None:
    careful = make.scenario(cooling_off_hours=24)
    forecast = resolved(careful)
    make.estimate(forecast, ada, 0.7, make.day(3))
    scorekeeping.settle(make.day(30.9))
    assert tallies() == {}
    scorekeeping.settle(make.day(31))
    assert cells() == {7000: [1, 1]}


def test_an_update_made_after_the_answer_was_known_is_not_scored(aleppo: Scenario, ada: User) -> None:
    forecast = resolved(aleppo, known=10)
    make.estimate(forecast, ada, 0.4, make.day(3))
    make.estimate(forecast, ada, 0.99, make.day(10))
    scorekeeping.settle(AFTER)
    assert cells() == {4000: [1, 1]}
    assert cells("each_update") == {4000: [1, 1]}


@pytest.mark.parametrize("outcome", ["annulled", "ambiguous"])
def test_annulled_and_ambiguous_forecasts_add_nothing(aleppo: Scenario, ada: User, outcome: str) -> None:
    make.estimate(resolved(aleppo, outcome), ada, 0.7, make.day(3))
    assert scorekeeping.settle(AFTER).changed == 0
    assert tallies() == {}
    assert Settlement.objects.get().verdict is not None


def test_an_answer_known_before_the_opening_adds_nothing(aleppo: Scenario, ada: User) -> None:
    forecast = make.forecast(aleppo)
    make.estimate(forecast, ada, 0.7, make.day(3))
    make.verdict(forecast, "yes", known_at=make.day(0), recorded_at=make.day(5))
    scorekeeping.mark_due([forecast.pk], make.day(5))
    scorekeeping.settle(AFTER)
    assert tallies() == {}


def test_a_re_resolution_takes_back_what_the_first_added(aleppo: Scenario, ada: User) -> None:
    forecast = resolved(aleppo, "yes")
    make.estimate(forecast, ada, 0.7, make.day(3))
    scorekeeping.settle(AFTER)
    resolve(forecast, "no", known=30, at=32)
    done = scorekeeping.settle(make.day(33))
    assert (done.changed, done.taken_back) == (1, done.added)
    assert cells() == {7000: [1, 0]}
    assert six(total(), "brier") == [1, 1, 49_000_000, 49_000_000**2, 49_000_000, 1]


def test_a_resolution_taken_back_leaves_no_row_behind(aleppo: Scenario, ada: User, ben: User) -> None:
    forecast = resolved(aleppo)
    make.estimate(forecast, ada, 0.7, make.day(3))
    make.estimate(forecast, ben, 0.4, make.day(4))
    scorekeeping.settle(AFTER)
    resolving.take_back(forecast, None, "The report was withdrawn.", at=make.day(32))
    scorekeeping.settle(make.day(33))
    assert tallies() == {}
    assert not Contribution.objects.exists()
    assert Settlement.objects.get().verdict is None


def test_an_annulment_takes_one_forecast_out_and_leaves_the_other(aleppo: Scenario, ada: User) -> None:
    gone, stays = resolved(aleppo), resolved(aleppo, "no")
    for forecast in (gone, stays):
        make.estimate(forecast, ada, 0.7, make.day(3))
    scorekeeping.settle(AFTER)
    resolve(gone, "annulled", known=30, at=32)
    scorekeeping.settle(make.day(33))
    assert cells() == {7000: [1, 0]}
    assert (total().pairs, total().forecasts) == (1, 1)


def test_a_late_import_is_scored_once_it_is_marked(aleppo: Scenario, ada: User) -> None:
    forecast = resolved(aleppo)
    make.estimate(forecast, ada, 0.7, make.day(3))
    scorekeeping.settle(AFTER)
    make.estimate(forecast, ada, 0.9, make.day(5), recorded_at=make.day(35), channel="import")
    scorekeeping.mark_due([forecast.pk], make.day(35))
    scorekeeping.settle(make.day(35))
    assert cells() == {9000: [1, 1]}
    assert cells("first") == {7000: [1, 1]}


def test_a_material_amendment_ends_the_estimates_before_it(aleppo: Scenario, ada: User) -> None:
    forecast = resolved(aleppo)
    make.estimate(forecast, ada, 0.7, make.day(3))
    Amendment.objects.create(
        forecast=forecast, version=2, kind="material", changes={}, reason="Another city.", made_at=make.day(5)
    )
    scorekeeping.settle(AFTER)
    assert cells() == {}
    assert (total().pairs, total().left_out) == (0, 1)
    assert cells("first") == {7000: [1, 1]}


def test_who_withdrew_is_counted_and_not_scored_as_last(aleppo: Scenario, ada: User) -> None:
    forecast = resolved(aleppo)
    make.estimate(forecast, ada, 0.7, make.day(3))
    make.estimate(forecast, ada, None, make.day(9), event=Estimate.Event.WITHDRAW)
    scorekeeping.settle(AFTER)
    assert cells() == {}
    assert (total().withdrawn, total().left_out) == (1, 1)


def test_each_estimand_counts_what_its_name_says(aleppo: Scenario, ada: User) -> None:
    """20% from day 0 to 10, 50% to day 25, 80% to day 30: thirds, halves and a sixth of the month."""
    forecast = resolved(aleppo)
    for at, probability in ((0, 0.2), (10, 0.5), (25, 0.8)):
        make.estimate(forecast, ada, probability, make.day(at))
    scorekeeping.settle(AFTER)
    assert cells("last") == {8000: [1, 1]}
    assert cells("first") == {2000: [1, 1]}
    assert cells("time_weighted") == {2000: [333_333] * 2, 5000: [500_000] * 2, 8000: [166_667] * 2}
    assert cells("at:1d") == {8000: [1, 1]}
    assert cells("at:7d") == {5000: [1, 1]}
    assert cells("at:30d") == {2000: [1, 1]}
    assert cells("at:90d") == {}
    assert total("at:90d").left_out == 1
    assert cells("each_update") == {2000: [1, 1], 5000: [1, 1], 8000: [1, 1]}


def test_lead_times_split_each_update_by_days_before_the_scheduled_close(aleppo: Scenario, ada: User) -> None:
    forecast = resolved(aleppo)
    for at, probability in ((0, 0.2), (10, 0.5), (24, 0.7), (29.5, 0.9)):
        make.estimate(forecast, ada, probability, make.day(at))
    scorekeeping.settle(AFTER)
    found = {value: cells("each_update", "lead_time", value=value) for value in ("0-1", "1-7", "7-30", "30-90")}
    assert found == {"0-1": {9000: [1, 1]}, "1-7": {7000: [1, 1]}, "7-30": {5000: [1, 1]}, "30-90": {2000: [1, 1]}}
    assert not Group.objects.filter(dimension="lead_time", totals__estimand="last").exists()


def test_two_forecasters_on_one_forecast_are_one_cluster(aleppo: Scenario, ada: User, ben: User) -> None:
    forecast = resolved(aleppo)
    make.estimate(forecast, ada, 0.7, make.day(3))
    make.estimate(forecast, ben, 0.4, make.day(4))
    scorekeeping.settle(AFTER)
    s = 3000**2 + 6000**2
    assert six(total(), "brier") == [1, 2, s, s * s, 2 * s, 4]
    assert (total().pairs, total().forecasts) == (2, 1)


def test_the_consensus_needs_two_and_is_scored_as_a_forecaster_of_its_own(
    aleppo: Scenario, ada: User, ben: User
) -> None:
    alone, both = resolved(aleppo), resolved(aleppo)
    make.estimate(alone, ada, 0.7, make.day(3))
    make.estimate(both, ada, 0.2, make.day(3))
    make.estimate(both, ben, 0.8, make.day(4))
    scorekeeping.settle(AFTER)
    assert cells(kind="consensus") == {5171: [1, 1]}
    assert cells("each_update", kind="consensus") == {}
    assert Forecaster.objects.get(kind="consensus").method == "age_weighted"


@pytest.mark.parametrize(("fidelity", "middle"), [("same", 6750), ("opposite", 3250)])
def test_a_source_is_scored_at_both_ends_and_the_middle_of_its_word(
    aleppo: Scenario, fidelity: str, middle: int
) -> None:
    article = make.article("The army is likely to retake the city.")
    likely = make.statement(article, "likely to retake the city", likelihood="likely")
    forecast = resolved(aleppo, statement=likely, fidelity=fidelity)
    scorekeeping.settle(AFTER)
    ends = Forecaster.objects.filter(kind="source").order_by("pk")
    assert [end.method for end in ends] == ["low", "middle", "high"]
    assert cells(kind="source") == {middle: [1, 1]}
    low, high = (cells(kind="source", dimension="forecaster", value=str(ends[place].pk)) for place in (0, 2))
    assert (low, high) == (({5500: [1, 1]}, {8000: [1, 1]}) if fidelity == "same" else ({4500: [1, 1]}, {2000: [1, 1]}))
    assert cells(kind="source", dimension="source", value=str(article.source_id)) == {middle: [1, 1]}
    assert forecast.contributions.filter(forecaster_kind="source").first() is not None


def test_a_source_is_scored_once_for_a_statement_and_never_for_a_hedge(aleppo: Scenario) -> None:
    article = make.article("The army is likely to retake the city. Talks may resume.")
    likely = make.statement(article, "likely to retake the city", likelihood="likely")
    hedge = make.statement(article, "Talks may resume")
    first = resolved(aleppo, statement=likely, fidelity="same")
    resolved(aleppo, statement=likely, fidelity="same")
    resolved(aleppo, statement=likely, fidelity="narrower")
    resolved(aleppo, statement=hedge, fidelity="same")
    scorekeeping.settle(AFTER)
    assert set(Contribution.objects.values_list("forecast", flat=True)) == {first.pk}


def test_a_rebuild_gives_the_same_tallies_and_verify_finds_nothing(aleppo: Scenario, ada: User, ben: User) -> None:
    for outcome in ("yes", "no", "annulled"):
        forecast = resolved(aleppo, outcome)
        make.estimate(forecast, ada, 0.7, make.day(3))
        make.estimate(forecast, ben, 0.2, make.day(4))
    scorekeeping.settle(AFTER)
    before = tallies()
    assert scorekeeping.verify(AFTER) == []
    scorekeeping.rebuild(AFTER)
    assert tallies() == before


def test_verify_names_a_cell_that_was_tampered_with(aleppo: Scenario, ada: User) -> None:
    make.estimate(resolved(aleppo), ada, 0.35, make.day(3))
    scorekeeping.settle(AFTER)
    Cell.objects.filter(group__dimension="category", estimand="last").update(n=2)
    found = scorekeeping.verify(AFTER)
    assert [str(one) for one in found] == [
        "cell 35% of aleppo, analyst, category escalation, last: stored 1 of 2, by the facts 1 of 1"
    ]
    assert "35%" in Sweep.objects.get(name="verify").problem


def test_verify_names_a_total_and_a_contribution_that_were_tampered_with(aleppo: Scenario, ada: User) -> None:
    make.estimate(resolved(aleppo), ada, 0.35, make.day(3))
    scorekeeping.settle(AFTER)
    Total.objects.filter(group__dimension="all", estimand="first").update(pairs=7)
    Contribution.objects.filter(estimand="last").update(probabilities=[3600])
    what = {one.what.split(" of ")[0]: one.stored for one in scorekeeping.verify(AFTER)}
    assert what == {"contribution": "1 at 3600 (True)", "total": "pairs 7"}


def test_verify_finds_a_fact_that_nobody_marked(aleppo: Scenario, ada: User) -> None:
    forecast = resolved(aleppo)
    make.estimate(forecast, ada, 0.35, make.day(3))
    scorekeeping.settle(AFTER)
    make.estimate(forecast, ada, 0.9, make.day(5))
    assert scorekeeping.verify(AFTER)
    scorekeeping.mark_due([forecast.pk], AFTER)
    assert scorekeeping.verify(AFTER) == []


def test_what_is_due_is_read_through_its_index(aleppo: Scenario) -> None:
    due = Settlement.objects.due(AFTER).order_by("-due_at", "-forecast_id")[:10]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "settlement_due" in due.explain()


def test_a_forecast_that_cannot_be_scored_stops_no_other(aleppo: Scenario, ada: User) -> None:
    broken = make.numeric(aleppo)
    make.estimate(broken, ada, None, make.day(3), quantiles=[1, 2])
    make.verdict(broken, "value", value=10)
    scorekeeping.mark_due([broken.pk], make.day(30))
    make.estimate(resolved(aleppo), ada, 0.7, make.day(3))
    done = scorekeeping.settle(AFTER)
    assert (done.failed, done.changed) == (1, 1)
    assert Settlement.objects.get(forecast=broken).due_at == AFTER + timedelta(hours=1)
    assert "1 forecast" in Sweep.objects.get(name="settle").problem


def test_what_older_rules_have_stored_is_made_anew_by_the_next_settling(aleppo: Scenario, ada: User, ben: User) -> None:
    forecast = resolved(aleppo)
    make.estimate(forecast, ada, 0.2, make.day(3))
    make.estimate(forecast, ben, 0.8, make.day(4))
    scorekeeping.settle(AFTER)
    by_rule = {"probabilities": [7642], "weights": [1]}
    Contribution.objects.filter(forecaster_kind="consensus", estimand="last").update(**by_rule)
    Cell.objects.filter(group__forecaster_kind="consensus", estimand="last").update(probability=7642)
    Settlement.objects.update(rules_version=scorekeeping.RULES_VERSION - 1)

    made_anew = scorekeeping.settle(AFTER)

    assert cells(kind="consensus") == {5171: [1, 1]}
    assert made_anew.added
    assert scorekeeping.verify(AFTER) == []
    assert scorekeeping.settle(AFTER) == scorekeeping.Settled()
