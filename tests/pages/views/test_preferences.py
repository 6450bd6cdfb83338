"""The page of preferences, what a forecast's page adds, and the calendar feed."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from forecasts import watching
from forecasts.models import Forecast, Membership, Mute, Preference, Report, Scenario, User
from tests import make
from tests.pages.views.test_answering import link, open_at

pytestmark = pytest.mark.django_db
GIVEN = {
    "digest": "daily",
    "weekdays": ["0", "2"],
    "hour": "7",
    "time_zone": "Asia/Kathmandu",
    "kinds": ["update", "resolve"],
    "absent_until": "2030-05-01",
}


@pytest.fixture
def analyst(scenario: Scenario, client: Client) -> User:
    person = make.member(scenario)
    client.force_login(person)
    return person


@pytest.fixture
def forecast(scenario: Scenario, analyst: User, now: datetime) -> Forecast:
    made = make.forecast(scenario, title="Will it rain, or snow; perhaps?", **open_at(now))
    watching.refresh(made, now)
    return made


def test_what_is_set_is_kept_and_shown_again(client: Client, analyst: User) -> None:
    assert client.post("/preferences/", GIVEN).status_code == 302
    kept = Preference.objects.get(user=analyst)
    assert (kept.digest, kept.hour, kept.weekdays, str(kept.absent_until)) == ("daily", 7, [0, 2], "2030-05-01")
    assert sorted(kept.stopped) == ["closing_soon", "contested", "overdue", "result", "summary"]
    assert User.objects.get(pk=analyst.pk).time_zone == "Asia/Kathmandu"
    page = client.get("/preferences/").content.decode()
    assert re.findall(r'name="digest" value="(\w+)"[^>]*checked', page) == ["daily"]
    assert re.findall(r'name="weekdays" value="(\d)"[^>]*checked', page) == ["0", "2"]
    assert re.findall(r'name="kinds" value="(\w+)"[^>]*checked', page) == ["update", "resolve"]


def test_who_has_set_nothing_sees_the_defaults_and_makes_no_row_by_looking(client: Client, analyst: User) -> None:
    page = client.get("/preferences/").content.decode()
    assert "would go out at once" in page
    assert len(re.findall(r'name="weekdays"[^>]*checked', page)) == 7
    assert not Preference.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("weekdays", [], "Choose one day at least"),
        ("hour", "24", "Select a valid choice"),
        ("time_zone", "Mars/Olympus", "Select a valid choice"),
        ("kinds", ["password_reset"], "Select a valid choice"),
        ("absent_until", "soon", "Enter a valid date"),
        ("digest", "hourly", "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_kept(
    client: Client, analyst: User, field: str, value: object, message: str
) -> None:
    answer = client.post("/preferences/", {**GIVEN, field: value})
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not Preference.objects.exists()


def test_strangers_log_in_first(forecast: Forecast) -> None:
    stranger = Client()
    for path in ("/preferences/", "/preferences/calendar/", f"/forecasts/{forecast.pk}/snooze/"):
        assert "/login/" in stranger.post(path)["Location"]


def test_a_forecasts_page_offers_to_snooze_and_takes_it_back(client: Client, analyst: User, forecast: Forecast) -> None:
    page = forecast.get_absolute_url()
    assert "Snooze, mute, or not my area" in client.get(page).content.decode()
    client.post(f"/forecasts/{forecast.pk}/snooze/", {"how": "mute"})
    assert "You muted this forecast." in client.get(page).content.decode()
    assert "muted" in client.get("/preferences/").content.decode()
    client.post(f"/forecasts/{forecast.pk}/unmute/", {"next": "forecast"})
    assert not Mute.objects.exists()


def test_nobody_snoozes_what_they_cannot_see(client: Client, forecast: Forecast) -> None:
    client.force_login(make.user())
    assert client.post(f"/forecasts/{forecast.pk}/snooze/", {"how": "mute"}).status_code == 404
    assert not Mute.objects.exists()


def test_an_owner_and_a_colleague_see_only_their_own_wishes(
    client: Client, scenario: Scenario, analyst: User, forecast: Forecast
) -> None:
    client.post(f"/forecasts/{forecast.pk}/snooze/", {"how": "mute"})
    for role in (Membership.Role.ANALYST, Membership.Role.OWNER):
        client.force_login(make.member(scenario, role))
        assert forecast.title not in client.get("/preferences/").content.decode()


def address(client: Client) -> str:
    """The path of a calendar that was made just now."""
    page = client.post("/preferences/calendar/").content.decode()
    found = re.search(r"<code>https?://[^/]+(/calendar/\S+\.ics)</code>", page)
    assert found is not None
    return found.group(1)


def test_the_calendar_lists_what_is_due_for_whoever_has_its_address(
    client: Client, forecast: Forecast, now: datetime
) -> None:
    feed = Client().get(address(client))
    assert feed["Content-Type"] == "text/calendar; charset=utf-8"
    events = {str(one["summary"]): one for one in Calendar.from_ical(feed.content).walk("VEVENT")}
    assert set(events) == {f"{act}: {forecast.title}" for act in ("Estimate", "Closes soon", "Closes")}
    closes = events[f"Closes: {forecast.title}"]
    assert forecast.closes_at is not None
    assert closes.decoded("dtstart") == forecast.closes_at.replace(microsecond=0)
    assert len({str(one["uid"]) for one in events.values()}) == 3


def test_the_address_is_shown_once_and_only_its_digest_is_kept(client: Client, analyst: User) -> None:
    path = address(client)
    secret = path.split("/")[-1].removesuffix(".ics")
    assert secret not in client.get("/preferences/").content.decode()
    assert Preference.objects.get().calendar_key not in (None, secret)


def test_a_new_address_ends_the_old_one_and_revoking_ends_both(client: Client, analyst: User) -> None:
    old, new = address(client), address(client)
    assert [Client().get(path).status_code for path in (old, new)] == [404, 200]
    client.post("/preferences/calendar/revoke/")
    assert Client().get(new).status_code == 404


@pytest.mark.parametrize("path", ["/calendar/none.ics", "/calendar/.ics", "/calendar/%00.ics"])
def test_a_wrong_address_is_not_found(path: str) -> None:
    assert Client().get(path).status_code == 404


def test_the_calendar_of_a_closed_account_is_gone(client: Client, analyst: User) -> None:
    path = address(client)
    User.objects.filter(pk=analyst.pk).update(is_active=False)
    assert Client().get(path).status_code == 404


def test_an_answer_can_report_that_it_is_known_with_an_address(
    client: Client, analyst: User, forecast: Forecast, now: datetime
) -> None:
    given = {"event": "update", "percent": "99", "is_known": "on", "known_url": "https://example.org/report"}
    client.post(link(forecast, analyst, now + timedelta(seconds=1)), given)
    report = Report.objects.get()
    assert (report.person, report.forecast, report.url) == (analyst, forecast, "https://example.org/report")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"is_known": "on"}, "Give an address, or say what is known."),
        ({"known_note": "It was on the news."}, "Tick this as well, or clear what is below."),
        ({"is_known": "on", "known_url": "no address"}, "Enter a valid URL."),
    ],
)
def test_a_report_that_says_too_little_is_refused_and_no_answer_is_recorded(
    client: Client, analyst: User, forecast: Forecast, given: dict[str, str], message: str
) -> None:
    answer = client.post(f"/forecasts/{forecast.pk}/estimate/", {"event": "update", "percent": "99", **given})
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert '<details class="fold" open>' in answer.content.decode()
    assert not Report.objects.exists()
    assert not forecast.estimates.exists()
