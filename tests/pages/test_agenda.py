"""The calendar of what is due: two calendar libraries read it, and an old copy never outdoes a newer one."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
import vobject
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from forecasts import watching
from forecasts.mail import preferring
from forecasts.models import Forecast, Scenario, User
from tests import clocks, make

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario(title="Northport")


@pytest.fixture
def forecast(scenario: Scenario, analyst: User) -> Forecast:
    made = make.forecast(scenario, title="Will it rain, or snow; perhaps?", opens_at=make.day(2))
    watching.refresh(made, make.day(0))
    return made


@pytest.fixture
def secret(analyst: User) -> str:
    return preferring.new_calendar_key(analyst)


def fed(secret: str, at: datetime) -> bytes:
    with clocks.standing_at(at):
        return Client().get(reverse("calendar", args=[secret])).content


def entries(feed: bytes) -> Iterator[Mapping[str, Any]]:
    """Each entry as both libraries read it, in the same words."""
    one = {str(event["UID"]): event for event in Calendar.from_ical(feed).walk("VEVENT")}
    other = {event.uid.value: event for event in vobject.readOne(feed.decode()).vevent_list}
    assert one.keys() == other.keys()
    for uid, event in one.items():
        twin = other[uid]
        assert event.decoded("DTSTAMP") == twin.dtstamp.value
        assert event.decoded("LAST-MODIFIED") == twin.last_modified.value
        assert event.decoded("DTSTART") == twin.dtstart.value
        assert (int(event.decoded("SEQUENCE")), str(event["STATUS"])) == (int(twin.sequence.value), twin.status.value)
        assert (str(event["TRANSP"]), twin.transp.value) == ("TRANSPARENT", "TRANSPARENT")
        assert str(event["SUMMARY"]) == twin.summary.value
        yield {
            "uid": uid,
            "stamp": event.decoded("DTSTAMP"),
            "modified": event.decoded("LAST-MODIFIED"),
            "sequence": int(event.decoded("SEQUENCE")),
            "status": str(event["STATUS"]),
            "start": event.decoded("DTSTART"),
            "title": str(event["SUMMARY"]),
        }


def by_act(feed: bytes) -> dict[str, Mapping[str, Any]]:
    return {str(one["title"]).partition(":")[0]: one for one in entries(feed)}


def test_a_feed_is_the_same_however_often_it_is_read_while_nothing_changes(forecast: Forecast, secret: str) -> None:
    assert fed(secret, make.day(0)) == fed(secret, make.day(0.5)) == fed(secret, make.day(1))
    update = by_act(fed(secret, make.day(1)))["Estimate"]
    assert (update["sequence"], update["status"], update["stamp"]) == (0, "CONFIRMED", make.day(0))


def test_what_moves_has_a_higher_number_and_a_later_time_under_the_same_name(
    forecast: Forecast, analyst: User, secret: str
) -> None:
    old = by_act(fed(secret, make.day(0)))["Estimate"]
    Forecast.objects.update(opens_at=make.day(3))
    watching.refresh(forecast, make.day(1))
    new = by_act(fed(secret, make.day(1)))["Estimate"]
    assert new["uid"] == old["uid"]
    assert (new["start"], new["sequence"]) == (make.day(3), old["sequence"] + 1)
    assert new["stamp"] == new["modified"] == make.day(1)


def test_a_title_that_changes_is_a_change_too(forecast: Forecast, secret: str) -> None:
    fed(secret, make.day(0))
    Forecast.objects.update(title="Will it hail?")
    told = by_act(fed(secret, make.day(1)))
    assert {one["sequence"] for one in told.values()} == {1}
    assert told["Estimate"]["title"] == "Estimate: Will it hail?"


def test_what_is_asked_no_more_says_so_and_may_come_back(forecast: Forecast, analyst: User, secret: str) -> None:
    fed(secret, make.day(0))
    preferring.mute(analyst, forecast, at=make.day(1))
    gone = by_act(fed(secret, make.day(1)))
    assert {(one["status"], one["sequence"]) for one in gone.values()} == {("CANCELLED", 1)}
    assert fed(secret, make.day(1.5)) == fed(secret, make.day(1))
    preferring.unmute(analyst, forecast, at=make.day(2))
    back = by_act(fed(secret, make.day(2)))
    assert {(one["status"], one["sequence"]) for one in back.values()} == {("CONFIRMED", 2)}


def test_an_old_copy_never_wins_even_where_the_clock_went_back(forecast: Forecast, analyst: User, secret: str) -> None:
    copies = [by_act(fed(secret, make.day(1)))["Estimate"]]
    for step, clock in enumerate((0.9, 0.9, 1.2, 0.1)):
        Forecast.objects.update(opens_at=make.day(3 + step))
        watching.refresh(forecast, make.day(0))
        copies.append(by_act(fed(secret, make.day(clock)))["Estimate"])
    for old, new in pairwise(copies):
        assert new["sequence"] > old["sequence"]
        assert new["stamp"] > old["stamp"]
        assert new["modified"] > old["modified"]


def test_what_is_over_is_not_called_off(forecast: Forecast, secret: str) -> None:
    fed(secret, make.day(0))
    assert not [one for one in entries(fed(secret, make.day(31))) if one["status"] == "CANCELLED"]


def test_programs_are_told_to_look_every_hour(forecast: Forecast, secret: str) -> None:
    feed = fed(secret, make.day(0)).decode()
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in feed
    assert "X-PUBLISHED-TTL:PT1H" in feed
    assert Calendar.from_ical(feed).decoded("REFRESH-INTERVAL") == timedelta(hours=1)
