"""Two people at the same moment, over two connections: one comes first, the other is told, nothing is half written."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction

from forecasts.answers import estimating, resolving
from forecasts.answers.estimating import Answer
from forecasts.answers.resolving import Finding, Proof
from forecasts.models import Amendment, Estimate, Evidence, Forecast, Scenario, Settlement, User, Verdict
from forecasts.questions import amending, publishing
from forecasts.rules.errors import InvalidValue, NotNow, Overtaken
from forecasts.rules.values import Value
from forecasts.scores import scorekeeping
from tests import make
from tests.questions.test_publishing import draft

pytestmark = pytest.mark.django_db(transaction=True)
AT = make.day(31)
type Act = Callable[[], object]


@pytest.fixture
def forecast(scenario: Scenario) -> Forecast:
    return make.forecast(scenario)


@pytest.fixture
def people(scenario: Scenario) -> list[User]:
    return [make.member(scenario, "resolver") for _ in range(4)]


@pytest.fixture
def owners(scenario: Scenario) -> list[User]:
    return [make.member(scenario, "owner") for _ in range(2)]


def found(outcome: str = "yes") -> Finding:
    proof = Proof("https://www.unocha.org/", "As reported.")
    return Finding(Verdict.Outcome(outcome), known_at=make.day(30), note="As reported.", evidence=[proof])


def at_once(*acts: Act) -> list[object]:
    """What each act returned or raised, all begun together on connections of their own."""
    barrier, results = threading.Barrier(len(acts)), dict[int, object]()

    def run(place: int, act: Act) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(120)
            results[place] = act()
        except Exception as error:  # noqa: BLE001
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return [results[place] for place in range(len(acts))]


def winners(results: list[object]) -> list[object]:
    return [one for one in results if not isinstance(one, Exception)]


def losers(results: list[object]) -> Iterator[Exception]:
    return (one for one in results if isinstance(one, Exception))


def test_of_several_who_resolve_at_once_one_wins_and_the_others_are_told(
    forecast: Forecast, people: list[User]
) -> None:
    outcomes = ["yes", "no", "annulled", "ambiguous"]
    results = at_once(
        *(
            lambda person=person, outcome=outcome: resolving.resolve(forecast, person, found(outcome), at=AT, after=0)
            for person, outcome in zip(people, outcomes, strict=True)
        )
    )
    assert len(winners(results)) == 1
    assert {type(one) for one in losers(results)} == {Overtaken}
    assert Verdict.objects.get() == winners(results)[0]
    assert Evidence.objects.count() == Settlement.objects.count() == 1


def test_of_a_resolution_and_a_take_back_at_once_one_wins(forecast: Forecast, people: list[User]) -> None:
    first = resolving.resolve(forecast, people[0], found(), at=AT)
    later = AT + timedelta(hours=1)
    results = at_once(
        lambda: resolving.resolve(forecast, people[1], found("no"), at=later, after=first.pk),
        lambda: resolving.take_back(forecast, people[0], "Misread.", at=later, after=first.pk),
    )
    assert len(winners(results)) == 1
    assert {type(one) for one in losers(results)} == {Overtaken}
    assert Verdict.objects.count() == 2
    scorekeeping.settle(later)
    assert scorekeeping.verify(later) == []


def test_two_seconds_at_once_complete_a_round_once(forecast: Forecast, people: list[User]) -> None:
    Forecast.objects.update(two_people_resolve=True)
    first = resolving.resolve(forecast, people[0], found(), at=AT)
    results = at_once(
        lambda: resolving.second(forecast, people[1], found(), at=AT, after=first.pk),
        lambda: resolving.second(forecast, people[2], found("no"), at=AT, after=first.pk),
    )
    assert len(winners(results)) == 1
    assert all(isinstance(one, NotNow) for one in losers(results))
    assert Verdict.objects.count() == 2


def test_two_owners_at_once_decide_once(forecast: Forecast, people: list[User], owners: list[User]) -> None:
    Forecast.objects.update(two_people_resolve=True)
    resolving.resolve(forecast, people[0], found(), at=AT)
    dissent = resolving.second(forecast, people[1], found("no"), at=AT)
    results = at_once(
        lambda: resolving.decide(forecast, owners[0], found(), at=AT, after=dissent.pk),
        lambda: resolving.decide(forecast, owners[1], found("no"), at=AT, after=dissent.pk),
    )
    assert len(winners(results)) == 1
    assert Verdict.objects.complete(AT).count() == 1


def answer(forecast: Forecast, person: User, at: Any) -> Act:
    said = Answer(value=Value(probability=4000))
    return lambda: estimating.record(forecast, person, said, at=at, channel=Estimate.Channel.WEB)


def test_an_estimate_that_races_with_a_resolution_is_before_it_or_refused(scenario: Scenario) -> None:
    resolver = make.member(scenario, "resolver")
    resolved_at = make.day(10)
    for _ in range(4):
        forecast, analyst = make.forecast(scenario), make.member(scenario)
        finding = Finding(Verdict.Outcome.YES, known_at=make.day(9), note="Seen.")
        results = at_once(
            partial(resolving.resolve, forecast, resolver, finding, at=resolved_at),
            answer(forecast, analyst, resolved_at + timedelta(seconds=1)),
        )
        assert isinstance(results[0], Verdict)
        written = Estimate.objects.filter(forecast=forecast).count()
        assert written == (0 if isinstance(results[1], NotNow) else 1)
        scorekeeping.settle(make.day(40))
    assert scorekeeping.verify(make.day(40)) == []


def test_an_estimate_at_the_instant_of_closing_is_refused_and_one_before_it_counts(
    forecast: Forecast, scenario: Scenario
) -> None:
    people = [make.member(scenario) for _ in range(2)]
    results = at_once(
        answer(forecast, people[0], make.CLOSING),
        answer(forecast, people[1], make.CLOSING - timedelta(microseconds=1)),
    )
    assert isinstance(results[0], NotNow)
    assert "closed" in str(results[0])
    assert Estimate.objects.get() == results[1]


def test_an_estimate_that_races_with_an_earlier_closing_falls_on_one_side_of_it(scenario: Scenario) -> None:
    editor = make.member(scenario, "editor")
    for _ in range(4):
        forecast, analyst = make.forecast(scenario), make.member(scenario)
        changes = {"closes_at": make.day(11), "resolves_at": make.day(12)}
        results = at_once(
            partial(
                amending.amend,
                forecast,
                editor,
                changes,
                Amendment.Kind.CLARIFYING,
                "It ends sooner.",
                at=make.day(10),
            ),
            answer(forecast, analyst, make.day(11)),
        )
        estimate = Estimate.objects.filter(forecast=forecast).first()
        if estimate is None:
            assert isinstance(results[0], Amendment)
            assert isinstance(results[1], NotNow)
        else:
            # It came first: closing cannot move to before what was said, and it answered the version that stood then.
            assert isinstance(results[0], InvalidValue)
            assert estimate.criteria_version == 1


def test_two_who_amend_at_once_do_not_overwrite_each_other(forecast: Forecast, owners: list[User]) -> None:
    results = at_once(
        *(
            lambda text=text, person=person: amending.amend(
                forecast, person, {"criteria": text}, Amendment.Kind.CLARIFYING, "Clearer.", at=make.day(5), version=1
            )
            for text, person in zip(["One; NO otherwise.", "Two; NO otherwise."], owners, strict=True)
        )
    )
    [won] = winners(results)
    assert isinstance(won, Amendment)
    forecast.refresh_from_db()
    assert (forecast.version, Amendment.objects.count()) == (2, 1)
    assert forecast.criteria == won.changes["criteria"][1]


def test_a_draft_is_published_once(scenario: Scenario, owners: list[User]) -> None:
    made = draft(scenario)
    results = at_once(*(lambda person=person: publishing.publish(made, person, at=make.day(2)) for person in owners))
    assert len(winners(results)) == 1
    assert {type(one) for one in losers(results)} == {NotNow}


def test_what_fails_half_way_leaves_nothing(forecast: Forecast, people: list[User]) -> None:
    too_long = Proof("https://example.org/" + "x" * 2000)
    bad = Finding(Verdict.Outcome.YES, known_at=make.day(30), note="Seen.", evidence=[too_long])
    with pytest.raises(Exception, match="too long"), transaction.atomic():
        resolving.resolve(forecast, people[0], bad, at=AT)
    assert Verdict.objects.count() == Evidence.objects.count() == Settlement.objects.count() == 0
