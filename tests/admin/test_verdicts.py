"""Resolving in the admin writes a verdict with its evidence, and nothing else."""

from datetime import UTC, datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from forecasts.models import Cell, Contribution, Forecast, Membership, Scenario, User, Verdict
from tests import make

pytestmark = pytest.mark.django_db

FINDING = {
    "outcome": "yes",
    "occurred_at_0": "2024-12-05",
    "occurred_at_1": "12:00",
    "known_at_0": "2024-12-05",
    "known_at_1": "18:00",
    "url": "https://www.unocha.org/",
    "quote": "The army confirmed its withdrawal.",
    "note": "Two agencies agree.",
}


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario()


@pytest.fixture
def resolver(scenario: Scenario, client: Client) -> User:
    person = make.member(scenario, Membership.Role.RESOLVER)
    client.force_login(person)
    return person


@pytest.fixture
def forecast(scenario: Scenario) -> Forecast:
    return make.forecast(scenario, time_zone="Asia/Damascus")


def act(client: Client, forecast: Forecast, name: str, data: dict[str, str]) -> str:
    """POST to one of the pages of verdicts; the text of where that leads."""
    answer = client.post(reverse(f"admin:forecasts_forecast_{name}", args=[forecast.pk]), data, follow=True)
    return answer.content.decode()


def test_a_resolution_keeps_outcome_times_evidence_and_note(client: Client, resolver: User, forecast: Forecast) -> None:
    text = act(client, forecast, "resolve", FINDING)
    assert "Resolved as YES." in text
    verdict = Verdict.objects.get()
    assert (verdict.person, verdict.act, verdict.outcome, verdict.round) == (resolver, "propose", "yes", 1)
    assert verdict.note == "Two agencies agree."
    evidence = verdict.evidence.get()
    assert (evidence.url, evidence.quote) == ("https://www.unocha.org/", "The army confirmed its withdrawal.")


def test_times_are_read_in_the_zone_of_the_forecast(client: Client, resolver: User, forecast: Forecast) -> None:
    act(client, forecast, "resolve", FINDING)
    verdict = Verdict.objects.get()
    assert verdict.known_at == datetime(2024, 12, 5, 15, tzinfo=UTC)
    assert verdict.occurred_at == datetime(2024, 12, 5, 9, tzinfo=UTC)


def test_resolving_writes_no_score(client: Client, resolver: User, forecast: Forecast) -> None:
    make.estimate(forecast, make.user(), 0.3, make.day(1))
    act(client, forecast, "resolve", FINDING)
    assert Contribution.objects.count() == Cell.objects.count() == 0


def test_the_history_of_the_admin_names_who_resolved(client: Client, resolver: User, forecast: Forecast) -> None:
    act(client, forecast, "resolve", FINDING)
    entry = LogEntry.objects.get()
    assert entry.user == resolver
    assert entry.change_message.startswith("Resolved as YES.")


def test_the_action_of_the_change_form_leads_to_the_page(client: Client, resolver: User, forecast: Forecast) -> None:
    address = reverse("admin:forecasts_forecast_change", args=[forecast.pk])
    answer = client.post(address, {"CHANGE_FORM-action": "resolve", "_selected_action": str(forecast.pk)})
    assert answer.status_code == 302
    assert answer["Location"] == reverse("admin:forecasts_forecast_resolve", args=[forecast.pk])


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"outcome": ""}, "This field is required."),
        ({"outcome": "value"}, "not one of the available choices"),
        ({"outcome": "option:1"}, "not one of the available choices"),
        ({"known_at_0": "", "known_at_1": ""}, "Say when the answer became known"),
        ({"known_at_0": "2999-01-01"}, "cannot have become known in the future"),
        ({"occurred_at_0": "2024-12-06"}, "cannot have occurred after it became known"),
        ({"known_at_0": "yesterday"}, "Enter a valid date."),
        ({"url": "", "quote": "", "note": ""}, "Give the evidence"),
        ({"url": "javascript:alert(1)"}, "Enter a valid URL."),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field_and_nothing_is_kept(
    client: Client, resolver: User, forecast: Forecast, change: dict[str, str], complaint: str
) -> None:
    answer = client.post(reverse("admin:forecasts_forecast_resolve", args=[forecast.pk]), {**FINDING, **change})
    assert answer.status_code == 422
    assert complaint in answer.content.decode()
    assert Verdict.objects.count() == 0


@pytest.mark.parametrize("outcome", ["annulled", "ambiguous"])
def test_annulled_and_ambiguous_are_outcomes_without_times(
    client: Client, resolver: User, forecast: Forecast, outcome: str
) -> None:
    text = act(client, forecast, "resolve", {"outcome": outcome, "note": "Both sources contradict each other."})
    assert "It is counted, and not scored." in text
    assert Verdict.objects.get().outcome == outcome


def test_a_choice_is_resolved_by_naming_its_option(client: Client, resolver: User, scenario: Scenario) -> None:
    forecast = make.choice(["none", "one", "more"], scenario)
    option = forecast.options.get(label="one")
    text = act(client, forecast, "resolve", {**FINDING, "outcome": f"option:{option.pk}"})
    assert "Resolved as “one”." in text
    assert Verdict.objects.get().option == option


def test_a_number_is_resolved_by_its_value(client: Client, resolver: User, scenario: Scenario) -> None:
    forecast = make.numeric(scenario)
    act(client, forecast, "resolve", {**FINDING, "outcome": "value", "value": "81"})
    assert Verdict.objects.get().value == 81


def test_a_number_without_its_value_is_refused(client: Client, resolver: User, scenario: Scenario) -> None:
    forecast = make.numeric(scenario)
    assert "Give the value that came true." in act(client, forecast, "resolve", {**FINDING, "outcome": "value"})
    assert Verdict.objects.count() == 0


def test_taking_back_asks_why_and_keeps_both_acts(client: Client, resolver: User, forecast: Forecast) -> None:
    act(client, forecast, "resolve", FINDING)
    assert "This field is required." in act(client, forecast, "take_back", {"note": ""})
    assert "is taken back" in act(client, forecast, "take_back", {"note": "The source has corrected itself."})
    assert [verdict.act for verdict in forecast.verdicts.all()] == ["propose", "take_back"]


def test_resolving_again_supersedes_and_overwrites_nothing(client: Client, resolver: User, forecast: Forecast) -> None:
    act(client, forecast, "resolve", FINDING)
    act(client, forecast, "resolve", {**FINDING, "outcome": "no"})
    acts = [(verdict.round, verdict.act, verdict.outcome) for verdict in forecast.verdicts.all()]
    assert acts == [(1, "propose", "yes"), (2, "supersede", "no")]


def test_a_second_person_confirms_where_the_scenario_asks_for_it(client: Client, forecast: Forecast) -> None:
    Scenario.objects.update(two_people_resolve=True)
    first, second = (make.member(forecast.scenario, Membership.Role.RESOLVER) for _ in range(2))
    client.force_login(first)
    assert "A second person confirms it" in act(client, forecast, "resolve", FINDING)
    assert "Somebody else than the one who proposed" in act(client, forecast, "confirm", {})
    client.force_login(second)
    assert "Confirmed as YES." in act(client, forecast, "confirm", {})
    completing = Verdict.objects.complete(datetime.now(UTC)).get()
    assert (completing.person, completing.act) == (second, "confirm")


@pytest.mark.parametrize("role", [Membership.Role.VIEWER, Membership.Role.ANALYST])
def test_viewers_and_analysts_do_not_get_to_the_page(client: Client, forecast: Forecast, role: str) -> None:
    client.force_login(make.member(forecast.scenario, role))
    assert client.get(reverse("admin:forecasts_forecast_resolve", args=[forecast.pk])).status_code in (302, 404)
    assert client.post(reverse("admin:forecasts_forecast_resolve", args=[forecast.pk]), FINDING).status_code in (
        302,
        404,
    )
    assert Verdict.objects.count() == 0


def test_a_resolver_elsewhere_does_not_find_the_forecast(client: Client, forecast: Forecast) -> None:
    client.force_login(make.member(make.scenario(), Membership.Role.RESOLVER))
    for name in ("resolve", "confirm", "take_back"):
        address = reverse(f"admin:forecasts_forecast_{name}", args=[forecast.pk])
        assert client.post(address, FINDING).status_code == 404
    assert Verdict.objects.count() == 0


def test_the_named_backup_resolves_without_membership(client: Client, forecast: Forecast) -> None:
    backup = make.user()
    Forecast.objects.update(backup=backup)
    client.force_login(backup)
    assert "Resolved as YES." in act(client, forecast, "resolve", FINDING)


def test_a_draft_cannot_be_resolved(client: Client, resolver: User, scenario: Scenario) -> None:
    draft = make.forecast(scenario, published_at=None)
    assert client.get(reverse("admin:forecasts_forecast_resolve", args=[draft.pk])).status_code == 404
