"""A private feed of what is due, for calendar programs. Its address is the secret; a new one ends the old one."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event, vDuration

from forecasts.mail import links, preferring
from forecasts.models import CalendarEntry, Preference
from forecasts.pages import agenda
from forecasts.rules import clock

LASTS = timedelta(minutes=15)
REFRESH = timedelta(hours=1)


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """iCalendar (RFC 5545) for whoever holds the secret. Not found otherwise, and after it was revoked."""
    key = preferring.digest(secret)
    found = Preference.objects.select_related("user").filter(calendar_key=key, user__is_active=True).first()
    if found is None:
        raise Http404
    at = clock.now()
    calendar = Calendar()
    calendar.add("prodid", "-//Reckoner//Reckoner//EN")
    calendar.add("version", "2.0")
    calendar.add("name", "Reckoner")
    calendar.add("x-wr-calname", "Reckoner")
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for entry in agenda.shown(found.user, at):
        calendar.add_component(_event(entry))
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _event(entry: CalendarEntry) -> Event:
    event = Event()
    event.add("uid", f"{entry.key}-{entry.user_id}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.starts_at + LASTS)
    event.add("summary", entry.title)
    event.add("description", entry.text)
    event.add("url", links.absolute(entry.path))
    return event
