"""What somebody found out about a forecast's answer, and whether it can be so."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from forecasts.answers.resolving.files import KeptFile
from forecasts.models import Forecast, Option, Verdict
from forecasts.models.kinds import days
from forecasts.rules import values
from forecasts.rules.errors import InvalidValue

Outcome = Verdict.Outcome


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence, as it was entered: an address, a quote, or a file or text that is kept."""

    url: str = ""
    quote: str = ""
    retrieved_at: datetime | None = None
    as_of: datetime | None = None
    file: KeptFile | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What somebody found: an outcome, its times, evidence and a note."""

    outcome: Verdict.Outcome
    option: Option | None = None
    value: float | None = None
    occurred_at: datetime | None = None
    known_at: datetime | None = None
    annulled_because: str = ""
    note: str = ""
    evidence: Sequence[Proof] = field(default_factory=tuple)

    def agrees_with(self, verdict: Verdict) -> bool:
        """Whether it gives the same answer as a verdict. Times and notes may differ."""
        mine = (self.outcome, self.option.pk if self.option else None, self.value)
        return mine == (verdict.outcome, verdict.option_id, verdict.value)


def check(forecast: Forecast, finding: Finding, at: datetime) -> None:
    """Raise InvalidValue where a finding does not fit its forecast, or its times contradict each other."""
    _check_outcome(forecast, finding)
    if finding.known_at is not None and finding.known_at > at:
        raise InvalidValue("known_at", "It cannot have become known in the future.")
    if finding.occurred_at is not None and finding.occurred_at > at:
        raise InvalidValue("occurred_at", "It cannot have occurred in the future.")
    if finding.occurred_at and finding.known_at and finding.occurred_at > finding.known_at:
        raise InvalidValue("occurred_at", "It cannot have occurred after it became known.")
    if finding.outcome not in Verdict.UNSCORED and finding.known_at is None:
        raise InvalidValue("known_at", "Say when the answer became known: estimates made after it are not scored.")
    if finding.outcome == Outcome.ANNULLED and not (finding.annulled_because or finding.note.strip()):
        raise InvalidValue("note", "Say what was wrong with the forecast.")
    for proof in finding.evidence:
        if proof.retrieved_at is not None and proof.retrieved_at > at:
            raise InvalidValue("retrieved_at", "It cannot have been retrieved in the future.")


def _check_outcome(forecast: Forecast, finding: Finding) -> None:
    if forecast.published_at is None:
        raise InvalidValue("outcome", "A draft has no outcome: publish it first.")
    if finding.outcome in Verdict.UNSCORED:
        return
    allowed = forecast.asks.outcomes
    if finding.outcome not in allowed:
        names = " or ".join(allowed)
        raise InvalidValue("outcome", f"A forecast of kind “{forecast.get_kind_display()}” is answered with {names}.")
    if finding.outcome == Outcome.OPTION and (finding.option is None or finding.option.forecast_id != forecast.pk):
        raise InvalidValue("option", "Choose one of this forecast's options.")
    if finding.outcome in Verdict.BEYOND and not values.past_end(forecast, above=finding.outcome == Outcome.ABOVE):
        raise InvalidValue("outcome", "This end of the range is closed: give the value, which lies within it.")
    if finding.outcome == Outcome.VALUE:
        _check_value(forecast, finding)


def _check_value(forecast: Forecast, finding: Finding) -> None:
    """A value lies within the closed ends of the range, a date not after the day on which it became known."""
    if finding.value is None:
        raise InvalidValue("value", "Give the value that came true.")
    values.in_range(forecast, finding.value)
    if forecast.asks.is_dated and finding.known_at is not None:
        known_on = days(finding.known_at.astimezone(forecast.zone).date())
        if finding.value > known_on:
            last = values.shown(forecast, known_on)
            raise InvalidValue("value", f"It became known on {last}: the date that came true is that day or earlier.")
