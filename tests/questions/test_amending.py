"""A published forecast changes only by an amendment, which keeps the old words and tells whoever has estimated."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forecasts.answers import estimating, resolving
from forecasts.answers.estimating import Answer
from forecasts.models import Amendment, Estimate, Forecast, Scenario, User, Verdict, Watch
from forecasts.questions import amending
from forecasts.rules.errors import InvalidValue, NotNow
from forecasts.rules.values import Value
from tests import make

pytestmark = pytest.mark.django_db
Kind = Amendment.Kind
NOW = make.day(10)


@pytest.fixture
def forecast(scenario: Scenario) -> Forecast:
    return make.forecast(scenario)


def amend(forecast: Forecast, editor: User, kind: str = Kind.CLARIFYING, **changes: Any) -> Amendment:
    return amending.amend(forecast, editor, changes, kind, "The source was renamed.", at=NOW)


def test_an_amendment_keeps_old_and_new_who_when_and_why(forecast: Forecast, editor: User) -> None:
    old = forecast.criteria
    amendment = amend(forecast, editor, criteria="YES if OCHA says so; NO otherwise.")
    forecast.refresh_from_db()
    assert (forecast.criteria, forecast.version) == ("YES if OCHA says so; NO otherwise.", 2)
    assert amendment.changes == {"criteria": [old, "YES if OCHA says so; NO otherwise."]}
    assert (amendment.version, amendment.made_by, amendment.made_at) == (2, editor, NOW)
    assert amendment.reason == "The source was renamed."


def test_dates_are_kept_as_instants(forecast: Forecast, editor: User) -> None:
    changes = amend(forecast, editor, closes_at=make.day(20), resolves_at=make.day(25)).changes
    assert changes["closes_at"] == [make.CLOSING.isoformat(), make.day(20).isoformat()]


def test_a_material_amendment_ends_the_estimates_in_force_and_a_clarifying_one_does_not(
    forecast: Forecast, editor: User
) -> None:
    analyst = make.member(forecast.scenario)
    make.estimate(forecast, analyst, 0.4, make.day(2))
    amend(forecast, editor, Kind.CLARIFYING, fine_print="As before, said better.")
    assert Estimate.objects.in_force(make.day(11)).filter(forecast=forecast).count() == 1
    amend(forecast, editor, Kind.MATERIAL, criteria="Something else; NO otherwise.")
    assert Estimate.objects.in_force(make.day(11)).filter(forecast=forecast).count() == 0


def test_an_estimate_stays_tied_to_the_version_that_it_answered(forecast: Forecast, editor: User) -> None:
    analyst = make.member(forecast.scenario)
    said = Answer(value=Value(probability=4000))
    before = estimating.record(forecast, analyst, said, at=make.day(9), channel=Estimate.Channel.WEB)
    amend(forecast, editor, fine_print="Said better.")
    after = estimating.record(forecast, analyst, said, at=make.day(11), channel=Estimate.Channel.WEB)
    before.refresh_from_db()
    assert (before.criteria_version, after.criteria_version) == (1, 2)


@pytest.mark.parametrize("kind", Kind.values)
def test_those_who_have_estimated_are_asked_to_look_again_at_once(forecast: Forecast, editor: User, kind: str) -> None:
    told = make.member(forecast.scenario)
    make.estimate(forecast, told, 0.4, make.day(9))
    amend(forecast, editor, kind, fine_print="Said better.")
    assert Watch.objects.get(forecast=forecast, user=told, kind="update").next_at == NOW


def test_an_option_is_added_while_it_is_open_and_estimates_keep_theirs(scenario: Scenario, editor: User) -> None:
    forecast = make.choice(["one", "two"], scenario)
    analyst = make.member(scenario)
    make.estimate(forecast, analyst, None, make.day(2), probabilities=[4000, 6000])
    amendment = amending.amend(forecast, editor, {}, Kind.CLARIFYING, "It came up.", at=NOW, options=["three"])
    assert [option.label for option in forecast.options.all()] == ["one", "two", "three"]
    assert forecast.options.get(label="three").added_at == NOW
    assert amendment.changes == {"options": ["one; two", "one; two; three"]}
    assert Estimate.objects.get().probabilities == [4000, 6000]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, "reason"),
        ({"kind": "numeric"}, "kind"),
        ({"criteria": "  "}, "criteria"),
        ({"time_zone": "Europe/Atlantis"}, "time_zone"),
        ({"closes_at": make.day(9)}, "closes_at"),
        ({"closes_at": None}, "closes_at"),
        ({"opens_at": make.day(11)}, "opens_at"),
        ({"closes_at": make.day(40)}, "resolves_at"),
        ({"resolves_at": make.day(11)}, "resolves_at"),
    ],
)
def test_what_cannot_change_is_refused_naming_its_field(
    forecast: Forecast, editor: User, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidValue) as refused:
        amending.amend(forecast, editor, changes, Kind.CLARIFYING, "Because.", at=NOW)
    assert refused.value.field == field
    assert Amendment.objects.count() == 0


@pytest.mark.parametrize("options", [["One"], ["three", "three"], ["x" * 201]])
def test_an_option_that_stands_there_already_or_is_too_long_is_refused(
    scenario: Scenario, editor: User, options: list[str]
) -> None:
    forecast = make.choice(["one", "two"], scenario)
    with pytest.raises(InvalidValue) as refused:
        amending.amend(forecast, editor, {}, Kind.CLARIFYING, "Because.", at=NOW, options=options)
    assert refused.value.field == "options"
    assert forecast.options.count() == 2


def test_an_amendment_needs_a_reason(forecast: Forecast, editor: User) -> None:
    with pytest.raises(InvalidValue, match="Say why"):
        amending.amend(forecast, editor, {"title": "Will it?"}, Kind.CLARIFYING, " ", at=NOW)


def test_a_draft_needs_no_amendment(scenario: Scenario, editor: User) -> None:
    with pytest.raises(NotNow, match="A draft"):
        amend(make.forecast(scenario, published_at=None), editor, title="Will it?")


def test_what_is_resolved_or_waits_for_a_second_person_is_not_amended(scenario: Scenario, editor: User) -> None:
    resolved = make.forecast(scenario)
    make.verdict(resolved, known_at=make.day(3))
    waiting = make.forecast(scenario, two_people_resolve=True)
    finding = resolving.Finding(Verdict.Outcome.YES, known_at=make.day(3))
    resolving.resolve(waiting, editor, finding, at=make.day(4))
    for forecast in (resolved, waiting):
        with pytest.raises(NotNow, match="resolved"):
            amend(forecast, editor, title="Will it?")


def test_whoever_saw_an_older_version_is_told_instead_of_overwriting(forecast: Forecast, editor: User) -> None:
    amend(forecast, editor, fine_print="Said better.")
    with pytest.raises(NotNow, match="Somebody else amended it"):
        amending.amend(forecast, editor, {"title": "Will it?"}, Kind.CLARIFYING, "Because.", at=NOW, version=1)
    assert Amendment.objects.count() == 1


def test_whoever_read_the_old_criteria_is_told_before_their_answer_counts(forecast: Forecast, editor: User) -> None:
    analyst = make.member(forecast.scenario)
    amend(forecast, editor, fine_print="Said better.")
    said = Answer(value=Value(probability=4000), version=1)
    with pytest.raises(NotNow, match="amended while you were answering"):
        estimating.record(forecast, analyst, said, at=make.day(11), channel=Estimate.Channel.WEB)
    assert Estimate.objects.count() == 0


def test_the_page_of_an_answer_sends_the_version_that_it_showed(
    forecast: Forecast, editor: User, client: Client
) -> None:
    far = timezone.now().replace(year=2999)
    Forecast.objects.update(closes_at=far, resolves_at=far)
    analyst = make.member(forecast.scenario)
    client.force_login(analyst)
    address = reverse("estimate", args=[forecast.pk])
    said = {"event": "update", "percent": "40", "rationale": "", "version": "1"}
    Forecast.objects.update(version=2)
    answer = client.post(address, said)
    assert answer.status_code == 422
    assert "amended while you were answering" in answer.content.decode()
    assert '<input type="hidden" name="version" value="2">' in answer.content.decode()
    assert client.post(address, {**said, "version": "2"}).status_code == 302
    assert Estimate.objects.get().criteria_version == 2
