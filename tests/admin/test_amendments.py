"""Amending in the admin: what changed is kept with its reason, and two who amend at once do not overwrite."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from forecasts.models import Amendment, Forecast, Membership, Scenario, User
from tests import make

pytestmark = pytest.mark.django_db
SAID = {"kind": "clarifying", "reason": "The source was renamed."}


@pytest.fixture
def editor(scenario: Scenario, client: Client) -> User:
    person = make.member(scenario, Membership.Role.EDITOR)
    client.force_login(person)
    return person


@pytest.fixture
def forecast(scenario: Scenario) -> Forecast:
    far = datetime(2999, 12, 31, 12, 0, 30, tzinfo=UTC)
    return make.forecast(scenario, time_zone="Asia/Damascus", closes_at=far, resolves_at=far)


def amend(client: Client, forecast: Forecast, **changes: str) -> str:
    address = reverse("admin:forecasts_forecast_amend", args=[forecast.pk])
    form = client.get(address).context["form"]
    shown = {name: form[name].value() or "" for name in form.fields}
    shown |= {
        name: value.astimezone(forecast.zone).strftime("%Y-%m-%dT%H:%M")
        for name, value in shown.items()
        if isinstance(value, datetime)
    }
    return client.post(address, {**shown, **SAID, **changes}, follow=True).content.decode()


def test_only_what_was_changed_is_in_the_amendment(client: Client, editor: User, forecast: Forecast) -> None:
    old = forecast.criteria
    assert "Amended: version 2." in amend(client, forecast, criteria="YES if OCHA says so; NO otherwise.")
    amendment = Amendment.objects.get()
    assert amendment.changes == {"criteria": [old, "YES if OCHA says so; NO otherwise."]}
    assert (amendment.made_by, amendment.reason) == (editor, "The source was renamed.")


def test_dates_are_read_in_the_zone_of_the_forecast(client: Client, editor: User, forecast: Forecast) -> None:
    amend(client, forecast, closes_at="2999-06-01T00:00")
    forecast.refresh_from_db()
    assert forecast.closes_at == datetime(2999, 5, 31, 21, tzinfo=UTC)
    assert list(Amendment.objects.get().changes) == ["closes_at"]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({}, "Nothing is changed."),
        ({"title": "Will it?", "reason": ""}, "Say why"),
        ({"title": "Will it?", "kind": ""}, "Choose one of these."),
        ({"title": "Will it?", "version": "7"}, "Somebody else amended it meanwhile"),
        ({"criteria": ""}, "This cannot be empty."),
        ({"closes_at": "2001-01-01T00:00"}, "Closing moves only to a time ahead"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    client: Client, editor: User, forecast: Forecast, changes: dict[str, str], complaint: str
) -> None:
    assert complaint in amend(client, forecast, **changes)
    assert Amendment.objects.count() == 0


def test_an_option_is_added_by_an_amendment(client: Client, editor: User, scenario: Scenario) -> None:
    far = datetime(2999, 12, 31, tzinfo=UTC)
    forecast = make.choice(["one", "two"], scenario, closes_at=far, resolves_at=far)
    amend(client, forecast, options="three\n\nfour\n")
    assert [option.label for option in forecast.options.all()] == ["one", "two", "three", "four"]


def test_a_resolver_finds_no_page_to_amend(client: Client, forecast: Forecast) -> None:
    client.force_login(make.member(forecast.scenario, Membership.Role.RESOLVER))
    address = reverse("admin:forecasts_forecast_amend", args=[forecast.pk])
    assert client.get(address).status_code == 404
    assert client.post(address, {**SAID, "title": "Will it?"}).status_code == 404


def test_a_resolved_forecast_says_that_it_is_not_amended(client: Client, editor: User, forecast: Forecast) -> None:
    make.verdict(forecast, known_at=make.day(3))
    assert "It is resolved" in amend(client, forecast, title="Will it?")
