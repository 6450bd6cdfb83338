"""How one person has done so far, as far as a reader may see it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from forecasts.models import Contribution, Estimand, Estimate, Forecast, Forecaster, Group, Scenario, User, Verdict
from forecasts.presenting import states, words
from forecasts.presenting.diagram import Diagram, diagram
from forecasts.presenting.findings import findings
from forecasts.presenting.trend import Place, Trend, over_months
from forecasts.rules import access, values
from forecasts.scores import statistics
from forecasts.scores.statistics import Attribution, Filters, Report
from forecasts.scoring.rules import BRIER_UNIT

LATEST = 6
SHORTEST = 3
"""Sentences of numbers beside a diagram; the page of calibration has them all."""
MOST_COSTS = 5
SHOWN_COST, SHOWN_LOSS = 0.0005, 0.005
"""What is rounded to nothing on the page is not told there."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One forecast that counts for this person: what they said last, what came, and what it cost (0 is perfect)."""

    forecast: Forecast
    said: str
    outcome: str
    score: float | None


@dataclass(frozen=True, slots=True)
class Record:
    """Of one person, or of all analysts together."""

    sentence: str
    numbers: list[str]
    diagram: Diagram | None
    months: Trend | None


@dataclass(frozen=True, slots=True)
class Month:
    """One month's Brier score of a person beside that of all analysts; None where nothing of one was scored."""

    label: str
    own: Place | None
    team: Place | None


def of_person(reader: User, forecaster: Forecaster) -> Record:
    """The calibration of somebody's last estimates, over all that the reader may see."""
    report = statistics.own(reader, forecaster.pk)
    return _record(reader, report, Filters(analyst=forecaster.pk))


def of_team(reader: User) -> Record:
    """That of all analysts, over all that the reader may see."""
    filters = Filters(forecaster_kind=Forecaster.Kind.ANALYST.value)
    return _record(reader, statistics.report(reader, filters, Estimand.LAST.value), filters)


def _record(reader: User, report: Report, filters: Filters) -> Record:
    sentence = statistics.sentence(report)
    drawn = diagram(report, sentence)
    # Without anything scored no month is.
    months = over_months(statistics.grouped(reader, "month", filters, Estimand.LAST.value)) if drawn else None
    return Record(sentence, findings(report)[:SHORTEST], drawn, months)


def month_by_month(own: Record, team: Record) -> list[Month]:
    """The months in which something of this person was scored, the newest first."""
    of_team = {place.label: place for place in _scored_places(team)}
    return [Month(place.label, place, of_team.get(place.label)) for place in reversed(_scored_places(own))]


def _scored_places(record: Record) -> Sequence[Place]:
    return record.months.scored if record.months else ()


def costs(reader: User, forecaster: int, filters: Filters, at: datetime) -> Attribution:
    """What cost an analyst most: a few forecasts, and a few updates that lost."""
    found = statistics.attributed(reader, forecaster, at, filters)
    cost = [one for one in found.forecasts if one.cost >= SHOWN_COST]
    lost = [one for one in found.updates if one.gain <= -SHOWN_LOSS]
    return replace(found, forecasts=cost[:MOST_COSTS], updates=lost[:MOST_COSTS])


def latest(reader: User, forecaster: Forecaster, at: datetime) -> list[Scored]:
    """What matured last of what the reader may see: none of a forecast whose estimates are hidden from them."""
    mine = Contribution.objects.filter(forecaster=forecaster, estimand=Estimand.LAST, withdrawn=False)
    shown = Estimate.objects.visible_to(reader).filter(forecast=OuterRef("forecast"), forecaster=forecaster)
    seen = mine.filter(Exists(shown.order_by())).select_related("forecast")
    newest = list(seen.order_by("-matured_at", "-pk")[:LATEST])
    outcomes = states.resolutions([one.forecast for one in newest], at)
    return [_scored(one, outcomes.get(one.forecast_id)) for one in newest]


def _scored(one: Contribution, verdict: Verdict | None) -> Scored:
    outcome = states.outcome(one.forecast, verdict) if verdict else "–"
    if one.outcome is None or not one.probabilities:
        return Scored(one.forecast, "", outcome, _mean_brier(one))
    probability = one.probabilities[0]
    loss = (probability - values.UNITS * one.outcome) ** 2 / BRIER_UNIT
    return Scored(one.forecast, words.percent(probability), outcome, loss)


def _mean_brier(one: Contribution) -> float | None:
    """Of multiple choice; numbers and dates have none."""
    n, total = one.score_sums.get("brier", (0, 0))
    return total / n / BRIER_UNIT if n else None


def scored_in(scenarios: QuerySet[Scenario]) -> QuerySet[Forecaster]:
    """The analysts who are scored in these scenarios."""
    scored = Group.objects.filter(
        scenario__in=scenarios, dimension=Group.Dimension.FORECASTER, forecaster_kind=Forecaster.Kind.ANALYST
    )
    numbers = {int(value) for value in scored.values_list("value", flat=True).distinct()}
    return Forecaster.objects.analysts().filter(pk__in=numbers)


def shown_to(reader: User) -> QuerySet[Forecaster]:
    """The analysts whose page this person may open: their own, and that of everybody they have met or see scored."""
    analysts = Forecaster.objects.analysts()
    if reader.is_superuser:
        return analysts
    scored = scored_in(Scenario.objects.visible_to(reader)).values("pk")
    return analysts.filter(Q(user__in=access.met(reader).values("pk")) | Q(pk__in=scored))
