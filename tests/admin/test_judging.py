"""A scenario's page says how far two who resolve agree, and who contradicts themselves."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forecasts.answers import resolving
from forecasts.answers.resolving import Finding
from forecasts.models import Forecast, Membership, Relation, RelationMember, Scenario, User, Verdict
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario(two_people_resolve=True)


@pytest.fixture
def owner(scenario: Scenario, client: Client) -> User:
    person = make.member(scenario, Membership.Role.OWNER)
    client.force_login(person)
    return person


def page(client: Client, scenario: Scenario) -> str:
    return client.get(reverse("admin:forecasts_scenario_change", args=[scenario.pk])).content.decode()


def found(outcome: str) -> Finding:
    return Finding(Verdict.Outcome(outcome), known_at=make.day(30), note="As reported.")


def answered(scenario: Scenario, first: User, second: User, one: str, other: str) -> Forecast:
    forecast = make.forecast(scenario)
    resolving.resolve(forecast, first, found(one), at=make.day(31))
    resolving.second(forecast, second, found(other), at=make.day(32))
    return forecast


def test_agreement_counts_independent_answers_and_not_what_the_owner_decided(
    client: Client, scenario: Scenario, owner: User
) -> None:
    first, second = (make.member(scenario, "resolver") for _ in range(2))
    answered(scenario, first, second, "yes", "yes")
    disputed = answered(scenario, first, second, "yes", "no")
    resolving.decide(disputed, owner, found("yes"), at=make.day(33))
    make.verdict(make.forecast(scenario))
    assert "Two people answered 2 times and agreed in 1 (50%)" in page(client, scenario)
    assert "28 more are needed" in page(client, scenario)


def test_kappa_is_shown_from_thirty_on(client: Client, scenario: Scenario, owner: User) -> None:
    first, second = make.user(), make.user()
    pairs = [("yes", "yes"), ("no", "no"), ("yes", "no")] * 10
    for one, other in pairs:
        forecast = make.forecast(scenario)
        make.verdict(forecast, one, person=first, takes_effect_at=None)
        act = Verdict.Act.CONFIRM if one == other else Verdict.Act.DISSENT
        make.verdict(forecast, other, person=second, round=1, act=act, takes_effect_at=None)
    assert resolving.agreement(scenario).kappa == pytest.approx(0.4)
    assert "kappa is 0.40" in page(client, scenario)


def test_answers_in_other_scenarios_do_not_count(client: Client, scenario: Scenario, owner: User) -> None:
    elsewhere = make.scenario(two_people_resolve=True)
    first, second = (make.member(elsewhere, "resolver") for _ in range(2))
    answered(elsewhere, first, second, "yes", "no")
    assert "No forecast has been answered by two people yet." in page(client, scenario)


def test_contradictions_are_counted_by_relation(client: Client, scenario: Scenario, owner: User) -> None:
    assert "Contradictions are counted here once" in page(client, scenario)
    now = timezone.now()
    far = {"opens_at": make.OPENING, "closes_at": now.replace(year=2999), "resolves_at": now.replace(year=2999)}
    relation = Relation.objects.create(scenario=scenario, kind="exclusive", note="Who takes Hama")
    analyst = make.member(scenario)
    for position in range(2):
        forecast = make.forecast(scenario, **far)
        RelationMember.objects.create(relation=relation, forecast=forecast, position=position)
        make.estimate(forecast, analyst, 0.7, make.day(2))
    text = page(client, scenario)
    assert "Who takes Hama" in text
    assert "at most one of them happens: 1 analyst" in text


RELATION = {"kind": "exclusive", "note": "Who takes Hama", "members-INITIAL_FORMS": "0", "members-TOTAL_FORMS": "2"}


def relate(client: Client, scenario: Scenario, forecasts: list[Forecast]) -> str:
    members = {f"members-{place}-forecast": str(one.pk) for place, one in enumerate(forecasts)}
    positions = {f"members-{place}-position": str(min(place, len(forecasts) - 1)) for place in range(2)}
    data = {**RELATION, "scenario": str(scenario.pk), **members, **positions}
    return client.post(reverse("admin:forecasts_relation_add"), data, follow=True).content.decode()


def test_an_editor_relates_forecasts_of_the_scenario(client: Client, scenario: Scenario) -> None:
    client.force_login(make.member(scenario, Membership.Role.EDITOR))
    forecasts = [make.forecast(scenario) for _ in range(2)]
    relate(client, scenario, forecasts)
    assert list(Relation.objects.get().forecasts.order_by("pk")) == forecasts


def test_a_relation_binds_two_yes_or_no_forecasts_of_one_scenario(client: Client, scenario: Scenario) -> None:
    client.force_login(make.member(scenario, Membership.Role.EDITOR))
    forecast = make.forecast(scenario)
    assert "is of another scenario" in relate(
        client, scenario, [forecast, make.forecast(make.scenario(visibility=Scenario.Visibility.ALL))]
    )
    assert "not answered with yes or no" in relate(client, scenario, [forecast, make.numeric(scenario)])
    assert "at least two" in relate(client, scenario, [forecast])
    assert Relation.objects.count() == 0


def test_a_resolver_relates_nothing(client: Client, scenario: Scenario) -> None:
    client.force_login(make.member(scenario, Membership.Role.RESOLVER))
    relate(client, scenario, [make.forecast(scenario) for _ in range(2)])
    assert Relation.objects.count() == 0
