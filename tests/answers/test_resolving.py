"""Verdicts: what may be recorded, how rounds add up to a resolution, and the way back."""

import re
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from forecasts.answers import resolving
from forecasts.answers.resolving import Finding
from forecasts.models import Forecast, Membership, Scenario, Settlement, User, Verdict, Watch
from forecasts.rules.errors import InvalidValue, NotNow, Overtaken
from tests import make

pytestmark = pytest.mark.django_db
Outcome = Verdict.Outcome


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
    resolving.confirm(forecast, make.administrator(), at=make.day(33))
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


@pytest.fixture
def proposed(forecast: Forecast, resolver: User) -> Verdict:
    """A first answer, Yes, known on day 30, where two people are asked for."""
    Forecast.objects.update(two_people_resolve=True)
    return resolving.resolve(forecast, resolver, found(), at=make.day(31))


def test_a_second_person_with_the_same_answer_completes_the_round(forecast: Forecast, proposed: Verdict) -> None:
    verdict = resolving.second(forecast, make.administrator(), found(), at=make.day(32))
    assert (verdict.act, verdict.round) == ("confirm", 1)
    assert resolution(forecast, 32) == "yes"


def test_of_two_known_times_the_earlier_one_counts(forecast: Forecast, proposed: Verdict) -> None:
    verdict = resolving.second(forecast, make.administrator(), found(known=25), at=make.day(32))
    assert verdict.known_at == make.day(25)


def test_a_later_known_time_of_the_second_changes_nothing(forecast: Forecast, proposed: Verdict) -> None:
    verdict = resolving.second(forecast, make.administrator(), found(known=31), at=make.day(32))
    assert verdict.known_at == make.day(30)


def test_another_answer_is_a_dissent_that_completes_nothing(forecast: Forecast, proposed: Verdict) -> None:
    verdict = resolving.second(forecast, make.administrator(), found(Outcome.NO), at=make.day(32))
    assert (verdict.act, verdict.takes_effect_at) == ("dissent", None)
    assert resolution(forecast, 40) is None
    assert resolving.disputed(forecast) == proposed
    assert resolving.awaiting_confirmation(forecast) is None


def test_nobody_is_the_second_to_themselves(forecast: Forecast, resolver: User, proposed: Verdict) -> None:
    with pytest.raises(NotNow, match="Somebody else"):
        resolving.second(forecast, resolver, found(), at=make.day(32))


def test_while_a_round_waits_nobody_opens_another_one(forecast: Forecast, resolver: User, proposed: Verdict) -> None:
    with pytest.raises(NotNow, match="Take it back"):
        resolving.resolve(forecast, resolver, found(Outcome.NO), at=make.day(32))
    with pytest.raises(NotNow, match="give your own answer as that one"):
        resolving.resolve(forecast, make.administrator(), found(Outcome.NO), at=make.day(32))
    resolving.second(forecast, make.administrator(), found(Outcome.NO), at=make.day(32))
    with pytest.raises(NotNow, match="owner decides"):
        resolving.resolve(forecast, make.administrator(), found(Outcome.NO), at=make.day(33))


@pytest.mark.parametrize(("outcome", "acts"), [("yes", ["confirm"]), ("no", ["propose"]), ("annulled", ["propose"])])
def test_the_owner_confirms_the_first_or_opens_a_round_that_stands(
    forecast: Forecast, proposed: Verdict, outcome: str, acts: list[str]
) -> None:
    resolving.second(forecast, make.administrator(), found(Outcome.NO), at=make.day(32))
    verdict = resolving.decide(forecast, make.administrator(), found(Outcome(outcome)), at=make.day(33))
    assert [verdict.act] == acts
    assert resolution(forecast, 33) == outcome
    assert resolving.disputed(forecast) is None


def test_neither_of_the_two_decides_between_them(forecast: Forecast, resolver: User, proposed: Verdict) -> None:
    Membership.objects.update(role=Membership.Role.OWNER)
    second = make.administrator()
    resolving.second(forecast, second, found(Outcome.NO), at=make.day(32))
    for person in (resolver, second):
        with pytest.raises(NotNow, match="does not decide"):
            resolving.decide(forecast, person, found(), at=make.day(33))


def test_nothing_is_decided_where_nobody_disagrees(forecast: Forecast, proposed: Verdict) -> None:
    with pytest.raises(NotNow, match="Nobody disagrees"):
        resolving.decide(forecast, make.administrator(), found(), at=make.day(33))


def test_deciding_needs_a_reason(forecast: Forecast, proposed: Verdict) -> None:
    resolving.second(forecast, make.administrator(), found(Outcome.NO), at=make.day(32))
    with pytest.raises(InvalidValue, match="Say why"):
        resolving.decide(forecast, make.administrator(), Finding(Outcome.YES, known_at=make.day(30)), at=make.day(33))


def test_the_old_resolution_stands_while_a_new_one_waits_for_a_second_person(
    forecast: Forecast, resolver: User
) -> None:
    resolving.resolve(forecast, resolver, found(), at=make.day(31))
    Forecast.objects.update(two_people_resolve=True)
    resolving.resolve(forecast, resolver, found(Outcome.NO), at=make.day(33))
    assert resolution(forecast, 34) == "yes"
    resolving.second(forecast, make.administrator(), found(Outcome.NO), at=make.day(35))
    assert resolution(forecast, 36) == "no"


def test_a_proposal_is_told_to_its_author_only_until_a_second_person_has_answered(
    forecast: Forecast, resolver: User, proposed: Verdict
) -> None:
    other = make.member(forecast.scenario, Membership.Role.OWNER)
    told = [Verdict.objects.visible_to(person).count() for person in (resolver, other, make.administrator())]
    assert told == [1, 0, 0]
    resolving.second(forecast, other, found(Outcome.NO), at=make.day(32))
    assert Verdict.objects.visible_to(make.member(forecast.scenario)).count() == 2


def test_resolving_again_needs_a_reason(forecast: Forecast, resolver: User) -> None:
    resolving.resolve(forecast, resolver, found(), at=make.day(31))
    with pytest.raises(InvalidValue, match="why it is resolved again"):
        resolving.resolve(forecast, resolver, Finding(Outcome.NO, known_at=make.day(30)), at=make.day(32))


def test_whoever_did_not_see_the_newest_act_is_told(forecast: Forecast, resolver: User) -> None:
    first = resolving.resolve(forecast, resolver, found(), at=make.day(31), after=0)
    with pytest.raises(Overtaken, match="Nothing of yours is recorded"):
        resolving.resolve(forecast, make.administrator(), found(Outcome.NO), at=make.day(32), after=0)
    with pytest.raises(Overtaken):
        resolving.take_back(forecast, resolver, "Misread.", at=make.day(32), after=0)
    assert resolving.take_back(forecast, resolver, "Misread.", at=make.day(32), after=first.pk)


def test_a_postponement_moves_the_prompts_of_the_resolver(forecast: Forecast, resolver: User) -> None:
    Forecast.objects.update(resolver=resolver)
    resolving.postpone(forecast, resolver, make.day(50), "The registry opens then.", at=make.day(32))
    watch = Watch.objects.get(forecast=forecast, user=resolver, kind="resolve")
    assert watch.next_at == make.day(50)


@pytest.mark.parametrize(
    ("day", "reason", "field"), [(31, "Closed.", "until"), (20, "Closed.", "until"), (40, " ", "note")]
)
def test_a_postponement_names_a_day_to_come_and_a_reason(
    forecast: Forecast, resolver: User, day: float, reason: str, field: str
) -> None:
    with pytest.raises(InvalidValue) as refused:
        resolving.postpone(forecast, resolver, make.day(day), reason, at=make.day(31))
    assert refused.value.field == field


def test_what_is_resolved_is_not_put_off(forecast: Forecast, resolver: User) -> None:
    resolving.resolve(forecast, resolver, found(), at=make.day(31))
    with pytest.raises(NotNow, match="has been resolved"):
        resolving.postpone(forecast, resolver, make.day(50), "Closed.", at=make.day(32))


def test_a_forecast_whose_cooling_off_was_used_to_take_it_back_is_never_scored(
    forecast: Forecast, resolver: User
) -> None:
    Scenario.objects.update(cooling_off_hours=24)
    resolving.resolve(forecast, resolver, found(), at=make.day(31))
    resolving.take_back(forecast, resolver, "Misread.", at=make.day(31.5))
    assert Settlement.objects.get(forecast=forecast).due_at is None
    assert resolution(forecast, 40) is None


@pytest.mark.parametrize("name", ["../../etc/passwd.txt", "a\x00b.txt", "ü" * 300 + ".txt", "CON.txt"])
def test_any_name_of_a_file_becomes_a_short_plain_one(name: str, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    stored = resolving.kept(name, b"text").store()
    assert re.fullmatch(r"evidence/[0-9a-f]{40}/[A-Za-z0-9._-]{1,44}", stored)
    assert (tmp_path / stored).read_bytes() == b"text"


def test_the_same_content_is_kept_once(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    assert resolving.kept("a.txt", b"text").store() == resolving.kept("a.txt", b"text").store()
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1
