"""What happened in a replay, as rows of a table: when, what kind of thing, who, about what."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

import numpy as np

from forecasts.models import (
    Contribution,
    Count,
    Estimand,
    Estimate,
    Forecast,
    Forecaster,
    Prompt,
    Settlement,
    Verdict,
    Vintage,
    record_of,
)
from forecasts.rules import values
from forecasts.scoring import rules


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `kind` is a word such as published, asked, counted or scored; `forecast` is its key."""

    at: datetime
    kind: str
    who: str
    forecast: str
    text: str

    def __str__(self) -> str:
        columns = (f"{self.at.astimezone(UTC):%Y-%m-%d %H:%M}", f"{self.kind:<9}", f"{self.who:<20}")
        return "  ".join([*columns, f"{self.forecast:<39}", self.text]).rstrip()


def published(forecasts: Sequence[Forecast], at: datetime) -> Iterator[Event]:
    for forecast in sorted(forecasts, key=lambda forecast: forecast.key):
        if forecast.published_at == at:
            yield Event(at, "published", "", forecast.key, forecast.title)


def asked(at: datetime, before: Collection[int] = ()) -> Iterator[Event]:
    """The mails that a server accepted at this instant: a row for each forecast and question, people side by side.

    Those messages are left out that were sent `before`.
    """
    sent = Prompt.objects.filter(message__sent_at=at).exclude(message__in=before)
    prompts = sent.select_related("recipient", "forecast")
    rows = sorted((_key(prompt), prompt.kind, prompt.recipient.name) for prompt in prompts)
    for (key, kind), group in groupby(rows, key=lambda row: row[:2]):
        people = side_by_side([name for _, _, name in group])
        yield Event(at, "asked", people, key, record_of(kind).in_replay)


def _key(prompt: Prompt) -> str:
    return prompt.forecast.key if prompt.forecast else ""


def side_by_side(names: Sequence[str]) -> str:
    """Names with what they all begin with said once.

    >>> side_by_side(["Demo analyst A", "Demo analyst B"])
    'Demo analyst A, B'
    """
    first, *others = names
    stem = first.rpartition(" ")[0] + " "
    return ", ".join([first, *(name.removeprefix(stem) for name in others)])


def answered(estimate: Estimate) -> Event:
    how = "by mail" if estimate.channel == Estimate.Channel.MAIL else "on the page"
    return Event(
        estimate.made_at, "answered", estimate.forecaster.name, estimate.forecast.key, f"{said(estimate)}, {how}"
    )


def said(estimate: Estimate) -> str:
    if estimate.event in (Estimate.Event.WITHDRAW, Estimate.Event.DECLINE):
        return str(estimate.get_event_display())
    still = "still " if estimate.event == Estimate.Event.REAFFIRM else ""
    return still + _value(estimate, estimate.forecast)


def _value(estimate: Estimate, forecast: Forecast) -> str:
    if estimate.probability is not None:
        return f"{estimate.probability / 100:g}%"
    if estimate.probabilities is not None:
        labels = forecast.options.values_list("label", flat=True)
        return ", ".join(f"{label}: {p / 100:g}%" for label, p in zip(labels, estimate.probabilities, strict=False))
    numbers = estimate.quantiles or []
    low, middle, high = (values.shown(forecast, numbers[i]) for i in (0, len(numbers) // 2, -1))
    return f"{middle} (from {low.removesuffix(forecast.unit).strip()} to {high})"


def counted(vintage: Vintage, proposals: Sequence[Verdict]) -> Iterator[Event]:
    """A file of a feed that was taken, what it says of each open count, and what is proposed by it."""
    yield Event(vintage.retrieved_at, "taken", "", "", f"{vintage.feed}, {vintage.version}: {vintage.rows:,} events")
    counts = Count.objects.filter(vintage=vintage).select_related("spec__forecast").order_by("spec__forecast__key")
    proposed = {one.count_id for one in proposals}
    for count in counts:
        said = f"{count.figure:,} so far" if not count.is_complete else f"{count.figure:,}"
        kind = "proposed" if count.pk in proposed else "counted"
        answer = f": {count.outcome}" if count.outcome is not None else ""
        yield Event(vintage.retrieved_at, kind, "", count.spec.forecast.key, f"{said}{answer}")


def resolved(verdict: Verdict) -> Event:
    forecast = verdict.forecast
    outcome = {
        Verdict.Outcome.OPTION: verdict.option.label if verdict.option else "",
        Verdict.Outcome.VALUE: "" if verdict.value is None else values.shown(forecast, verdict.value),
    }.get(Verdict.Outcome(verdict.outcome), verdict.outcome.upper())
    known = f", known since {verdict.known_at.astimezone(UTC):%Y-%m-%d %H:%M}" if verdict.known_at else ""
    who = verdict.person.name if verdict.person else ""
    return Event(verdict.recorded_at, "resolved", who, forecast.key, f"{outcome}{known}")


def scored(at: datetime) -> Iterator[Event]:
    """The resolutions that entered the scores at this instant."""
    settled = Settlement.objects.filter(settled_at=at, verdict__isnull=False).select_related("forecast")
    for settlement in settled.order_by("forecast__key"):
        yield Event(at, "scored", "", settlement.forecast.key, _scores(settlement.forecast))


def _scores(forecast: Forecast) -> str:
    last = list(Contribution.objects.filter(forecast=forecast, estimand=Estimand.LAST))
    analysts = [one for one in last if one.forecaster_kind == Forecaster.Kind.ANALYST and not one.withdrawn]
    if not analysts:
        return "no estimate counts: the answer was known before"
    counted = f"{len(analysts)} analyst{'' if len(analysts) == 1 else 's'}"
    if not forecast.asks.is_yes_or_no:
        return counted
    consensus = [one for one in last if one.forecaster_kind == Forecaster.Kind.CONSENSUS and not one.withdrawn]
    beside = f", of the consensus {_brier(consensus):.4f}" if consensus else ""
    return f"{counted}, Brier score {_brier(analysts):.4f}{beside}"


def _brier(contributions: Sequence[Contribution]) -> float:
    pairs = [(p / values.UNITS, float(bool(one.outcome))) for one in contributions for p in one.probabilities]
    probability, outcome = np.array(pairs).T
    return float(np.mean(rules.brier(probability, outcome)))
