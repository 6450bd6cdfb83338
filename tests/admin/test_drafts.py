"""Drafts in the admin: checked as they are saved, stopped by what blocks them, published with or without a reason."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from forecasts.models import Forecast, Membership, Scenario, User
from tests import make
from tests.questions.test_publishing import SOUND, draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(scenario: Scenario, client: Client) -> User:
    person = make.member(scenario, Membership.Role.EDITOR)
    client.force_login(person)
    return person


def ahead(scenario: Scenario, **fields: Any) -> Forecast:
    """A sound draft that closes in a future far away."""
    dates = {"opens_at": make.OPENING, "closes_at": datetime(2999, 12, 31, tzinfo=UTC)}
    words = {name: SOUND[name].replace("2024", "2999") for name in ("title", "criteria")}
    return draft(scenario, **{**dates, **words, "resolves_at": datetime(2999, 12, 31, tzinfo=UTC), **fields})


def entered(scenario: Scenario, **fields: str) -> dict[str, str]:
    """What the form of a new draft holds."""
    blank = {"options-TOTAL_FORMS": "0", "options-INITIAL_FORMS": "0", "key": "displaced", "category": "displacement"}
    given = {name: str(SOUND[name]) for name in ("title", "criteria", "fine_print", "resolution_source")}
    times = {"time_zone": "Asia/Damascus", "closes_at": "2999-12-31T23:59"}
    more = {"kind": "binary", "range_scale": "linear", "review_every": "7 00:00:00", "scenario": str(scenario.pk)}
    return {**blank, **given, **times, **more, **fields}


def text_of(client: Client, name: str, *arguments: int, **data: str) -> str:
    address = reverse(f"admin:forecasts_forecast_{name}", args=arguments)
    answer = client.post(address, data, follow=True) if data else client.get(address)
    return answer.content.decode()


def test_a_new_draft_is_checked_when_it_is_saved(client: Client, editor: User, scenario: Scenario) -> None:
    text = text_of(client, "add", **entered(scenario, _continue="Save and check"))
    made = Forecast.objects.get()
    assert (made.drafted_by, made.published_at) == (editor, None)
    assert made.closes_at == datetime(2999, 12, 31, 20, 59, tzinfo=UTC)
    assert "There is no fallback." in text
    assert "Instead: If the source stops publishing" in text


def test_a_draft_cannot_be_published_by_writing_its_date(client: Client, editor: User, scenario: Scenario) -> None:
    dates = {"published_at": "2024-12-01 00:00", "published_at_0": "2024-12-01", "published_at_1": "00:00"}
    text_of(client, "add", **entered(scenario, _save="Save", **dates))
    assert Forecast.objects.get().published_at is None


def test_an_unknown_time_zone_is_refused_at_its_field(client: Client, editor: User, scenario: Scenario) -> None:
    text = text_of(client, "add", **entered(scenario, time_zone="Europe/Atlantis"))
    assert "There is no time zone of this name." in text
    assert not Forecast.objects.exists()


def test_a_draft_is_made_only_in_a_scenario_that_one_edits(client: Client, editor: User) -> None:
    assert "Select a valid choice" in text_of(client, "add", **entered(make.scenario()))
    assert not Forecast.objects.exists()


def test_options_of_a_draft_are_written_with_it(client: Client, editor: User, scenario: Scenario) -> None:
    options = {"options-TOTAL_FORMS": "2"}
    for place, label in enumerate(["one", "two"]):
        options |= {f"options-{place}-position": str(place), f"options-{place}-label": label}
    text_of(client, "add", **entered(scenario, kind="multiple_choice", _save="Save", **options))
    assert [option.label for option in Forecast.objects.get().options.all()] == ["one", "two"]


def test_a_sound_draft_is_published_with_one_press(client: Client, editor: User, scenario: Scenario) -> None:
    made = ahead(scenario)
    assert "All eight points pass." in text_of(client, "publish", made.pk)
    assert "Published: estimates can be given" in text_of(client, "publish", made.pk, reason="")
    made.refresh_from_db()
    assert made.published_at is not None


def test_a_bad_draft_is_stopped_and_says_what_to_write_instead(
    client: Client, editor: User, scenario: Scenario
) -> None:
    made = ahead(scenario, fallback_source="", resolution_source="")
    text = text_of(client, "publish", made.pk, reason=" ")
    assert "Something blocks it" in text
    assert "2 points block it" in text
    assert "Name one that will publish the answer" in text
    made.refresh_from_db()
    assert made.published_at is None


def test_a_reason_overrides_and_both_are_shown_in_the_admin_and_on_the_page(
    client: Client, editor: User, scenario: Scenario
) -> None:
    made = ahead(scenario, fallback_source="")
    text_of(client, "publish", made.pk, reason="OCHA has never stopped.")
    for text in (text_of(client, "change", made.pk), client.get(made.get_absolute_url()).content.decode()):
        assert "There is no fallback." in text
        assert "OCHA has never stopped." in text
        assert editor.name in text
    assert "OCHA has never stopped." in LogEntry.objects.get().change_message


def test_what_asks_nearly_the_same_is_shown_beside_the_draft(client: Client, editor: User, scenario: Scenario) -> None:
    make.forecast(scenario, title=SOUND["title"].replace("31 December 2024", "15 December 2999"))
    text = text_of(client, "change", ahead(scenario).pk)
    assert "Asked in this scenario already" in text
    assert "by 15 December 2999?" in text


@pytest.mark.parametrize("role", [Membership.Role.RESOLVER, Membership.Role.ANALYST])
def test_whoever_does_not_edit_finds_no_page_to_publish(client: Client, scenario: Scenario, role: str) -> None:
    client.force_login(make.member(scenario, role))
    address = reverse("admin:forecasts_forecast_publish", args=[ahead(scenario).pk])
    assert client.get(address).status_code == 404
    assert client.post(address, {"reason": "I want to."}).status_code == 404
    assert Forecast.objects.get().published_at is None


def test_what_is_published_meanwhile_is_not_published_again(client: Client, editor: User, scenario: Scenario) -> None:
    assert "published already" in text_of(client, "publish", make.forecast(scenario).pk, reason="x")


def test_the_options_of_a_published_forecast_are_not_changed_in_place(
    client: Client, editor: User, scenario: Scenario
) -> None:
    forecast = make.choice(["one", "two"], scenario)
    option = forecast.options.get(label="one")
    formset = {"options-TOTAL_FORMS": "1", "options-INITIAL_FORMS": "1", "options-0-id": str(option.pk)}
    changed = {"options-0-forecast": str(forecast.pk), "options-0-position": "0", "options-0-label": "other"}
    text_of(client, "change", forecast.pk, review_every="7 00:00:00", **formset, **changed)
    assert [one.label for one in forecast.options.all()] == ["one", "two"]
