"""What a forecast's dates and verdicts add up to at one time, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from forecasts.models import Forecast, Verdict, kinds
from forecasts.presenting import words
from forecasts.rules import values


@dataclass(frozen=True, slots=True)
class State:
    """Words and the moment they speak of. `kind`, a class of the style sheet: open, waiting, due, yes, no or void."""

    kind: str
    words: str
    moment: datetime | None = None
    is_over: bool = False


def resolutions(forecasts: Iterable[Forecast], at: datetime) -> dict[int, Verdict]:
    """The act that completed each forecast's newest standing round, by the forecast's id."""
    complete = Verdict.objects.complete(at).filter(forecast__in=[forecast.pk for forecast in forecasts])
    return {verdict.forecast_id: verdict for verdict in complete.select_related("option").order_by("round")}


def proposals(forecasts: Iterable[Forecast], at: datetime) -> dict[int, Verdict]:
    """The acts that opened a round which waits for a second person, by the forecast's id."""
    waiting = Verdict.objects.waiting(at).filter(forecast__in=[forecast.pk for forecast in forecasts])
    return {act.forecast_id: act for act in waiting.select_related("option")}


def state(forecast: Forecast, resolution: Verdict | None, at: datetime, proposal: Verdict | None = None) -> State:
    """The state of a published forecast at `at`."""
    if resolution is not None:
        return State(_kind(resolution), outcome(forecast, resolution), resolution.known_at, is_over=True)
    if forecast.opens_at is not None and at < forecast.opens_at:
        return State("waiting", "opens", forecast.opens_at)
    if proposal is not None:
        # Not what was proposed: whoever reads this may be the one to agree or not.
        return State("due", "answered once, waits for a second person since", proposal.recorded_at)
    if forecast.closes_at is not None and at < forecast.closes_at:
        return State("open", "closes", forecast.closes_at)
    if forecast.resolves_at is not None and at < forecast.resolves_at:
        return State("waiting", "closed; answer expected", forecast.resolves_at)
    return State("due", "answer was due", forecast.resolves_at)


def outcome(forecast: Forecast, verdict: Verdict) -> str:
    """What came of it: Yes, No, an option, a value with its unit, Annulled, Ambiguous."""
    match verdict.outcome:
        case Verdict.Outcome.OPTION if verdict.option is not None:
            return verdict.option.label
        case Verdict.Outcome.VALUE if verdict.value is not None:
            return worded(forecast, verdict.value)
        case Verdict.Outcome.BELOW | Verdict.Outcome.ABOVE:
            words = values.past_end(forecast, above=verdict.outcome == Verdict.Outcome.ABOVE)
            return words or str(verdict.get_outcome_display())
        case Verdict.Outcome.ANNULLED:
            return "Annulled"
        case Verdict.Outcome.AMBIGUOUS:
            return "Ambiguous"
    return str(verdict.get_outcome_display())


def worded(forecast: Forecast, number: float) -> str:
    """A value of a numeric or date forecast: 81 deaths, 8 Dec 2024."""
    return words.calendar(kinds.day(number)) if forecast.asks.is_dated else values.shown(forecast, number)


def _kind(verdict: Verdict) -> str:
    if verdict.outcome in Verdict.UNSCORED:
        return "void"
    return "no" if verdict.outcome == Verdict.Outcome.NO else "yes"


def came_true(forecast: Forecast, verdict: Verdict | None) -> bool | None:
    """Whether what the article said came true; None while unknown, and where the answer is no yes or no."""
    if verdict is None or verdict.outcome not in (Verdict.Outcome.YES, Verdict.Outcome.NO):
        return None
    return (verdict.outcome == Verdict.Outcome.YES) != (forecast.fidelity == Forecast.Fidelity.OPPOSITE)


def cutoff(forecast: Forecast, resolution: Verdict | None, at: datetime) -> datetime:
    """From when nothing counts any more, or `at` before that."""
    ends = [at, forecast.closes_at, resolution.known_at if resolution else None]
    return min(moment for moment in ends if moment is not None)
