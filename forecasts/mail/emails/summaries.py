"""The weekly summary. Of an owner: what waits to be resolved, who answers, what sources revised, what closes next; and
of whoever is scored, that what they say has ceased to fit what comes.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from forecasts.answers import reviewing_counts
from forecasts.answers.reviewing_counts import Flip
from forecasts.mail import links
from forecasts.mail.emails.plain import one_line
from forecasts.models import Asks, Forecast, Membership, Prompt, PromptKind, Scenario, User
from forecasts.presenting import words
from forecasts.presenting.diagram import share
from forecasts.presenting.findings import alarm
from forecasts.scores import statistics

WEEK = timedelta(days=7)
SHOWN = 8

type Data = dict[str, Any]


def of(person: User, at: datetime) -> Data:
    """Over all scenarios that this person owns, and over their own record."""
    owned = Scenario.objects.filter(memberships__user=person, memberships__role=Membership.Role.OWNER)
    flips = reviewing_counts.flips(at)
    scenarios = [_of_scenario(scenario, flips, at) for scenario in owned.order_by("title", "pk")]
    debt = sum(one["debt"] for one in scenarios)
    drift = statistics.own_alarm(person)
    return {
        "scenarios": scenarios,
        "debt": debt,
        "drift": drift and {"said": share(drift.said), "came": share(drift.came), "told": alarm(drift)},
        "link": links.page("board" if scenarios else "calibration"),
        "is_one": len(scenarios) == 1,
    }


def _of_scenario(scenario: Scenario, flips: Iterable[Flip], at: datetime) -> Data:
    asked = scenario.forecasts.filter(is_imported=False)
    overdue = list(asked.overdue(at).select_related("resolver").order_by("resolves_at", "pk"))
    closing = asked.open(at).filter(closes_at__lte=at + 2 * WEEK).order_by("closes_at", "pk")
    return {
        "title": one_line(scenario.title),
        "debt": len(overdue),
        "overdue": [_owed(forecast, at) for forecast in overdue[:SHOWN]],
        "more": max(0, len(overdue) - SHOWN),
        "oldest": words.span(at - overdue[0].resolves_at) if overdue and overdue[0].resolves_at else "",
        "by_person": _by_person(overdue),
        "flips": [_flipped(flip) for flip in flips if flip.forecast.scenario_id == scenario.pk],
        **_response(scenario, at),
        "closing": [_closing(forecast, at) for forecast in closing[:SHOWN]],
        "drift": alarm(drift) if (drift := statistics.alarm_of(scenario)) else "",
    }


def _owed(forecast: Forecast, at: datetime) -> Data:
    due = forecast.resolves_at or at
    return {"title": one_line(forecast.title), "age": words.span(at - due), "whose": _name(forecast.resolver)}


def _flipped(flip: Flip) -> Data:
    """A resolution that a later version of its source contradicts."""
    review = links.absolute(reverse("admin:forecasts_forecast_counted", args=[flip.forecast.pk]))
    return {"title": one_line(flip.forecast.title), "version": one_line(flip.count.vintage.version), "link": review}


def _closing(forecast: Forecast, at: datetime) -> Data:
    return {"title": one_line(forecast.title), "left": words.span((forecast.closes_at or at) - at)}


def _by_person(overdue: Iterable[Forecast]) -> list[Data]:
    counts: dict[str, int] = {}
    for forecast in overdue:
        counts[_name(forecast.resolver)] = counts.get(_name(forecast.resolver), 0) + 1
    return [{"name": name, "count": counts[name]} for name in sorted(counts, key=lambda name: (-counts[name], name))]


def _name(person: User | None) -> str:
    return one_line(person.name) if person is not None else "nobody"


def _response(scenario: Scenario, at: datetime) -> Data:
    """Of the mails of a week that asked for an estimate, how many were answered."""
    kinds = PromptKind.asking_for(Asks.ESTIMATE)
    asked = Prompt.objects.filter(forecast__scenario=scenario, kind__in=kinds, slot__gt=at - WEEK, slot__lte=at)
    sent = asked.filter(state__in=[Prompt.State.SENT, Prompt.State.ANSWERED])
    counted = sent.aggregate(asked=Count("pk"), answered=Count("pk", filter=Q(state=Prompt.State.ANSWERED)))
    rate = f"{counted['answered'] / counted['asked']:.0%}" if counted["asked"] else ""
    return {"asked": counted["asked"], "answered": counted["answered"], "rate": rate}
