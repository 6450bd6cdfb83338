"""Resolving in the admin writes a verdict with its evidence, and nothing else."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from forecasts.models import Cell, Contribution, Forecast, Membership, Scenario, User, Verdict
from tests import make

pytestmark = pytest.mark.django_db

FINDING = {
    "outcome": "yes",
    "occurred_at": "2024-12-05T12:00",
    "known_at": "2024-12-05T18:00",
    "evidence-0-url": "https://www.unocha.org/",
    "evidence-0-quote": "The army confirmed its withdrawal.",
    "note": "Two agencies agree.",
}
BARE = {**FINDING, "evidence-0-url": "", "evidence-0-quote": ""}


def act(client: Client, forecast: Forecast, name: str, data: dict[str, Any]) -> str:
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


def test_the_action_of_the_list_leads_to_the_page_of_one_forecast(
    client: Client, resolver: User, forecast: Forecast
) -> None:
    chosen = {"action": "resolve", "_selected_action": str(forecast.pk)}
    answer = client.post(reverse("admin:forecasts_forecast_changelist"), chosen)
    assert answer["Location"] == reverse("admin:forecasts_forecast_resolve", args=[forecast.pk])


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"outcome": ""}, "Choose one of these."),
        ({"outcome": "value"}, "not one of the available choices"),
        ({"outcome": "option:1"}, "not one of the available choices"),
        ({"known_at": ""}, "Say when the answer became known"),
        ({"known_at": "2999-01-01T00:00"}, "cannot have become known in the future"),
        ({"occurred_at": "2024-12-06T00:00"}, "cannot have occurred after it became known"),
        ({"known_at": "yesterday"}, "Enter a valid date/time."),
        ({"known_at": "2024-11-30T00:00", "occurred_at": ""}, "before the forecast opened"),
        ({"evidence-0-url": "", "evidence-0-quote": ""}, "Give the evidence"),
        ({"evidence-0-url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"evidence-0-retrieved_at": "2999-01-01T00:00"}, "cannot have been retrieved in the future"),
        ({"outcome": "annulled"}, "Choose what was wrong."),
        ({"outcome": "annulled", "annulled_because": "other", "note": ""}, "Say what was wrong."),
        ({"outcome": "annulled", "annulled_because": "boring"}, "not one of the available choices"),
        ({"outcome": "later"}, "Give the day before which nobody can know."),
        ({"outcome": "later", "until": "2024-12-01"}, "Give a day to come"),
        ({"outcome": "later", "until": "2999-01-01", "note": ""}, "Say why it cannot be known"),
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
    said = {"outcome": outcome, "annulled_because": "unclear", "note": "Both sources contradict each other."}
    text = act(client, forecast, "resolve", said)
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
    assert "A second person gives their own answer" in act(client, forecast, "resolve", FINDING)
    assert "It counts once a second person" in act(client, forecast, "confirm", FINDING)
    client.force_login(second)
    assert "Confirmed as YES." in act(client, forecast, "confirm", FINDING)
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


def test_what_is_known_before_opening_is_recorded_once_that_is_said_to_be_meant(
    client: Client, resolver: User, forecast: Forecast
) -> None:
    early = {**FINDING, "known_at": "2024-11-30T00:00", "occurred_at": "", "known_before": "on"}
    assert "counted as known before opening, and not scored" in act(client, forecast, "resolve", early)
    assert Verdict.objects.get().known_at == datetime(2024, 11, 29, 21, tzinfo=UTC)


def test_a_no_may_say_in_the_note_where_one_looked(client: Client, resolver: User, forecast: Forecast) -> None:
    assert "Resolved as NO." in act(client, forecast, "resolve", {**BARE, "outcome": "no"})


def test_not_knowable_before_a_day_is_an_answer_too(client: Client, resolver: User, forecast: Forecast) -> None:
    said = {"outcome": "later", "until": "2999-01-01", "note": "The registry opens then."}
    assert "before 1 January 2999" in act(client, forecast, "resolve", said)
    postponement = forecast.postponements.get()
    assert (postponement.person, postponement.reason) == (resolver, "The registry opens then.")
    assert postponement.until == datetime(2998, 12, 31, 21, tzinfo=UTC)
    assert Verdict.objects.count() == 0


def test_resolving_again_asks_why(client: Client, resolver: User, forecast: Forecast) -> None:
    act(client, forecast, "resolve", FINDING)
    assert "say why it is resolved again" in act(client, forecast, "resolve", {**FINDING, "note": ""})
    assert Verdict.objects.count() == 1


def test_of_two_who_opened_the_page_the_later_one_is_told_and_keeps_what_they_wrote(
    client: Client, resolver: User, forecast: Forecast
) -> None:
    act(client, forecast, "resolve", {**FINDING, "seen": "0"})
    text = act(client, forecast, "resolve", {**FINDING, "outcome": "no", "note": "My own words.", "seen": "0"})
    assert "Somebody else acted on this forecast" in text
    assert "My own words." in text
    assert [verdict.outcome for verdict in Verdict.objects.all()] == ["yes"]
    assert "Somebody else acted" in act(client, forecast, "take_back", {"note": "Wrong.", "seen": "0"})
    assert Verdict.objects.count() == 1
